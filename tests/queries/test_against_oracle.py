"""Board and report equal a count made apart, over random days: midnight, both changes of clock, a restart."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.domain.commands import (
    AnyCommand,
    IdentifyCaller,
    LogMotive,
    RegisterAnswer,
    RegisterCall,
    RegisterEnd,
    RegisterHold,
    RegisterOutgoingCall,
    RegisterOverflow,
    RegisterRetrieval,
    RegisterRing,
    RegisterTransfer,
    RegisterVoicemail,
    ReportAgentState,
    SetOpeningHours,
    WithdrawMotive,
)
from app.domain.ids import Id, derived_id
from app.domain.words import AgentState, Ending, Outcome, TransferKind
from app.queries.board import board
from app.queries.reports import report
from app.store import tables
from app.store.engine import create_server_tables, open_database, writing
from tests.support.oracle import Count, Heard, count, heard_calls, journal_facts
from tests.support.scene import MARTINE, MORNING, OTHER_QUEUE, QUEUE, Scene

PARIS = ZoneInfo("Europe/Paris")
S = timedelta(seconds=1)
LINE = "line:test"
OPENS = ((6, 12), (13, 20))
"""The hours of QUEUE, whatever the day; the other queue never closes."""
DAYS = st.sampled_from([(2026, 3, 29), (2026, 10, 25), (2026, 11, 24), (2027, 1, 1)])
NUMBERS = st.sampled_from(["+33639980001", "+33639980002", "+33639980003", "anonymous"])
Told: TypeAlias = tuple[datetime, AnyCommand, Id, str]


def is_open(queue: str, moment: datetime) -> bool:
    """By the wall clock of Paris."""
    hour = moment.astimezone(PARIS).hour
    return queue != QUEUE or any(first <= hour < last for first, last in OPENS)


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What happens to one call, in seconds from its first ring or from the step before."""

    starts: int
    number: str
    queue: str
    menu: int
    overflows: int
    fate: str
    wait: int
    talk: int
    hold: int
    given: int
    saved: int
    is_undone: bool
    ready: int
    is_known: bool


PLANS = st.builds(
    Plan,
    starts=st.one_of(st.integers(-3600, 26 * 3600), st.integers(-60, 60)),
    number=NUMBERS,
    queue=st.sampled_from([QUEUE, OTHER_QUEUE]),
    menu=st.sampled_from([0, 7, 30]),
    overflows=st.sampled_from([0, 0, 0, 9]),
    fate=st.sampled_from(["answered"] * 5 + ["left", "left", "voicemail", "refused", "gave up", "ours"]),
    wait=st.one_of(st.integers(3, 25), st.integers(3, 900)),
    talk=st.integers(60, 900),
    hold=st.sampled_from([0, 0, 20]),
    given=st.sampled_from([0, 0, 11]),
    saved=st.sampled_from([-9, 0, 25, 200, 299, 300, 301, 4000]),
    is_undone=st.booleans(),
    ready=st.sampled_from([0, 0, 40, 310]),
    is_known=st.booleans(),
)


class Teller:
    """Gives each command of a call an id of its own."""

    def __init__(self, contact: Id) -> None:
        self._contact = contact
        self._numbers = itertools.count()

    def __call__(self, moment: datetime, body: AnyCommand, author: str = LINE) -> Told:
        return moment, body, derived_id("oracle", self._contact, f"{next(self._numbers)}"), author


def steps(plan: Plan, *, rank: int, midnight: datetime) -> Iterator[Told]:
    """The commands of one call, in their order."""
    contact = derived_id("oracle", f"{rank}", midnight.isoformat(), repr(plan))
    at, told = midnight + plan.starts * S, Teller(contact)
    extension = f"41{rank % 3:02}"
    if plan.fate == "ours":
        yield told(
            at, RegisterOutgoingCall(contact=contact, extension=extension, number_raw=plan.number, at=at)
        )
    elif plan.fate in ("refused", "gave up"):
        over = at + plan.wait * S
        ending = Ending.MISSED if plan.fate == "refused" else Ending.ABANDONED
        yield told(over, RegisterCall(contact=contact, queue="", number_raw=plan.number, arrived_at=at))
        yield told(over, RegisterEnd(contact=contact, ending=ending, at=over))
        return
    else:
        first, at = at, at + plan.menu * S
        yield told(
            at,
            RegisterCall(
                contact=contact, queue=plan.queue, number_raw=plan.number, arrived_at=first, queued_at=at
            ),
        )
        yield told(at + S, RegisterRing(contact=contact, extension=extension, at=at + S))
    if plan.overflows and plan.fate != "ours":
        other = OTHER_QUEUE if plan.queue == QUEUE else QUEUE
        at += plan.overflows * S
        yield told(at, RegisterOverflow(contact=contact, from_queue=plan.queue, queue=other, at=at))
    at += plan.wait * S
    if plan.fate in ("answered", "ours"):
        yield from _talk(plan, contact, extension, at, told)
        return
    if plan.fate == "voicemail":
        yield told(at, RegisterVoicemail(contact=contact, at=at))
    yield told(at + S, RegisterEnd(contact=contact, ending=Ending.ABANDONED, at=at + S))


