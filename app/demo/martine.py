"""The call of the mock-ups: Martine Dubreuil, who shares her number with two others.

Thirteen exchanges before the one that rings: with it, four in four days on one demand.
"""

from app.demo.house import AUTOMATION
from app.demo.pen import Call, Pen
from app.domain.relatives import RelativeRole
from app.domain.words import CaseState, Channel, CommitmentState, Direction, Outcome, Sex

NUMBER = "+33639984107"
SHARED = "4107"


def write(pen: Pen) -> None:
    """The three who share a number, and Martine's five demands."""
    martine = pen.person(
        "DUBREUIL",
        "Martine",
        "1958-03-14",
        Sex.FEMALE,
        place="Rouen (76)",
        number=SHARED,
        used="LEROUX",
        ipp="00418276",
        postcode="76100",
    )
    pen.prefers(martine, Channel.PHONE, hours="Le matin", sms="allowed", email="refused")
    pen.relative(martine, "Gérard Leroux", RelativeRole.TO_NOTIFY)
    pen.relative(martine, "Anne Leroux", RelativeRole.TRUSTED, number="4190")
    pen.person("LEROUX", "Gérard", "1955-09-02", Sex.MALE, place="Dieppe (76)", number=SHARED)
    pen.person("LEROUX", "Ines", "2017-06-21", Sex.FEMALE, place="Rouen (76)", number=SHARED)
    _report_sent(pen, martine)
    _scan_booked(pen, martine)
    _anaesthesia(pen, martine)
    _transport(pen, martine)
    _arthroscopy(pen, martine)
    _scan_results(pen, martine)


def _scan_results(pen: Pen, martine: str) -> None:
    case = pen.case(martine, "Résultats d’IRM du genou", motive="31", opened="2026-11-20 18:42")
    pen.message(
        martine,
        at="2026-11-20 18:42",
        channel=Channel.PORTAL,
        body="Je ne vois pas les résultats de mon IRM de mardi.",
        motive="31",
        case_id=case,
        acknowledged="18:42",
    )
    pen.message(
        martine,
        at="2026-11-22 21:58",
        channel=Channel.WHATSAPP,
        body="Toujours pas de nouvelles de mon IRM, je vois mon kiné jeudi.",
        motive="31",
        case_id=case,
        outcome=Outcome.FOLLOW_UP,
    )
    call = pen.call(
        Call(martine, at="2026-11-23 09:14", seconds=185, by="h.lambert"),
        motive="31",
        case_id=case,
        outcome=Outcome.FOLLOW_UP,
        note="Compte rendu pas encore validé par la radiologie.",
    )
    pen.promise(
        martine,
        contact=call,
        case_id=case,
        made="2026-11-23 09:17",
        due="2026-11-23 18:00",
        by="h.lambert",
        what="",
    )


def _arthroscopy(pen: Pen, martine: str) -> None:
    case = pen.case(
        martine,
        "Arthroscopie du genou droit",
        motive="23",
        opened="2026-11-09 10:05",
        service="chirurgie-ambulatoire",
        closing="SMS J-7 prévu le 25/11 à 09:00",
    )
    pen.call(
        Call(martine, at="2026-11-09 10:05", seconds=240, by="j.caron"),
        motive="23",
        case_id=case,
        service="chirurgie-ambulatoire",
        outcome=Outcome.DEALT_WITH,
        note="Date retenue avec le Dr Vasseur : mercredi 2 décembre, arrivée à 8:30.",
    )
    pen.message(
        martine,
        at="2026-11-09 10:20",
        channel=Channel.SMS,
        body="CH Saint-Aurélien : votre venue est prévue le 02/12 à 8:30. Convocation : lien personnel.",
        direction=Direction.OUTBOUND,
        by=AUTOMATION,
        motive="23",
        case_id=case,
        service="chirurgie-ambulatoire",
        outcome=Outcome.DEALT_WITH,
    )
    pen.visit(
        martine,
        at="2026-12-02 08:30",
        title="Arthroscopie",
        clinician="Dr Vasseur",
        case_id=case,
        place="Chirurgie ambulatoire, bâtiment C",
    )


