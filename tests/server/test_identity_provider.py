"""What the server believes of an identity provider, for how long, and what `check` says of one."""

import secrets
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.words import Role
from app.settings import WrongSetting, read_settings
from sync.protocol.messages import Granted
from sync.protocol.openid import nonce_of
from sync.server.auth.id_tokens import NotBelieved
from sync.server.auth.provider_wire import Away
from sync.server.auth.providers import KEPT, SOONEST, Provider, Vouched
from sync.server.bootstrap.identity import identity_provider, identity_troubles
from tests.server.trusting import chosen
from tests.support.identity import Identity, brought_back, question, walk

REDIRECT = "http://127.0.0.1:5998/"
KEY = "ab" * 32


class LateClock:
    """The machine's, and what a test adds to it."""

    ahead = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def own() -> Generator[Identity]:
    """A provider of this test alone."""
    made = Identity()
    made.know("c.morvan", groups=["accueil", "cantine"], email="c.morvan@chsa.example")
    yield made
    made.close()


def _vouch(provider: Provider) -> Vouched:
    verifier = secrets.token_urlsafe(48)
    nonce = nonce_of(verifier, KEY)
    address = question(provider.authorize(), verifier=verifier, nonce=nonce, redirect=REDIRECT)
    code = brought_back(walk(address, "c.morvan"))["code"]
    return provider.vouch(Granted(code=code, verifier=verifier, redirect=REDIRECT), sitting_key=KEY)


def test_what_it_publishes_is_asked_once_and_again_after_an_hour(own: Identity) -> None:
    clock = LateClock()
    provider = Provider(chosen(own), clock)
    assert [_vouch(provider).login for _ in range(2)] == ["c.morvan"] * 2
    assert own.asked.count("/realms/essai/keys") == 1
    clock.ahead = KEPT + timedelta(seconds=1)
    provider.authorize()
    assert own.asked.count("/realms/essai/.well-known/openid-configuration") == 2


def test_a_new_key_is_looked_for_once_and_not_again_at_once(own: Identity) -> None:
    clock = LateClock()
    provider = Provider(chosen(own), clock)
    _vouch(provider)
    own.rotate()
    with pytest.raises(NotBelieved, match="unknown key"):
        _vouch(provider)
    assert own.asked.count("/realms/essai/keys") == 1
    clock.ahead = SOONEST + timedelta(seconds=1)
    assert _vouch(provider).login == "c.morvan"
    assert own.asked.count("/realms/essai/keys") == 2


def test_a_provider_that_is_away_is_not_asked_by_each_of_those_who_wait(own: Identity) -> None:
    clock = LateClock()
    provider = Provider(chosen(own), clock)
    own.is_away = True
    for _ in range(3):
        with pytest.raises(Away):
            provider.authorize()
    assert len(own.asked) == 1
    own.is_away = False
    clock.ahead = SOONEST + timedelta(seconds=1)
    assert provider.authorize() == f"{own.url}/authorize"


def test_groups_give_roles_only_when_the_house_says_which(own: Identity) -> None:
    roles = {"accueil": Role.RECEPTIONIST, "chefs": Role.SUPERVISOR}
    assert _vouch(Provider(chosen(own), LateClock())).roles is None
    assert _vouch(Provider(chosen(own, roles=roles), LateClock())).roles == {Role.RECEPTIONIST}
    own.know("c.morvan")
    assert _vouch(Provider(chosen(own, roles=roles), LateClock())).roles == frozenset()


def test_an_address_is_a_login_only_once_it_was_verified(own: Identity) -> None:
    provider = Provider(chosen(own, login_claim="email"), LateClock())
    with pytest.raises(NotBelieved, match="not verified"):
        _vouch(provider)
    own.know("c.morvan", email="c.morvan@chsa.example", email_verified=True)
    assert _vouch(provider).login == "c.morvan@chsa.example"


def test_a_strength_that_the_house_asks_for_must_be_in_the_token(own: Identity) -> None:
    assert _vouch(Provider(chosen(own, acr="mot de passe"), LateClock())).login == "c.morvan"
    with pytest.raises(NotBelieved, match="claim"):
        _vouch(Provider(chosen(own, acr="carte"), LateClock()))


def test_a_wrong_secret_is_told_to_nobody_but_the_log(own: Identity) -> None:
    with pytest.raises(NotBelieved, match="invalid_client"):
        _vouch(Provider(chosen(own, secret="un autre"), LateClock()))


def test_one_who_calls_itself_otherwise_is_no_provider_of_ours() -> None:
    foreign = Identity(calls_itself="https://sso.autre.example")
    provider = Provider(chosen(foreign), LateClock())
    with pytest.raises(Away, match=r"sso\.autre\.example"):
        provider.authorize()
    foreign.close()


def test_check_tries_the_provider(own: Identity, tmp_path: Path) -> None:
    settings = read_settings({"FILROUGE_DATA_DIR": str(tmp_path)})
    assert identity_troubles(settings) == {}
    (tmp_path / "connectors.toml").write_text(own.section, "utf-8")
    assert identity_troubles(settings) == {"openid": []}
    own.is_away = True
    (told,) = identity_troubles(settings)["openid"]
    assert "503" in told


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('issuer = "http://127.0.0.1', 'issuer = "http://sso.chsa.example', "https"),
        ('name = "Compte de l’hôpital"', 'name = " "', "name"),
        ('client_id = "filrouge"', 'client = "filrouge"', "client"),
    ],
)
def test_a_wrong_setting_is_named(own: Identity, tmp_path: Path, before: str, after: str, said: str) -> None:
    assert before in own.section
    (tmp_path / "connectors.toml").write_text(own.section.replace(before, after), "utf-8")
    with pytest.raises(WrongSetting, match=said):
        identity_provider(read_settings({"FILROUGE_DATA_DIR": str(tmp_path)}))
