"""Reads the secrets of outside lines that the settings file leaves to the system keyring."""

import keyring
from keyring.errors import KeyringError


def kept_secret(name: str) -> str:
    """A secret by its name (`asterisk:LINE`, `cti:LINE`); empty where there is none, or no keyring."""
    try:
        return keyring.get_password("filrouge-server", name) or ""
    except KeyringError:
        return ""
