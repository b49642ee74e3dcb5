"""The states of the mock-ups, as the queries would give them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from app.domain.consent import Basis, Choice, Informed, Preference, Purpose
from app.domain.relatives import Calling, RelativeRole
from app.domain.words import (
    CallerKind,
    CallState,
    Channel,
    CommitmentState,
    Direction,
    IdentityStatus,
    NumberKind,
    Proof,
)
from app.queries.caller_card import CallerCard, CallLine, Candidate, Repeat, Traits
from app.queries.glance import Glance, LastContact, NextAppointment, OpenCase, PreferenceInView, PromiseInView
from app.queries.morning import LeftCaller
from app.queries.person_record import PersonRecord
from app.queries.person_search import FoundPerson, FoundPersons, Match, Trait
from app.queries.timeline import PromiseMark, Timeline, TimelineEntry, TimelineGroup
from ui.viewmodels.call_page import CallPage

QUEUE = "secretariat-orthopedie"
NOW = datetime(2026, 11, 24, 9, 28, tzinfo=UTC)
MARTINE, GERARD, INES = "martine", "gerard", "ines"
KNEE = "knee"
STOPS = (("+33639984107", Channel.RCS, NOW - timedelta(days=4)),)


def paris(month: int, day: int, hour: int, minute: int) -> datetime:
    """A moment of the autumn of 2026 by the desk's clock, in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=1)


CANDIDATES = (
    Candidate(
        person=MARTINE,
        birth_name="DUBREUIL",
        first_given_name="Martine",
        birth_date="1958-03-14",
        sex="F",
        has_overdue_promise=True,
    ),
    Candidate(
        person=GERARD, birth_name="LEROUX", first_given_name="Gérard", birth_date="1955-09-02", sex="M"
    ),
    Candidate(person=INES, birth_name="LEROUX", first_given_name="Ines", birth_date="2017-06-21", sex="F"),
)


def shared_number() -> CallPage:
    """02d: it rings on a number of three persons; nothing is open."""
    call = CallLine(
        contact="call-2d",
        state=CallState.RINGING,
        number="+33639984107",
        number_kind=NumberKind.KNOWN_FORMAT,
        queue=QUEUE,
        queue_name="Secrétariat orthopédie",
        service="orthopedie",
        service_name="Orthopédie",
        arrived_at=NOW - timedelta(seconds=12),
        rang_at=NOW - timedelta(seconds=6),
        extension="4103",
        line="standard",
    )
    return CallPage(card=CallerCard(call=call, candidates=CANDIDATES, read_at=NOW))


def number_of_a_relative() -> CallPage:
    """A call from the number of somebody close to Martine Dubreuil alone: nobody is opened by it."""
    page = shared_number()
    assert page.card is not None
    card = msgspec.structs.replace(
        page.card,
        candidates=page.card.candidates[:1],
        relatives=(Calling(role=RelativeRole.TRUSTED), Calling(role=RelativeRole.TO_NOTIFY)),
    )
    return CallPage(card=card)


def left_overnight() -> tuple[LeftCaller, ...]:
    """The three callers of 01's « Liste du matin », who left one voicemail."""
    return (
        LeftCaller(
            contact="night-vidal",
            at=paris(11, 24, 6, 48),
            number="+33639985518",
            birth_name="VIDAL",
            first_given_name="Louise",
            calls=2,
            is_emergency=True,
        ),
        LeftCaller(
            contact="night-unknown",
            at=paris(11, 23, 18, 25),
            number="+33639981271",
            voicemails=1,
            spoken="night-unknown-first",
            lasts=timedelta(seconds=14),
        ),
        LeftCaller(contact="night-hidden", at=paris(11, 23, 20, 2), calls=1),
    )


def left_by_several() -> tuple[LeftCaller, ...]:
    """The same, and a call by a number that two persons share."""
    *known, hidden = left_overnight()
    shared = LeftCaller(
        contact="night-shared", at=paris(11, 23, 19, 12), number="+33639984107", calls=1, possible=2
    )
    return (*known, shared, hidden)


def hidden_number() -> CallPage:
    """03: in call with a hidden number."""
    answered = NOW - timedelta(seconds=18)
    call = CallLine(
        contact="call-3",
        state=CallState.IN_CALL,
        number="",
        number_kind=NumberKind.HIDDEN,
        queue_name="Standard",
        service="standard",
        service_name="Standard",
        arrived_at=answered - timedelta(seconds=31),
        rang_at=answered - timedelta(seconds=5),
        answered_at=answered,
        extension="4103",
        hidden_calls_today=2,
        line="standard",
    )
    return CallPage(card=CallerCard(call=call, read_at=NOW))


def known_elsewhere() -> CallPage:
    """A number noted without the server, of somebody whom this desk does not hold."""
    page = hidden_number()
    assert page.card is not None
    call = msgspec.structs.replace(
        page.card.call, number="+33639984299", number_kind=NumberKind.KNOWN_FORMAT, hidden_calls_today=0
    )
    return CallPage(card=CallerCard(call=call, is_known_elsewhere=True, read_at=NOW))


