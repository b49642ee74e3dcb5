"""The persons of the mock-ups, with the exchanges, demands and promises that the pictures show.

Moments are written as the mock-ups show them (24 November 2026, 10:26) and move with the anchor.
"""

from typing import Any

from app.demo import martine, sarah
from app.demo.calendar import Calendar
from app.demo.pen import Call, Pen
from app.demo.sheet import Sheet
from app.domain.words import (
    ActKind,
    CaseState,
    Channel,
    Direction,
    Ending,
    IdentityDoubt,
    IdentityStatus,
    NumberKind,
    Outcome,
    Protection,
    Reach,
    Sex,
)

_ORTHO = "orthopedie"


def write_named_persons(sheet: Sheet, calendar: Calendar) -> None:
    """Everybody who has a name in a mock-up, and this morning's two hidden calls."""
    pen = Pen(sheet, calendar)
    martine.write(pen)
    sarah.write(pen)
    _to_call_back(pen)
    _bensalem(pen)
    _last_contacts(pen)
    _homonyms(pen)
    _expected_at_the_desk(pen)
    _protected(pen)
    _hidden_this_morning(pen)


def _to_call_back(pen: Pen) -> None:
    fontaine = pen.person("FONTAINE", "Maurice", "1938-02-05", Sex.MALE, place="Dieppe (76)", number="4120")
    transport = _promised(
        pen,
        fontaine,
        case="Bon de transport",
        motive="25",
        at="2026-11-23 16:02",
        due="2026-11-24 09:30",
        note="Bon de transport pour la consultation du 27/11, à signer par le Dr Kaddour.",
        what="Bon de transport pour la consultation du 27/11",
    )
    pen.call(
        Call(fontaine, at="2026-11-24 09:41", seconds=22, by="c.morvan", direction=Direction.OUTBOUND),
        motive="25",
        case_id=pen.case_id(fontaine, "Bon de transport"),
        outcome=Outcome.FOLLOW_UP,
        note="Répondeur, message laissé : rappeler le secrétariat.",
    )
    pen.act(transport, ActKind.TRIED, at="2026-11-24 09:42", how=Reach.VOICEMAIL)
    pen.visit(fontaine, at="2026-11-27 09:20", title="Consultation", clinician="Dr Kaddour")
    diallo = pen.person(
        "DIALLO", "Aissatou", "1992-08-17", Sex.FEMALE, place="Conakry, Guinée", number="4121"
    )
    _promised(
        pen,
        diallo,
        case="Intervention du 26/11",
        motive="23",
        at="2026-11-24 08:52",
        due="2026-11-24 11:00",
        note="Souhaite connaître son heure d’arrivée pour l’intervention du 26/11.",
        what="Heure d’arrivée pour l’intervention du 26/11",
    )
    pen.visit(
        diallo,
        at="2026-11-24 11:15",
        title="Anesthésie",
        clinician="Dr Aubry",
        missing="Consentement signé",
    )
    pen.visit(diallo, at="2026-11-26 08:00", title="Intervention", clinician="Dr Vasseur")
    kowalczyk = pen.person(
        "KOWALCZYK", "Piotr", "1979-04-23", Sex.MALE, place="Cracovie, Pologne", number="4122"
    )
    report = _promised(
        pen,
        kowalczyk,
        case="Compte rendu opératoire",
        motive="34",
        at="2026-11-23 11:30",
        due="2026-11-23 17:00",
        note="Demande une copie du compte rendu opératoire. Attend le Dr Kaddour.",
        what="Copie du compte rendu opératoire",
    )
    pen.act(
        report,
        ActKind.POSTPONED,
        at="2026-11-23 16:40",
        until="2026-11-24 14:00",
        reason="Attend le Dr Kaddour",
    )