def _transport(pen: Pen, martine: str) -> None:
    case = _closed(
        pen, martine, "Bon de transport", "25", opened="2026-11-10 14:31", closed="2026-11-12 09:40"
    )
    pen.message(
        martine,
        at="2026-11-10 14:31",
        channel=Channel.PORTAL,
        body="Bonjour, il me faut un bon de transport pour le retour de l’intervention.",
        motive="25",
        case_id=case,
        outcome=Outcome.FOLLOW_UP,
    )
    pen.note(
        martine,
        at="2026-11-12 09:40",
        channel=Channel.DESK,
        motive="25",
        case_id=case,
        outcome=Outcome.DEALT_WITH,
        note="Bon de transport remis, pièce d’identité vue.",
    )


def _anaesthesia(pen: Pen, martine: str) -> None:
    case = _closed(
        pen, martine, "Consultation d’anesthésie", "14", opened="2026-11-06 16:12", closed="2026-11-10 09:00"
    )
    pen.message(
        martine,
        at="2026-11-06 16:12",
        channel=Channel.EMAIL,
        body="Bonjour, à quelle heure est ma consultation d’anesthésie ?",
        subject="Consultation",
        motive="14",
        case_id=case,
        outcome=Outcome.DEALT_WITH,
    )
    pen.message(
        martine,
        at="2026-11-09 09:00",
        channel=Channel.SMS,
        body="CH Saint-Aurélien : rendez-vous demain 10/11 à 9:00, bâtiment A.",
        direction=Direction.OUTBOUND,
        by=AUTOMATION,
        motive="14",
        case_id=case,
        outcome=Outcome.DEALT_WITH,
    )
    pen.visit(
        martine,
        at="2026-11-10 09:00",
        title="Consultation d’anesthésie",
        clinician="Dr Aubry",
        case_id=case,
        state="honoured",
    )


def _scan_booked(pen: Pen, martine: str) -> None:
    case = _closed(
        pen, martine, "IRM du genou, rendez-vous", "11", opened="2026-11-06 11:20", closed="2026-11-06 11:22"
    )
    pen.call(
        Call(martine, at="2026-11-06 11:20", seconds=120, by="e.perrin", direction=Direction.OUTBOUND),
        motive="11",
        case_id=case,
        service="imagerie",
        outcome=Outcome.DEALT_WITH,
        note="IRM le mardi 17 novembre à 08:10.",
    )
    pen.visit(
        martine,
        at="2026-11-17 08:10",
        title="IRM",
        clinician="Dr Salvi",
        case_id=case,
        state="honoured",
        place="Imagerie, bâtiment B",
    )


def _report_sent(pen: Pen, martine: str) -> None:
    case = _closed(
        pen,
        martine,
        "Compte rendu de consultation",
        "34",
        opened="2026-11-03 10:02",
        closed="2026-11-05 15:00",
    )
    call = pen.call(
        Call(martine, at="2026-11-03 10:02", seconds=75, by="c.morvan"),
        motive="34",
        case_id=case,
        outcome=Outcome.FOLLOW_UP,
        note="Souhaite le compte rendu de la consultation pour son kinésithérapeute.",
    )
    pen.message(
        martine,
        at="2026-11-04 08:15",
        channel=Channel.EMAIL,
        body="Bonjour, le compte rendu peut partir à la maison, par courrier. Merci.",
        subject="Compte rendu",
        motive="34",
        case_id=case,
        outcome=Outcome.DEALT_WITH,
    )
    pen.note(
        martine,
        at="2026-11-05 15:00",
        channel=Channel.LETTER,
        direction=Direction.OUTBOUND,
        motive="34",
        case_id=case,
        outcome=Outcome.DEALT_WITH,
        note="Compte rendu envoyé au domicile.",
    )
    pen.promise(
        martine,
        contact=call,
        case_id=case,
        made="2026-11-03 10:04",
        due="2026-11-05 17:00",
        by="c.morvan",
        what="Compte rendu de consultation",
        channel=Channel.LETTER,
        state=CommitmentState.KEPT,
        closed="2026-11-05 15:00",
    )


_CLOSINGS = {
    "25": "Remis au guichet",
    "14": "Passage au guichet",
    "11": "Rendez-vous donné",
    "34": "Envoyé par courrier",
}


def _closed(pen: Pen, martine: str, title: str, motive: str, *, opened: str, closed: str) -> str:
    return pen.case(
        martine,
        title,
        motive=motive,
        opened=opened,
        service="imagerie" if motive == "11" else "orthopedie",
        state=CaseState.CLOSED,
        closed=closed,
        closing=_CLOSINGS[motive],
    )
