"""What the routes answer: what does not exist, what can't be read, what is found and traced."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest

from app.domain.commands import BreakGlass, IdentifyCaller
from app.domain.relative_commands import SayRelative
from app.domain.relatives import RelativeRole
from app.store import tables
from tests.server.serving import Served
from tests.support.scene import MARTINE, PAUL, SECRET, SHARED_NUMBER


def test_who_broke_the_glass_is_told_with_why_and_until_when(served: Served) -> None:
    glass, why = served.scene.new_id(), "Le service demande sa convocation"
    asked = BreakGlass(glass=glass, person=SECRET, reason=why)
    assert served.send(asked, login="h.lambert")[0]["state"] == "done"
    told = served.call("GET", "/v1/accesses", login="admin").json()
    (access,) = [one for one in told if one["glass"] == glass]
    assert (access["by"], access["reason"], access["person"]) == ("h.lambert", why, SECRET)
    refused = served.send(asked, login="admin")
    assert refused[0]["refusal"] == "not_allowed"


@pytest.mark.parametrize(
    ("method", "path", "status", "field"),
    [
        ("GET", "/", 404, "path"),
        ("GET", "/v1/nothing", 404, "path"),
        ("DELETE", "/v1/session", 405, "method"),
        ("GET", "/v1/commands", 405, "method"),
    ],
)
def test_an_unknown_route_is_a_problem_like_any_other(
    served: Served, method: str, path: str, status: int, field: str
) -> None:
    answer = served.call(method, path)
    assert (answer.status_code, answer.json()["field"]) == (status, field)
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= set(answer.json())


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/v1/persons", "q"),
        ("/v1/persons?q=x", "q"),
        (f"/v1/persons?q={'x' * 201}", "q"),
        ("/v1/persons?q=dubreuil&reason=%00", "reason"),
        ("/v1/persons/nobody?reason=rappel", "person"),
        (f"/v1/persons/{MARTINE}", "reason"),
        (f"/v1/persons/{MARTINE}?reason=", "reason"),
        (f"/v1/persons/{MARTINE}?reason=%00", "reason"),
        (f"/v1/persons/{MARTINE}/timeline?reason=rappel&limit=0", "limit"),
        (f"/v1/persons/{MARTINE}/timeline?reason=rappel&limit=many", "limit"),
    ],
)
def test_a_wrong_parameter_is_named(served: Served, path: str, field: str) -> None:
    answer = served.call("GET", path, login="c.morvan")
    assert (answer.status_code, answer.json()["field"]) == (400, field)


@pytest.mark.parametrize(
    "typed",
    [
        "dub",
        "DUBREUIL mart",
        "06 39 98 00 01",
        "14/03/1958",
        "123456",
        "AND",
        "' OR 1=1",
        "%_",
        "\0\0",
        "é\ud83d\ude00",
    ],
)
def test_nothing_typed_in_the_search_breaks_it(served: Served, typed: str) -> None:
    text = typed.encode("utf-16", "surrogatepass").decode("utf-16")
    answer = served.call("GET", "/v1/persons", login="c.morvan", params={"q": text})
    assert answer.status_code == 200, answer.text


def test_a_person_is_found_by_number_and_by_name_and_a_protected_one_is_not(served: Served) -> None:
    def found(typed: str) -> set[str]:
        asked = {"q": typed, "reason": "appel"}
        answer = served.call("GET", "/v1/persons", login="c.morvan", params=asked)
        return {row["person"] for row in answer.json()["rows"]}

    assert found("06 39 98 00 01") == {MARTINE}
    assert MARTINE in found("dubreuil martine")
    assert found("kervella") == found("0639980003") == set()
    hidden = served.call("GET", f"/v1/persons/{SECRET}?reason=rappel", login="c.morvan")
    nobody = served.call("GET", f"/v1/persons/{served.scene.new_id()}?reason=rappel", login="c.morvan")
    assert hidden.status_code == nobody.status_code == 404
    assert hidden.json() == nobody.json()


def test_a_search_stays_within_the_callers_services_unless_a_reason_is_given(served: Served) -> None:
    def found(login: str, **more: str) -> set[str]:
        asked = {"q": "dubreuil paul", **more}
        return {
            row["person"]
            for row in served.call("GET", "/v1/persons", login=login, params=asked).json()["rows"]
        }

    contact = served.scene.ring(SHARED_NUMBER)
    served.scene.run(IdentifyCaller(contact=contact, person=PAUL))
    assert found("c.morvan") == {PAUL}
    assert found("l.tessier") == set()
    assert found("l.tessier", reason="appel d’un autre service") == {PAUL}


def test_a_search_is_traced_with_how_many_were_shown_and_without_what_was_typed(served: Served) -> None:
    def traced(**wanted: object) -> int:
        return served.scene.count(tables.access_log, author="s.haddad", act="searched", **wanted)

    before = traced(reason="réclamation", shown=1, address="127.0.0.1")
    answer = served.call(
        "GET", "/v1/persons", login="s.haddad", params={"q": "dubreuil martine", "reason": "réclamation"}
    )
    assert len(answer.json()["rows"]) == 1
    assert traced(reason="réclamation", shown=1, address="127.0.0.1") == before + 1
    everything = [str(row) for row in served.scene.rows(tables.access_log)]
    assert not any("martine" in text.lower() for text in everything)


def test_searches_traced_together_leave_an_unbroken_chain(served: Served) -> None:
    before = served.scene.count(tables.access_log, author="n.bourdin")
    with ThreadPoolExecutor(8) as several:
        asked = [
            several.submit(served.call, "GET", "/v1/persons?q=dubreuil", login="n.bourdin") for _ in range(24)
        ]
        assert {one.result().status_code for one in asked} == {200}
    rows = sorted(served.scene.rows(tables.access_log), key=lambda row: row.position)
    assert served.scene.count(tables.access_log, author="n.bourdin") == before + 24
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    assert all(row.previous == last.hash for last, row in pairwise(rows))


def test_a_read_through_the_web_is_traced_with_its_reason(served: Served) -> None:
    before = served.scene.count(tables.access_log, person=MARTINE, author="s.haddad", reason="courrier")
    served.call("GET", f"/v1/persons/{MARTINE}/timeline?reason=courrier", login="s.haddad")
    after = served.scene.count(tables.access_log, person=MARTINE, author="s.haddad", reason="courrier")
    assert after == before + 1


def test_a_relative_is_compared_without_a_list_and_the_comparison_is_traced(served: Served) -> None:
    said = SayRelative(person=MARTINE, full_name="Yann Le Gall", role=RelativeRole.TRUSTED)
    act = served.scene.run(said).command_id
    before = served.scene.count(tables.access_log, person=MARTINE, author="s.haddad", reason="proche")
    asked = {"name": "le gall yann", "role": "trusted", "reason": "proche"}
    path = f"/v1/persons/{MARTINE}/relatives"
    told = served.call("GET", path, login="s.haddad", params=asked).json()
    assert told == {"likeness": "matches", "relative": act, "scope": ""}
    told = served.call("GET", path, login="s.haddad", params=asked | {"role": "guardian"}).json()
    assert told == {"likeness": "differs", "relative": "", "scope": ""}
    after = served.scene.count(tables.access_log, person=MARTINE, author="s.haddad", reason="proche")
    assert after == before + 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"act": "explode"}, "act"),
        ({"act": "answer"}, "contact"),
        ({"act": "answer", "contact": "01a2011a-0000-7000-8000-000000000000"}, "contact"),
        ({"act": "arrive", "number": 3}, "number"),
        ({"act": "pass_time"}, "until"),
        ({"act": "pass_time", "until": "2026-11-25T08:00:00"}, "until"),
    ],
)
def test_the_simulated_line_names_what_it_cannot_play(
    served: Served, body: dict[str, Any], field: str
) -> None:
    answer = served.call("POST", "/demo/line", json=body)
    assert (answer.status_code, answer.json()["field"]) == (400, field)
