"""A console with a call in hand, without a server."""

from weakref import WeakKeyDictionary

from PySide6.QtTest import QTest

from app.clock import TimeOrderedMint
from app.domain.words import AgentState, Role
from app.queries.agent_states import OwnState
from app.queries.morning import LeftCaller
from tests.panels.mockup import NOW
from tests.panels.still import StillClock, StillDesk, StillSpeaker
from ui.changes import ChangeFeed
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.own_settings import OwnSettings
from ui.workplace import Person, Workplace
from ui.workplace.answering_key import AnsweringKey

_desks: WeakKeyDictionary[Workplace, StillDesk] = WeakKeyDictionary()
_speakers: WeakKeyDictionary[Workplace, StillSpeaker] = WeakKeyDictionary()


CLAIRE = Person(
    name="Claire Morvan",
    service="orthopedie",
    service_name="Secrétariat orthopédie",
    extension="4103",
    house="CH Saint-Aurélien",
    login="c.morvan",
)
NATHALIE = Person(
    name="Nathalie Bourdin",
    service="orthopedie",
    service_name="Cadre, supervision",
    extension="4100",
    house="CH Saint-Aurélien",
    role=Role.SUPERVISOR,
)


def seat_of(
    page: CallPage,
    person: Person = CLAIRE,
    *,
    left: tuple[LeftCaller, ...] | None = None,
    own: OwnSettings | None = None,
    answering_key: AnsweringKey | None = None,
) -> Workplace:
    """A console with this call in hand, not shown yet; `left` are the callers of a night."""
    desk = StillDesk(page)
    if left is not None:
        desk.left = left
    speaker = StillSpeaker()
    place = Workplace(
        desk,
        ChangeFeed(),
        person,
        clock=StillClock(),
        mint=TimeOrderedMint(),
        speaker=speaker,
        own=own,
        answering_key=answering_key,
    )
    _desks[place], _speakers[place] = desk, speaker
    place.show_link("À jour, 10:28", is_offline=False)
    place.rail.count("calls", 2)
    place.rail.count("tasks", 5, is_overdue=True)
    place.rail.count("messages", 7)
    place.begin()
    return place


def search_for_nguyen(place: Workplace) -> None:
    """What was typed in 03, and its answer, 80 ms after the last key."""
    search = place.screen.search
    place.screen.show_search()
    QTest.keyClicks(search.born.field, "12051988")
    search.name.field.setFocus()
    QTest.keyClicks(search.name.field, "NGU")


def desk_of(place: Workplace) -> StillDesk:
    """The desk behind a seat, to change what it answers."""
    return _desks[place]


def speaker_of(place: Workplace) -> StillSpeaker:
    """What plays at a seat."""
    return _speakers[place]


def sit_in_a_queue(place: Workplace) -> None:
    """The exchange says that this desk is available in a queue."""
    available = OwnState(queue="standard", queue_name="Standard", state=AgentState.AVAILABLE, since=NOW)
    desk_of(place).states = (available,)
    place.own_states.look()
