"""Guessing is slow from everywhere, and keeps nobody away from a desk of their own."""

from datetime import timedelta
from pathlib import Path

import pytest
import requests
import sqlalchemy as sa

from app.domain.words import Role
from app.store import tables
from app.store.engine import writing
from sync.server.auth.accounts import Account
from sync.server.auth.passwords import PAUSE, TRIES, TRIES_OF_LOGIN, TRIES_OF_PLACE, Tries
from sync.server.auth.tokens import REFRESH_GRACE, hash_token
from tests.server.serving import PASSWORD, Served, end, listening, run_program, start
from tests.support.scene import MORNING

NO_PAUSE = timedelta(0)


def _guess(tries: Tries, login: str, place: str, *, times: int) -> None:
    for _ in range(times):
        tries.count_wrong(login, place, MORNING)


def test_who_guesses_at_one_place_keeps_nobody_away_elsewhere() -> None:
    tries = Tries()
    _guess(tries, "c.morvan", "198.51.100.7", times=TRIES)
    assert tries.pause("c.morvan", "198.51.100.7", MORNING) == PAUSE
    assert tries.pause("c.morvan", "192.0.2.1", MORNING) == NO_PAUSE


def test_who_guesses_from_everywhere_waits_and_a_desk_that_signed_in_before_does_not() -> None:
    tries = Tries()
    tries.forget("c.morvan", "192.0.2.1")
    for place in range(TRIES_OF_LOGIN):
        _guess(tries, "c.morvan", f"198.51.100.{place}", times=1)
    assert tries.pause("c.morvan", "203.0.113.9", MORNING) == PAUSE
    assert tries.pause("c.morvan", "192.0.2.1", MORNING) == NO_PAUSE
    assert tries.pause("s.haddad", "203.0.113.9", MORNING) == NO_PAUSE


def test_a_known_desk_is_slowed_down_by_its_own_mistakes() -> None:
    tries = Tries()
    tries.forget("c.morvan", "192.0.2.1")
    _guess(tries, "c.morvan", "192.0.2.1", times=TRIES)
    assert tries.pause("c.morvan", "192.0.2.1", MORNING) == PAUSE


def test_who_tries_one_password_on_every_login_waits_for_all_of_them() -> None:
    tries = Tries()
    for number in range(TRIES_OF_PLACE):
        _guess(tries, f"somebody-{number}", "198.51.100.7", times=1)
    assert tries.pause("another", "198.51.100.7", MORNING) == PAUSE
    assert tries.pause("another", "192.0.2.1", MORNING) == NO_PAUSE
    assert tries.pause("another", "198.51.100.7", MORNING + PAUSE) == NO_PAUSE


def _post(served: Served, **body: str) -> requests.Response:
    return served.call("POST", "/v1/session", json=body)


def _reads(served: Served, token: str) -> int:
    return served.call("GET", "/v1/queues", headers={"Authorization": f"Bearer {token}"}).status_code


def _use_long_ago(served: Served, refresh: str) -> None:
    long_ago = MORNING - 2 * REFRESH_GRACE
    with writing(served.scene.engine) as connection:
        used = sa.update(tables.token).where(tables.token.c.hash == hash_token(refresh))
        assert connection.execute(used.values(used_at=long_ago)).rowcount == 1


def test_a_renewal_that_is_replayed_closes_all_that_came_of_it_and_nothing_else(served: Served) -> None:
    role = Role.RECEPTIONIST
    served.put(Account(login="stolen", name="Essai", role=role, services=("orthopedie",), extension="4998"))
    first = _post(served, login="stolen", password=PASSWORD).json()
    elsewhere = _post(served, login="stolen", password=PASSWORD).json()
    second = _post(served, refresh=first["refresh"]).json()
    assert _reads(served, second["token"]) == 200
    _use_long_ago(served, first["refresh"])
    replayed = _post(served, refresh=first["refresh"])
    assert (replayed.status_code, replayed.json()["field"]) == (401, "refresh")
    assert "code" not in replayed.json()
    assert [_reads(served, one["token"]) for one in (first, second, elsewhere)] == [401, 401, 200]
    assert _post(served, refresh=second["refresh"]).status_code == 401
    assert _post(served, refresh=elsewhere["refresh"]).status_code == 200


@pytest.mark.parametrize(
    ("trusted", "answer"), [("", 429), ("192.0.2.0/24", 429), ("192.0.2.4, 127.0.0.1", 401)]
)
def test_nobody_chooses_the_place_of_their_guesses_but_a_proxy_that_is_named(
    tmp_path: Path, trusted: str, answer: int
) -> None:
    run_program(tmp_path, "migrate", "--establishment", "chsa", "--name", "CH")
    url = f"sqlite:///{tmp_path / 'filrouge.db'}"
    process = start(url, tmp_path, "serve", FILROUGE_TRUSTED_PROXIES=trusted, FORWARDED_ALLOW_IPS="*")
    try:
        address = f"http://{listening(process)}/v1/session"
        answers = [_guess_as_if_from(f"198.51.100.{one}", address) for one in range(TRIES + 1)]
    finally:
        end(process)
    assert answers == [*[401] * (TRIES - 1), answer, answer]


def _guess_as_if_from(place: str, address: str) -> int:
    said = {"login": "c.morvan", "password": "not this one"}
    return requests.post(address, json=said, headers={"X-Forwarded-For": place}, timeout=10).status_code
