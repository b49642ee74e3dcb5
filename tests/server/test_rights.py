"""Real requests for every route, command and report, by every role, in its services and out of them."""

import json
from collections.abc import Iterator
from itertools import product
from typing import Any, get_args

import msgspec
import pytest
import sqlalchemy as sa

from app.domain.commands import AnyCommand, NoteContact, PublishNotice, SetNaming
from app.domain.ids import Id
from app.domain.words import Channel, Protection, Role
from app.store import tables
from app.store.engine import writing
from app.store.person_forms import form_rows
from sync.protocol.messages import to_message
from sync.server.auth.accounts import Account
from tests.server.serving import TOKEN, Served
from tests.support import plan
from tests.support.samples import sample
from tests.support.scene import MARTINE, MORNING, OTHER_QUEUE, QUEUE, Scene

OWN, OTHER = "orthopedie", "standard"
GUARDED = [
    name
    for name, rule in plan.ROUTES.items()
    if rule.partition(": ")[0] in plan.TABLE or rule == "whoever is signed in"
]
UNGUARDED = [name for name, rule in plan.ROUTES.items() if rule == "anybody" and name != "POST /v1/session"]
WITH_A_FEED = [role for role in plan.ROLES if plan.reaches(role, "persons, timeline")]
EACH_PERSON = list(product((True, False), (False, True)))
_QUERIES = {
    "GET /v1/persons": "?q=dub",
    "GET /v1/persons/{person}": "?reason=rappel",
    "GET /v1/persons/{person}/doubles": "?reason=doublon",
    "GET /v1/persons/{person}/relatives": "?name=Yann+Le+Gall&role=trusted&reason=proche",
    "GET /v1/persons/{person}/timeline": "?reason=rappel",
}
_OPTIONS: dict[str, dict[str, Any]] = {
    "POST /v1/commands": {"json": {"commands": []}},
    "GET /v1/feed": {"stream": True},
}
_LATER = MORNING.replace(year=2027)
People = dict[tuple[bool, bool], Id]


_REACHED = {"GET /v1/voicemails/{contact}": (404,), "GET /v1/contacts/{contact}/earlier-calls": (404,)}
"""Nobody has left one there, nor is it anybody's: that others are is in test_voicemails and test_contacts."""


def login_of(role: str) -> str:
    """Whoever stands for a role, in the service of orthopaedics."""
    return f"droits.{role}"


@pytest.fixture(scope="session")
def house(served: Served) -> Served:
    """The server, with one account of each role in one same service."""
    for rank, role in enumerate(Role):
        services = () if role is Role.ADMINISTRATOR else (OWN,)
        account = Account(
            login=login_of(role), name=f"Essai {role}", role=role, services=services, extension=f"48{rank:02}"
        )
        served.put(account)
    return served


@pytest.fixture(scope="session")
def people(house: Served) -> People:
    """Persons by (is of the service, is protected), each with an exchange at their service."""
    return {key: _lay_person(house.scene, *key) for key in EACH_PERSON}


def _lay_person(scene: Scene, is_own: bool, is_protected: bool) -> Id:  # noqa: FBT001 - the key's parts
    person = scene.new_id()
    names = {"id": person, "birth_name": _name_of(is_own, is_protected), "first_given_name": "Essai"}
    protection = Protection.PROTECTED if is_protected else Protection.NONE
    house = {"establishment": scene.establishment}
    with writing(scene.engine) as connection:
        connection.execute(sa.insert(tables.person), house | names | {"protection": protection.value})
        connection.execute(sa.insert(tables.person_form), [house | form for form in form_rows(names)])
    scene.run(_note(scene, person=person, service=OWN if is_own else OTHER))
    return person


def _name_of(is_own: bool, is_protected: bool) -> str:  # noqa: FBT001
    return f"{'PENVEN' if is_own else 'QUERRIEN'}{'OZ' if is_protected else 'EC'}"


def _note(scene: Scene, *, person: Id | None, service: str) -> NoteContact:
    return NoteContact(
        contact=scene.new_id(), channel=Channel.DESK, service=service, person=person, happened_at=MORNING
    )


