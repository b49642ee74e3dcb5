"""An identity provider of the tests, as the server's settings would name it."""

from typing import Any

import msgspec

from sync.server.auth.providers import Chosen
from tests.support.identity import CLIENT, SECRET, Identity


def chosen(identity: Identity, **other: Any) -> Chosen:
    """It, with what a test sets otherwise."""
    usual = Chosen(
        name="Compte",
        issuer=identity.url,
        client_id=CLIENT,
        secret=SECRET,
        scopes=("openid", "profile"),
        login_claim="preferred_username",
        groups_claim="groups",
        roles={},
        acr="",
    )
    return msgspec.structs.replace(usual, **other)
