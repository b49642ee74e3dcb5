"""What has not left in 09b, and the demand of 09c that two people wrote."""

from app.domain.commands import AnyCommand, LeaveMessage, LogMotive, NoteContact, PostponeCommitment, Promise
from app.domain.sending import Sending, SendState
from app.domain.words import Channel, Direction, Outcome, Sex
from app.queries.subjects import StandingSave, Subject
from tests.panels.mockup import paris
from tests.panels.still import StillDesk

OVERTAKEN = "save-fontaine"


def fill_outbox(desk: StillDesk) -> None:
    """Four that wait, one that the server refused, one that a colleague came before."""
    desk.unsent = (
        _sending("a", _postponed("p-fontaine"), 18),
        _sending("b", _save("c-garnier", "11"), 21),
        _sending("c", _save("c-martin", "22"), 24),
        _sending("d", _message("Dr Kaddour"), 25, state=SendState.HELD),
        _sending(OVERTAKEN, _overtaken(), 18, state=SendState.REFUSED, refusal="already_changed"),
        _sending("f", _noted("c-kowalczyk"), 26, state=SendState.REFUSED, refusal="unknown_person"),
    )
    desk.subjects = {
        "p-fontaine": Subject(birth_name="FONTAINE", first_given_name="Maurice"),
        "c-fontaine": _subject("FONTAINE", "Maurice", Channel.PHONE),
        "c-garnier": _subject("GARNIER", "Sylvie", Channel.PHONE),
        "c-martin": _subject("MARTIN", "Jean-Luc", Channel.DESK),
        "c-kowalczyk": _subject("KOWALCZYK", "Piotr", Channel.EMAIL),
    }
    desk.standing = StandingSave(
        log="log-hugo",
        motive="25",
        outcome=Outcome.DEALT_WITH,
        note="Bon envoyé par courrier et remis à l’ambulancier.",
        by_name="Hugo Lambert",
        logged_at=paris(11, 24, 10, 21),
        service="orthopedie",
        case=None,
        birth_name="FONTAINE",
        first_given_name="Maurice",
        birth_date="1938-02-05",
        sex=Sex.MALE,
    )


def _sending(
    command: str,
    body: AnyCommand,
    minute: int,
    *,
    state: SendState = SendState.WAITING,
    refusal: str = "",
) -> Sending:
    made_at = paris(11, 24, 10, minute)
    return Sending(command=command, body=body, made_at=made_at, state=state, refusal=refusal)


def _subject(name: str, given: str, channel: Channel) -> Subject:
    return Subject(birth_name=name, first_given_name=given, channel=channel, direction=Direction.INBOUND)


def _save(contact: str, motive: str) -> LogMotive:
    return LogMotive(contact=contact, motive=motive, outcome=Outcome.DEALT_WITH, service="orthopedie")


def _overtaken() -> LogMotive:
    return LogMotive(
        contact="c-fontaine",
        motive="25",
        outcome=Outcome.FOLLOW_UP,
        service="orthopedie",
        note="Ne reçoit pas les e-mails. Fille à prévenir.",
        commitment=Promise(commitment="p-new", due_at=paris(11, 24, 11, 30), owner="c.morvan"),
        over=None,
    )


def _postponed(commitment: str) -> PostponeCommitment:
    return PostponeCommitment(commitment=commitment, due_at=paris(11, 24, 11, 30), reason="Attend")


def _noted(contact: str) -> NoteContact:
    return NoteContact(
        contact=contact, channel=Channel.EMAIL, service="orthopedie", happened_at=paris(11, 24, 10, 26)
    )


def _message(to: str) -> LeaveMessage:
    return LeaveMessage(
        message="m",
        recipient="kaddour",
        recipient_name=to,
        text="Merci de rappeler.",
        due_at=paris(11, 24, 17, 0),
    )