def _asked(name: str) -> Iterator[tuple[str, str]]:
    verb, path = name.split(" ")
    path = path.replace("{person}", MARTINE).replace("{contact}", MARTINE) + _QUERIES.get(name, "")
    for report in plan.REPORTS if "{name}" in path else ("",):
        yield verb, path.replace("{name}", report)


@pytest.mark.parametrize("role", plan.ROLES)
@pytest.mark.parametrize("name", GUARDED)
def test_a_route_is_open_to_its_roles_alone(house: Served, name: str, role: str) -> None:
    for verb, path in _asked(name):
        with house.call(verb, path, login=login_of(role), **_OPTIONS.get(name, {})) as answer:
            if plan.reaches(role, plan.ROUTES[name]):
                assert answer.status_code in _REACHED.get(name, (200, 202)), answer.text
            else:
                assert (answer.status_code, answer.json()["field"]) == (403, "role")


@pytest.mark.parametrize("name", GUARDED)
@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer nothing", "Basic Yzp4", "Bearer \xe9", f"Bearer {TOKEN}"]
)
def test_without_a_valid_token_nothing_is_told(served: Served, name: str, header: str) -> None:
    for verb, path in _asked(name):
        headers = {"Authorization": header} if header else {}
        answer = served.call(verb, path, headers=headers, **_OPTIONS.get(name, {}))
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["field"] == "Authorization"


@pytest.mark.parametrize("name", UNGUARDED)
def test_what_watches_the_server_needs_no_token(served: Served, name: str) -> None:
    assert served.call(*name.split(" ")).status_code == 200


def test_a_desks_credential_hands_over_and_reads_nothing(house: Served) -> None:
    enrolled = house.call("POST", "/v1/desks", login=login_of("nurse")).json()["credential"]
    as_desk = {"Authorization": f"Desk {enrolled}"}
    for name in GUARDED:
        for verb, path in _asked(name):
            answer = house.call(verb, path, headers=as_desk, **_OPTIONS.get(name, {}))
            assert answer.status_code == (202 if name == "POST /v1/commands" else 401), name


@pytest.mark.parametrize("role", plan.ROLES)
def test_nobodys_token_is_an_exchanges_secret(house: Served, role: str) -> None:
    token = house.session(login_of(role))["token"]
    answer = house.call("POST", f"/hooks/cti/{token}", login=login_of(role), json={"event": "newCall"})
    assert (answer.status_code, answer.json()["field"]) == (404, "token")


def _described(served: Served) -> dict[str, set[int]]:
    """What each route says that it may answer."""
    paths = served.call("GET", "/openapi.json").json()["paths"]
    return {
        f"{verb.upper()} {path}": {int(status) for status in one["responses"]}
        for path, verbs in paths.items()
        for verb, one in verbs.items()
    }


def test_every_route_is_described_with_what_it_refuses(served: Served) -> None:
    described = _described(served)
    assert set(described) == set(plan.ROUTES) - {"GET /openapi.json"}
    assert [name for name in GUARDED if not described[name] >= {401, 403}] == []
    assert [name for name, statuses in described.items() if not statuses >= {500, 503}] == []
    taking = {"POST /v1/session", "POST /v1/commands", "POST /hooks/cti/{token}", "POST /demo/line"}
    assert [name for name in taking if not described[name] >= {400, 413}] == []


@pytest.mark.parametrize("role", WITH_A_FEED)
def test_a_snapshot_holds_whom_the_role_may_see(house: Served, people: People, role: str) -> None:
    held = {row["id"] for row in house.snapshot_rows("person", login_of(role))}
    assert {key: person in held for key, person in people.items()} == _seen(role)


@pytest.mark.parametrize("role", WITH_A_FEED)
def test_the_feed_tells_of_whom_the_role_may_see(house: Served, people: People, role: str) -> None:
    login = login_of(role)
    with house.feed(login) as feed:
        noted = {
            key: house.scene.run(_note(house.scene, person=person, service=OWN if key[0] else OTHER))
            for key, person in people.items()
        }
        (last,) = house.send(_note(house.scene, person=None, service=OWN), login=login)
        told = {entry["command_id"]: entry.get("facts", []) for entry in feed.entries_until(last["id"])}
    heard = {key: bool(told.get(settled.command_id)) for key, settled in noted.items()}
    assert heard == _seen(role)


