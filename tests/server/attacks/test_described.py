"""The routes do as `/openapi.json` says, whatever is asked of them and by whomever."""

import re
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, nullcontext
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, cast

import pytest
import requests
import schemathesis.checks
import schemathesis.openapi
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.core.failures import FailureGroup
from schemathesis.core.transport import Response

from app.dispatch import FAILED
from app.domain.commands import NoteContact
from app.domain.ids import UUID_PATTERN
from app.domain.words import Channel
from app.store.engine import open_database
from tests.server.serving import (
    CONNECTORS,
    ONE_OF_EACH_ROLE,
    PATIENCE_S,
    TOKEN,
    VOICEMAIL_TOKEN,
    Served,
    serving,
)
from tests.support import plan
from tests.support.scene import MARTINE, MORNING, PAUL, SECRET

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
CALLERS = st.sampled_from((*ONE_OF_EACH_ROLE, ""))
ENDLESS = "GET /v1/feed"
ASKED = sorted(set(plan.ROUTES) - {"GET /openapi.json", ENDLESS})
"""Every route that is described; a feed has no end to wait for, and is asked apart."""
KNOWN = {
    "person": [MARTINE, PAUL, SECRET],
    "name": plan.REPORTS,
    "contact": [MARTINE],
    "token": [TOKEN, VOICEMAIL_TOKEN],
}
"""What a path needs for an answer to be more than « no such thing »."""
Case = Any
"""Of a kind that the library leaves half untold."""
Answer = tuple[int, str, bytes]
_few = settings(
    max_examples=25,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Generator[Served]:
    """A server that no other test sees: what is asked of it here makes it throttle, and forget no call."""
    folder = tmp_path_factory.mktemp("alone")
    (folder / "connectors.toml").write_text(CONNECTORS, "utf-8")
    engine = open_database(f"sqlite:///{folder / 'filrouge.db'}")
    with serving(engine, folder) as (_process, scene, url):
        served = Served(url, scene)
        for login in ONE_OF_EACH_ROLE:
            served.session(login)
        yield served
    engine.dispose()


@pytest.fixture(scope="module")
def described(alone: Served) -> Any:
    """What the server says of its routes."""
    return _read(alone.call("GET", "/openapi.json").json())


def _read(description: dict[str, Any]) -> Any:
    return schemathesis.openapi.from_dict(description)


def _cases(described: Any, name: str) -> st.SearchStrategy[Case]:
    """Requests that keep to the description, and that do not where there is something to break."""
    verb, path = name.split(" ")
    operation = described[path][verb]
    is_breakable = bool(operation.body) or any(operation.iter_parameters())
    modes = GenerationMode if is_breakable else (GenerationMode.POSITIVE,)
    return st.one_of([operation.as_strategy(mode) for mode in modes])


def _known(draw: Callable[[Any], Any], value: Any, ids: list[str]) -> Any:
    """The same, some of its identifiers being of what is there."""
    match value:
        case dict():
            members = cast("dict[str, Any]", value).items()
            return {name: _known(draw, each, ids) for name, each in members}
        case list():
            return [_known(draw, each, ids) for each in cast("list[Any]", value)]
        case str() if re.fullmatch(UUID_PATTERN, value):
            return draw(st.sampled_from([value, *ids]))
        case _:
            return value


def _signed(body: Any, login: str) -> Any:
    """The commands of a body, in their sender's name: the others are refused before they are read."""
    match body:
        case {"commands": [*commands]}:
            for command in commands:
                if isinstance(command, dict) and "author" in command:
                    command["author"] = login
        case _:
            pass
    return body


def _aim(case: Case, draw: Callable[[Any], Any], login: str, ids: list[str]) -> None:
    """Most requests are about what is there."""
    for name in KNOWN.keys() & case.path_parameters.keys():
        if draw(st.integers(0, 3)):
            case.path_parameters[name] = draw(st.sampled_from(KNOWN[name]))
    if case.operation.path == "/v1/commands":
        case.body = _signed(_known(draw, case.body, ids), login)


def _bearer(served: Served, login: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {served.session(login)['token']}"} if login else {}


def _check(case: Case, answer: Response) -> None:
    """It is as described. Raises `FailureGroup`."""
    load_all_checks()
    known = vars(schemathesis.checks)["CHECKS"]
    case.validate_response(answer, checks=known.get_by_names(CHECKS))


def _is_of_time(case: Case) -> bool:
    """It would leap the server's clock, and every token would be out of date: nothing else would be asked."""
    match case.body:
        case {"act": "pass_time"}:
            return True
        case _:
            return False


@pytest.fixture(scope="module")
def ids(alone: Served) -> list[str]:
    """Persons and a contact that are there."""
    note = NoteContact(
        contact=alone.scene.new_id(),
        channel=Channel.DESK,
        service="orthopedie",
        person=MARTINE,
        happened_at=MORNING,
    )
    alone.scene.run(note)
    return [MARTINE, PAUL, SECRET, note.contact]


@pytest.mark.parametrize("name", ASKED)
def test_a_route_answers_as_it_is_described(alone: Served, described: Any, ids: list[str], name: str) -> None:
    statuses: set[int] = set()

    @given(case=_cases(described, name), login=CALLERS, data=st.data())
    @_few
    def ask(case: Case, login: str, data: st.DataObject) -> None:
        if _is_of_time(case):
            return
        _aim(case, data.draw, login, ids)
        answer = case.call(base_url=alone.url, headers=_bearer(alone, login), timeout=PATIENCE_S)
        statuses.add(answer.status_code)
        _check(case, answer)
        if answer.status_code == 202:
            assert [state for state in answer.json() if state.get("refusal") == FAILED] == []

    ask()
    assert statuses - {401, 403}


def test_a_feed_begins_as_it_is_described(alone: Served, described: Any) -> None:
    documented = described["/v1/feed"]["GET"].definition.raw["responses"]

    @given(case=_cases(described, ENDLESS), login=CALLERS)
    @_few
    def ask(case: Case, login: str) -> None:
        asked = case.as_transport_kwargs(base_url=alone.url, headers=_bearer(alone, login))
        with requests.request(**asked, timeout=PATIENCE_S, stream=True) as answer:
            told = documented[str(answer.status_code)]
            assert answer.headers["Content-Type"].partition(";")[0] in told["content"]

    ask()


@contextmanager
def _answering(answers: Mapping[str, Answer]) -> Generator[str]:
    """Something that answers each path as it is told, right or wrong."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body = answers[self.path]
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
            """Nobody listens."""

    server = HTTPServer(("127.0.0.1", 0), Answers)
    answering = Thread(target=server.serve_forever)
    answering.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    answering.join()
    server.server_close()


RIGHT = (200, "application/json", b'{"status": "live"}')


@pytest.mark.parametrize(
    ("answer", "is_found"),
    [
        (RIGHT, False),
        ((500, "application/problem+json", b"{}"), True),
        ((418, "application/json", b"{}"), True),
        ((200, "text/html", b"<p>live</p>"), True),
        ((200, "application/json", b'{"status": 1}'), True),
        ((200, "application/json", b"{"), True),
    ],
    ids=["right", "a fault", "a status nobody told", "another type", "another shape", "no shape"],
)
def test_a_route_that_does_otherwise_is_found(answer: Answer, is_found: bool) -> None:  # noqa: FBT001 - the table's
    shape = {"type": "object", "required": ["status"], "properties": {"status": {"type": "string"}}}
    told = {"200": {"description": "", "content": {"application/json": {"schema": shape}}}}
    told["500"] = {"description": "", "content": {"application/problem+json": {"schema": {}}}}
    route = {"get": {"responses": told}}
    described = _read(
        {"openapi": "3.1.0", "info": {"title": "control", "version": "1"}, "paths": {"/live": route}}
    )
    case = described["/live"]["GET"].Case()
    with _answering({"/live": answer}) as url, nullcontext() if not is_found else pytest.raises(FailureGroup):
        _check(case, case.call(base_url=url, timeout=PATIENCE_S))
