"""One exchange's voicemail: what is posted is kept sealed, linked to its call, and told once."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.commands import CommandEnvelope, KeepVoicemail
from app.domain.ids import Id, derived_id
from app.domain.phone import normalise
from app.logs import log
from app.ports import Clock
from app.queries.voicemails import Spoken
from app.store.voicemails import Sealed
from sync.server.connectors import Malformed, kept_voicemail
from sync.server.connectors.voicemail.message import LeftMessage, read_left, read_length


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicemailStore:
    """What a line asks of the house: each is called from a worker thread."""

    kept_under: Callable[[Id], Id]
    """The contact of a message that is kept already, by the message's name; else empty."""
    find_call: Callable[[Spoken], Id]
    keep: Callable[[Sealed], Id]
    """Seals and keeps; answers the contact it is kept under, empty when that one has another message."""
    run: Callable[[CommandEnvelope], None]
    """Commits the command, or raises."""
    drop_unclaimed: Callable[[Id], None]
    """Lets go of what was handed over again after its contact was erased, or it was deleted."""


class VoicemailLine:
    """Takes the messages of one exchange; `mailboxes` leads from `100@default` to a queue of the hospital."""

    def __init__(
        self, line: str, mailboxes: Mapping[str, str], *, store: VoicemailStore, clock: Clock
    ) -> None:
        self.line = line
        self._mailboxes = mailboxes
        self._store = store
        self._clock = clock

    async def take(self, mailbox: str, text_raw: bytes, audio: bytes) -> Malformed | None:
        """Keep a message and tell of it; else the fault, once everything that came is kept."""
        fault = await asyncio.to_thread(self._take, mailbox, text_raw, audio)
        if fault is not None:
            log("line").warning("a voicemail can't be read", line=self.line, field=fault.field)
        return fault

    def _take(self, mailbox: str, text_raw: bytes, audio: bytes) -> Malformed | None:
        if mailbox not in self._mailboxes:
            reason = "`mailbox` is none of the `mailboxes` of this line in connectors.toml"
            return Malformed("mailbox", reason)
        try:
            left = read_left(self.line, mailbox, text_raw)
        except Malformed as malformed:
            self._keep_unread(malformed.field, text_raw, audio)
            return malformed
        return self._tell(left, audio)

    def _tell(self, left: LeftMessage, audio: bytes) -> Malformed | None:
        """The caller spoke, whether or not it can be played."""
        at, lasted, fault = self._clock.now(), None, None
        try:
            lasted = read_length(audio)
        except Malformed as malformed:
            fault = malformed
        contact = self._keep(left, audio, field=fault.field if fault else "", at=at)
        body = KeepVoicemail(
            contact=contact,
            number_raw=left.number_raw,
            queue=self._mailboxes[left.mailbox],
            left_at=left.spoken_at,
            lasted=lasted,
        )
        self._store.run(kept_voicemail(left.message, line=self.line, body=body, at=at))
        self._store.drop_unclaimed(contact)
        return fault

    def _keep(self, left: LeftMessage, audio: bytes, *, field: str, at: datetime) -> Id:
        """Under the call in which it was said; else, or when that one has a message, a contact of its own."""
        own = derived_id("voicemail contact", left.message)
        under = self._store.kept_under(left.message) or self._store.find_call(self._spoken(left)) or own
        for contact in (under, own):
            kept = self._store.keep(
                Sealed(
                    contact=contact, line=self.line, message=left.message, field=field, at=at, sealed=audio
                )
            )
            if kept:
                return kept
        raise RuntimeError("a message is kept under no contact")

    def _spoken(self, left: LeftMessage) -> Spoken:
        number = normalise(left.number_raw).e164
        return Spoken(line=self.line, number=number, spoken_at=left.spoken_at, began_at=left.began_at)

    def _keep_unread(self, field: str, text_raw: bytes, audio: bytes) -> None:
        """Under nobody's contact, for a month."""
        digest = hashlib.sha256(text_raw + b"\0" + audio).hexdigest()
        name = derived_id("voicemail", self.line, digest)
        posted = text_raw + b"\n" + audio
        self._store.keep(
            Sealed(
                contact=name, line=self.line, message=name, field=field, at=self._clock.now(), sealed=posted
            )
        )
