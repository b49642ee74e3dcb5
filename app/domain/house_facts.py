"""What is known of the house: where it stands, when its services are open, what its desks are told today."""

from datetime import date, datetime

from app.domain.fact import Fact
from app.domain.holidays import Region
from app.domain.words import NoticeTopic


class PlaceSet(Fact, frozen=True, kw_only=True, tag="PlaceSet"):
    """From now on the establishment stands in this time zone, and has this region's public holidays."""

    zone: str
    region: Region


class NamingSet(Fact, frozen=True, kw_only=True, tag="NamingSet"):
    """From now on these are the dates by which supervision may name agents, or may not; None: not dated."""

    consulted_on: date | None = None
    informed_on: date | None = None
    analysed_on: date | None = None


class OpeningHoursSet(Fact, frozen=True, kw_only=True, tag="OpeningHoursSet"):
    """From now on a service, or one of its queues, is open at these hours; what came before stays judged."""

    service: str
    queue: str = ""
    hours: str


class AgentSeated(Fact, frozen=True, kw_only=True, tag="AgentSeated"):
    """From now on somebody has this name, service and extension."""

    agent: str
    name: str
    service: str = ""
    extension: str = ""


class AgentUnseated(Fact, frozen=True, kw_only=True, tag="AgentUnseated"):
    """Somebody works here no more, and sits nowhere; what was done keeps the name."""

    agent: str
    left_at: datetime


class NoticePublished(Fact, frozen=True, kw_only=True, tag="NoticePublished"):
    """The desks of a service are told this until its end."""

    notice: str
    service: str
    topic: NoticeTopic
    title: str
    text: str = ""
    by: str
    published_at: datetime
    ends_at: datetime


class NoticeWithdrawn(Fact, frozen=True, kw_only=True, tag="NoticeWithdrawn"):
    """A notice is told no more: it was taken back, or its end is past."""

    notice: str


class DeskRekeyAsked(Fact, frozen=True, kw_only=True, tag="DeskRekeyAsked"):
    """A desk is to put its own files under a new key, as soon as it hears of it."""

    desk: str
    asked_at: datetime


class NumberKeyChanged(Fact, frozen=True, kw_only=True, tag="NumberKeyChanged"):
    """What desks know of numbers was hashed with another key: each takes a snapshot."""

    secret: str
