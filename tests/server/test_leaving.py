"""Whoever may no longer come in is out: at once by every route, within a heartbeat of an open feed."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from app.store import tables
from sync.server.auth.accounts import Account
from tests.server.serving import ACCOUNTS, Feed, Served
from tests.support.scene import MARTINE

ROUTES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("POST", "/v1/commands", {"json": {"commands": []}}),
    ("GET", "/v1/feed", {}),
    ("GET", "/v1/snapshot", {}),
    ("GET", "/v1/persons", {"params": {"q": "dubreuil"}}),
    ("GET", f"/v1/persons/{MARTINE}", {"params": {"reason": "courrier"}}),
    ("GET", f"/v1/persons/{MARTINE}/timeline", {"params": {"reason": "courrier"}}),
)


def _add(served: Served, login: str, *, services: tuple[str, ...] = ("orthopedie",)) -> None:
    account = Account(login=login, name="Essai", role=ACCOUNTS[0].role, services=services, extension="4998")
    served.put(account)


def _move(served: Served, login: str) -> None:
    with served.scene.engine.begin() as connection:
        chosen = sa.update(tables.account).where(tables.account.c.login == login)
        connection.execute(chosen.values(services="standard"))


def _until_bye(feed: Feed) -> tuple[int, str]:
    """How many beats came before the goodbye, and its reason."""
    beats = 0
    while (event := feed.next_any()).name != "bye":
        beats += event.name == "beat"
    return beats, event.data["reason"]


@pytest.mark.parametrize(
    ("leave", "reason"),
    [(Served.disable, "access_withdrawn"), (Served.revoke, "access_withdrawn"), (_move, "account_changed")],
)
def test_an_open_feed_ends_within_a_heartbeat_with_its_reason(
    served: Served, leave: Callable[[Served, str], None], reason: str
) -> None:
    login = f"leaves-{leave.__name__}"
    _add(served, login)
    with served.feed(login) as leaving, served.feed("c.morvan") as staying:
        assert leaving.next("beat")
        leave(served, login)
        beats, why = _until_bye(leaving)
        assert (why, beats <= 1) == (reason, True)
        assert staying.next("beat").cursor
        assert staying.next("beat").cursor


@pytest.mark.parametrize(("method", "path", "options"), ROUTES, ids=[path for _, path, _ in ROUTES])
def test_a_token_of_a_closed_account_is_refused_at_once_by_every_route(
    served: Served, method: str, path: str, options: dict[str, Any]
) -> None:
    login = f"out-{ROUTES.index((method, path, options))}"
    _add(served, login)
    with served.call(method, path, login=login, stream=True, **options) as before:
        assert before.status_code != 401
    served.disable(login)
    with served.call(method, path, login=login, stream=True, **options) as after:
        assert after.status_code == 401
        assert after.json()["field"] == "Authorization"
