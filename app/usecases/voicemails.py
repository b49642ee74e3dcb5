"""What a caller said to the voicemail: linked to the call it was said in, and forgotten in time."""

from app.domain.commands import DeleteVoicemail, KeepVoicemail
from app.domain.errors import Refusal
from app.domain.facts import ContactNoted, VoicemailDeleted, VoicemailKept, VoicemailLeft
from app.domain.phone import normalise
from app.domain.words import Channel, Direction
from app.store import tables
from app.store.unit_of_work import UnitOfWork


def keep_voicemail(command: KeepVoicemail, uow: UnitOfWork) -> None:
    """Record what was left, on its call; where no line told of one, on a contact of its own."""
    call = uow.find(tables.contact, id=command.contact)
    if call is None:
        _note(command, uow)
    else:
        uow.concerns(call)
    if call is None or call.voicemail_at is None:
        uow.record(VoicemailLeft(contact=command.contact, left_at=command.left_at))
    if command.lasted is not None:
        uow.record(VoicemailKept(contact=command.contact, lasted=command.lasted))


def delete_voicemail(command: DeleteVoicemail, uow: UnitOfWork) -> None:
    """Forget the sound; the contact keeps that a message was left."""
    contact = uow.find(tables.contact, id=command.contact)
    if contact is None:
        raise Refusal("unknown_contact", "contact")
    uow.concerns(contact)
    uow.record(VoicemailDeleted(contact=contact.id, deleted_at=uow.now))


def _note(command: KeepVoicemail, uow: UnitOfWork) -> None:
    number = normalise(command.number_raw)
    queue = uow.find(tables.queue, id=command.queue)
    service = "" if queue is None else queue.service
    candidates = uow.persons_of_number(number.e164)
    uow.concerns(service=service)
    uow.enter_scope(candidates, service)
    uow.record(
        ContactNoted(
            contact=command.contact,
            channel=Channel.VOICEMAIL,
            direction=Direction.INBOUND,
            service=service,
            number=number.e164,
            number_kind=number.kind,
            number_raw=number.raw,
            by=uow.author,
            happened_at=command.left_at,
            candidates=candidates,
        )
    )
