"""What is asked about who is close to a person (rules R4)."""

from typing import TypeAlias

from app.domain.command import Command, Short
from app.domain.ids import Id
from app.domain.relatives import RelativeRole
from app.domain.words import Channel


class SayRelative(Command, frozen=True, kw_only=True, tag="SayRelative"):
    """Write down that somebody is close to a person, under the id of this command.

    `source` is where it was said; `since` is ISO, the day it was said when it is left out; `scope`
    is what a carer may see to. Only the server runs it: no desk keeps the name.
    """

    person: Id
    full_name: Short
    role: RelativeRole
    number_raw: Short = ""
    scope: Short = ""
    is_not_informed: bool = False
    source: Channel = Channel.PHONE
    since: Short = ""


class WithdrawRelative(Command, frozen=True, kw_only=True, tag="WithdrawRelative"):
    """Say that somebody is no more what was said, from now on; `relative` is the id of that command."""

    person: Id
    relative: Id


RelativeCommand: TypeAlias = SayRelative | WithdrawRelative
