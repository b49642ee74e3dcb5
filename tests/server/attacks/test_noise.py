"""Whatever is written where nobody has been asked who they are yet, the server answers and goes on."""

import json
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.domain.commands import Commit, NoteContact, Promise
from sync.protocol.messages import position_in
from sync.server.connectors.asterisk.ami import MAX_MESSAGE, MessageReader
from tests.server.serving import TOKEN, Served
from tests.support.samples import sample
from tests.support.scene import MARTINE

_few = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
_CTI = ("event", "from", "to", "direction", "call_id", "user[]", "queue", "cause", "answeringNumber")
_WORDS = st.one_of(
    st.text(max_size=40), st.sampled_from(["newCall", "hangup", "in", "0639984801", "' OR 1=1 --"])
)
_VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), _WORDS
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
_LINES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from([b"Event: Hangup", b"Response: Success", b"Channel: SIP/1", b"\r\n\r\n", b": ", b"\r\n"]),
)


@given(body=st.one_of(st.dictionaries(st.sampled_from(_CTI), _VALUES), _VALUES))
@_few
def test_a_posted_call_of_any_shape_is_taken_or_refused_by_its_field(served: Served, body: Any) -> None:
    answer = served.call("POST", f"/hooks/cti/{TOKEN}", json=body)
    assert answer.status_code in (200, 400)
    assert answer.status_code == 200 or answer.json()["field"]


@given(
    body=st.binary(max_size=200),
    kind=st.sampled_from(
        ["application/json", "application/x-www-form-urlencoded", "multipart/form-data", ""]
    ),
)
@_few
def test_posted_bytes_of_any_kind_are_taken_or_refused_by_their_field(
    served: Served, body: bytes, kind: str
) -> None:
    answer = served.call("POST", f"/hooks/cti/{TOKEN}", data=body, headers={"Content-Type": kind})
    assert answer.status_code in (200, 400)
    assert answer.status_code == 200 or answer.json()["field"]


@given(cursor=st.one_of(st.text(max_size=120), st.integers().map(lambda at: f"epoch-1:{at}")))
def test_no_cursor_is_more_than_a_place_or_none(cursor: str) -> None:
    found = position_in(cursor, "epoch-1")
    assert found is None or found >= 0


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "-1",
        ":",
        "epoch:-1",
        "epoch:1e9",
        "epoch:" + "9" * 80,
        "é",
        "' OR 1=1 --",
        "%00",
        "٣",
        "a" * 4000,
    ],
)
@pytest.mark.parametrize("name", ["after", "scope"])
def test_a_feed_is_begun_anew_by_a_cursor_that_is_nobodys(served: Served, name: str, cursor: str) -> None:
    with served.call(
        "GET", "/v1/feed", login="c.morvan", params={"after": "x", name: cursor}, stream=True
    ) as answer:
        assert answer.status_code == 200
        assert next(answer.iter_lines()) == b"event: snapshot"


@given(lines=st.lists(_LINES, max_size=30), cuts=st.lists(st.integers(0, 2000), max_size=5))
def test_the_exchanges_stream_is_cut_the_same_wherever_the_wire_cuts_it(
    lines: list[bytes], cuts: list[int]
) -> None:
    stream = b"\r\n".join(lines)
    whole, pieces = MessageReader({"Hangup"}), MessageReader({"Hangup"})
    expected = whole.feed(stream)
    ends = sorted({min(cut, len(stream)) for cut in cuts} | {0, len(stream)})
    told = [message for begin, end in pairwise(ends) for message in pieces.feed(stream[begin:end])]
    assert told == expected
    assert pieces.pending == whole.pending <= MAX_MESSAGE


def test_an_exchange_that_never_ends_a_message_is_held_to_its_measure() -> None:
    reader = MessageReader({"Hangup"})
    for _ in range(100):
        assert reader.feed(b"x" * 4096) == []
        assert reader.pending <= MAX_MESSAGE
    assert reader.malformed == 1


@given(batch=_VALUES)
@_few
def test_commands_of_any_shape_are_refused_by_name_or_by_their_field(served: Served, batch: Any) -> None:
    sent = json.dumps({"commands": [batch]}).encode()
    kind = {"Content-Type": "application/json"}
    answer = served.call("POST", "/v1/commands", login="c.morvan", data=sent, headers=kind)
    assert answer.status_code in (202, 400)
    assert answer.status_code == 202 or answer.json()["field"]


BEYOND = ("0001-01-01T00:00:00+14:00", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59.999999-12:00")


@pytest.mark.parametrize("moment", BEYOND)
def test_a_moment_of_another_age_is_refused_before_it_makes_a_row_that_nobody_can_read(
    served: Served, moment: str
) -> None:
    at = datetime.fromisoformat(moment)
    told = sample(NoteContact, contact=served.scene.new_id(), person=MARTINE, service="orthopedie")
    noted = served.send(
        replace(told, happened_at=at),
        Commit(promise=sample(Promise, due_at=at), service="orthopedie", person=MARTINE),
        told,
    )
    assert [(one["state"], one.get("field", "")) for one in noted] == [
        ("refused", "happened_at"),
        ("refused", "promise.due_at"),
        ("done", ""),
    ]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/v1/reports/first-replies?since=9999-12-30&until=9999-12-31", "since"),
        ("/v1/reports/telephone?since=0001-01-01&until=0001-01-02", "since"),
        ("/v1/reports/telephone?since=2199-12-31&until=2200-01-02", "until"),
    ],
)
def test_figures_of_another_age_are_refused_by_their_day(served: Served, path: str, field: str) -> None:
    answer = served.call("GET", path, login="n.bourdin")
    assert (answer.status_code, answer.json()["field"]) == (400, field)


@pytest.mark.parametrize("moment", BEYOND)
def test_the_demonstrations_clock_leaps_to_no_other_age(served: Served, moment: str) -> None:
    answer = served.call("POST", "/demo/line", json={"act": "pass_time", "until": moment})
    assert (answer.status_code, answer.json()["field"]) == (400, "until")


def test_a_call_that_began_before_there_were_dates_is_refused_by_its_field(served: Served) -> None:
    told = {"event": "newCall", "callId": "of-another-age", "direction": "in", "startedAt": BEYOND[0]}
    answer = served.call("POST", f"/hooks/cti/{TOKEN}", json=told)
    assert (answer.status_code, answer.json()["field"]) == (400, "startedAt")


@pytest.mark.parametrize("login", ["a\0b", "a" * 201])
def test_a_login_that_nobody_can_have_is_refused_before_it_is_looked_for(served: Served, login: str) -> None:
    answer = served.call("POST", "/v1/session", json={"login": login, "password": "x"})
    assert (answer.status_code, answer.json()["field"]) == (400, "login")
    assert served.call("POST", "/v1/session", json={"refresh": login}).status_code == 401


def test_a_name_that_no_database_keeps_is_nobodys(served: Served) -> None:
    for asked in ({"q": "a\0b"}, {"q": "\0\0", "reason": "rappel"}):
        answer = served.call("GET", "/v1/persons", login="c.morvan", params=asked)
        assert (answer.status_code, answer.json()["rows"]) == (200, [])
