"""« Consignes du jour » of the fictitious hospital, as the mock-ups show them."""

from app.demo.calendar import Calendar
from app.demo.episodes import typographic
from app.demo.people import ident
from app.demo.sheet import Sheet
from app.domain.words import NoticeTopic
from app.store import tables

_NOTICES: tuple[tuple[NoticeTopic, str, str, str, str], ...] = (
    (
        NoticeTopic.ABSENCE,
        "Dr Vasseur absent jusqu’au 27/11",
        "Avis urgents : Dr Kaddour, poste 4212.",
        "2026-11-24 08:05",
        "2026-11-27 18:00",
    ),
    (
        NoticeTopic.DELAY,
        "IRM : retard de validation",
        "Annoncer un délai de 24 h de plus.",
        "2026-11-24 08:03",
        "2026-11-24 18:00",
    ),
    (
        NoticeTopic.PLACE,
        "Parking nord fermé ce matin",
        "Indiquer l’entrée rue des Tanneurs.",
        "2026-11-24 08:01",
        "2026-11-24 13:00",
    ),
)
"""Topic, title, text, told when, until when."""
_TAG = 0xFFFFFF


def write_notices(sheet: Sheet, calendar: Calendar) -> None:
    """What the supervisor of the orthopaedic desk wrote this morning."""
    for rank, (topic, title, text, told, until) in enumerate(_NOTICES):
        sheet.add(
            tables.service_notice,
            id=ident("f3", _TAG, rank),
            service="orthopedie",
            topic=topic,
            title=typographic(calendar.moved(title)),
            text=typographic(text),
            by="n.bourdin",
            published_at=calendar.at(told),
            ends_at=calendar.at(until),
        )
