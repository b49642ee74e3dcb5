"""What is known of the house: where it stands, and when its services are open."""

from app.domain.fact import Fact
from app.domain.holidays import Region


class PlaceSet(Fact, frozen=True, kw_only=True, tag="PlaceSet"):
    """From now on the establishment stands in this time zone, and has this region's public holidays."""

    zone: str
    region: Region


class OpeningHoursSet(Fact, frozen=True, kw_only=True, tag="OpeningHoursSet"):
    """From now on a service, or one of its queues, is open at these hours; what came before stays judged."""

    service: str
    queue: str = ""
    hours: str
