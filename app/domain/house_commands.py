"""What is set of the house: where it stands, when its services are open, what its desks are told today."""

from datetime import date
from typing import Annotated

import msgspec

from app.domain.command import At, Command, Short
from app.domain.holidays import Region
from app.domain.ids import Id
from app.domain.words import NoticeTopic


class SetPlace(Command, frozen=True, kw_only=True, tag="SetPlace"):
    """Say in which time zone the establishment stands, and whose public holidays it has."""

    zone: Short
    region: Region


class SetNaming(Command, frozen=True, kw_only=True, tag="SetNaming"):
    """Say when the CSE was consulted, the agents informed and the impact analysed (rules R26).

    All three let supervision name agents; one left out is not dated any more.
    """

    consulted_on: date | None = None
    informed_on: date | None = None
    analysed_on: date | None = None


class SetOpeningHours(Command, frozen=True, kw_only=True, tag="SetOpeningHours"):
    """Say when a service is open, or one of its queues that has hours of its own.

    `hours` is as `Opening` reads it; empty, a queue has its service's, and a service never closes.
    """

    service: Short
    queue: Short = ""
    hours: Short


class SeatAgent(Command, frozen=True, kw_only=True, tag="SeatAgent"):
    """Say who somebody of the house is, in which service, and at which extension, by login."""

    agent: Short
    name: Short
    service: Short = ""
    extension: Short = ""


class UnseatAgent(Command, frozen=True, kw_only=True, tag="UnseatAgent"):
    """Say that somebody works here no more: the name stays with what was done."""

    agent: Short


class PublishNotice(Command, frozen=True, kw_only=True, tag="PublishNotice"):
    """Tell the desks of a service something until `ends_at` (« Consignes du jour »); known, it is changed."""

    notice: Id
    service: Short
    topic: NoticeTopic = NoticeTopic.GENERAL
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    text: Annotated[str, msgspec.Meta(max_length=120)] = ""
    ends_at: At


class WithdrawNotice(Command, frozen=True, kw_only=True, tag="WithdrawNotice"):
    """Take a notice back before its end."""

    notice: Id


class RekeyDesk(Command, frozen=True, kw_only=True, tag="RekeyDesk"):
    """Have a desk put its own files under a new key, by the id that `desk list` shows."""

    desk: Short


class ChangeNumberKey(Command, frozen=True, kw_only=True, tag="ChangeNumberKey"):
    """Give the establishment another key for the numbers that desks know as keyed hashes (rules R24).

    `secret` is 32 bytes in hexadecimal, drawn on the server.
    """

    secret: Annotated[str, msgspec.Meta(min_length=64, max_length=64)]
