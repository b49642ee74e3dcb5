"""Whoever this desk does not hold is found on the server, and comes whole once chosen; both are traced."""

from functools import partial
from threading import Event
from typing import Any

import pytest

from app.domain.commands import IdentifyCaller, OpenPerson
from app.domain.errors import Refusal
from app.domain.periods import last_week
from app.domain.words import NumberKind
from app.queries.caller_card import caller_card
from app.queries.reports import QueueReport
from app.store import tables
from sync.client.server import ServerLine
from tests.server.serving import Served
from tests.support.proxy import Proxy
from tests.support.scene import JEANNE, MARTINE, MORNING, PAUL, QUEUE, SHARED_NUMBER
from tests.sync.people import SOON_S, Person, SitDown, proxy, served, sit_down, store

__all__ = ["proxy", "served", "sit_down", "store"]

WAYS = ("Dubreuil Jeanne", "jeanne DUBREUIL", "dübreuil jeanne", "dubreiul jeanne", "06 39 98 00 02")
"""By two names in any order, accents, a typing mistake, the telephone."""


def _looked(person: Person, typed: str, reason: str = "") -> list[str]:
    return [row.person for row in person.console.look_beyond(typed, reason).result(SOON_S).rows]


def _opened(person: Person, contact: str) -> str:
    read = partial(caller_card, contact=contact, extension="4101", now=MORNING)
    card = person.console.ask(read).result(SOON_S)
    return card.opened.person if card is not None and card.opened is not None else ""


def test_a_stranger_is_found_beyond_the_services_and_opens_once_linked(
    sit_down: SitDown, served: Served
) -> None:
    person = sit_down("c.morvan")
    contact = served.play(act="ring", queue=QUEUE, number="", extension="4101")
    person.until(lambda: person.contact(contact) is not None, "it did not ring")
    assert person.contact(contact).number_kind == NumberKind.HIDDEN
    for typed in WAYS:
        assert JEANNE in _looked(person, typed, f"call {contact}"), typed
    person.console.submit(OpenPerson(person=JEANNE, contact=contact)).result(SOON_S)
    linked = person.console.submit(IdentifyCaller(contact=contact, person=JEANNE)).result(SOON_S)
    person.until_settled(linked)
    assert _opened(person, contact) == JEANNE
    assert served.scene.count(tables.access_log, person=JEANNE, contact=contact, act="opened") == 1
    searched = served.scene.count(tables.access_log, act="searched", reason=f"call {contact}")
    assert searched == len(WAYS)


def test_without_a_reason_only_whom_the_services_hold_are_found(sit_down: SitDown, served: Served) -> None:
    person = sit_down("c.morvan")
    assert PAUL not in _looked(person, "dubreuil paul")
    contact = served.scene.ring(SHARED_NUMBER)
    served.scene.run(IdentifyCaller(contact=contact, person=PAUL))
    assert PAUL in _looked(person, "dubreuil paul")


def test_without_the_server_the_search_says_so(sit_down: SitDown, proxy: Proxy) -> None:
    person = sit_down("c.morvan")
    proxy.cut()
    with pytest.raises(Refusal, match="needs_server"):
        person.console.look_beyond("dubreuil", "").result(SOON_S)


def test_a_line_longer_than_the_server_reads_is_cut_and_answered(sit_down: SitDown) -> None:
    assert _looked(sit_down("c.morvan"), "x" * 300, "appel") == []


def test_a_weeks_figures_come_from_the_server_and_are_its_own(sit_down: SitDown, proxy: Proxy) -> None:
    person = sit_down("n.bourdin")
    first, last = last_week(MORNING.date())
    told = person.console.figures(first, last).result(SOON_S)
    assert QUEUE in {one.queue for one in told}
    assert all(figure.definition for one in told for figure in one.figures)
    proxy.cut()
    with pytest.raises(Refusal, match="needs_server"):
        person.console.figures(first, last).result(SOON_S)


def test_what_a_caller_said_comes_from_the_server_or_why_not(sit_down: SitDown, proxy: Proxy) -> None:
    person = sit_down("c.morvan")
    with pytest.raises(Refusal, match="no_voicemail"):
        person.console.voicemail(MARTINE).result(SOON_S)
    proxy.cut()
    with pytest.raises(Refusal, match="needs_server"):
        person.console.voicemail(MARTINE).result(SOON_S)


def test_a_report_that_lasts_holds_up_nothing_that_is_asked_meanwhile(
    sit_down: SitDown, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, enough, figures = Event(), Event(), ServerLine.figures

    def last_long(line: ServerLine, *asked_for: Any, **more: Any) -> tuple[QueueReport, ...]:
        asked.set()
        enough.wait(2 * SOON_S)
        return figures(line, *asked_for, **more)

    monkeypatch.setattr(ServerLine, "figures", last_long)
    person = sit_down("c.morvan")
    report = person.console.figures(*last_week(MORNING.date()))
    assert asked.wait(SOON_S)
    try:
        assert JEANNE in _looked(person, "Dubreuil Jeanne", "appel")
    finally:
        enough.set()
    assert report.result(SOON_S)