def erased_desk() -> CallPage:
    """A number rings where the records were erased: nobody found says nothing."""
    card = known_elsewhere().card
    assert card is not None
    return CallPage(card=msgspec.structs.replace(card, is_known_elsewhere=False, is_erased=True))


def opened_card() -> CallPage:
    """02: Martine Dubreuil's card, the caller verified."""
    answered = NOW - timedelta(seconds=84)
    call = CallLine(
        contact="call-2",
        state=CallState.IN_CALL,
        number="+33639984107",
        number_kind=NumberKind.KNOWN_FORMAT,
        queue=QUEUE,
        queue_name="Secrétariat orthopédie",
        service="orthopedie",
        service_name="Orthopédie",
        arrived_at=answered - timedelta(seconds=12),
        rang_at=answered - timedelta(seconds=6),
        answered_at=answered,
        extension="4103",
        agent="Claire Morvan",
        line="standard",
    )
    card = CallerCard(
        call=call,
        candidates=CANDIDATES,
        opened=_martine(),
        is_linked=True,
        caller_kind=CallerKind.PATIENT,
        verified_at=paris(11, 24, 10, 26),
        proofs=(Proof.BIRTH_DATE, Proof.POSTCODE),
        glance=_glance(),
        repeat=Repeat(case=KNEE, contacts=4, days=4, channels=3),
        contacts_total=14,
        read_at=NOW,
    )
    return CallPage(card=card, timeline=_timeline())


def record_of_martine() -> PersonRecord:
    """The same person, without a call."""
    page = opened_card()
    assert page.card is not None
    assert page.card.opened is not None
    assert page.card.glance is not None
    assert page.timeline is not None
    return PersonRecord(
        traits=page.card.opened,
        glance=page.card.glance,
        timeline=page.timeline,
        repeat=page.card.repeat,
        contacts_total=page.card.contacts_total,
        preferences=(_said(Channel.EMAIL, Choice.REFUSED), _said(Channel.SMS, Choice.ALLOWED)),
        read_at=NOW,
    )


def _said(channel: Channel, choice: Choice) -> Preference:
    """At the desk, of the reminders, when told what is done with the data."""
    return Preference(
        purpose=Purpose.STAY,
        channel=channel,
        choice=choice,
        said_at=paris(11, 2, 9, 0),
        basis=Basis.CARE,
        source=Channel.DESK,
        informed=Informed.LEAFLET,
    )


def finished_call() -> CallPage:
    """02c: the same call, over for twelve seconds and not qualified."""
    page = opened_card()
    assert page.card is not None
    assert page.timeline is not None
    ended = NOW - timedelta(seconds=12)
    answered = ended - timedelta(minutes=4, seconds=12)
    call = msgspec.structs.replace(
        page.card.call,
        state=CallState.ENDED,
        arrived_at=answered - timedelta(seconds=12),
        answered_at=answered,
        ended_at=ended,
    )
    knee = page.timeline.groups[0]
    said = msgspec.structs.replace(knee.entries[0], is_live=False, duration_s=252)
    groups = (msgspec.structs.replace(knee, entries=(said, *knee.entries[1:])), *page.timeline.groups[1:])
    return msgspec.structs.replace(
        page,
        card=msgspec.structs.replace(page.card, call=call),
        timeline=msgspec.structs.replace(page.timeline, groups=groups),
    )


def _martine() -> Traits:
    return Traits(
        person=MARTINE,
        birth_name="DUBREUIL",
        first_given_name="Martine",
        used_name="LEROUX",
        birth_date="1958-03-14",
        sex="F",
        birth_place="Rouen (76)",
        ipp="00418276",
        status=IdentityStatus.QUALIFIED,
    )


def _glance() -> Glance:
    opened = (
        ("Résultats d’IRM du genou", KNEE, paris(11, 20, 18, 42)),
        ("arthroscopie", "scope", paris(11, 10, 9, 0)),
    )
    promised = PromiseInView(
        commitment="promise",
        what="Rappel",
        channel=Channel.PHONE,
        due_at=paris(11, 23, 18, 0),
        owner="Secrétariat orthopédie",
        made_at=paris(11, 23, 9, 17),
    )
    return Glance(
        last=LastContact(
            at=paris(11, 23, 9, 14),
            channel=Channel.PHONE,
            motive="31",
            text="Résultats d’IRM, pas encore validés",
        ),
        promise=promised,
        promises=(promised,),
        open_cases=tuple(
            OpenCase(case=case, title=title, service_name="Orthopédie", motive="31", opened_at=at)
            for title, case, at in opened
        ),
        appointment=NextAppointment(at=paris(12, 2, 8, 30), title="Arthroscopie", clinician="Dr Vasseur"),
        preference=PreferenceInView(
            channel=Channel.PHONE,
            hours="Le matin",
            choices=((Channel.EMAIL, "refused"), (Channel.SMS, "allowed")),
        ),
    )


