"""What is known of what a person lets us send, and of the law by which the house sends."""

from datetime import datetime

from app.domain.consent import Basis, Choice, Informed, LegalForm, Purpose
from app.domain.fact import Fact
from app.domain.words import Channel


class PreferenceSet(Fact, frozen=True, kw_only=True, tag="PreferenceSet"):
    """A person said this of these purposes, each with its legal basis, by these channels."""

    person: str
    act: str
    purposes: tuple[Purpose, ...]
    bases: tuple[Basis, ...]
    channels: tuple[Channel, ...]
    choice: Choice
    source: Channel
    informed: Informed | None = None
    informed_on: str = ""
    reason: str = ""
    by: str
    said_at: datetime


class PreferenceWithdrawn(Fact, frozen=True, kw_only=True, tag="PreferenceWithdrawn"):
    """What the command `act` wrote down was undone."""

    person: str
    act: str
    purposes: tuple[Purpose, ...]
    channels: tuple[Channel, ...]
    by: str
    withdrawn_at: datetime


class StopRecorded(Fact, frozen=True, kw_only=True, tag="StopRecorded"):
    """A number said STOP on a channel: told once for each person who uses it, or for nobody known."""

    number: str
    channel: Channel
    act: str
    person: str | None = None
    contact: str | None = None
    stopped_at: datetime


class StopLifted(Fact, frozen=True, kw_only=True, tag="StopLifted"):
    """The STOP that the command `act` wrote down ends: told for each person who had it, one of whom asked.

    Another one's id is not in it: who shares the number may not be known of (rules R5).
    """

    number: str
    channel: Channel
    act: str
    person: str
    is_asker: bool = False
    source: Channel
    said_on: str
    basis: Basis
    by: str
    lifted_at: datetime


class LegalFormSet(Fact, frozen=True, kw_only=True, tag="LegalFormSet"):
    """The establishment is this in law from now on; what was said before keeps its basis."""

    form: LegalForm
