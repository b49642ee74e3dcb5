"""The demonstration's evening: the morning list has an emergency, an abandoned number once, and voices."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.demo.calendar import ZONE
from app.demo.hospital import load
from app.demo.night import LINE, lay_night
from app.domain.ids import derived_id
from app.queries.morning import LeftCaller, read_morning
from app.store.engine import open_database
from app.store.migrations import migrate
from app.store.voicemails import read

ORTHO = "orthopedie"
ANCHORS = ("2026-11-24T10:26", "2026-11-24T07:40", "2026-11-30T09:00", "2026-11-28T11:00")
"""A morning, before the doors open, a Monday, a Saturday when nobody is there."""


@pytest.fixture(params=ANCHORS)
def callers(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[LeftCaller, ...]:
    """Who called that evening: after a week-end, or early, others left something too."""
    anchor = datetime.fromisoformat(request.param).replace(tzinfo=ZONE)
    engine = open_database(f"sqlite:///{tmp_path / 'night.db'}")
    migrate(engine)
    load(engine, "chsa", seed=1, anchor=anchor, persons=20)
    lay_night(engine, "chsa", anchor=anchor, close=lambda said, _: said[:4])
    with engine.connect() as connection:
        left = read_morning(connection, "chsa", services=[ORTHO], now=anchor)
        for one in left:
            kept = read(connection, "chsa", one.spoken) if one.spoken else None
            assert (kept is None) == (not one.spoken)
            if kept is not None:
                assert (kept.message, kept.sealed) == (derived_id("voicemail", LINE, one.spoken), b"RIFF")
    engine.dispose()
    midnight = anchor.replace(hour=0, minute=0)
    return tuple(one for one in left if one.at < midnight and not one.messages)


def test_the_emergency_is_first_and_each_number_is_there_once(callers: tuple[LeftCaller, ...]) -> None:
    told = [(one.number[-4:], one.calls, one.voicemails, one.is_emergency) for one in callers]
    assert told == [
        ("1263", 1, 0, True),
        ("4127", 0, 1, False),
        ("", 1, 0, False),
        ("1261", 3, 0, False),
        ("1262", 0, 1, False),
    ]


def test_what_was_said_can_be_listened_to(callers: tuple[LeftCaller, ...]) -> None:
    assert {one.number[-4:]: one.lasts for one in callers if one.spoken} == {
        "4127": timedelta(seconds=17),
        "1262": timedelta(seconds=9),
    }
    assert next(one.birth_name for one in callers if one.number.endswith("4127")) == "NGUYEN"
