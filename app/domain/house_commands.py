"""What an administrator sets of the house: where it stands, and when its services are open."""

from app.domain.command import Command, Short
from app.domain.holidays import Region


class SetPlace(Command, frozen=True, kw_only=True, tag="SetPlace"):
    """Say in which time zone the establishment stands, and whose public holidays it has."""

    zone: Short
    region: Region


class SetOpeningHours(Command, frozen=True, kw_only=True, tag="SetOpeningHours"):
    """Say when a service is open, or one of its queues that has hours of its own.

    `hours` is as `Opening` reads it; empty, a queue has its service's, and a service never closes.
    """

    service: Short
    queue: Short = ""
    hours: Short