def _bensalem(pen: Pen) -> None:
    nadia = pen.person("BENSALEM", "Nadia", "1984-11-30", Sex.FEMALE, place="Rouen (76)", number="5520")
    pen.prefers(nadia, Channel.WHATSAPP, hours="", sms="allowed", whatsapp="allowed")
    title = "Déplacer le rendez-vous du 26/11"
    case = pen.case(nadia, title, motive="12", opened="2026-11-23 15:58")
    call = pen.call(
        Call(nadia, at="2026-11-23 15:58", seconds=130, by="s.haddad"),
        motive="12",
        case_id=case,
        outcome=Outcome.FOLLOW_UP,
        note="Ne peut pas venir le 26/11, nouveau créneau le 03/12 à confirmer par WhatsApp.",
    )
    pen.promise(
        nadia,
        contact=call,
        case_id=case,
        made="2026-11-23 16:01",
        due="2026-11-24 16:30",
        by="s.haddad",
        what="Confirmer le nouveau créneau du 03/12",
        channel=Channel.WHATSAPP,
    )
    message: dict[str, Any] = {"motive": "12", "case_id": case, "channel": Channel.WHATSAPP}
    pen.message(
        nadia,
        at="2026-11-23 16:05",
        body="Bonjour, CH Saint-Aurélien : votre rendez-vous est déplacé au jeudi 3 décembre à 14:20, "
        "entrée rue des Tanneurs. Répondez OUI pour confirmer.",
        by="s.haddad",
        direction=Direction.OUTBOUND,
        outcome=Outcome.DEALT_WITH,
        **message,
    )
    pen.message(
        nadia,
        at="2026-11-24 10:14",
        body="OUI c’est parfait",
        note="Créneau du 03/12",
        outcome=Outcome.DEALT_WITH,
        by="c.morvan",
        **message,
    )
    pen.visit(nadia, at="2026-12-03 14:20", title="Consultation", clinician="Dr Kaddour", case_id=case)


def _last_contacts(pen: Pen) -> None:
    garnier = pen.person("GARNIER", "Sylvie", "1963-01-08", Sex.FEMALE, place="Évreux (27)", number="4123")
    _promised(
        pen,
        garnier,
        case="Devis de dépassement",
        motive="83",
        at="2026-11-20 09:50",
        due="2026-11-25 10:00",
        note="Souhaite recevoir le devis de dépassement chez elle.",
        what="Envoyer le devis de dépassement",
        channel=Channel.LETTER,
    )
    pen.call(Call(garnier, at="2026-11-24 10:21", seconds=108, by="c.morvan"))
    martin = pen.person("MARTIN", "Jean-Luc", "1969-12-11", Sex.MALE, place="Le Havre (76)", number="4124")
    pen.message(
        martin,
        at="2026-11-24 08:40",
        channel=Channel.WHATSAPP,
        body="Bonjour, voici la photo de ma carte de mutuelle.",
        motive="22",
        outcome=Outcome.FOLLOW_UP,
    )
    pen.note(
        martin,
        at="2026-11-24 10:05",
        channel=Channel.DESK,
        motive="22",
        outcome=Outcome.DEALT_WITH,
        note="Carte de mutuelle reçue",
    )
    _promised(
        pen,
        martin,
        case="Carte de mutuelle",
        motive="22",
        at="2026-11-23 15:20",
        due="2026-11-25 12:00",
        note="Apportera sa carte de mutuelle.",
        what="Demander la carte de mutuelle",
        channel=Channel.DESK,
        owner="s.haddad",
    )
    da_costa = pen.person(
        "DA COSTA", "Manuel", "1957-07-02", Sex.MALE, place="Porto, Portugal", number="4125"
    )
    pen.call(
        Call(da_costa, at="2026-11-24 09:47", seconds=64, by="c.morvan"),
        motive="61",
        outcome=Outcome.TRANSFERRED,
        note="Vers Dr Kaddour, poste 4212",
    )
    pen.lost_call(at="2026-11-24 09:52", number="1260", seconds=34, ending=Ending.ABANDONED)


