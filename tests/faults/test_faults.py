"""A small budget of the fault runs: the same that `installers/test.sh faults` plays for longer."""

import random

import pytest

from tests.faults import power
from tests.faults.controls import CONTROLS, finds_out
from tests.faults.nemesis import Nemesis
from tests.faults.power_writer import WRITERS
from tests.faults.runs import Run, run
from tests.faults.scene import Scene
from tests.support.postgres import Cluster, cluster_on_small_disk

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(600)]
SEED = 2
CUTS = 60
ROUNDS = 2


def _is_right(played: Run) -> bool:
    for sentence in (*played.verdict.sentences(), *played.blind):
        print(sentence)
    return played.is_right and played.acknowledged > 0 and played.injected.total() > 0


def test_faults_over_one_server_on_sqlite_lose_double_and_part_nothing() -> None:
    assert _is_right(run(SEED, None))


@pytest.mark.postgres
def test_faults_over_two_servers_on_postgresql_lose_double_and_part_nothing() -> None:
    # Its own cluster: this one is crashed.
    with cluster_on_small_disk() as cluster:
        assert _is_right(run(SEED, cluster))


def _roll(nemesis: Nemesis, scene: Scene) -> None:
    """Each server is stopped and started in its turn, as for a new version; its wire leads to the other."""
    for _ in range(ROUNDS):
        for server, wire, other in zip(scene.servers, scene.wires, reversed(scene.servers), strict=True):
            nemesis.wait_for_saves()
            wire.lead_to(other.port)
            server.end()
            server.until_listening()
            wire.lead_to(server.port)
            nemesis.injected["restarted"] += 1


@pytest.mark.postgres
def test_servers_restarted_one_after_the_other_under_load_lose_double_and_part_nothing(
    cluster: Cluster,
) -> None:
    played = run(SEED, cluster, strike=_roll)
    assert _is_right(played)
    assert played.injected["restarted"] == 2 * ROUNDS


@pytest.mark.trace
@pytest.mark.parametrize("what", WRITERS)
def test_power_cuts_lose_nothing_that_was_acknowledged(what: str) -> None:
    assert power.cut(what, CUTS, random.Random(SEED)) == []


@pytest.mark.trace
@pytest.mark.parametrize("what", WRITERS)
def test_the_power_cuts_find_out_what_is_written_without_waiting_for_the_disk(what: str) -> None:
    assert power.cut(what, CUTS, random.Random(SEED), synchronous="NORMAL")


@pytest.mark.parametrize("control", CONTROLS)
def test_the_runs_find_out_that(control: str) -> None:
    assert finds_out(control)
