"""The sync rules on the real tables: seeded schedules of three desks, a line and a bad network."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.double_facts import (
    DoubleRejected,
    PersonsMerged,
    PersonsUnmerged,
    RejectionWithdrawn,
    TriageSettled,
)
from app.domain.facts import (
    CaseJoined,
    ContactLinked,
    ContactUnlinked,
    IdentificationWithdrawn,
    PersonErased,
)
from app.domain.relative_facts import RelativeSaid, RelativeWithdrawn
from tests.sync.broken_ways import BROKEN
from tests.sync.hospital import Templates
from tests.sync.schedules import Schedule
from tests.sync.seats import Ways

STEPS = 40
SCHEDULES_TO_FIND_OUT = 40
SHARED_EACH = 7
"""In one of so many, people come and go at each desk, and a thief speaks from it."""
PARTS = 10
"""So that several workers share the schedules, and each part is bounded."""


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return Templates(tmp_path_factory.mktemp("templates"))


def _play(seed: int, templates: Templates, ways: Ways, happened: set[type] | None = None) -> list[str]:
    """What went wrong; `happened` is told which facts there were."""
    with tempfile.TemporaryDirectory() as folder:
        schedule = Schedule(seed, templates, Path(folder), ways)
        try:
            faults = schedule.play(STEPS)
            if happened is not None:
                happened.update(type(fact) for one in schedule.hospital.entries() for fact in one.facts)
            return faults
        finally:
            schedule.close()


def _held_by_all(seeds: range, templates: Templates, ways_of: Callable[[int], Ways]) -> set[type]:
    """Which facts there were, once nothing went wrong in any of these."""
    happened: set[type] = set()
    for seed in seeds:
        faults = _play(seed, templates, ways_of(seed), happened)
        assert not faults, f"seed {seed}:\n" + "\n".join(faults)
    return happened


@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.parametrize("part", range(PARTS))
def test_after_any_schedule_every_replica_equals_the_server(
    part: int, templates: Templates, pytestconfig: pytest.Config
) -> None:
    first, count = (int(str(pytestconfig.getoption(name))) for name in ("--seed", "--schedules"))
    for seed in range(first + part, first + count, PARTS):
        faults = _play(seed, templates, Ways(is_shared=seed % SHARED_EACH == 0))
        assert not faults, f"play it again with --schedules 1 --seed {seed}:\n" + "\n".join(faults)


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_after_schedules_with_erasures_every_replica_equals_the_server(templates: Templates) -> None:
    _held_by_all(range(20), templates, lambda _: Ways(favours=("person_is_erased",)))


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_after_schedules_with_joined_demands_every_replica_equals_the_server(templates: Templates) -> None:
    favours = ("join", "part", "note", "send", "pull")
    assert CaseJoined in _held_by_all(range(15), templates, lambda _: Ways(favours=favours))


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_after_schedules_with_callers_taken_back_every_replica_equals_the_server(
    templates: Templates,
) -> None:
    favours = ("identify", "link", "take_back", "send", "pull")
    happened = _held_by_all(range(8), templates, lambda _: Ways(favours=favours))
    assert {IdentificationWithdrawn, ContactLinked, ContactUnlinked} <= happened


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_after_schedules_with_promises_before_a_name_every_replica_equals_the_server(
    templates: Templates,
) -> None:
    favours = ("promise_before_a_name", "identify", "take_back", "follow", "send", "pull")
    assert IdentificationWithdrawn in _held_by_all(range(12), templates, lambda _: Ways(favours=favours))


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_after_schedules_with_records_regrouped_and_parted_every_replica_equals_the_server(
    templates: Templates,
) -> None:
    deciding = ("merge", "part_persons", "sort_out", "tell_apart", "tell_apart_no_more", "decide_again")
    favours = (*deciding, "note", "commit", "identify", "send", "pull")
    happened = _held_by_all(range(25), templates, lambda seed: Ways(favours=favours, is_shared=seed % 3 == 0))
    assert {PersonsMerged, PersonsUnmerged, DoubleRejected, RejectionWithdrawn, TriageSettled} <= happened


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_after_schedules_with_relatives_every_replica_equals_the_server(templates: Templates) -> None:
    close = ("say_relative", "withdraw_relative", "ask_again")
    favours = (*close, "merge", "part_persons", "person_leaves", "person_is_erased", "send", "pull")
    happened = _held_by_all(range(15), templates, lambda seed: Ways(favours=favours, is_shared=seed % 3 == 0))
    assert {RelativeSaid, RelativeWithdrawn, PersonErased, PersonsMerged} <= happened


@pytest.mark.slow
@pytest.mark.timeout(200)
@pytest.mark.parametrize("rule", BROKEN)
def test_the_schedules_find_out_that(rule: str, templates: Templates) -> None:
    assert any(_play(seed, templates, BROKEN[rule]) for seed in range(SCHEDULES_TO_FIND_OUT))
