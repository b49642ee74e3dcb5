"""Reads the secrets of outside lines that the settings file leaves to the system keyring."""

import keyring
from keyring.errors import KeyringError

from app.settings import WrongSetting

SHORTEST_TOKEN = 20
APPLICATION = "filrouge-server"


def line_token(line: str, token: str, *, kind: str) -> str:
    """What an exchange that posts shows, from the settings or the keyring, or `WrongSetting`."""
    found = token or kept_secret(f"{kind}:{line}")
    if len(found) < SHORTEST_TOKEN:
        raise WrongSetting(
            f"connectors.toml: the token of the line {line} must have {SHORTEST_TOKEN} characters "
            "or more, here or in the keyring."
        )
    return found


def kept_secret(name: str) -> str:
    """A secret by its name (`asterisk:LINE`, `cti:LINE`, `voicemail`); empty without it, or a keyring."""
    try:
        return keyring.get_password(APPLICATION, name) or ""
    except KeyringError:
        return ""
