"""Makes the house's identity provider of its settings, and tries it for `check`."""

from app.clock import MachineClock
from app.settings import Settings, WrongSetting
from sync.server.auth.providers import Chosen, Provider, is_safe_address
from sync.server.bootstrap.keys import kept_secret
from sync.server.bootstrap.lines import read_connectors
from sync.server.bootstrap.openid_section import OpenIdSection


def identity_provider(settings: Settings) -> Provider | None:
    """Who vouches for people here, if the settings name anybody. Its clock is the machine's, as ours."""
    section = read_connectors(settings).openid
    return None if section is None else Provider(_chosen(section), MachineClock())


def identity_troubles(settings: Settings) -> dict[str, list[str]]:
    """What would keep people out who sign in there, as sentences; the provider is asked now."""
    provider = identity_provider(settings)
    return {} if provider is None else {"openid": provider.troubles()}


def _chosen(section: OpenIdSection) -> Chosen:
    if not is_safe_address(section.issuer):
        raise WrongSetting("connectors.toml: `issuer` of [openid] must be https, or this very machine.")
    for field in ("name", "client_id", "login_claim"):
        if not getattr(section, field).strip():
            raise WrongSetting(f"connectors.toml: `{field}` of [openid] is empty.")
    return Chosen(
        name=section.name,
        issuer=section.issuer,
        client_id=section.client_id,
        secret=section.secret or kept_secret("openid"),
        scopes=section.scopes if "openid" in section.scopes else ("openid", *section.scopes),
        login_claim=section.login_claim,
        groups_claim=section.groups_claim,
        roles=section.roles,
        acr=section.acr,
    )
