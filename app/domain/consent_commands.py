"""What is asked about what a person lets us send, and by what law the house sends (rules R16)."""

from typing import Annotated

import msgspec

from app.domain.command import Command, Short, Text
from app.domain.consent import Choice, Informed, LegalForm, Purpose
from app.domain.ids import Id
from app.domain.words import Channel


class SetPreference(Command, frozen=True, kw_only=True, tag="SetPreference"):
    """Write down what a person says of these purposes by these channels.

    `source` is where it was said; `informed_on` is ISO, the day it was said when it is left out.
    """

    person: Id
    purposes: Annotated[tuple[Purpose, ...], msgspec.Meta(min_length=1, max_length=10)]
    channels: Annotated[tuple[Channel, ...], msgspec.Meta(min_length=1, max_length=30)]
    choice: Choice
    source: Channel = Channel.PHONE
    informed: Informed | None = None
    informed_on: Short = ""
    reason: Text = ""


class WithdrawPreference(Command, frozen=True, kw_only=True, tag="WithdrawPreference"):
    """Undo one such word, named by the id of its command (« Annuler »): what was said before stands again."""

    person: Id
    act: Id


class RecordStop(Command, frozen=True, kw_only=True, tag="RecordStop"):
    """A number said STOP on a channel; `commitment` is the task that it makes for a service."""

    number_raw: Short
    channel: Channel
    service: Short
    commitment: Id
    contact: Id | None = None


class LiftStop(Command, frozen=True, kw_only=True, tag="LiftStop"):
    """A person asks for a number's automatic messages again: E.164 `number`, `channel`.

    `source` is where they said it; `said_on` is ISO, the day it was said when it is left out.
    """

    person: Id
    number: Short
    channel: Channel
    source: Channel = Channel.PHONE
    said_on: Short = ""


class SetLegalForm(Command, frozen=True, kw_only=True, tag="SetLegalForm"):
    """Say what the establishment is in law: its legal bases follow from it."""

    form: LegalForm
