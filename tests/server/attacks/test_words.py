"""What a person writes is a word and nothing else: no statement, no formula, no second line of a log."""

import csv
import io
import json
from collections.abc import Generator

import pytest
import sqlalchemy as sa

from app.domain.commands import NoteContact, RegisterProvisionalPerson
from app.domain.words import Channel, Sex
from app.logs import log, set_up_logs
from app.store import tables
from app.store.engine import writing
from tests.server.serving import Served
from tests.support.scene import MORNING

HOSTILE = (
    "'; DROP TABLE contact; --",
    '" OR ""="',
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "<b>Urgent</b>&nbsp;&lt;",
    '=HYPERLINK("http://mal.example","ici")',
    "{{7*7}} ${7*7} %s %(name)s {0}",
    "../../etc/passwd",
    'a\r\nSet-Cookie: x=y\r\n\r\n{"event": "forged"}',
    "\u202egnp.exe \u200b\ufeff",
)


@pytest.mark.parametrize("word", HOSTILE)
def test_a_note_is_kept_and_told_as_it_was_written(served: Served, word: str) -> None:
    person = served.scene.new_person("LEGALL")
    note = NoteContact(
        contact=served.scene.new_id(),
        channel=Channel.LETTER,
        service="orthopedie",
        person=person,
        subject=word,
        text=word,
        happened_at=MORNING,
    )
    with served.feed() as feed:
        (state,) = served.send(note)
        entry = feed.entry_of(state["id"])
    (fact,) = [fact for fact in entry["facts"] if fact["kind"] == "ContactNoted"]
    assert (fact["subject"], fact["text"]) == (word, word)
    answer = served.call("GET", f"/v1/persons/{person}/timeline?reason=courrier", login="c.morvan")
    assert json.dumps(word, ensure_ascii=False)[1:-1] in answer.text


@pytest.mark.parametrize("word", HOSTILE)
def test_a_name_is_a_name_and_a_search_for_it_is_a_search(served: Served, word: str) -> None:
    person = served.scene.new_id()
    told = RegisterProvisionalPerson(
        person=person,
        birth_name=word,
        first_given_name=word,
        birth_date="1970-01-01",
        sex=Sex.FEMALE,
        number_raw=word,
        service="orthopedie",
    )
    (state,) = served.send(told)
    assert state["state"] in ("done", "refused")
    if state["state"] == "done":
        assert served.scene.get(tables.person, id=person).birth_name.strip() == word.strip()
    asked = {"q": word[:200], "reason": word[:200]}
    assert served.call("GET", "/v1/persons", login="c.morvan", params=asked).status_code == 200


@pytest.fixture
def a_queue_like_a_formula(served: Served) -> Generator[str]:
    """A queue of the service, whose name a spreadsheet would compute."""
    row = {"establishment": served.scene.establishment, "id": "=1+1"}
    queue = row | {"name": '=HYPERLINK("http://mal.example")', "service": "orthopedie"}
    with writing(served.scene.engine) as connection:
        connection.execute(sa.insert(tables.queue), queue)
    yield queue["name"]
    with writing(served.scene.engine) as connection:
        connection.execute(sa.delete(tables.queue).filter_by(**row))


def test_a_spreadsheet_computes_nothing_of_an_export(served: Served, a_queue_like_a_formula: str) -> None:
    answer = served.call("GET", "/v1/reports/telephone", login="c.morvan", headers={"Accept": "text/csv"})
    cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
    assert f"'{a_queue_like_a_formula}" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


@pytest.mark.parametrize("word", HOSTILE)
def test_a_log_has_one_line_for_what_happened_once(word: str) -> None:
    stream = io.StringIO()
    set_up_logs("INFO", to=stream)
    log("auth").info("a command was refused", reason=word, field=word, login=word)
    (line,) = stream.getvalue().splitlines()
    assert json.loads(line)["event"] == "a command was refused"