def _talk(plan: Plan, contact: Id, extension: str, at: datetime, told: Teller) -> Iterator[Told]:
    yield told(at, RegisterAnswer(contact=contact, extension=extension, at=at))
    if plan.is_known:
        yield told(at + S, IdentifyCaller(contact=contact, person=MARTINE), "c.morvan")
    now = at + 10 * S
    if plan.hold:
        yield told(now, RegisterHold(contact=contact, extension=extension, at=now))
        now += plan.hold * S
        yield told(now, RegisterRetrieval(contact=contact, extension=extension, at=now))
    if plan.given:
        now += 3 * S
        given = RegisterTransfer(
            contact=contact, transfer=TransferKind.BLIND, extension=extension, to="4199", at=now
        )
        yield told(now, given)
        now, extension = now + plan.given * S, "4199"
        yield told(now, RegisterAnswer(contact=contact, extension=extension, at=now))
    end = at + plan.talk * S
    saved = told(
        end + plan.saved * S,
        LogMotive(contact=contact, motive="91", outcome=Outcome.DEALT_WITH, service="orthopedie"),
        "c.morvan",
    )
    yield saved
    if plan.is_undone and not plan.ready:
        yield told(saved[0] + 4 * S, WithdrawMotive(contact=contact, log=saved[2]), "c.morvan")
    yield told(end, RegisterEnd(contact=contact, ending=Ending.HUNG_UP, at=end))
    if plan.ready:
        state = ReportAgentState(queue=QUEUE, extension=extension, state=AgentState.WRAP_UP, at=end)
        yield told(end, state)
        ready = end + plan.ready * S
        yield told(ready, msgspec.structs.replace(state, state=AgentState.AVAILABLE, at=ready))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("oracle")
    engine = _opened(path)
    create_server_tables(engine)
    engine.dispose()
    return path


def _opened(folder: Path) -> sa.Engine:
    return open_database(f"sqlite:///{folder / 'rows.db'}")


def hospital(engine: sa.Engine) -> Scene:
    """Two queues of enough agents that means of their work may be told."""
    scene = Scene(engine)
    with writing(engine) as connection:
        for rank in range(10):
            row = {"establishment": scene.establishment, "queue": (QUEUE, OTHER_QUEUE)[rank % 2]}
            seat = {"extension": f"42{rank:02}", "state": "available"}
            connection.execute(sa.insert(tables.agent_state).values(row | seat))
    hours = " ".join(f"{first:02}:00-{last:02}:00" for first, last in OPENS)
    scene.run(SetOpeningHours(service="orthopedie", hours=f"1-7,F {hours}"))
    return scene


def play(scene: Scene, told: list[Told], *, until: datetime) -> list[Told]:
    """Run what happened by then; what is left."""
    for moment, body, command, author in told:
        if moment > until:
            break
        scene.clock.move(moment - scene.clock.now())
        assert not scene.run(body, author=author, command_id=command).refusal
    return [one for one in told if one[0] > until]


def midnight_of(moment: datetime) -> datetime:
    return moment.astimezone(PARIS).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def check_board(engine: sa.Engine, scene: Scene, calls: list[Heard], now: datetime) -> None:
    since, until = midnight_of(now), now + timedelta(microseconds=1)
    with engine.connect() as connection:
        shown = board(connection, scene.establishment, now=now)
    assert {one.queue for one in shown.tiles} == {QUEUE, OTHER_QUEUE}
    for tile in shown.tiles:
        want = count(calls, queues=[tile.queue], since=since, until=until, is_open=is_open)
        assert (tile.waiting, tile.longest_since, tile.received) == (
            want.waiting,
            want.oldest_waiting,
            want.received,
        )
        level, abandon = tile.service_level, tile.abandon_rate
        assert (level.part, level.base) == (want.in_level, want.base)
        assert (abandon.part, abandon.base) == (want.abandoned, want.base)
    day = shown.day
    want = count(calls, queues=[QUEUE, OTHER_QUEUE], since=since, until=until, is_open=is_open)
    assert (day.received, day.answered, day.abandoned) == (want.received, want.answered, want.abandoned)
    assert day.felt_wait == want.felt
    assert (day.lost.share.part, day.lost.share.base, day.lost.hidden) == (
        want.lost,
        want.callers,
        want.hidden,
    )
    assert (day.overflowed, day.voicemails, day.out_of_hours, day.turned_away) == (
        want.overflowed,
        want.voicemail,
        want.out_of_hours,
        want.turned_away,
    )


