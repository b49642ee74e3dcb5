"""« Merci de rappeler »: left for a person or a service, read and done by them (rules R29)."""

from typing import Any

import sqlalchemy as sa

from app.domain.commands import (
    EscalateMessage,
    LeaveMessage,
    MarkMessageDone,
    MarkMessageRead,
    WithdrawMessage,
)
from app.domain.directory import steps_of
from app.domain.errors import Refusal
from app.domain.facts import MessageDone, MessageEscalated, MessageLeft, MessageRead, MessageWithdrawn
from app.domain.messages import SUPERVISOR, may_escalate
from app.domain.words import NoteState
from app.store import tables
from app.store.prepared import Prepared
from app.store.unit_of_work import UnitOfWork
from app.usecases.callers import known_contact


def leave_message(command: LeaveMessage, uow: UnitOfWork) -> None:
    """Keep a message; its recipient's service holds the person it is about from then on."""
    if uow.find(tables.call_back_note, id=command.message) is not None:
        return
    entry = uow.find(tables.directory_entry, id=command.recipient)
    if entry is None and uow.is_authority:
        raise Refusal("unknown_recipient", "recipient")
    contact = known_contact(command.contact, uow) if command.contact else None
    person = None if contact is None else contact.person
    by_service = uow.service_of(uow.author)
    of_entry = by_service if entry is None else entry.service or by_service
    for service in (of_entry, by_service):
        uow.concerns(service=service)
        uow.enter_scope(filter(None, [person]), service)
    uow.record(
        MessageLeft(
            message=command.message,
            person=person,
            contact=command.contact,
            recipient=command.recipient,
            recipient_name=command.recipient_name if entry is None else entry.name,
            recipient_service=of_entry,
            text=command.text,
            due_at=command.due_at,
            by=uow.author,
            by_service=by_service,
            left_at=uow.now,
        )
    )


def mark_message_read(command: MarkMessageRead, uow: UnitOfWork) -> None:
    """Its author sees « Lu »; read again, it stays read the first time."""
    note = _received(command.message, uow)
    if note is not None and note.state == NoteState.SENT:
        uow.record(MessageRead(message=note.id, person=note.person, by=uow.author, read_at=uow.now))


def mark_message_done(command: MarkMessageDone, uow: UnitOfWork) -> None:
    """Its author sees « Fait »."""
    note = _received(command.message, uow)
    if note is not None and note.state == NoteState.WITHDRAWN:
        raise Refusal("message_withdrawn", "message")
    if note is not None and note.state != NoteState.DONE:
        uow.record(MessageDone(message=note.id, person=note.person, by=uow.author, done_at=uow.now))


def withdraw_message(command: WithdrawMessage, uow: UnitOfWork) -> None:
    """« Annuler », for who wrote it and as long as nobody read it."""
    note = _found(command.message, uow)
    if note is None or note.state == NoteState.WITHDRAWN:
        return
    if note.by != uow.author:
        raise Refusal("not_allowed", "message")
    if note.state != NoteState.SENT:
        raise Refusal("message_read", "message")
    _concern(note, uow)
    uow.record(MessageWithdrawn(message=note.id, person=note.person, by=uow.author, withdrawn_at=uow.now))


def escalate_message(command: EscalateMessage, uow: UnitOfWork) -> None:
    """One step further: the next of the recipient's chain, then the supervisor, then no further."""
    note = _found(command.message, uow)
    if note is None or not may_escalate(note, now=uow.now):
        return
    following = _next_of_chain(note, uow) if note.steps == 0 else None
    service = note.recipient_service if following is None else following.service or note.recipient_service
    _concern(note, uow)
    uow.concerns(service=service)
    uow.enter_scope(filter(None, [note.person]), service)
    uow.record(
        MessageEscalated(
            message=note.id,
            person=note.person,
            step=note.steps + 1 if following is not None else SUPERVISOR,
            to="" if following is None else following.id,
            to_name="" if following is None else following.name,
            to_service="" if following is None else service,
            escalated_at=uow.now,
        )
    )


def _received(message: str, uow: UnitOfWork) -> Any | None:
    """The message, when its author may say that it was received: only its recipient's service may."""
    note = _found(message, uow)
    if note is None:
        return None
    if uow.service_of(uow.author) not in (note.recipient_service, note.escalated_service):
        raise Refusal("not_recipient", "message")
    _concern(note, uow)
    return note


def _found(message: str, uow: UnitOfWork) -> Any | None:
    note = uow.find(tables.call_back_note, id=message)
    if note is None and uow.is_authority:
        raise Refusal("unknown_message", "message")
    return note


def _concern(note: Any, uow: UnitOfWork) -> None:
    for service in (note.recipient_service, note.escalated_service, note.by_service):
        uow.concerns(service=service)


def _next_of_chain(note: Any, uow: UnitOfWork) -> Any | None:
    """Who answers at the chain's next extension after the recipient's own."""
    sheet = uow.find(tables.service_sheet, entry=note.recipient)
    recipient = uow.find(tables.directory_entry, id=note.recipient)
    own = "" if recipient is None else recipient.extension
    for step in steps_of("" if sheet is None else sheet.chain):
        found = uow.rows_of(_AT_EXTENSION, extension=step) if step != own else []
        if found:
            return found[0]
    return None


_entry = tables.directory_entry.c
_AT_EXTENSION = Prepared(
    sa.select(tables.directory_entry)
    .where(
        _entry.establishment == sa.bindparam("establishment"), _entry.extension == sa.bindparam("extension")
    )
    .order_by(_entry.id)
    .limit(1)
)
STATEMENTS = (_AT_EXTENSION,)
"""For the test that keeps them free of scans."""
