"""What the checker of the fault runs makes of small histories written by hand."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from tests.faults.checker import Evidence, Written, check
from tests.faults.nemesis import possible
from tests.faults.told import Acknowledged, Failed, Invoked, Refused, Told, Wrong


def _evidence(*life: Told, journal: tuple[Written, ...] = (), notes: tuple[str, ...] = ()) -> Evidence:
    return Evidence(
        lives={"amina": (life,)},
        journal=journal,
        rows={"NoteContact": frozenset(notes), "Commit": frozenset(), "LeaveMessage": frozenset()},
        posted=frozenset(),
        calls=(),
    )


def _entry(command_id: str, kind: str = "NoteContact", author: str = "amina") -> Written:
    return Written(command_id=command_id, kind=kind, author=author)


SAVED = Invoked(n=1, kind="NoteContact", own="n1")
DONE = Acknowledged(n=1, id="c1")


def test_what_was_acknowledged_and_is_there_once_is_right() -> None:
    evidence = _evidence(SAVED, DONE, journal=(_entry("c1"),), notes=("n1",))
    assert check(evidence).sentences() == []


@pytest.mark.parametrize("notes", [(), ("n1",)])
def test_what_was_acknowledged_and_is_in_no_entry_is_lost(notes: tuple[str, ...]) -> None:
    assert check(_evidence(SAVED, DONE, notes=notes)).lost


def test_what_was_acknowledged_and_has_no_row_is_lost() -> None:
    assert check(_evidence(SAVED, DONE, journal=(_entry("c1"),))).lost


@pytest.mark.parametrize("end", [(), (Failed(n=1, why="needs_server"),)])
@pytest.mark.parametrize("times", [0, 1])
def test_what_nobody_knows_may_be_there_once_or_not(end: tuple[Told, ...], times: int) -> None:
    journal = tuple(_entry(f"c{n}") for n in range(times))
    assert check(_evidence(SAVED, *end, journal=journal)).sentences() == []


def test_what_nobody_knows_is_doubled_when_it_is_there_twice() -> None:
    assert check(_evidence(SAVED, journal=(_entry("c1"), _entry("c2")))).doubled


def test_what_was_refused_at_the_desk_is_not_there() -> None:
    refused = Refused(n=1, code="unknown_contact")
    assert check(_evidence(SAVED, refused)).sentences() == []
    assert check(_evidence(SAVED, refused, journal=(_entry("c1"),))).doubled


def test_what_the_server_refused_when_it_was_asked_leaves_its_refusal() -> None:
    entry = Written(command_id="c9", kind="TakeCommitment", author="amina", refusal="already_taken")
    asked = Invoked(n=1, kind="TakeCommitment")
    assert check(_evidence(asked, Refused(n=1, code="already_taken"), journal=(entry,))).sentences() == []


def test_a_save_taken_back_before_it_was_sent_is_not_missed() -> None:
    log = Invoked(n=1, kind="LogMotive")
    back = Invoked(n=2, kind="WithdrawMotive", undoes="c1")
    assert check(_evidence(log, DONE, back, Acknowledged(n=2, id="c1"))).sentences() == []
    assert check(_evidence(log, DONE, back)).sentences() == []
    sent = _evidence(log, DONE, back, Acknowledged(n=2, id="c2"))
    assert len(check(sent).lost) == 2


def test_what_a_desk_should_never_show_is_told_unless_its_replica_was_damaged() -> None:
    assert check(_evidence(Wrong(what="back", detail="x"))).unseen
    assert check(_evidence(Wrong(what="unseen", detail="x"))).unseen


def test_a_call_that_was_surely_heard_is_there_once_and_over() -> None:
    heard = msgspec.structs.replace(_evidence(), posted=frozenset({"1"}), over=frozenset({"1", "2"}))
    assert check(heard).lost
    assert check(msgspec.structs.replace(heard, calls=(("1", "ended"),))).sentences() == []
    assert check(msgspec.structs.replace(heard, calls=(("1", "ended"), ("1", "ended")))).doubled
    ghost = msgspec.structs.replace(heard, calls=(("1", "ended"), ("2", "ringing")))
    assert len(check(ghost).ghosts) == 1
    assert check(msgspec.structs.replace(heard, calls=(("1", "ended"),), lingering=("1",))).ghosts


def test_what_is_dated_after_it_was_heard_of_is_told() -> None:
    at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    late = msgspec.structs.replace(_evidence(), dates=(("n1", at, at), ("n2", at, at - timedelta(hours=1))))
    assert len(check(late).misdated) == 1


def test_a_fault_of_another_database_is_not_played_over_this_one() -> None:
    assert possible(["database crashed", "database's disk full"], None) == []
    assert possible(["database crashed", "server's disk full"], None) == ["server's disk full"]