def mean(total: timedelta, base: int) -> float | None:
    return round(total / base / S, 1) if base else None


def expected(want: Count) -> dict[str, object]:
    """The report's figures by their names: what a share is made of, else the value."""
    return {
        "answer_rate": (want.answered, want.base),
        "service_level": (want.in_level, want.base),
        "abandon_rate": (want.abandoned, want.base),
        "lost_callers": (want.lost, want.callers),
        "identification": (want.identified, want.contacts),
        "hidden_unreached": want.hidden,
        "felt_wait": None if want.felt is None else want.felt / S,
        "mean_wait": mean(want.wait, want.answered),
        "mean_abandon_wait": mean(want.abandon_wait, want.abandoned),
        "mean_talk": mean(want.talk, want.finished),
        "mean_post_call": mean(want.post_call, want.finished),
        "mean_handling": mean(want.talk + want.hold + want.post_call, want.finished),
        "overflowed": want.overflowed,
        "voicemail": want.voicemail,
        "out_of_hours": want.out_of_hours,
    }


def check_report(
    engine: sa.Engine, scene: Scene, calls: list[Heard], since: datetime, until: datetime
) -> None:
    with engine.connect() as connection:
        found = report(connection, scene.establishment, since=since, until=until, tells_work=True)
    assert {one.queue for one in found} >= {QUEUE, OTHER_QUEUE}
    for one in found:
        want = count(calls, queues=[one.queue], since=since, until=until, is_open=is_open)
        given = {str(each.name): each for each in one.figures}
        if not one.queue:
            pair = given["turned_away"].value, given["left_before_queue"].value
            assert pair == (want.turned_away, want.left_before_queue)
            continue
        for name, value in expected(want).items():
            figure = given[name]
            assert (value, name) == (
                (figure.part, figure.base) if figure.unit == "share" else figure.value,
                name,
            )


@settings(max_examples=10, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(
    day=DAYS,
    plans=st.lists(PLANS, min_size=3, max_size=12),
    stops=st.lists(st.integers(0, 90_000), max_size=2),
)
def test_the_board_is_what_the_facts_say_at_any_moment_and_after_a_restart(
    folder: Path, day: tuple[int, int, int], plans: list[Plan], stops: list[int]
) -> None:
    midnight = datetime(*day, tzinfo=PARIS).astimezone(UTC)
    following = midnight_of(midnight + timedelta(hours=30))
    engine = _opened(folder)
    scene = hospital(engine)
    every = [one for rank, plan in enumerate(plans) for one in steps(plan, rank=rank, midnight=midnight)]
    left = sorted(every, key=lambda one: one[0])
    moments = {midnight, midnight + S, following - S, following, *(midnight + stop * S for stop in stops)}
    last = following + timedelta(hours=30)
    for now in (*sorted(moments), last):
        left = play(scene, left, until=now)
        check_board(engine, scene, heard_calls(journal_facts(engine, scene.establishment)), now)
    assert not left
    engine.dispose()
    again = _opened(folder)
    calls = heard_calls(journal_facts(again, scene.establishment))
    check_board(again, scene, calls, last)
    check_report(again, scene, calls, midnight, following)
    again.dispose()


def test_one_fact_less_is_another_count(folder: Path) -> None:
    engine = _opened(folder)
    scene = hospital(engine)
    contact = scene.ring(queue=OTHER_QUEUE)
    play(
        scene,
        [_now(scene, RegisterAnswer(contact=contact, extension="4101", at=scene.clock.now()))],
        until=MORNING,
    )
    facts = journal_facts(engine, scene.establishment)
    check_board(engine, scene, heard_calls(facts), MORNING)
    with pytest.raises(AssertionError):
        check_board(engine, scene, heard_calls(facts[:-1]), MORNING)
    engine.dispose()


def _now(scene: Scene, body: AnyCommand) -> Told:
    return scene.clock.now(), body, scene.new_id(), LINE
