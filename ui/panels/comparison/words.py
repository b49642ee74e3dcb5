"""Words of two records laid side by side: how each line compares, and what a decision would join."""

from datetime import datetime

from app.domain.consent import Preference
from app.domain.doubles import Likeness, Strength
from app.domain.phone import display
from app.domain.words import Channel, IdentityDoubt, IdentityStatus
from app.queries.doubles import Side
from ui.discretion import by_initials, filled, hidden, in_dots, joined
from ui.preference_words import choice_word
from ui.refusal_words import refusal_words
from ui.translate import counted, say
from ui.viewmodels.comparison import Phase
from ui.viewmodels.double_pair import Compared, Detail, Pair
from ui.widgets.tag import TagKind
from ui.wording import NBSP, birth, capital, channel_word, day_of, sex_word, status_word


def phase_words(phase: Phase) -> str:
    """What there is to say before, or instead of, two records."""
    return {
        Phase.READING: say("Recherche des doublons possibles…"),
        Phase.NOBODY: say("Aucun autre dossier ne ressemble à celui-ci."),
        Phase.AWAY: refusal_words("needs_server"),
    }.get(phase, "")


def tag_words(compared: Compared) -> tuple[str, str, TagKind]:
    """Word, icon and kind."""
    if compared is Compared.SAME:
        return say("Identique"), "check", "success"
    if compared is Compared.REFUSED:
        return say("Le refus l’emporte"), "ban", "danger"
    return say("Incomplet") if compared is Compared.MISSING else say("Différent"), "triangle-alert", "warning"


def likeness_words(pair: Pair) -> tuple[str, TagKind]:
    """« Ressemblance forte, 4 traits sur 5 »."""
    found = pair.likeness
    parts = [say("Ressemblance non établie")]
    if found is not None:
        strength = {
            Strength.STRONG: say("Ressemblance forte"),
            Strength.POSSIBLE: say("Ressemblance possible"),
            Strength.WEAK: say("Ressemblance faible"),
        }[found.strength]
        traits = say("{same} traits sur {compared}").format(same=found.same, compared=found.compared)
        parts = [strength, traits]
    if pair.is_signalled:
        parts.append(say("signalé, traits comparés") if pair.is_compared else say("signalé"))
    is_strong = found is not None and found.strength is Strength.STRONG
    return ", ".join(parts), "success" if is_strong else "warning"


def warned_words(found: Likeness | None) -> str:
    """What speaks against one human, or nothing."""
    words: dict[str, str] = {
        "another_file_number": say("deux numéros de dossier"),
        "twins": say("même nom et même naissance\u00a0: des jumeaux\u00a0?"),
        IdentityDoubt.HOMONYM: say("homonyme déclaré"),
        IdentityDoubt.DOUBTFUL: say("identité douteuse"),
        IdentityDoubt.FICTITIOUS: say("identité fictive"),
    }
    known = [words[each] for each in (() if found is None else found.warnings) if each in words]
    said = ", ".join(known)
    return capital(said)


def title_words(words: str, ipp: str) -> str:
    """« Doublon, IPP 00902114 »."""
    return filled(say("{record}, IPP {ipp}"), record=words, ipp=in_dots(ipp)) if ipp else words


def caption_words(name: str) -> str:
    """A trait’s name, with our own markup."""
    return {
        "birth_name": say("Nom de naissance"),
        "first_given_name": say("1<sup>er</sup> prénom de naissance"),
        "birth_date": say("Date de naissance"),
        "sex": say("Sexe"),
        "birth_place": say("Lieu de naissance"),
        "used_name": say("Nom utilisé"),
    }[name]


def trait_words(name: str, value: str) -> str:
    """A trait as it is read, empty when unknown."""
    if not value:
        return ""
    shown = {"birth_date": birth, "sex": sex_word, "birth_place": hidden}.get(name, by_initials)
    return shown(value)


def status_words(side: Side) -> str:
    """« Identité provisoire »."""
    return status_word(IdentityStatus(side.identity_status)) if side.identity_status else ""


def number_words(side: Side) -> str:
    """« 06 39 98 41 07, 06 39 98 62 18 »."""
    return joined(", ", (in_dots(display(number)) for number in side.numbers))


def detail_words(side: Side, detail: Detail) -> str:
    """« Téléphone, le matin »."""
    if detail is Detail.POSTCODE:
        return in_dots(side.postcode)
    channel = channel_word(Channel(side.preferred_channel)) if side.preferred_channel else ""
    return ", ".join(filter(None, (channel, side.preferred_hours)))


def choice_words(said: Preference | None) -> str:
    """« Refusé le 2 nov. »."""
    if said is None:
        return say("Rien n’est dit")
    return say("{choice} le {day}").format(choice=choice_word(said.choice), day=day_of(said.said_at))


def stop_words(channel: Channel, at: datetime | None) -> str:
    """« SMS, 2 nov. », empty when that side has none."""
    return "" if at is None else f"{channel_word(channel)}, {day_of(at)}"


def joined_words(pair: Pair) -> str:
    """« 13 contacts + 1 contact, 5 demandes + 1 demande, 1 promesse »."""
    sides = (pair.kept, pair.other)
    kinds = (
        ([side.contacts for side in sides], say("{count} contact"), say("{count} contacts")),
        ([side.open_demands for side in sides], say("{count} demande"), say("{count} demandes")),
        ([side.promises for side in sides], say("{count} promesse"), say("{count} promesses")),
    )
    parts = [
        " + ".join(counted(count, one=one, many=many).replace(" ", NBSP) for count in counts if count)
        for counts, one, many in kinds
    ]
    return ", ".join(filter(None, parts)) or say("Aucun contact")
