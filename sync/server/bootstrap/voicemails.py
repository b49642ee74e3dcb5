"""Gives the exchanges that hand their voicemail over what they ask of the house, and finds the key."""

import base64
import binascii
import os
from pathlib import Path

import msgspec

from app.domain.commands import CommandEnvelope
from app.domain.ids import Id
from app.logs import log
from app.queries.voicemails import Spoken, find_call
from app.settings import Settings, WrongSetting
from app.store import voicemails
from app.store.reading import read_house_words
from app.store.voicemails import Sealed
from sync.server.auth.seals import KEY_BYTES, Broken, Seal
from sync.server.auth.tokens import BySecret
from sync.server.bootstrap.house import ensure_word
from sync.server.bootstrap.keys import kept_secret, line_token
from sync.server.connectors.voicemail.line import VoicemailLine, VoicemailStore
from sync.server.routes import Premises

KEY_FILE = "voicemail.key"
_KEY_NAME = "voicemail_key"
"""What tells this key from another, among the house's words."""


class VoicemailSection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One exchange's voicemail, in `connectors.toml`; without `token`, the system keyring holds it.

    `line` is that of its calls; `mailboxes` leads from `100@default` to a queue of the hospital.
    """

    line: str
    token: str = ""
    mailboxes: dict[str, str] = {}


class Voicemails:
    """What was said: taken from exchanges by their secrets, opened for who may listen."""

    def __init__(self, premises: Premises, seal: Seal | None, sections: list[VoicemailSection]) -> None:
        self._premises = premises
        self._seal = seal
        self._lines = BySecret({token_of(section): self._line(section) for section in sections})

    def find(self, token: str) -> VoicemailLine | None:
        """The line that a secret opens."""
        return self._lines.find(token)

    def open(self, contact: Id) -> bytes:
        """What was said, a WAV file; empty when there is nothing that this server's key opens."""
        with self._premises.engine.connect() as connection:
            kept = voicemails.read(connection, self._premises.establishment, contact)
        if kept is None or self._seal is None:
            return b""
        try:
            return self._seal.open(kept.sealed, about=kept.message)
        except Broken:
            log("voicemail").error("a message can't be opened with this key", contact=contact)
            return b""

    def keep(self, message: Sealed) -> Id:
        """Seal it and keep it once."""
        if self._seal is None:
            raise WrongSetting("There is no key to seal voicemails with.")
        sealed = self._seal.close(message.sealed, about=message.message)
        row = msgspec.structs.replace(message, sealed=sealed)
        return voicemails.keep(self._premises.engine, self._premises.establishment, row)

    def _line(self, section: VoicemailSection) -> VoicemailLine:
        store = VoicemailStore(
            kept_under=self._kept_under,
            find_call=self._find_call,
            keep=self.keep,
            run=self._run,
            drop_unclaimed=self._drop_unclaimed,
        )
        return VoicemailLine(section.line, section.mailboxes, store=store, clock=self._premises.clock)

    def _kept_under(self, message: Id) -> Id:
        with self._premises.engine.connect() as connection:
            return voicemails.contact_of(connection, self._premises.establishment, message)

    def _find_call(self, spoken: Spoken) -> Id:
        with self._premises.engine.connect() as connection:
            return find_call(connection, self._premises.establishment, spoken)

    def _run(self, command: CommandEnvelope) -> None:
        settled = self._premises.intake.run(command, desk=command.author)
        if not settled.is_done:
            raise RuntimeError(f"a voicemail can't be told: {settled.refusal}")

    def _drop_unclaimed(self, contact: Id) -> None:
        voicemails.drop_unclaimed(self._premises.engine, self._premises.establishment, contact)


def token_of(section: VoicemailSection) -> str:
    """The secret of the line, or `WrongSetting`."""
    return line_token(section.line, section.token, kind="voicemail")


def make_voicemails(settings: Settings, premises: Premises, sections: list[VoicemailSection]) -> Voicemails:
    """With the key of this installation, made the first time that a voicemail is to be handed over."""
    return Voicemails(premises, read_seal(settings, premises, is_needed=bool(sections)), sections)


def read_seal(settings: Settings, premises: Premises, *, is_needed: bool) -> Seal | None:
    """The key, from the keyring or its file; `WrongSetting` when this house's messages have another one."""
    path = settings.data_dir / KEY_FILE
    written = kept_secret("voicemail") or (path.read_text("ascii") if path.exists() else "")
    with premises.engine.connect() as connection:
        is_lost = not written and _KEY_NAME in read_house_words(connection, premises.establishment)
    if is_lost and is_needed:
        raise WrongSetting(f"{path} is not there: copy that of this house's other server, or of its backup.")
    if is_lost or not (written or is_needed):
        return None
    seal = Seal(_read_key(written, path) if written else _new_key(path))
    if ensure_word(premises.engine, premises.establishment, _KEY_NAME, seal.name) != seal.name:
        raise WrongSetting(
            f"{path} is not the key of this house's voicemails: copy that of its other server."
        )
    return seal


def _read_key(written: str, path: Path) -> bytes:
    try:
        key = base64.b64decode(written.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise WrongSetting(f"{path}, or the keyring, does not hold a key of {KEY_BYTES} bytes in base64.")
    return key


def _new_key(path: Path) -> bytes:
    """Another process may make it at the same time: the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_suffix(f".{os.getpid()}")
    made.touch(mode=0o600)
    made.write_text(base64.b64encode(os.urandom(KEY_BYTES)).decode("ascii"), "ascii")
    try:
        path.hardlink_to(made)
    except FileExistsError:
        pass
    finally:
        made.unlink()
    return _read_key(path.read_text("ascii"), path)
