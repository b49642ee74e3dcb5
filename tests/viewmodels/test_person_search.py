"""A search asks this desk at once and the server a moment after; nothing late is shown."""

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from app.queries.person_search import FoundPerson, FoundPersons, PersonQuestion
from tests.panels.still import StillDesk
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.pace import SERVER_PAUSE_MS
from ui.viewmodels.person_search import PersonSearch, Reach

pytestmark = pytest.mark.usefixtures("qapp")
LONG_ENOUGH_MS = 2 * SERVER_PAUSE_MS


def _found(person: str, name: str = "NGUYEN", first: str = "Thi Lan") -> FoundPerson:
    return FoundPerson(
        person=person,
        birth_name=name,
        first_given_name=first,
        used_name="",
        birth_date="1988-05-12",
        sex="F",
        birth_place="",
    )


HERE, THERE = _found("p1"), _found("p2", first="Tuan")
QUESTION = PersonQuestion(birth_date="1988-05-12", birth_name="NGU")


def _search(*, beyond: FoundPersons | None = None, is_cut: bool = False) -> tuple[PersonSearch, StillDesk]:
    desk = StillDesk(CallPage())
    desk.found, desk.beyond, desk.is_cut = FoundPersons(rows=(HERE,)), beyond, is_cut
    return PersonSearch(desk), desk


def _persons(search: PersonSearch) -> list[str]:
    assert search.state.found is not None
    return [row.person for row in search.state.found.rows]


def test_whom_the_server_knows_comes_below_whom_the_desk_holds(qtbot: QtBot) -> None:
    search, desk = _search(beyond=FoundPersons(rows=(THERE, HERE)))
    search.ask(QUESTION)
    assert (_persons(search), search.state.reach) == (["p1"], Reach.DESK)
    qtbot.waitUntil(lambda: search.state.reach is Reach.SERVICES)
    assert (_persons(search), search.state.elsewhere) == (["p1", "p2"], {"p2"})
    assert desk.looked == [("NGU 1988-05-12", "")]


def test_the_server_is_asked_once_the_hand_rests(qtbot: QtBot) -> None:
    search, desk = _search()
    for name in ("NGU", "NGUY", "NGUYE"):
        search.ask(PersonQuestion(birth_name=name))
    qtbot.waitUntil(lambda: bool(desk.looked))
    assert desk.looked == [("NGUYE", "")]


def test_an_answer_to_an_earlier_question_is_dropped(qtbot: QtBot) -> None:
    search, desk = _search()
    search.ask(QUESTION)
    qtbot.waitUntil(lambda: bool(desk.unanswered))
    search.ask(PersonQuestion(birth_name="NGUYEN"))
    desk.unanswered[0](FoundPersons(rows=(THERE,)))
    assert _persons(search) == ["p1"]


def test_two_who_look_alike_are_homonyms_wherever_each_was_found(qtbot: QtBot) -> None:
    search, _ = _search(beyond=FoundPersons(rows=(_found("p3"),)))
    search.ask(QUESTION)
    qtbot.waitUntil(lambda: search.state.reach is Reach.SERVICES)
    assert search.state.found is not None
    assert [row.is_homonym for row in search.state.found.rows] == [True, True]


def test_without_the_server_the_rows_stay_and_the_state_says_so(qtbot: QtBot) -> None:
    search, _ = _search(is_cut=True)
    search.ask(QUESTION)
    qtbot.waitUntil(lambda: search.state.reach is Reach.CUT)
    assert _persons(search) == ["p1"]


def test_all_the_house_is_asked_with_the_reason_only(qtbot: QtBot) -> None:
    search, desk = _search(beyond=FoundPersons(rows=(THERE,)))
    search.ask(QUESTION)
    search.widen("call c1")
    assert search.state.reach is Reach.HOUSE
    assert desk.looked == [("NGU 1988-05-12", "call c1")]
    qtbot.wait(LONG_ENOUGH_MS)
    assert len(desk.looked) == 1


def test_too_many_here_are_not_asked_of_the_server(qtbot: QtBot) -> None:
    search, desk = _search()
    desk.found = msgspec.structs.replace(desk.found, has_more=True)
    search.ask(QUESTION)
    qtbot.wait(LONG_ENOUGH_MS)
    assert desk.looked == []
