"""The sync rules on the real tables: seeded schedules of three desks, a line and a bad network."""

import tempfile
from pathlib import Path

import pytest

from tests.sync.broken_ways import BROKEN
from tests.sync.hospital import build_hospital
from tests.sync.schedules import Schedule
from tests.sync.seats import Ways

STEPS = 40
SCHEDULES_TO_FIND_OUT = 60


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hospital") / "template.db"
    build_hospital(path)
    return path


def _play(seed: int, template: Path, ways: Ways) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        schedule = Schedule(seed, template=template, folder=Path(folder), ways=ways)
        try:
            return schedule.play(STEPS)
        finally:
            schedule.close()


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_after_any_schedule_every_replica_equals_the_server(
    template: Path, pytestconfig: pytest.Config
) -> None:
    first, count = (int(str(pytestconfig.getoption(name))) for name in ("--seed", "--schedules"))
    for seed in range(first, first + count):
        faults = _play(seed, template, Ways())
        assert not faults, f"play it again with --schedules 1 --seed {seed}:\n" + "\n".join(faults)


@pytest.mark.slow
@pytest.mark.timeout(200)
@pytest.mark.parametrize("rule", BROKEN)
def test_the_schedules_find_out_that(rule: str, template: Path) -> None:
    assert any(_play(seed, template, BROKEN[rule]) for seed in range(SCHEDULES_TO_FIND_OUT))
