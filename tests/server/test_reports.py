"""The figures through the web: whose queues, with which definition, as JSON or for a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.domain.commands import RegisterAnswer, RegisterCall, RegisterEnd, SetNaming
from app.domain.indicators import DEFINITIONS, TEAM, WORK, Indicator
from app.domain.words import Ending
from app.store import tables
from app.store.engine import writing
from tests.server.serving import Served
from tests.support.scene import MORNING, OTHER_QUEUE, QUEUE

UNKNOWN_NUMBER = "+33199000000"


def queues_of(served: Served, login: str, path: str = "/v1/queues") -> dict[str, dict[str, Any]]:
    answer = served.call("GET", path, login=login)
    assert answer.status_code == 200, answer.text
    return {
        row["queue"]: {figure["name"]: figure for figure in row["figures"]} for row in answer.json()["queues"]
    }


def test_a_supervisor_reads_every_queue_and_others_their_own(served: Served) -> None:
    assert set(queues_of(served, "n.bourdin")) == {QUEUE, OTHER_QUEUE}
    assert set(queues_of(served, "s.haddad")) == {QUEUE}
    assert set(queues_of(served, "s.haddad", "/v1/reports/telephone")) == {QUEUE}


def test_a_call_that_waits_is_counted_now_and_leaves_with_its_end(served: Served) -> None:
    def waiting() -> int:
        return queues_of(served, "n.bourdin")[OTHER_QUEUE]["waiting"]["value"]

    before = waiting()
    contact = served.scene.ring(UNKNOWN_NUMBER, queue=OTHER_QUEUE, extension="4001")
    assert waiting() == before + 1
    end = RegisterEnd(contact=contact, ending=Ending.ABANDONED, at=MORNING + timedelta(seconds=30))
    served.scene.run(end, author="line:test")
    assert waiting() == before


def test_a_days_report_counts_its_calls_and_defines_each_figure(served: Served) -> None:
    def day() -> dict[str, Any]:
        return queues_of(served, "n.bourdin", "/v1/reports/telephone?since=2026-11-24&until=2026-11-24")[
            QUEUE
        ]

    before = day()
    contact = served.scene.ring()
    taken = RegisterAnswer(contact=contact, extension="4101", at=MORNING + timedelta(seconds=12))
    served.scene.run(taken, author="line:test")
    over = RegisterEnd(contact=contact, ending=Ending.HUNG_UP, at=MORNING + timedelta(seconds=72))
    served.scene.run(over, author="line:test")
    after = day()
    for name in ("answer_rate", "service_level"):
        assert after[name]["part"] == before[name]["part"] + 1
        assert after[name]["base"] == before[name]["base"] + 1
    assert after["mean_wait"]["base"] == before["mean_wait"]["base"] + 1
    assert {figure["definition"] for figure in after.values()} <= set(DEFINITIONS.values())
    assert all(figure["definition"] for figure in after.values())


@pytest.fixture
def a_team(served: Served) -> Iterator[str]:
    """Five agents of the other queue, one of whom spoke for a minute with a caller last Friday."""
    engine, house = served.scene.engine, served.scene.establishment
    seats = [
        {"establishment": house, "queue": OTHER_QUEUE, "extension": f"47{rank:02}", "state": "offline"}
        for rank in range(TEAM)
    ]
    with writing(engine) as connection:
        connection.execute(sa.insert(tables.agent_state), seats)
    contact, friday = served.scene.new_id(), MORNING - timedelta(days=4)
    for body in (
        RegisterCall(contact=contact, queue=OTHER_QUEUE, number_raw=UNKNOWN_NUMBER, arrived_at=friday),
        RegisterAnswer(contact=contact, extension="4700", at=friday),
        RegisterEnd(contact=contact, ending=Ending.HUNG_UP, at=friday + timedelta(minutes=1)),
    ):
        served.scene.run(body, author="line:test")
    yield OTHER_QUEUE
    with writing(engine) as connection:
        connection.execute(sa.delete(tables.agent_state).where(tables.agent_state.c.extension.like("47%")))


WEEK = "/v1/reports/telephone?since=2026-11-16&until=2026-11-22"


@pytest.mark.parametrize(
    ("login", "path", "talk"),
    [
        ("n.bourdin", WEEK, 60.0),
        ("n.bourdin", WEEK.replace("22", "21"), None),
        ("n.bourdin", WEEK.replace("16", "20"), None),
        ("h.lambert", WEEK, None),
    ],
)
def test_what_a_team_does_is_told_by_the_week_to_who_manages_and_the_reading_is_on_record(
    served: Served, a_team: str, login: str, path: str, talk: float | None
) -> None:
    before = served.scene.count(tables.access_log, act="team_figures")
    queues = queues_of(served, login, path)
    figure = queues[a_team]["mean_talk"]
    assert (figure["value"], figure["is_withheld"]) == (talk, talk is None)
    traced = [row for row in served.scene.rows(tables.access_log) if row.act == "team_figures"]
    assert len(traced) - before == (talk is not None)
    if talk is not None:
        # Other tests seat and count people of the same hospital: the trace says how many teams were told.
        told = [queue for queue in queues.values() if any(not queue[name]["is_withheld"] for name in WORK)]
        assert (traced[-1].author, traced[-1].reason, traced[-1].shown) == (
            login,
            "2026-11-16/2026-11-22",
            len(told),
        )


def test_without_a_call_a_rate_is_null_and_never_zero(served: Served) -> None:
    empty = queues_of(served, "n.bourdin", "/v1/reports/telephone?since=2025-01-01&until=2025-01-02")[QUEUE]
    assert (empty["answer_rate"]["value"], empty["answer_rate"]["base"]) == (None, 0)


@pytest.mark.parametrize("path", ["/v1/queues", "/v1/reports/telephone"])
def test_a_spreadsheet_is_given_one_line_a_figure(served: Served, path: str) -> None:
    answer = served.call("GET", path, login="n.bourdin", headers={"Accept": "text/csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    answer.encoding = "utf-8"
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    # Calls of no queue have their line once there is one: other tests post some to this server.
    assert {line["queue"] for line in lines} - {""} == {QUEUE, OTHER_QUEUE}
    assert all(line["definition"] == DEFINITIONS[Indicator(line["name"])] for line in lines)


def test_what_is_written_has_its_report_by_service_and_as_a_spreadsheet(served: Served) -> None:
    path = "/v1/reports/first-replies"
    answer = served.call("GET", path, login="n.bourdin").json()
    assert {row["service"] for row in answer["services"]} == {"orthopedie", "standard"}
    assert [figure["name"] for figure in answer["services"][0]["figures"]] == ["first_reply", "unanswered"]
    assert "queues" not in answer
    own = served.call("GET", path, login="s.haddad").json()
    assert [row["service"] for row in own["services"]] == ["orthopedie"]
    sheet = served.call("GET", path, login="n.bourdin", headers={"Accept": "text/csv"})
    assert sheet.text.startswith("service,service_name,name,")
    assert len(sheet.text.splitlines()) == 5


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("/v1/reports/nothing", 404, "name"),
        ("/v1/reports/telephone?since=2026-11-25&until=2026-11-24", 400, "since"),
        ("/v1/reports/telephone?since=2020-01-01&until=2026-11-24", 400, "since"),
        ("/v1/reports/telephone?since=yesterday", 400, "since"),
    ],
)
def test_a_report_that_cannot_be_made_names_why(served: Served, path: str, status: int, field: str) -> None:
    answer = served.call("GET", path, login="n.bourdin")
    assert (answer.status_code, answer.json()["field"]) == (status, field)


def test_the_servers_own_figures_name_no_agent_by_whatever_dates(served: Served) -> None:
    past = MORNING.date() - timedelta(days=1)
    dated = SetNaming(consulted_on=past, informed_on=past, analysed_on=past)
    assert served.scene.run(dated, author="filrouge-server").is_done
    try:
        told = served.call("GET", "/v1/queues", login="n.bourdin").text
    finally:
        served.scene.run(SetNaming(), author="filrouge-server")
    names = [row.name for row in served.scene.rows(tables.agent)]
    assert len(names) > 1
    assert [name for name in names if name in told] == []
