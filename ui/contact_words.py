"""What is said of a contact wherever one is listed."""

import msgspec

from app.domain.words import Channel, Direction, Ending
from app.queries.caller_card import CallLine
from app.queries.timeline import Timeline, TimelineEntry
from ui.discretion import filled, hidden
from ui.translate import say
from ui.wording import channel_word, quoted

_SPOKEN = (Channel.PHONE, Channel.VIDEO, Channel.DESK)


def entry_title(entry: TimelineEntry) -> str:
    """« Appel entrant, Hugo Lambert (standard) », « WhatsApp reçu », « Message du portail »."""
    words = _act(entry)
    return f"{words}, {entry.by_name}" if entry.channel in _SPOKEN and entry.by_name else words


def entry_text(entry: TimelineEntry) -> str:
    """What was written, between quotation marks, or noted."""
    text = " ".join(entry.text.split())
    if not text:
        return say("À qualifier") if entry.is_unqualified else ""
    text = hidden(text)
    return text if entry.channel in _SPOKEN else quoted(text)


def with_giver(history: Timeline, call: CallLine) -> Timeline:
    """The call under way says who gave it, and what they noted (design 5.1)."""
    if call.transfer is None or call.is_given:
        return history
    words = given_words(call.transfer.by, call.transfer.note)
    groups = (
        msgspec.structs.replace(
            group,
            entries=tuple(
                msgspec.structs.replace(entry, text=words) if entry.contact == call.contact else entry
                for entry in group.entries
            ),
        )
        for group in history.groups
    )
    return msgspec.structs.replace(history, groups=tuple(groups))


def _act(entry: TimelineEntry) -> str:
    is_inbound = entry.direction is Direction.INBOUND
    match entry.channel:
        case Channel.PHONE:
            return _call(entry)
        case Channel.DESK:
            return say("Passage au guichet")
        case Channel.VIDEO:
            return say("Appel vidéo")
        case Channel.VOICEMAIL:
            return say("Message vocal")
        case Channel.PORTAL:
            return say("Message du portail") if is_inbound else say("Réponse sur le portail")
        case Channel.BOOKING:
            return say("Rendez-vous pris en ligne")
        case _:
            words = say("{channel} reçu") if is_inbound else say("{channel} envoyé")
            return words.format(channel=channel_word(entry.channel))


def _call(entry: TimelineEntry) -> str:
    if entry.ending in (Ending.ABANDONED, Ending.MISSED):
        return say("Appel manqué")
    return say("Appel entrant") if entry.direction is Direction.INBOUND else say("Appel sortant")


def given_words(by: str, note: str) -> str:
    """« Transféré par Claire Morvan : voit son kiné jeudi »."""
    words = say("Transféré par {name} : {note}") if note else say("Transféré par {name}")
    return filled(words, name=by, note=hidden(note))
