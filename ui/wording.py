"""Dates, numbers and words as the desk says them (design 6, 11.4 and 15)."""

from datetime import date, datetime, timedelta

from app.domain.identity import age as age_on
from app.domain.indicators import DEFINITIONS, Indicator
from app.domain.motives import Motive, shipped_catalogue
from app.domain.phone import display
from app.domain.words import (
    Channel,
    Direction,
    Ending,
    IdentityStatus,
    NumberKind,
    Proof,
    Sex,
)
from ui.discretion import filled, in_dots, joined
from ui.house_time import house_time
from ui.translate import counted, say, tongue

NBSP = "\u00a0"


def local(at: datetime) -> datetime:
    """The house's own time."""
    return house_time.local(at)


def clock(at: datetime) -> str:
    """« 09:14 »."""
    return local(at).strftime("%H:%M")


def days() -> tuple[str, ...]:
    """The days of the week, shortened, from Monday."""
    return tuple(say("lun. mar. mer. jeu. ven. sam. dim.").split())


def full_days() -> tuple[str, ...]:
    """The days of the week, from Monday."""
    return tuple(say("lundi mardi mercredi jeudi vendredi samedi dimanche").split())


def months() -> tuple[str, ...]:
    """The months, shortened, from January."""
    return tuple(say("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.").split())


def day_of(at: datetime) -> str:
    """« 22 nov. »."""
    moment = local(at)
    day = say("1er") if moment.day == 1 else str(moment.day)
    return f"{day}{NBSP}{months()[moment.month - 1]}"


def weekday_of(at: datetime) -> str:
    """« dim. »."""
    return days()[local(at).weekday()]


def when(at: datetime, now: datetime) -> str:
    """« aujourd’hui 10:26 », « hier 09:14 », « dim. 22 nov. 21:58 », « 12 nov. », « 14/03/2025 »."""
    ago = (local(now).date() - local(at).date()).days
    if ago == 0:
        return say("aujourd’hui {at}").format(at=clock(at))
    if ago == 1:
        return say("hier {at}").format(at=clock(at))
    if -7 <= ago <= 6:
        return f"{weekday_of(at)} {day_of(at)} {clock(at)}"
    if local(at).year == local(now).year:
        return day_of(at)
    return local(at).strftime("%d/%m/%Y")


def day_when(at: datetime, now: datetime) -> str:
    """« hier », « aujourd’hui », « demain », else the day."""
    ago = (local(now).date() - local(at).date()).days
    words = {0: say("aujourd’hui"), 1: say("hier"), -1: say("demain")}
    return words.get(ago) or f"{weekday_of(at)} {day_of(at)}"


def short_when(at: datetime, now: datetime) -> str:
    """« auj. 10:26 », « hier 09:14 », « demain 09:00 », « dim. 21:58 », « 12 nov. », « 14/03/2025 »."""
    ago = (local(now).date() - local(at).date()).days
    near = {0: say("auj. {at}"), 1: say("hier {at}", "court"), -1: say("demain {at}")}
    if ago in near:
        return near[ago].format(at=clock(at))
    if -6 <= ago <= 6:
        return f"{weekday_of(at)} {clock(at)}"
    return day_of(at) if local(at).year == local(now).year else local(at).strftime("%d/%m/%Y")


def long_day(at: datetime) -> str:
    """« mardi 24 novembre »."""
    moment = local(at)
    names = say(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    ).split()
    day = say("1er") if moment.day == 1 else str(moment.day)
    return f"{full_days()[moment.weekday()]} {day} {names[moment.month - 1]}"


def short_name(name: str) -> str:
    """« Hugo Lambert » to « H. Lambert »."""
    first, _, last = name.partition(" ")
    return f"{first[:1]}. {last}" if last else name


def small(text: str) -> str:
    """The first letter in small, unless the first word is all capitals."""
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """The first letter in capital, the rest untouched."""
    return text[:1].upper() + text[1:]