def _homonyms(pen: Pen) -> None:
    lan = pen.person(
        "NGUYEN",
        "Thi Lan",
        "1988-05-12",
        Sex.FEMALE,
        place="Lyon 3ᵉ (69)",
        number="4126",
        doubt=IdentityDoubt.HOMONYM,
    )
    pen.message(
        lan,
        at="2026-11-24 09:31",
        channel=Channel.EMAIL,
        subject="Arrêt de travail",
        body="Bonjour, il y a une erreur de date sur mon arrêt de travail.",
        note="Transmis au Dr Kaddour",
        motive="37",
        outcome=Outcome.FOLLOW_UP,
        by="c.morvan",
    )
    other = pen.person(
        "NGUYEN",
        "Thi Lan",
        "1988-05-12",
        Sex.FEMALE,
        place="Hué, Viêt Nam",
        used="ROBERT",
        number="4127",
        doubt=IdentityDoubt.HOMONYM,
    )
    pen.note(
        other,
        at="2025-03-14 15:10",
        channel=Channel.DESK,
        motive="22",
        outcome=Outcome.DEALT_WITH,
        note="Carte Vitale mise à jour",
    )
    tuan = pen.person("NGUYEN VAN", "Tuan", "1988-05-12", Sex.MALE, place="Créteil (94)", number="4128")
    pen.message(
        tuan, at="2026-09-02 11:20", channel=Channel.SMS, body="Oui", motive="14", outcome=Outcome.DEALT_WITH
    )


def _expected_at_the_desk(pen: Pen) -> None:
    roussel = pen.person("ROUSSEL", "Bernard", "1947-07-27", Sex.MALE, place="Vernon (27)", number="4129")
    pen.visit(roussel, at="2026-11-24 10:30", title="Consultation", clinician="Dr Kaddour")
    _promised(
        pen,
        roussel,
        case="Retrait des broches",
        motive="14",
        at="2026-11-20 14:12",
        due="2026-11-25 09:00",
        note="Demande la date de retrait des broches.",
        what="Date de retrait des broches",
    )
    pen.note(
        roussel,
        at="2026-11-24 09:20",
        channel=Channel.DESK,
        motive="26",
        outcome=Outcome.DEALT_WITH,
        note="Fauteuil demandé à l’entrée sud",
    )
    petit = pen.person("PETIT", "Lucas", "2016-05-09", Sex.MALE, place="Rouen (76)", number="4130")
    pen.visit(petit, at="2026-11-24 10:45", title="Contrôle plâtre", clinician="Dr Le Goff")
    pen.person("MOREL", "Sophie", "1985-10-03", Sex.FEMALE, place="Caen (14)", number="4130", used="PETIT")


def _protected(pen: Pen) -> None:
    """They share a number with others, so that their absence can be seen to be one."""
    hidden = pen.person(
        "AUBERT",
        "Jeanne",
        "1991-02-17",
        Sex.FEMALE,
        place="Rouen (76)",
        number="4131",
        protection=Protection.PROTECTED,
    )
    pen.call(
        Call(hidden, at="2026-11-17 10:40", seconds=95, by="s.haddad"),
        motive="14",
        outcome=Outcome.DEALT_WITH,
        note="Heure et lieu redonnés.",
    )
    pen.person("AUBERT", "Marc", "1989-06-30", Sex.MALE, place="Dieppe (76)", number="4131")
    pen.person(
        "DELMAS",
        "Karim",
        "1978-12-01",
        Sex.MALE,
        place="Lille (59)",
        number="4132",
        protection=Protection.UNDISCLOSED,
    )
    pen.person(
        "LACROIX",
        "Odette",
        "1931-03-22",
        Sex.FEMALE,
        place="Lisieux (14)",
        number="4133",
        deceased_on="2026-10-30",
    )
    pen.person(
        "RENARD",
        "Paul",
        "1969-00-00",
        Sex.MALE,
        place="",
        number="4134",
        identity_status=IdentityStatus.PROVISIONAL,
    )


def _hidden_this_morning(pen: Pen) -> None:
    for at, seconds in (("2026-11-24 08:47", 41), ("2026-11-24 09:38", 73)):
        pen.lost_call(at=at, number="", seconds=seconds, ending=Ending.HUNG_UP, kind=NumberKind.HIDDEN)


def _promised(
    pen: Pen, person: str, *, case: str, motive: str, at: str, due: str, note: str, what: str, **values: Any
) -> str:
    """A demand opened by one call, with a promise that still stands; the promise."""
    opened = pen.case(person, case, motive=motive, opened=at, state=CaseState.OPEN)
    call = pen.call(
        Call(person, at=at, seconds=96, by="c.morvan"),
        motive=motive,
        case_id=opened,
        outcome=Outcome.FOLLOW_UP,
        note=note,
    )
    return pen.promise(
        person, contact=call, case_id=opened, made=at, due=due, by="c.morvan", what=what, **values
    )
