"""The journey of « Sarah » (mission A6): five contacts, three channels, nothing asked twice."""

from typing import Any

from app.demo.house import AUTOMATION
from app.demo.pen import Call, Pen
from app.domain.words import CaseState, Channel, Direction, Outcome, Sex

NUMBER = "+33639984140"


def write(pen: Pen) -> None:
    """Web chat at 22:00, call at 8:00, WhatsApp, reminder answered OUI, front desk."""
    sarah = pen.person(
        "LEFEBVRE", "Sarah", "1991-09-18", Sex.FEMALE, place="Rouen (76)", number="4140", postcode="76000"
    )
    pen.prefers(sarah, Channel.WHATSAPP, hours="", whatsapp="allowed", sms="allowed")
    case = pen.case(
        sarah,
        "Première consultation",
        motive="11",
        opened="2026-11-17 22:00",
        state=CaseState.CLOSED,
        closed="2026-11-20 14:00",
        closing="Venue au guichet",
    )
    one: dict[str, Any] = {"motive": "11", "case_id": case, "outcome": Outcome.DEALT_WITH}
    ours: dict[str, Any] = one | {"direction": Direction.OUTBOUND}
    pen.message(
        sarah,
        at="2026-11-17 22:00",
        channel=Channel.WEBCHAT,
        body="Bonsoir, je cherche une première consultation pour mon épaule, plutôt en fin de semaine.",
        **one | {"outcome": Outcome.FOLLOW_UP},
    )
    pen.call(
        Call(sarah, at="2026-11-18 08:00", seconds=104, by="c.morvan"),
        note="Créneau proposé par le chat accepté : vendredi à 14:00 avec le Dr Kaddour.",
        **one,
    )
    pen.message(
        sarah,
        at="2026-11-18 09:00",
        channel=Channel.WHATSAPP,
        body="CH Saint-Aurélien : rendez-vous vendredi 20/11 à 14:00, entrée rue des Tanneurs.",
        by=AUTOMATION,
        **ours,
    )
    pen.message(
        sarah,
        at="2026-11-19 12:32",
        channel=Channel.WHATSAPP,
        body="Bonjour, où puis-je me garer ?",
        by="c.morvan",
        **one,
    )
    pen.message(
        sarah,
        at="2026-11-19 12:41",
        channel=Channel.WHATSAPP,
        body="Bonjour, le parking de la rue des Tanneurs est ouvert toute la journée.",
        by="c.morvan",
        **ours,
    )
    pen.message(
        sarah,
        at="2026-11-20 11:00",
        channel=Channel.WHATSAPP,
        body="CH Saint-Aurélien : nous vous attendons aujourd’hui à 14:00. Répondez OUI pour confirmer.",
        by=AUTOMATION,
        **ours,
    )
    pen.message(sarah, at="2026-11-20 11:06", channel=Channel.WHATSAPP, body="OUI", **one)
    pen.note(sarah, at="2026-11-20 14:00", channel=Channel.DESK, note="Arrivée, dossier déjà complet.", **one)
    pen.visit(
        sarah,
        at="2026-11-20 14:00",
        title="Consultation",
        clinician="Dr Kaddour",
        case_id=case,
        state="honoured",
    )