def _seen(role: str) -> dict[tuple[bool, bool], bool]:
    return {key: plan.sees(role, is_own=key[0], is_protected=key[1]) for key in EACH_PERSON}


@pytest.mark.parametrize("role", WITH_A_FEED)
@pytest.mark.parametrize("reason", ["", "appel d’un autre service"])
def test_a_search_finds_the_services_own_and_with_a_reason_all_but_the_protected(
    house: Served, people: People, role: str, reason: str
) -> None:
    found: set[str] = set()
    for key in people:
        asked = {"q": _name_of(*key), "reason": reason}
        rows = house.call("GET", "/v1/persons", login=login_of(role), params=asked).json()["rows"]
        found |= {row["person"] for row in rows}
    shown = {person for key, person in people.items() if (key[0] or reason) and not key[1]}
    assert found & set(people.values()) == shown


@pytest.mark.parametrize("role", WITH_A_FEED)
@pytest.mark.parametrize("below", ["", "/timeline", "/relatives"])
def test_a_protected_person_is_nobody_to_who_asks_by_name(
    house: Served, people: People, role: str, below: str
) -> None:
    asked = "reason=courrier&name=Yann+Le+Gall&role=trusted"
    paths = {key: f"/v1/persons/{person}{below}?{asked}" for key, person in people.items()}
    told = {key: house.call("GET", path, login=login_of(role)).status_code for key, path in paths.items()}
    assert told == {key: 404 if key[1] else 200 for key in people}


@pytest.mark.parametrize("role", [role for role in plan.ROLES if plan.reaches(role, "queues, reports")])
def test_figures_are_of_ones_own_queues_unless_the_plan_says_all(house: Served, role: str) -> None:
    is_all = plan.TABLE["queues, reports"][role] == "all"
    for path in ("/v1/queues", "/v1/reports/telephone"):
        told = {row["queue"] for row in house.call("GET", path, login=login_of(role)).json()["queues"]}
        assert told >= {QUEUE, OTHER_QUEUE} if is_all else told == {QUEUE}, path
    replies = house.call("GET", "/v1/reports/first-replies", login=login_of(role)).json()
    services = {row["service"] for row in replies["services"]}
    assert services >= {OWN, OTHER} if is_all else services == {OWN}


def _sampled(kind: type[Any]) -> Any:
    """One that changes nothing of the house's, whoever may send it."""
    if kind is SetNaming:
        return SetNaming(consulted_on=_LATER.date())
    return sample(kind, zone="Nowhere/At_All", service="nulle-part", number_raw="0199004848")


@pytest.mark.parametrize("role", plan.ROLES)
def test_a_command_is_run_for_its_roles_alone(house: Served, role: str) -> None:
    kinds = {kind.__name__: kind for kind in get_args(AnyCommand)}
    sent = [house.scene.envelope(_sampled(kind), author=login_of(role)) for kind in kinds.values()]
    messages = [json.loads(msgspec.json.encode(to_message(one))) for one in sent]
    answer = house.call("POST", "/v1/commands", login=login_of(role), json={"commands": messages})
    assert answer.status_code == 202, answer.text
    states = answer.json()
    judged = {
        name: state.get("refusal") != "not_allowed" or state.get("field") != "kind"
        for name, state in zip(kinds, states, strict=True)
    }
    assert judged == {name: plan.reaches(role, rule) for name, rule in plan.COMMANDS.items()}


@pytest.mark.parametrize(("service", "refusal"), [(OWN, "past_end"), (OTHER, "not_allowed")])
def test_a_supervisor_writes_notices_for_the_accounts_own_services(
    house: Served, service: str, refusal: str
) -> None:
    over = sample(PublishNotice, service=service, ends_at=MORNING.replace(year=2020))
    (state,) = house.send(over, login=login_of("supervisor"))
    assert (state["state"], state["refusal"]) == ("refused", refusal)
