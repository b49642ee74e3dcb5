"""`POST /hooks/cti/{token}` on a real server: secrets, sizes, repeats, what is kept and told."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest
import requests
import sqlalchemy as sa

from app.domain.ids import derived_id
from app.domain.words import CallState
from app.store import tables
from app.store.engine import open_database
from app.store.kept_messages import KEPT_FOR, count_kept, keep_message
from tests.server.connectors.posts import WAYS, Fields, as_form, as_json, incoming
from tests.server.serving import CONNECTORS, OTHER_TOKEN, TOKEN, Served, serving
from tests.support.scene import MARTINE, MORNING, QUEUE

CALLS, EACH_CALL = 40, ("newCall", "answer", "hangup")


def _post(served: Served, fields: Fields, *, token: str = TOKEN, way: str = "json") -> requests.Response:
    content_type, body = WAYS[way](fields)
    return _post_raw(served, body, content_type, token=token)


def _post_raw(served: Served, body: bytes, content_type: str, *, token: str = TOKEN) -> requests.Response:
    headers = {"Content-Type": content_type}
    return served.call("POST", f"/hooks/cti/{token}", headers=headers, data=body)


def _new(served: Served) -> str:
    return served.scene.new_id()


def _calls(served: Served, number_raw: str) -> list[sa.Row[tuple[object, ...]]]:
    return [row for row in served.scene.rows(tables.contact) if row.number_raw == number_raw]


_numbers = count(5000)


def _fresh_number() -> str:
    """A caller whom no other test knows."""
    return f"3363998{next(_numbers)}"


def _metric(served: Served, line: str, state: str) -> float:
    name = f'filrouge_hook_messages_total{{line="{line}",state="{state}"}} '
    told = served.call("GET", "/metrics").text.splitlines()
    return float(next((each.removeprefix(name) for each in told if each.startswith(name)), "0"))


@pytest.mark.parametrize("way", WAYS)
def test_a_posted_call_is_recorded_and_answered_as_zammad_does(served: Served, way: str) -> None:
    call, before = _new(served), _metric(served, "clinique", "taken")
    for event, more in (
        ("newCall", {"queue": "support", "user": ["Emma Taylor"]}),
        ("answer", {"answeringNumber": "4101"}),
        ("hangup", {"cause": "normalClearing"}),
    ):
        answer = _post(served, incoming(event, call) | more, way=way)
        assert (answer.status_code, answer.json()) == (200, {}), answer.text
    row = served.scene.get(tables.contact, id=derived_id("call", "clinique", "", call))
    assert (row.queue, row.service, row.number) == (QUEUE, "orthopedie", "+33639980001")
    assert (row.state, row.ending, row.extension, row.agent) == ("ended", "hung_up", "4101", "c.morvan")
    assert row.candidates == MARTINE
    assert _metric(served, "clinique", "taken") == before + 3


def test_a_posted_call_reaches_the_desk_where_it_rings_with_its_candidates(served: Served) -> None:
    call = _new(served)
    with served.feed() as feed:
        _post(served, incoming("newCall", call, queue="support", user="Emma Taylor"))
        while True:
            facts = [fact for entry in feed.next("page").data["entries"] for fact in entry["facts"]]
            if any(fact["kind"] == "CallArrived" for fact in facts):
                break
    arrived = next(fact for fact in facts if fact["kind"] == "CallArrived")
    assert arrived["candidates"] == [MARTINE]
    assert (arrived.get("line", ""), arrived["told_by"]) == ("", "clinique")
    _post(served, incoming("hangup", call, cause="cancel"))


def test_a_message_posted_again_and_again_changes_nothing(served: Served) -> None:
    call, number = _new(served), _fresh_number()
    for event in ("newCall", "newCall", "hangup", "newCall", "hangup"):
        fields = incoming(event, call, cause="cancel") | {"from": number}
        assert _post(served, fields).status_code == 200
    assert [(row.state, row.ending) for row in _calls(served, number)] == [("ended", "abandoned")]


def test_a_wrong_secret_is_nobodys_line_and_nothing_is_kept(served: Served) -> None:
    call, kept = _new(served), served.scene.count(tables.kept_message)
    number = _fresh_number()
    for token in ("nothing", TOKEN[:-1], TOKEN.upper(), "%00", "é"):
        answer = _post(served, incoming("newCall", call) | {"from": number}, token=token)
        assert (answer.status_code, answer.json()["field"]) == (404, "token")
        assert answer.headers["content-type"] == "application/problem+json"
        assert TOKEN not in answer.text
        assert _post_raw(served, b"oops", "", token=token).status_code == 404
    assert _calls(served, number) == []
    assert served.scene.count(tables.kept_message) == kept


def test_a_secret_opens_its_line_and_nothing_else(served: Served) -> None:
    number, call = _fresh_number(), _new(served)
    _post(served, incoming("newCall", call) | {"from": number})
    _post(served, incoming("hangup", call) | {"from": number}, token=OTHER_TOKEN)
    assert {(row.told_by, row.state) for row in _calls(served, number)} == {
        ("clinique", CallState.QUEUED),
        ("annexe", CallState.ENDED),
    }
    for path in ("/v1/snapshot", "/v1/persons?q=dub", "/v1/feed"):
        assert served.call("GET", path, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 401


def test_what_cannot_be_read_is_named_counted_and_kept_once(served: Served) -> None:
    before = _metric(served, "annexe", "malformed")
    content_type, body = as_form({**incoming("newCall", _new(served)), "direction": "sideways"})
    for _ in range(2):
        answer = _post_raw(served, body, content_type, token=OTHER_TOKEN)
        assert (answer.status_code, answer.json()["field"]) == (400, "direction")
        assert answer.headers["content-type"] == "application/problem+json"
        assert "`direction`" in answer.json()["detail"]
    assert _metric(served, "annexe", "malformed") == before + 2
    kept = [row for row in served.scene.rows(tables.kept_message) if row.body == body]
    assert [(row.line, row.field) for row in kept] == [("annexe", "direction")]


def test_a_body_that_is_too_large_is_refused_by_its_size(served: Served) -> None:
    body = as_json(incoming("newCall", _new(served), user="x" * 70_000))[1]
    answer = _post_raw(served, body, "application/json")
    assert (answer.status_code, answer.json()["field"]) == (413, "body")


def test_only_posting_is_known(served: Served) -> None:
    answer = served.call("GET", f"/hooks/cti/{TOKEN}")
    assert (answer.status_code, answer.json()["field"]) == (405, "method")


def test_many_calls_posted_at_once_and_twice_are_each_there_once(served: Served) -> None:
    number = _fresh_number()
    messages = [
        incoming(event, f"{number}-{call}", cause="cancel") | {"from": number}
        for event in EACH_CALL
        for call in range(CALLS)
    ]
    with ThreadPoolExecutor(8) as several:
        answers = [several.submit(_post, served, fields, token=OTHER_TOKEN) for fields in messages * 2]
        assert {answer.result().status_code for answer in answers} == {200}
    rows = _calls(served, number)
    assert len(rows) == CALLS
    assert {(row.state, row.ending, row.answered_at is not None) for row in rows} == {
        ("ended", "hung_up", True)
    }


def test_nothing_of_a_caller_is_ever_logged(tmp_path: Path) -> None:
    (tmp_path / "connectors.toml").write_text(CONNECTORS, "utf-8")
    engine = open_database(f"sqlite:///{tmp_path / 'logged.db'}")
    with serving(engine, tmp_path) as (process, scene, url):
        served = Served(url, scene)
        _post(served, incoming("newCall", "the-call-1", user="Martine Dubreuil"))
        _post(served, incoming("else", "the-call-2", user="Martine Dubreuil"))
        _post(served, incoming("newCall"), token="no-such-secret")
        process.terminate()
        _, said = process.communicate(timeout=20)
    engine.dispose()
    assert '"field": "event"' in said
    for secret in ("639980001", "Martine", "the-call", TOKEN, "no-such-secret"):
        assert secret not in said


def test_what_was_kept_is_swept_after_a_month(served: Served) -> None:
    scene = served.scene
    for body, at in ((b"old", MORNING - KEPT_FOR), (b"young", MORNING), (b"young", MORNING)):
        keep_message(scene.engine, scene.establishment, body, line="swept", field="body", at=at)
    with scene.engine.connect() as connection:
        assert count_kept(connection, scene.establishment, "swept") == {"body": 1}
