"""Eighty calls of a day through a real exchange: all traced, followed, and counted right."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.demo.day import Course, working_day
from app.demo.recount import retell
from app.demo.shown import differences
from app.domain.facts import AnyFact, CallAnswered, CommitmentKept, MotiveLogged
from app.queries.board import board
from app.queries.tasks import TaskBoard, read_tasks
from app.store import journal, tables
from app.store.engine import open_database, writing
from tests.support.asterisk.day import EXTENSIONS, LiveDay, LiveDesk
from tests.support.asterisk.exchange import Exchange
from tests.support.asterisk.server import run_server, serving
from tests.support.postgres import Cluster
from ui.story.cable import Cable

pytestmark = [
    pytest.mark.journey,
    pytest.mark.peer,
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.timeout(600),
]

LOGINS = ("c.morvan", "s.haddad")
SUPERVISOR = "n.bourdin"
SERVICES = ("orthopedie", "standard")


@dataclass
class Played:
    """What is left of the day."""

    engine: sa.Engine
    establishment: str
    supervisor: LiveDesk
    facts: list[AnyFact]
    contacts_closed: int


@pytest.fixture(scope="module")
def played(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """The day, played once, on the kind of database that a hospital has; the story's is the other kind."""
    house, database = tmp_path_factory.mktemp("day"), cluster.new_database()
    with ExitStack() as stack:
        exchange = Exchange()
        stack.callback(exchange.close)
        exchange.start()
        engine, establishment = _furnish(house, database, exchange)
        stack.callback(engine.dispose)
        running = stack.enter_context(serving(house, database=database))
        cable = Cable(host="127.0.0.1", port=running.port)
        stack.callback(cable.close)
        addresses = (cable.address, running.address, running.address)
        desks: list[LiveDesk] = []
        for login, address in zip((*LOGINS, SUPERVISOR), addresses, strict=True):
            desks.append(LiveDesk(address, house / login, login))
            stack.callback(desks[-1].console.stop)
        live = LiveDay(exchange, engine, desks[:2], cable=cable, day=working_day())
        live.until(lambda: all(desk.is_online for desk in desks), "every console follows")
        live.until(lambda: _agents(engine) >= len(EXTENSIONS), "the exchange has told its agents")
        live.play()
        live.put_off()
        live.arrive()
        closed = _close_lists(live, desks[2], engine, establishment)
        yield Played(engine, establishment, desks[2], _facts(engine, establishment), closed)


def test_every_contact_of_the_day_is_traced(played: Played) -> None:
    told = retell(played.facts)
    courses = [call.course for call in working_day()]
    assert len([call for call in told.calls.values() if call.is_call]) == len(courses) == 80
    assert sum(call.has_voice for call in told.calls.values()) == courses.count(Course.VOICEMAIL)
    assert told.untraced() == []
    assert played.contacts_closed >= 17
    traces = [fact for fact in played.facts if isinstance(fact, MotiveLogged)]
    assert retell(fact for fact in played.facts if fact is not traces[0]).untraced() == [traces[0].contact]


def test_every_promise_of_the_day_is_followed(played: Played) -> None:
    told = retell(played.facts)
    late = [task.commitment for task in _tasks(played.supervisor).promises if task.due_at < datetime.now(UTC)]
    now = datetime.now(UTC)
    assert told.fates() == {"kept": 12, "postponed": 3, "missed": 3}
    assert told.forgotten(now=now, told_late=late) == []
    assert len(told.forgotten(now=now, told_late=())) == 3
    kept = next(fact for fact in played.facts if isinstance(fact, CommitmentKept))
    dropped = retell(fact for fact in played.facts if fact is not kept)
    assert dropped.forgotten(now=now, told_late=late) == [kept.commitment]


def test_the_board_of_server_and_supervisor_equals_the_recount(played: Played) -> None:
    now = datetime.now(UTC)
    counted = retell(played.facts).figures()
    with played.engine.connect() as connection:
        assert differences(board(connection, played.establishment, now=now), counted) == []
    ask = played.supervisor.console.ask
    shown = ask(lambda at, house: board(at, house, now=now)).result(20)
    assert differences(shown, counted) == []
    answer = next(fact for fact in played.facts if isinstance(fact, CallAnswered))
    other = retell(fact for fact in played.facts if fact is not answer).figures()
    assert differences(shown, other)


def _furnish(house: Path, database: str, exchange: Exchange) -> tuple[sa.Engine, str]:
    """The fictitious hospital as it was two days ago, its desks on this exchange, open at any hour."""
    (house / "connectors.toml").write_text(
        "[[asterisk]]\n"
        f'line = "standard"\nhost = "127.0.0.1"\nport = {exchange.ports.ami}\n'
        f'username = "{exchange.username}"\nsecret = "{exchange.secret}"\noutside = ["outside"]\n'
        'queues = { accueil = "standard", orthopedie = "secretariat-orthopedie", '
        'personne = "secretariat-orthopedie" }\n'
    )
    anchor = (datetime.now(UTC) - timedelta(days=2)).isoformat()
    run_server(house, "demo-data", "--persons", "50", "--anchor", anchor, database=database)
    engine = open_database(database)
    with writing(engine) as connection:
        for login, extension in zip(LOGINS, EXTENSIONS, strict=True):
            seat = {"extension": extension}
            connection.execute(sa.update(tables.agent).where(tables.agent.c.id == login).values(seat))
            connection.execute(sa.update(tables.account).where(tables.account.c.login == login).values(seat))
        connection.execute(sa.update(tables.service).values(hours=""))
        houses = connection.execute(sa.select(tables.agent.c.establishment).distinct())
        establishment: str = houses.scalar_one()
    return engine, establishment


def _agents(engine: sa.Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(tables.agent_state)).scalar_one()


def _close_lists(live: LiveDay, supervisor: LiveDesk, engine: sa.Engine, establishment: str) -> int:
    """What the list holds at the end is closed from it, and so are those that it never showed: none."""
    told = retell(_facts(engine, establishment))
    left = set(told.untraced())
    live.until(lambda: left <= {task.contact for task in _tasks(supervisor).untraced}, "the list holds them")
    for contact in left:
        live.close(contact)
    live.until(lambda: not retell(_facts(engine, establishment)).untraced(), "all are closed")
    live.until(lambda: not left & {task.contact for task in _tasks(supervisor).untraced}, "the list is empty")
    return len(left)


def _tasks(desk: LiveDesk) -> TaskBoard:
    now = datetime.now(UTC)

    def read(connection: sa.Connection, establishment: str) -> TaskBoard:
        return read_tasks(connection, establishment, services=SERVICES, now=now)

    return desk.console.ask(read).result(20)


def _facts(engine: sa.Engine, establishment: str) -> list[AnyFact]:
    facts: list[AnyFact] = []
    after = 0
    with engine.connect() as connection:
        while entries := journal.read_entries(connection, establishment, after=after, most=1000):
            after = entries[-1].position
            facts += [fact for entry in entries for fact in entry.facts]
    return facts
