"""What an administrator writes of the house's identity provider, as the block `[openid]`."""

import msgspec

from app.domain.words import Role


class OpenIdSection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One identity provider; without `secret`, the system keyring's, or a public client without any.

    `roles` turns the provider's groups into roles; without it the house's own count.
    """

    name: str
    issuer: str
    client_id: str
    secret: str = ""
    scopes: tuple[str, ...] = ("openid", "profile")
    login_claim: str = "preferred_username"
    groups_claim: str = "groups"
    roles: dict[str, Role] = {}
    acr: str = ""
