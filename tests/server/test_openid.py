"""Signing in at the house's identity provider: a real one, and one that lies."""

import secrets
from collections.abc import Generator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
import requests
import sqlalchemy as sa
from requests.adapters import HTTPAdapter

from app.domain.words import Role
from app.store import account_tables
from sync.protocol.openid import nonce_of
from sync.protocol.signing import SittingKey
from sync.server.auth.accounts import Account
from sync.server.auth.passwords import TRIES_OF_LOGIN
from tests.server.serving import PATIENCE_S, Served
from tests.support.identity import CLIENT, Forge, Identity, brought_back, question, signed, walk

REDIRECT = "http://127.0.0.1:5999/"
NOT_VOUCHED = "La connexion n’a pas abouti. Recommencez."


_places = count(1)


class _At(HTTPAdapter):
    """Comes from an address of its own: what is refused there pauses nobody else's test."""

    def __init__(self, place: str) -> None:
        self._place = place
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, source_address=(self._place, 0), **kwargs)


class Browser:
    """Somebody at a console that begins a sign-in, and the browser that goes there."""

    def __init__(self, served: Served, *, place: str = "") -> None:
        self._served = served
        self.place = place or f"127.0.9.{next(_places)}"
        self.way = served.call("GET", "/v1/session").json()["openid"]
        self.verifier = secrets.token_urlsafe(48)
        self.key = SittingKey()

    def code(self, login: str) -> str:
        nonce = nonce_of(self.verifier, self.key.public)
        address = question(self.way["authorize"], verifier=self.verifier, nonce=nonce, redirect=REDIRECT)
        return brought_back(walk(address, login))["code"]

    def bring(self, code: str, **other: str) -> requests.Response:
        granted = {"code": code, "verifier": self.verifier, "redirect": REDIRECT} | other
        body = {"granted": granted, "sitting_key": self.key.public}
        with requests.Session() as http:
            http.mount("http://", _At(self.place))
            return http.post(f"{self._served.url}/v1/session", json=body, timeout=PATIENCE_S)


@pytest.fixture
def somebody(served: Served, identity: Identity) -> Generator[Account]:
    """An account of this test alone, known to the provider by the same login."""
    login = f"o.{secrets.token_hex(4)}"
    account = Account(
        login=login, name="Odile Essai", role=Role.RECEPTIONIST, services=("orthopedie",), extension="4977"
    )
    served.put(account)
    identity.know(login)
    yield account
    served.disable(login)


@contextmanager
def lying(identity: Identity, forge: Forge) -> Generator[None]:
    identity.forge = forge
    try:
        yield
    finally:
        identity.forge = None


def test_whoever_the_provider_knows_sits_down_with_the_key_that_signs(
    served: Served, somebody: Account
) -> None:
    browser = Browser(served)
    session = browser.bring(browser.code(somebody.login))
    assert session.status_code == 200, session.text
    told = session.json()
    assert (told["login"], told["name"], told["role"]) == (somebody.login, "Odile Essai", "receptionist")
    bearer = {"Authorization": f"Bearer {told['token']}"}
    assert served.call("GET", "/v1/snapshot", headers=bearer).status_code == 200
    assert _sitting(served, told["sitting"]).public_key == browser.key.public
    renewed = served.call("POST", "/v1/session", json={"refresh": told["refresh"]})
    assert renewed.json()["login"] == somebody.login


def _sitting(served: Served, sitting: str) -> Any:
    with served.scene.engine.connect() as connection:
        return connection.execute(sa.select(account_tables.sitting).filter_by(id=sitting)).one()


def test_the_ways_in_name_the_provider_and_none_of_its_secrets(served: Served, identity: Identity) -> None:
    told = served.call("GET", "/v1/session")
    assert told.json() == {
        "openid": {
            "name": "Compte de l’hôpital",
            "issuer": identity.issuer,
            "authorize": f"{identity.url}/authorize",
            "client_id": CLIENT,
            "scope": "openid profile",
            "acr": "",
        }
    }


def test_a_code_works_once(served: Served, somebody: Account) -> None:
    browser = Browser(served)
    code = browser.code(somebody.login)
    assert browser.bring(code).status_code == 200
    _is_refused(browser.bring(code))


def test_a_code_brought_by_another_console_opens_nothing(served: Served, somebody: Account) -> None:
    victim, thief = Browser(served), Browser(served)
    _is_refused(thief.bring(victim.code(somebody.login)))


def test_a_code_stolen_with_its_secret_seats_no_other_key(served: Served, somebody: Account) -> None:
    victim, thief = Browser(served), Browser(served)
    code = victim.code(somebody.login)
    thief.verifier = victim.verifier
    _is_refused(thief.bring(code))


def test_a_code_is_bound_to_where_the_browser_was_sent_back(served: Served, somebody: Account) -> None:
    browser = Browser(served)
    _is_refused(browser.bring(browser.code(somebody.login), redirect="http://127.0.0.1:6001/"))


def _is_refused(answer: requests.Response, *, code: str = "not_vouched") -> None:
    assert answer.status_code == 401, answer.text
    assert (answer.json()["code"], answer.json()["field"]) == (code, "granted")
    if code == "not_vouched":
        assert answer.json()["detail"] == NOT_VOUCHED


def test_a_provider_that_lies_seats_nobody(served: Served, identity: Identity, somebody: Account) -> None:
    browser = Browser(served)
    code = browser.code(somebody.login)
    with lying(identity, lambda who, claims: signed(who.key, claims | {"aud": "portail"})):
        _is_refused(browser.bring(code))


def test_a_code_is_refused_by_its_field_before_anybody_is_asked(served: Served, identity: Identity) -> None:
    browser = Browser(served)
    before = identity.asked.count("/realms/essai/token")
    for field, wrong in {
        "code": "",
        "verifier": "short",
        "redirect": "https://elsewhere.example/",
    }.items():
        answer = browser.bring(**({"code": "a-code"} | {field: wrong}))
        assert (answer.status_code, answer.json()["field"]) == (400, f"granted.{field}")
    assert identity.asked.count("/realms/essai/token") == before


def test_who_brings_code_after_code_waits_and_nobody_elsewhere_does(
    served: Served, somebody: Account
) -> None:
    thief, other = Browser(served), Browser(served)
    answers = [thief.bring(f"guessed-{number}") for number in range(TRIES_OF_LOGIN + 1)]
    assert [answer.status_code for answer in answers] == [401] * TRIES_OF_LOGIN + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert other.bring(other.code(somebody.login)).status_code == 200


def test_somebody_the_house_has_no_account_for_is_told_so(served: Served, identity: Identity) -> None:
    identity.know("p.nobody")
    browser = Browser(served)
    answer = browser.bring(browser.code("p.nobody"))
    _is_refused(answer, code="unknown_account")
    assert "administrateur" in answer.json()["detail"]


def test_a_closed_account_is_as_none(served: Served, somebody: Account) -> None:
    browser = Browser(served)
    code = browser.code(somebody.login)
    served.disable(somebody.login)
    _is_refused(browser.bring(code), code="unknown_account")


def test_a_login_that_was_given_to_somebody_else_opens_nothing(
    served: Served, identity: Identity, somebody: Account
) -> None:
    first = Browser(served)
    assert first.bring(first.code(somebody.login)).status_code == 200
    identity.know(somebody.login, sub="sub of a newcomer")
    newcomer = Browser(served)
    _is_refused(newcomer.bring(newcomer.code(somebody.login)), code="other_person")
    served.put(somebody)
    again = Browser(served)
    assert again.bring(again.code(somebody.login)).status_code == 200