def _timeline() -> Timeline:
    return Timeline(person=MARTINE, total=14, groups=(_knee(), *_quiet_groups()))


def _knee() -> TimelineGroup:
    return TimelineGroup(
        case=KNEE,
        title="Résultats d’IRM du genou",
        service_name="Orthopédie",
        is_open=True,
        opened_at=paris(11, 20, 18, 42),
        last_at=paris(11, 24, 10, 26),
        channels=3,
        entries=(
            TimelineEntry(
                contact="call-2",
                at=paris(11, 24, 10, 26),
                channel=Channel.PHONE,
                direction=Direction.INBOUND,
                by_name="Claire Morvan",
                text="",
                is_live=True,
                is_unqualified=True,
            ),
            TimelineEntry(
                contact="yesterday",
                at=paris(11, 23, 9, 14),
                channel=Channel.PHONE,
                direction=Direction.INBOUND,
                by_name="Hugo Lambert (standard)",
                text="Compte rendu pas encore validé par la radiologie.",
                duration_s=185,
                motive="31",
                promise=PromiseMark(
                    what="",
                    owner="le secrétariat",
                    due_at=paris(11, 23, 18, 0),
                    state=CommitmentState.MISSED,
                ),
            ),
            TimelineEntry(
                contact="whatsapp",
                at=paris(11, 22, 21, 58),
                channel=Channel.WHATSAPP,
                direction=Direction.INBOUND,
                by_name="",
                text="Toujours pas de nouvelles de mon IRM, je vois mon kiné jeudi.",
            ),
            TimelineEntry(
                contact="portal",
                at=paris(11, 20, 18, 42),
                channel=Channel.PORTAL,
                direction=Direction.INBOUND,
                by_name="",
                text="Je ne vois pas les résultats de mon IRM de mardi.",
                is_unanswered=True,
                acknowledged="18:42",
            ),
        ),
    )


def _quiet_groups() -> tuple[TimelineGroup, ...]:
    closed = (
        ("Bon de transport", paris(11, 12, 11, 0), "Remis au guichet"),
        ("Consultation d’anesthésie", paris(11, 10, 9, 0), "Passage au guichet"),
        ("Compte rendu de consultation", paris(11, 5, 9, 0), "Envoyé par courrier"),
    )
    scope = TimelineGroup(
        case="scope",
        title="Arthroscopie du genou droit",
        service_name="Chirurgie ambulatoire",
        is_open=True,
        opened_at=paris(11, 10, 9, 0),
        last_at=paris(12, 2, 8, 30),
        channels=1,
        next_step="SMS J-7 prévu demain à 09:00",
    )
    return (
        scope,
        *(
            TimelineGroup(
                case=title,
                title=title,
                service_name="Orthopédie",
                is_open=False,
                opened_at=at,
                last_at=at,
                channels=1,
                closing=closing,
            )
            for title, at, closing in closed
        ),
    )


def found_nguyen() -> FoundPersons:
    """03: the three files that answer « 12/05/1988, NGU »."""
    born = Match(trait=Trait.BIRTH_DATE, end=10)
    asked = (Match(trait=Trait.BIRTH_NAME, end=3), born)
    lan: dict[str, Any] = {
        "birth_name": "NGUYEN",
        "first_given_name": "Thi Lan",
        "birth_date": "1988-05-12",
        "sex": "F",
    }
    return FoundPersons(
        rows=(
            FoundPerson(
                person="lan-1",
                used_name="",
                birth_place="Lyon 3e (69)",
                is_homonym=True,
                last_at=paris(11, 24, 9, 31),
                last_channel=Channel.EMAIL,
                matches=asked,
                **lan,
            ),
            FoundPerson(
                person="lan-2",
                used_name="ROBERT",
                birth_place="Hué, Viêt Nam",
                is_homonym=True,
                last_at=datetime(2025, 3, 14, 9, 0, tzinfo=UTC),
                last_channel=Channel.DESK,
                matches=asked,
                **lan,
            ),
            FoundPerson(
                person="tuan",
                birth_name="NGUYEN VAN",
                first_given_name="Tuan",
                used_name="",
                birth_date="1988-05-12",
                sex="M",
                birth_place="Créteil (94)",
                last_at=paris(9, 2, 9, 0),
                last_channel=Channel.SMS,
                matches=asked,
            ),
        )
    )


def found_near() -> FoundPersons:
    """Who answers « NGUIEN », one letter away."""
    near = (Match(trait=Trait.BIRTH_NAME, end=6, is_near=True),)
    return FoundPersons(rows=tuple(msgspec.structs.replace(row, matches=near) for row in found_nguyen().rows))
