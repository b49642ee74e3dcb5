"""« Merci de rappeler »: the rows of a message, as it is left, read, done, taken back or handed on."""

from typing import assert_never

from app.domain.facts import MessageDone, MessageEscalated, MessageLeft, MessageRead, MessageWithdrawn
from app.domain.words import NoteState
from app.store import tables
from app.store.rows import Rows


def follow_message(
    rows: Rows, fact: MessageLeft | MessageRead | MessageDone | MessageWithdrawn | MessageEscalated
) -> None:
    """Set the row of one message."""
    match fact:
        case MessageLeft():
            _message_left(rows, fact)
        case MessageRead():
            _change_note(rows, fact.message, state=NoteState.READ, read_by=fact.by, read_at=fact.read_at)
        case MessageDone():
            _change_note(rows, fact.message, state=NoteState.DONE, done_by=fact.by, done_at=fact.done_at)
        case MessageWithdrawn():
            _change_note(rows, fact.message, state=NoteState.WITHDRAWN, text="")
        case MessageEscalated():
            _message_escalated(rows, fact)
        case _:
            assert_never(fact)


def _change_note(rows: Rows, message: str, **values: object) -> None:
    rows.change(tables.call_back_note, {"id": message}, **values)


def _message_escalated(rows: Rows, fact: MessageEscalated) -> None:
    handed = {"escalated_to": fact.to_name, "escalated_service": fact.to_service} if fact.to_name else {}
    _change_note(rows, fact.message, steps=fact.step, escalated_at=fact.escalated_at, **handed)


def _message_left(rows: Rows, fact: MessageLeft) -> None:
    rows.put(
        tables.call_back_note,
        id=fact.message,
        person=fact.person,
        contact=fact.contact,
        recipient=fact.recipient,
        recipient_name=fact.recipient_name,
        recipient_service=fact.recipient_service,
        text=fact.text,
        state=NoteState.SENT,
        due_at=fact.due_at,
        by=fact.by,
        by_service=fact.by_service,
        left_at=fact.left_at,
    )
