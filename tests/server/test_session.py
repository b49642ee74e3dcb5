"""Signing in: passwords, tries, tokens and their renewal."""

from datetime import timedelta

import pytest
import requests
import sqlalchemy as sa

from app.store import tables
from sync.server.auth.accounts import Account, disable_account, put_account
from sync.server.auth.tokens import hash_token
from tests.server.serving import ACCOUNTS, PASSWORD, Served
from tests.support.scene import MORNING

NBSP = "\u00a0"
WRONG = "Identifiant ou mot de passe incorrect."


def _post(served: Served, **body: object) -> requests.Response:
    return served.call("POST", "/v1/session", json=body)


def _add(served: Served, login: str) -> None:
    account = Account(
        login=login, name="Essai", role=ACCOUNTS[0].role, services=("orthopedie",), extension="4999"
    )
    with served.scene.engine.begin() as connection:
        put_account(connection, served.scene.establishment, account, password=PASSWORD)


def _expire(served: Served, token: str) -> None:
    with served.scene.engine.begin() as connection:
        chosen = sa.update(tables.token).where(tables.token.c.hash == hash_token(token))
        connection.execute(chosen.values(expires_at=MORNING - timedelta(days=1)))


def test_a_right_password_opens_a_session_that_says_who_and_where(served: Served) -> None:
    session = _post(served, login="c.morvan", password=PASSWORD).json()
    said = {
        name: session[name] for name in ("login", "name", "role", "services", "service_name", "extension")
    }
    assert said == {
        "login": "c.morvan",
        "name": "Claire Morvan",
        "role": "receptionist",
        "services": ["orthopedie"],
        "service_name": "Orthopédie",
        "extension": "4101",
    }
    assert session["establishment_name"] == "Centre hospitalier d’essai"
    assert session["establishment"] == served.scene.establishment


@pytest.mark.parametrize("login", ["somebody", "nobody"])
def test_a_wrong_password_says_how_many_tries_are_left_then_pauses(served: Served, login: str) -> None:
    if login == "somebody":
        _add(served, login)
    answers = [_post(served, login=login, password="wrong") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 401, 429, 429]
    assert [answer.json()["detail"] for answer in answers[:4]] == [
        f"{WRONG} Encore 4{NBSP}essais.",
        f"{WRONG} Encore 3{NBSP}essais.",
        f"{WRONG} Encore 2{NBSP}essais.",
        f"{WRONG} Encore 1{NBSP}essai.",
    ]
    assert answers[4].json()["detail"] == f"{WRONG} Réessayez dans 5{NBSP}minutes."
    assert 0 < int(answers[4].headers["Retry-After"]) <= 300
    assert _post(served, login=login, password=PASSWORD).status_code == 429


def test_a_right_password_clears_the_tries(served: Served) -> None:
    _add(served, "clears")
    for _ in range(3):
        _post(served, login="clears", password="wrong")
    assert _post(served, login="clears", password=PASSWORD).status_code == 200
    assert _post(served, login="clears", password="wrong").json()["tries_left"] == 4


def test_a_disabled_account_is_out_at_once(served: Served) -> None:
    _add(served, "leaver")
    session = served.session("leaver")
    assert served.call("GET", "/v1/snapshot", login="leaver").status_code == 200
    with served.scene.engine.begin() as connection:
        assert disable_account(connection, served.scene.establishment, "leaver")
    assert served.call("GET", "/v1/snapshot", login="leaver").status_code == 401
    assert _post(served, login="leaver", password=PASSWORD).status_code == 401
    assert _post(served, refresh=session["refresh"]).status_code == 401


def test_a_refresh_token_is_exchanged_and_works_once_more_within_a_minute(served: Served) -> None:
    first = _post(served, login="c.morvan", password=PASSWORD).json()
    second = _post(served, refresh=first["refresh"]).json()
    lost_reply = _post(served, refresh=first["refresh"])
    assert second["login"] == "c.morvan"
    assert second["refresh"] != first["refresh"]
    assert lost_reply.status_code == 200
    row = _token(served, first["refresh"])
    assert row.used_at < MORNING + timedelta(hours=1)


def _token(served: Served, value: str) -> sa.Row[tuple[object, ...]]:
    with served.scene.engine.connect() as connection:
        return connection.execute(sa.select(tables.token).filter_by(hash=hash_token(value))).one()


def test_a_token_out_of_date_opens_nothing(served: Served) -> None:
    session = _post(served, login="c.morvan", password=PASSWORD).json()
    for token in (session["token"], session["refresh"]):
        _expire(served, token)
    bearer = {"Authorization": f"Bearer {session['token']}"}
    assert served.call("GET", "/v1/snapshot", headers=bearer).status_code == 401
    assert _post(served, refresh=session["refresh"]).status_code == 401


def test_a_refresh_token_reads_nothing_and_an_access_token_renews_nothing(served: Served) -> None:
    session = _post(served, login="c.morvan", password=PASSWORD).json()
    bearer = {"Authorization": f"Bearer {session['refresh']}"}
    assert served.call("GET", "/v1/snapshot", headers=bearer).status_code == 401
    assert _post(served, refresh=session["token"]).status_code == 401


def test_the_database_holds_neither_password_nor_token(served: Served) -> None:
    session = served.session("c.morvan")
    with served.scene.engine.connect() as connection:
        stored = str(
            [*connection.execute(sa.select(tables.token)), *connection.execute(sa.select(tables.account))]
        )
    assert hash_token(session["token"]) in stored
    assert session["token"] not in stored
    assert session["refresh"] not in stored
    assert PASSWORD not in stored


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"),
        (b"{", "body"),
        (b"[]", "body"),
        (b'{"login": 3, "password": "x"}', "login"),
        (b'{"login": "c.morvan"}', "password"),
        (b'{"password": "x"}', "login"),
        (b"{}", "login"),
        (b"\xff\xfe", "body"),
    ],
)
def test_a_request_that_cannot_be_read_names_the_field(served: Served, body: bytes, field: str) -> None:
    answer = served.call("POST", "/v1/session", data=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["field"] == field
