"""Keeps the keys of what callers said, apart from the database: one, or two while one is being changed."""

import base64
import binascii
import os
import secrets
from pathlib import Path

import keyring
from keyring.errors import KeyringError

from app.settings import WrongSetting
from app.store.disk import sync_folder
from sync.server.auth.seals import KEY_BYTES, Seal
from sync.server.bootstrap.keys import APPLICATION, kept_secret

KEY_FILE = "voicemail.key"
_ENTRY = "voicemail"


class VoicemailKeys:
    """What `voicemail.key` holds, a key a line, or the keyring's entry: read again when one is missing."""

    def __init__(self, data_dir: Path) -> None:
        self.path = data_dir / KEY_FILE
        self._seals: dict[str, Seal] = {}
        self._texts: dict[str, str] = {}
        self.read_again()

    @property
    def names(self) -> list[str]:
        """Of the keys, in their order; the house's word says which one seals."""
        return list(self._seals)

    def seals(self) -> list[Seal]:
        """Whatever may open what is kept."""
        return list(self._seals.values())

    def find(self, name: str) -> Seal | None:
        """The key of this name, also when it came since the last look."""
        if name not in self._seals:
            self.read_again()
        return self._seals.get(name)

    def read_again(self) -> None:
        """Look at what is kept now. Raises `WrongSetting` when a line is no key."""
        texts = self._kept().split()
        made = [(Seal(_read_key(text, self.path)), text) for text in texts]
        self._seals = {seal.name: seal for seal, _ in made}
        self._texts = {seal.name: text for seal, text in made}

    def make_first(self) -> Seal:
        """The house's first key; another process may make it at the same time, and the first one's stays."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        made = self._written_aside(_new_key())
        try:
            self.path.hardlink_to(made)
        except FileExistsError:
            pass
        finally:
            made.unlink()
        self.read_again()
        return self.seals()[0]

    def add(self) -> Seal:
        """One more, kept beside the others before anything is sealed with it."""
        text = _new_key()
        self._write("\n".join([*self._texts.values(), text]))
        return next(seal for name, seal in self._seals.items() if self._texts[name] == text)

    def retire(self, *, but: str) -> list[str]:
        """Keep one alone here; each of the others goes where it is told, to be put in safety."""
        apart = [self._put_apart(name, text) for name, text in self._texts.items() if name != but]
        self._write(self._texts[but])
        return apart

    def _kept(self) -> str:
        return kept_secret(_ENTRY) or (self.path.read_text("ascii") if self.path.exists() else "")

    def _write(self, texts: str) -> None:
        if kept_secret(_ENTRY):
            _set_secret(_ENTRY, texts)
        else:
            self._written_aside(texts).replace(self.path)
            sync_folder(self.path.parent)
        self.read_again()

    def _put_apart(self, name: str, text: str) -> str:
        if kept_secret(_ENTRY):
            entry = f"{_ENTRY}:{name}"
            _set_secret(entry, text)
            return f"the keyring, {entry}"
        path = self.path.with_name(f"voicemail-{name}.key")
        self._written_aside(text).replace(path)
        return str(path)

    def _written_aside(self, texts: str) -> Path:
        made = self.path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(f"{texts}\n")
            file.flush()
            os.fsync(file.fileno())
        return made


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def _set_secret(name: str, value: str) -> None:
    try:
        keyring.set_password(APPLICATION, name, value)
    except KeyringError as error:
        raise WrongSetting(f"The keyring does not take {name}: nothing was changed.") from error


def _read_key(written: str, path: Path) -> bytes:
    try:
        key = base64.b64decode(written, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise WrongSetting(f"{path}, or the keyring, does not hold a key of {KEY_BYTES} bytes in base64.")
    return key
