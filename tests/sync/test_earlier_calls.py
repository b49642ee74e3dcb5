"""The earlier calls of somebody written down during a call: a console attaches them, the server too."""

from datetime import timedelta
from functools import partial

import sqlalchemy as sa
from pytestqt.qtbot import QtBot

from app.clock import TimeOrderedMint
from app.domain.commands import IdentifyCaller, LogMotive, RegisterProvisionalPerson
from app.domain.ids import Id
from app.domain.words import Outcome, Sex
from app.queries.earlier_calls import earlier_calls_of
from app.store import tables
from app.store.engine import writing
from tests.server.serving import Served
from tests.support.proxy import Proxy
from tests.support.scene import OTHER_QUEUE
from tests.sync.people import SOON_S, Person, SitDown, proxy, served, sit_down, store
from ui.tasks import Tasks
from ui.viewmodels.earlier_calls import EarlierCallers, Undo

__all__ = ["proxy", "served", "sit_down", "store"]


def _knows(desk: Person, contact: Id) -> None:
    def is_over() -> bool:
        row = desk.contact(contact)
        return row is not None and row.state == "ended"

    desk.until(is_over, "the call never came")


def _register(desk: Person, number: str, contact: Id) -> str:
    """Written down during the call, at the desk alone."""
    person = TimeOrderedMint().new_id()
    told = RegisterProvisionalPerson(
        person=person,
        birth_name="Le Goff",
        first_given_name=f"Anne {number[-2:]}",
        birth_date="1971-02-03",
        sex=Sex.FEMALE,
        number_raw=number,
        service="orthopedie",
    )
    desk.console.submit(told).result(SOON_S)
    desk.console.submit(IdentifyCaller(contact=contact, person=person)).result(SOON_S)
    return person


def _on_the_server(served: Served, *contacts: Id) -> list[str | None]:
    return [served.scene.get(tables.contact, id=contact).person for contact in contacts]


def test_what_came_before_is_attached_from_a_desk_and_one_annuler_undoes_all(
    served: Served, sit_down: SitDown, qtbot: QtBot
) -> None:
    desk, number = sit_down("c.morvan"), "+33199000121"
    first, second = served.scene.ring_in_vain(number), served.scene.ring_in_vain(number)
    elsewhere = served.scene.ring_in_vain(number, queue=OTHER_QUEUE, extension="4001")
    call = served.scene.ring_in_vain(number)
    _knows(desk, call)
    log = LogMotive(contact=first, motive="61", outcome=Outcome.DEALT_WITH, service="orthopedie")
    desk.until_settled(desk.console.submit(log).result(SOON_S))
    person = _register(desk, number, call)
    callers = EarlierCallers(Tasks(desk.console), clock=desk.clock)
    undo: list[Undo] = []
    refused: list[object] = []

    def keep(_: int, commands: Undo) -> None:
        undo.append(commands)

    callers.attached.connect(keep)
    callers.refused.connect(refused.append)
    callers.look(call)
    qtbot.waitUntil(lambda: bool(callers.state.calls), timeout=8_000)
    assert [one.contact for one in callers.state.calls] == [second, first]
    callers.attach()
    qtbot.waitUntil(lambda: _on_the_server(served, first, second) == [person] * 2, timeout=8_000)
    assert _on_the_server(served, elsewhere) == [None]
    callers.undo(undo[0])
    qtbot.waitUntil(lambda: _on_the_server(served, first, second) == [None] * 2, timeout=8_000)
    qtbot.waitUntil(lambda: [one.contact for one in callers.state.calls] == [second, first], timeout=8_000)
    assert _on_the_server(served, call) == [person]
    assert served.scene.get(tables.contact, id=first).motive == "61"
    assert refused == []


def test_what_was_attached_without_the_server_reaches_it_later(
    served: Served, sit_down: SitDown, proxy: Proxy
) -> None:
    desk, number = sit_down("c.morvan"), "+33199000122"
    first, call = served.scene.ring_in_vain(number), served.scene.ring_in_vain(number)
    _knows(desk, call)
    proxy.cut()
    person = _register(desk, number, call)
    (one,) = desk.console.ask(partial(_found, call=call, desk=desk)).result(SOON_S)
    assert one == first
    sent = desk.console.submit(IdentifyCaller(contact=one, person=person)).result(SOON_S)
    proxy.restore()
    desk.until_settled(sent)
    assert _on_the_server(served, first) == [person]


def _found(connection: sa.Connection, establishment: str, *, call: Id, desk: Person) -> list[str]:
    found = earlier_calls_of(connection, establishment, call, now=desk.clock.now())
    return [one.contact for one in found.calls]


def test_those_of_a_day_that_the_desk_never_lived_through_come_from_the_server(
    served: Served, sit_down: SitDown, qtbot: QtBot
) -> None:
    number = "+33199000123"
    old = served.scene.ring_in_vain(number)
    with writing(served.scene.engine) as connection:
        long_ago = served.scene.clock.now() - timedelta(days=40)
        connection.execute(sa.update(tables.contact).filter_by(id=old).values(at=long_ago))
    desk = sit_down("c.morvan")
    call = served.scene.ring_in_vain(number)
    _knows(desk, call)
    assert desk.contact(old) is None
    person = _register(desk, number, call)
    callers = EarlierCallers(Tasks(desk.console), clock=desk.clock)

    def is_told() -> bool:
        callers.look(call)
        return [one.contact for one in callers.state.calls] == [old]

    undo: list[Undo] = []

    def keep(_: int, commands: Undo) -> None:
        undo.append(commands)

    callers.attached.connect(keep)
    qtbot.waitUntil(is_told, timeout=8_000)
    callers.attach()
    qtbot.waitUntil(lambda: _on_the_server(served, old) == [person], timeout=8_000)
    callers.undo(undo[0])
    qtbot.waitUntil(lambda: _on_the_server(served, old) == [None], timeout=8_000)
    qtbot.waitUntil(is_told, timeout=8_000)
