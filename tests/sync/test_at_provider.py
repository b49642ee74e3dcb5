"""A sign-in in the browser: what comes back to this desk is taken once, and from that sign-in alone."""

from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from sync.client.at_provider import AtProvider
from sync.client.server import SignInRefused
from sync.protocol.messages import Granted, OpenIdWay
from sync.protocol.openid import challenge_of, nonce_of

WAY = OpenIdWay(
    name="Compte de l’hôpital",
    issuer="https://sso.chsa.example",
    authorize="https://sso.chsa.example/authorize?realm=essai",
    client_id="filrouge",
    scope="openid profile",
)
PAGE = "Vous pouvez fermer cet onglet & revenir."
PATIENCE_S = 20


class Desk:
    """An attempt that waits on a thread of its own, and what a browser may bring it."""

    def __init__(self, attempt: AtProvider, waiting: Future[Granted]) -> None:
        self.attempt, self.waiting = attempt, waiting
        self.asked = {name: one for name, (one,) in parse_qs(urlsplit(attempt.address).query).items()}

    def bring(self, path: str = "", **query: str) -> requests.Response:
        address = f"{self.asked['redirect_uri']}{path}?{urlencode(query)}"
        return requests.get(address, timeout=PATIENCE_S)


@pytest.fixture
def desk() -> Generator[Desk]:
    attempt = AtProvider(WAY, page=PAGE)
    with ThreadPoolExecutor(1) as pool:
        yield Desk(attempt, pool.submit(attempt.wait, PATIENCE_S))
        attempt.cancel()


def test_what_the_browser_brings_back_goes_with_the_secret_that_never_left(desk: Desk) -> None:
    page = desk.bring(code="a-code", state=desk.asked["state"], iss=WAY.issuer)
    granted = desk.waiting.result(PATIENCE_S)
    assert granted == Granted(code="a-code", verifier=granted.verifier, redirect=desk.asked["redirect_uri"])
    assert desk.asked["code_challenge"] == challenge_of(granted.verifier)
    assert desk.asked["nonce"] == nonce_of(granted.verifier, desk.attempt.key.public)
    assert granted.verifier not in desk.attempt.address
    assert "fermer cet onglet &amp; revenir" in page.content.decode()


def test_the_question_is_asked_as_the_provider_wants_it(desk: Desk) -> None:
    assert desk.attempt.address.startswith("https://sso.chsa.example/authorize?realm=essai&")
    assert (desk.asked["response_type"], desk.asked["code_challenge_method"]) == ("code", "S256")
    assert (desk.asked["client_id"], desk.asked["scope"]) == ("filrouge", "openid profile")
    redirect = urlsplit(desk.asked["redirect_uri"])
    assert (redirect.scheme, redirect.hostname, redirect.path) == ("http", "127.0.0.1", "/")


def test_the_page_runs_nothing_and_tells_nobody_where_it_came_from(desk: Desk) -> None:
    heads = desk.bring(code="a-code", state=desk.asked["state"]).headers
    assert heads["Content-Security-Policy"].startswith("default-src 'none'")
    assert (heads["Referrer-Policy"], heads["Cache-Control"]) == ("no-referrer", "no-store")


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("", {"code": "stolen", "state": "of somebody else"}),
        ("", {"code": "stolen"}),
        ("favicon.ico", {}),
        ("elsewhere", {"code": "stolen", "state": "OURS"}),
    ],
)
def test_what_is_not_of_this_sign_in_is_passed_over_and_the_right_one_still_comes(
    desk: Desk, path: str, query: dict[str, str]
) -> None:
    ours = {name: desk.asked["state"] if value == "OURS" else value for name, value in query.items()}
    refused = desk.bring(path, **ours)
    assert (refused.status_code, "fermer" in refused.text) == (404, False)
    assert desk.bring(code="ours", state=desk.asked["state"]).status_code == 200
    assert desk.waiting.result(PATIENCE_S).code == "ours"


def test_a_state_twice_in_one_line_is_no_state(desk: Desk) -> None:
    state = desk.asked["state"]
    line = f"code=a-code&state={state}&state={state}"
    address = f"{desk.asked['redirect_uri']}?{line}"
    assert requests.get(address, timeout=PATIENCE_S).status_code == 404


def test_a_state_is_taken_once_and_nobody_listens_afterwards(desk: Desk) -> None:
    first = desk.bring(code="first", state=desk.asked["state"])
    assert (first.status_code, desk.waiting.result(PATIENCE_S).code) == (200, "first")
    assert not desk.attempt.take(urlencode({"code": "again", "state": desk.asked["state"]}))
    with pytest.raises(requests.ConnectionError):
        desk.bring(code="again", state=desk.asked["state"])


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"code": "a-code", "iss": "https://sso.autre.example"}, "other_provider"),
        ({"error": "access_denied"}, "not_granted"),
        ({"code": "x" * 5000}, "not_granted"),
    ],
)
def test_an_answer_that_is_no_code_of_that_provider_says_why(
    desk: Desk, query: dict[str, str], code: str
) -> None:
    desk.bring(state=desk.asked["state"], **query)
    assert _why(desk.waiting) == code


def _why(waiting: Future[Granted]) -> str:
    with pytest.raises(SignInRefused) as told:
        waiting.result(PATIENCE_S)
    return told.value.code


def test_whoever_gives_up_is_let_go(desk: Desk) -> None:
    desk.attempt.cancel()
    assert _why(desk.waiting) == "cancelled"


def test_whoever_never_comes_back_is_not_waited_for() -> None:
    attempt = AtProvider(WAY, page=PAGE)
    with pytest.raises(SignInRefused) as told:
        attempt.wait(0.0)
    assert told.value.code == "too_long"
