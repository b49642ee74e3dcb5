"""Gives the exchanges that hand their voicemail over what they ask of the house, and finds the key."""

from contextlib import suppress

import msgspec
import sqlalchemy as sa

from app.domain.commands import CommandEnvelope
from app.domain.ids import Id
from app.logs import log
from app.queries.voicemails import Spoken, find_call
from app.settings import Settings, WrongSetting
from app.store import voicemails
from app.store.reading import read_house_words
from app.store.voicemails import Kept, Sealed
from sync.server.auth.seals import Broken
from sync.server.auth.tokens import BySecret
from sync.server.bootstrap.house import ensure_word
from sync.server.bootstrap.keys import line_token
from sync.server.bootstrap.voicemail_keys import VoicemailKeys
from sync.server.connectors.voicemail.line import VoicemailLine, VoicemailStore
from sync.server.routes import Premises

KEY_NAME = "voicemail_key"
"""Which key seals, among the house's words: what tells it from another, and nothing of it."""


class VoicemailSection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One exchange's voicemail, in `connectors.toml`; without `token`, the system keyring holds it.

    `line` is that of its calls; `mailboxes` leads from `100@default` to a queue of the hospital.
    """

    line: str
    token: str = ""
    mailboxes: dict[str, str] = {}


class Voicemails:
    """What was said: taken from exchanges by their secrets, opened for who may listen."""

    def __init__(self, premises: Premises, keys: VoicemailKeys, sections: list[VoicemailSection]) -> None:
        self._premises = premises
        self._keys = keys
        self._lines = BySecret({token_of(section): self._line(section) for section in sections})

    def find(self, token: str) -> VoicemailLine | None:
        """The line that a secret opens."""
        return self._lines.find(token)

    def open(self, contact: Id) -> bytes:
        """What was said, a WAV file; empty when there is nothing that this server's key opens."""
        with self._premises.engine.connect() as connection:
            kept = voicemails.read(connection, self._premises.establishment, contact)
        if kept is None or not self._keys.names:
            return b""
        opened = open_kept(self._keys, kept)
        if opened is None:
            log("voicemail").error("a message can't be opened with this key", contact=contact)
        return opened or b""

    def keep(self, message: Sealed) -> Id:
        """Seal it with the house's key of this moment, and keep it once."""

        def seal(connection: sa.Connection) -> bytes:
            name = voicemails.read_key_name(connection, self._premises.establishment, KEY_NAME)
            found = self._keys.find(name)
            if found is None:
                raise WrongSetting(f"There is no key {name} here to seal voicemails with.")
            return found.close(message.sealed, about=message.message)

        return voicemails.keep(self._premises.engine, self._premises.establishment, message, seal=seal)

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


def open_kept(keys: VoicemailKeys, kept: Kept) -> bytes | None:
    """What was said, by whichever key it was sealed with; None when none of them opens it."""
    for _ in range(2):
        for seal in keys.seals():
            with suppress(Broken):
                return seal.open(kept.sealed, about=kept.message)
        # The key may have been changed since, and its file with it.
        keys.read_again()
    return None


def token_of(section: VoicemailSection) -> str:
    """The secret of the line, or `WrongSetting`."""
    return line_token(section.line, section.token, kind="voicemail")


def make_voicemails(settings: Settings, premises: Premises, sections: list[VoicemailSection]) -> Voicemails:
    """With the keys of this installation, the first made when a voicemail is first to be handed over."""
    keys = read_keys(settings, premises, is_needed=bool(sections))
    return Voicemails(premises, keys, sections)


def read_keys(settings: Settings, premises: Premises, *, is_needed: bool) -> VoicemailKeys:
    """The keys, from the keyring or their file; `WrongSetting` when this house's messages need another."""
    keys = VoicemailKeys(settings.data_dir)
    with premises.engine.connect() as connection:
        is_lost = not keys.names and KEY_NAME in read_house_words(connection, premises.establishment)
    if is_lost and is_needed:
        raise WrongSetting(
            f"{keys.path} is not there: copy that of this house's other server, or of its backup."
        )
    if is_lost or not (keys.names or is_needed):
        return keys
    first = keys.names[0] if keys.names else keys.make_first().name
    name = ensure_word(premises.engine, premises.establishment, KEY_NAME, first)
    if keys.find(name) is None:
        raise WrongSetting(
            f"{keys.path} does not hold the key {name} of this house's voicemails: "
            "copy that of its other server."
        )
    return keys