def running(span: timedelta) -> str:
    """« 01:24 » in a live zone; never below zero."""
    seconds = max(0, int(span.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes = f"{rest // 60:02}:{rest % 60:02}"
    return f"{hours}:{minutes}" if hours else minutes


def short_wait(span: timedelta) -> str:
    """« 0:12 »."""
    seconds = max(0, int(span.total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02}"


def duration(seconds: int) -> str:
    """« 3 min 05 », « 48 s »."""
    minutes, rest = divmod(seconds, 60)
    words = say("{minutes}\u00a0min\u00a0{seconds}") if minutes else say("{seconds}\u00a0s")
    return words.format(minutes=minutes, seconds=f"{rest:02}" if minutes else rest)


def span_words(span: timedelta) -> str:
    """« 16 h 28 », « 32 min », « 3 j »."""
    minutes = max(0, int(span.total_seconds()) // 60)
    if minutes < 1:
        return f"{max(0, int(span.total_seconds()))}{NBSP}s"
    if minutes < 60:
        return f"{minutes}{NBSP}min"
    if minutes < 48 * 60:
        return say("{hours}\u00a0h\u00a0{minutes}").format(hours=minutes // 60, minutes=f"{minutes % 60:02}")
    return say("{days}\u00a0j").format(days=minutes // 1440)


def delay(due_at: datetime, now: datetime) -> str:
    """« Retard 16 h 28 » or « Dans 32 min »."""
    words = say("Retard {span}") if due_at < now else say("Dans {span}")
    return words.format(span=span_words(abs(due_at - now)))


def birth(birth_date: str) -> str:
    """« 14/03/1958 »; an unknown day or month as received."""
    return in_dots("/".join(reversed(birth_date.split("-")))) or say("Non renseigné")


def birth_with_age(birth_date: str, now: datetime) -> str:
    """« 14/03/1958, 68 ans »."""
    return joined(", ", (birth(birth_date), age_words(birth_date, local(now).date())))


def age_words(birth_date: str, today: date) -> str:
    """« 68 ans », « 14 mois », « 12 jours », or nothing when the date is not whole."""
    age = age_on(birth_date, today)
    if age is None:
        return ""
    units = {
        "years": (say("{count}\u00a0an"), say("{count}\u00a0ans")),
        "months": (say("{count}\u00a0mois", "un seul"), say("{count}\u00a0mois")),
        "days": (say("{count}\u00a0jour"), say("{count}\u00a0jours")),
    }[age.unit]
    return counted(age.count, one=units[0], many=units[1])


def born(sex: str) -> str:
    """« Née le », « Né le », « Né(e) le »."""
    words: dict[str, str] = {Sex.FEMALE: say("Née le"), Sex.MALE: say("Né le")}
    return words.get(sex, say("Né(e) le"))


def sex_word(sex: str) -> str:
    """« Féminin », « Masculin », « Indéterminé »."""
    words: dict[str, str] = {Sex.FEMALE: say("Féminin"), Sex.MALE: say("Masculin")}
    return words.get(sex, say("Indéterminé"))


def the_patient(sex: str) -> str:
    """« La patiente », « Le patient »."""
    return say("La patiente") if sex == Sex.FEMALE else say("Le patient")


def number_words(number: str, kind: NumberKind, *, raw: str = "") -> str:
    """« 06 39 98 41 07 », « Numéro masqué », or the number as it came."""
    if kind is NumberKind.HIDDEN:
        return say("Numéro masqué")
    if kind is NumberKind.INTERNAL:
        return say("Poste {number}").format(number=raw or number)
    return in_dots(display(number) if number else raw) or say("Numéro illisible")


def channel_word(channel: Channel) -> str:
    """« Téléphone », « WhatsApp », « Guichet »."""
    return {
        Channel.PHONE: say("Téléphone"),
        Channel.VOICEMAIL: say("Messagerie vocale"),
        Channel.EMAIL: say("E-mail"),
        Channel.SMS: say("SMS"),
        Channel.RCS: say("RCS"),
        Channel.WHATSAPP: say("WhatsApp"),
        Channel.WEBCHAT: say("Chat web"),
        Channel.WEB_FORM: say("Formulaire"),
        Channel.SOCIAL: say("Réseaux sociaux"),
        Channel.PORTAL: say("Portail"),
        Channel.APP: say("Application"),
        Channel.DESK: say("Guichet"),
        Channel.LETTER: say("Courrier"),
        Channel.FAX: say("Fax"),
        Channel.MSSANTE: say("MSSanté"),
        Channel.MON_ESPACE_SANTE: say("Mon espace santé"),
        Channel.BOOKING: say("Prise de rendez-vous en ligne"),
        Channel.VIDEO: say("Vidéo"),
    }[channel]


def channel_icon(channel: Channel, direction: Direction, ending: str = "") -> str:
    """The icon of a channel; a call tells its way and whether it was missed."""
    if channel is Channel.PHONE:
        if ending in (Ending.ABANDONED, Ending.MISSED):
            return "phone-missed"
        return "phone-incoming" if direction is Direction.INBOUND else "phone-outgoing"
    return _ICONS[channel]


_ICONS = {
    Channel.VOICEMAIL: "voicemail",
    Channel.EMAIL: "mail",
    Channel.SMS: "smartphone",
    Channel.RCS: "smartphone",
    Channel.WHATSAPP: "message-circle",
    Channel.WEBCHAT: "globe",
    Channel.WEB_FORM: "file-pen",
    Channel.SOCIAL: "at-sign",
    Channel.PORTAL: "panel-top",
    Channel.APP: "tablet-smartphone",
    Channel.DESK: "concierge-bell",
    Channel.LETTER: "mailbox",
    Channel.FAX: "printer",
    Channel.MSSANTE: "mail-check",
    Channel.MON_ESPACE_SANTE: "heart-handshake",
    Channel.BOOKING: "calendar-plus",
    Channel.VIDEO: "video",
}


def status_word(status: IdentityStatus) -> str:
    """« Identité qualifiée »."""
    return {
        IdentityStatus.PROVISIONAL: say("Identité provisoire"),
        IdentityStatus.RETRIEVED: say("Identité récupérée"),
        IdentityStatus.VALIDATED: say("Identité validée"),
        IdentityStatus.QUALIFIED: say("Identité qualifiée"),
    }[status]


def proof_word(proof: Proof) -> str:
    """« naissance », « code postal »: what was compared, in a word."""
    return {
        Proof.BIRTH_DATE: say("naissance"),
        Proof.BIRTH_NAME: say("nom de naissance"),
        Proof.POSTCODE: say("code postal"),
        Proof.FILE_NUMBER: say("IPP ou dossier"),
        Proof.LAST_APPOINTMENT: say("dernier rendez-vous"),
        Proof.CALL_BACK: say("rappel au numéro connu"),
        Proof.PAPER_AT_DESK: say("papier au guichet"),
    }[proof]


def listed(words: list[str]) -> str:
    """« a, b et c »."""
    if len(words) < 2:
        return "".join(words)
    return say("{first} et {last}").format(first=", ".join(words[:-1]), last=words[-1])


def motive_label(code: str) -> str:
    """« 31 Résultats d’imagerie », or nothing without a motive."""
    motive = motive_of(code)
    return f"{code} {motive.label}" if motive is not None else ""


def motive_of(code: str) -> Motive | None:
    """The motive of a code, in the language of the desk."""
    return shipped_catalogue(tongue.language).find(code)


def definition(indicator: Indicator) -> str:
    """What a figure counts."""
    return say(DEFINITIONS[indicator])


def possible_patients(count: int) -> str:
    """« 3 patients possibles »."""
    return counted(
        count, one=say("{count}\u00a0patient possible"), many=say("{count}\u00a0patients possibles")
    )


def known_elsewhere() -> str:
    """Somebody uses this number, whom this desk does not hold (rules R24)."""
    return say("Numéro connu, détail sur le serveur")


def since_words(since: datetime | None, now: datetime) -> str:
    """« 6 s », « 1 min »: how long a state has lasted."""
    return "" if since is None else lasting(now - since)


def lasting(span: timedelta) -> str:
    """« 6 s », « 1 min »."""
    seconds = max(0, int(span.total_seconds()))
    return f"{seconds}{NBSP}s" if seconds < 60 else span_words(span)


def reach_words(*, has_call: bool) -> tuple[str, str]:
    """What choosing somebody does, and its icon: the call in hand is given, or a new one made."""
    return (say("Transférer"), "phone-forwarded") if has_call else (say("Appeler"), "phone-outgoing")


def percent(share: float | None, *, digits: int = 0) -> str:
    """« 74 % », « 6,1 % », « – » without a base: never 0 % for nothing."""
    if share is None:
        return "–"
    figure = f"{100 * share:.{digits}f}"
    return f"{figure.replace('.', ',')}{NBSP}%" if tongue.language == "fr" else f"{figure}%"


def thousands(count: int) -> str:
    """« 1 204 », “1,204”."""
    return f"{count:,}".replace(",", NBSP) if tongue.language == "fr" else f"{count:,}"


def quoted(text: str) -> str:
    """« what somebody wrote »."""
    return filled(say("«\u00a0{text}\u00a0»"), text=text)


def lead(words: str) -> str:
    """« Recontact : », before what it announces."""
    return say("{words}\u00a0:").format(words=words)
