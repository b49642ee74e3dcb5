"""The contact of the mock-up 02b, as the queries would give it: somebody writes on it when a call rings."""

from datetime import timedelta
from typing import Any

from app.domain.words import CallerKind, CallState, Channel, Direction, IdentityStatus, NumberKind, Proof
from app.queries.caller_card import CallerCard, CallLine, Candidate, Traits
from app.queries.glance import Glance, LastContact, NextAppointment, OpenCase, PreferenceInView, PromiseInView
from app.queries.timeline import Timeline, TimelineEntry, TimelineGroup
from tests.panels.mockup import NOW, QUEUE, paris
from ui.viewmodels.call_page import CallPage

CONTACT, NADIA, MOVED = "call-2b", "nadia", "moved"
NOTE = "Je transmets votre question à l’équipe soignante, qui vous rappelle avant 17:00."


def written_on() -> CallPage:
    """Nadia Bensalem's call, just ended, its motive not written yet."""
    answered = paris(11, 24, 10, 24)
    call = CallLine(
        contact=CONTACT,
        state=CallState.ENDED,
        number="+33639985520",
        number_kind=NumberKind.KNOWN_FORMAT,
        queue=QUEUE,
        queue_name="Secrétariat orthopédie",
        service="orthopedie",
        service_name="Orthopédie",
        arrived_at=answered - timedelta(seconds=9),
        rang_at=answered - timedelta(seconds=5),
        answered_at=answered,
        ended_at=NOW - timedelta(seconds=14),
        extension="4103",
        agent="Claire Morvan",
        line="standard",
    )
    return CallPage(card=_card(call), timeline=_timeline())


def _card(call: CallLine) -> CallerCard:
    born: dict[str, Any] = {
        "birth_name": "BENSALEM",
        "first_given_name": "Nadia",
        "birth_date": "1984-11-30",
        "sex": "F",
    }
    return CallerCard(
        call=call,
        candidates=(Candidate(person=NADIA, **born),),
        opened=Traits(
            person=NADIA,
            used_name="",
            birth_place="Angers (49)",
            ipp="00391502",
            status=IdentityStatus.VALIDATED,
            **born,
        ),
        is_linked=True,
        caller_kind=CallerKind.PATIENT,
        verified_at=paris(11, 24, 10, 25),
        proofs=(Proof.BIRTH_DATE, Proof.LAST_APPOINTMENT),
        glance=_glance(),
        contacts_total=3,
        read_at=NOW,
    )


def _glance() -> Glance:
    return Glance(
        last=LastContact(
            at=paris(11, 23, 15, 58), channel=Channel.PHONE, motive="12", text="Déplacer un rendez-vous"
        ),
        promise=PromiseInView(
            commitment="slot",
            what="Confirmer le créneau",
            channel=Channel.PHONE,
            due_at=paris(11, 24, 16, 30),
            owner="Secrétariat orthopédie",
            made_at=paris(11, 23, 16, 0),
        ),
        open_cases=(
            OpenCase(
                case=MOVED,
                title="Déplacer le rendez-vous du 26/11",
                service_name="Orthopédie",
                motive="12",
                opened_at=paris(11, 23, 15, 58),
            ),
        ),
        appointment=NextAppointment(at=paris(12, 3, 14, 20), title="Consultation", clinician="Dr Kaddour"),
        preference=PreferenceInView(
            channel=Channel.WHATSAPP,
            hours="",
            choices=((Channel.WHATSAPP, "allowed"), (Channel.SMS, "allowed")),
        ),
    )


def _timeline() -> Timeline:
    return Timeline(
        person=NADIA,
        total=3,
        groups=(
            TimelineGroup(
                case=MOVED,
                title="Déplacer le rendez-vous du 26/11",
                service_name="Orthopédie",
                is_open=True,
                opened_at=paris(11, 23, 15, 58),
                last_at=paris(11, 24, 10, 24),
                channels=2,
                entries=(
                    TimelineEntry(
                        contact=CONTACT,
                        at=paris(11, 24, 10, 24),
                        channel=Channel.PHONE,
                        direction=Direction.INBOUND,
                        by_name="Claire Morvan",
                        text="",
                        is_unqualified=True,
                    ),
                    TimelineEntry(
                        contact="confirmed",
                        at=paris(11, 24, 10, 14),
                        channel=Channel.WHATSAPP,
                        direction=Direction.INBOUND,
                        by_name="",
                        text="OUI c’est parfait",
                    ),
                    TimelineEntry(
                        contact="asked",
                        at=paris(11, 23, 15, 58),
                        channel=Channel.PHONE,
                        direction=Direction.INBOUND,
                        by_name="Samira Haddad",
                        text="Déplacé au jeudi 3 décembre à 14:20.",
                        duration_s=130,
                        motive="12",
                    ),
                ),
            ),
        ),
    )
