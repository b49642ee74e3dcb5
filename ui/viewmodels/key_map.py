"""The keyboard's map (design 10.1): what F1 prints, what the palette lists, and what a test goes through."""

from typing import TypeAlias

import msgspec

from ui.translate import Named, named, say


class Act(msgspec.Struct, frozen=True):
    """What one key does; `key` as Qt writes it, such as `Ctrl+Shift+M`."""

    name: Named
    key: str

    @property
    def cap(self) -> str:
        """The key as it is printed."""
        return cap(self.key)


class KeyRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the help; several acts may share it, their keys parted by `between`.

    `caps` is printed where no single key does it. A row that is not `is_listed` is found by its
    words and by the palette only.
    """

    words: str
    acts: tuple[Act, ...] = ()
    caps: tuple[str, ...] = ()
    between: str = ""
    is_listed: bool = True

    @property
    def printed(self) -> tuple[str, ...]:
        """The caps at its right."""
        return self.caps or tuple(act.cap for act in self.acts)


class Section(msgspec.Struct, frozen=True):
    """Rows under one heading."""

    title: str
    rows: tuple[KeyRow, ...]


Columns: TypeAlias = tuple[tuple[Section, ...], ...]


def key_map(answering_key: str = "") -> Columns:
    """The sections of the help, column by column; `answering_key` is heard from other programs too."""
    return ((_anywhere(answering_key),), (_in_a_call(), _qualifying()), (_in_lists(), _in_messages()))


def all_acts() -> tuple[Act, ...]:
    """Every act of the map that a key does, in its order."""
    return tuple(act for column in key_map() for part in column for line in part.rows for act in line.acts)


def cap(key: str) -> str:
    """« Ctrl Maj M » for `Ctrl+Shift+M`."""
    words = {
        "Shift": say("Maj"),
        "Return": say("Entrée"),
        "Space": say("Espace"),
        "Escape": say("Échap"),
        "Left": "←",
        "Up": "↑",
        "Down": "↓",
    }
    return " ".join(words.get(part, part) for part in key.split("+"))


def _row(name: Named, key: str, *, is_listed: bool = True) -> KeyRow:
    return KeyRow(words=name.shown, acts=(Act(name, key),), is_listed=is_listed)


def _both(words: str, first: Act, second: Act, *, between: str = "") -> KeyRow:
    return KeyRow(words=words, acts=(first, second), between=between)


def _anywhere(answering_key: str) -> Section:
    words = say("Répondre depuis un autre logiciel")
    from_elsewhere = (KeyRow(words=words, caps=(cap(answering_key),)),) if answering_key else ()
    rows = (
        _row(named("Aide clavier"), "F1"),
        _row(named("Rechercher un patient, un numéro"), "F2"),
        _row(named("Répondre, ou revenir à l’appel"), "F3"),
        *from_elsewhere,
        _row(named("Qualifier"), "F4"),
        _row(named("Actualiser"), "F5"),
        _both(
            say("Zone suivante, précédente"),
            Act(named("Zone suivante"), "F6"),
            Act(named("Zone précédente"), "Shift+F6"),
            between=say("ou"),
        ),
        _row(named("Nouveau rappel promis"), "F9"),
        _row(named("Plein écran, affichage mural"), "F11"),
        _row(named("Mini fenêtre"), "F12"),
        _row(named("Palette de commandes"), "Ctrl+K"),
        _row(named("Nouveau contact"), "Ctrl+N"),
        _row(named("Contact provisoire (appelant inconnu)"), "Ctrl+Shift+N"),
        _row(named("Accueil guichet"), "Ctrl+G"),
        _row(named("Masquer les noms (écran discret)"), "Ctrl+Shift+H"),
        KeyRow(words=say("Rubriques, de haut en bas"), acts=_places(), caps=("Ctrl 1", "…", "Ctrl 9")),
        _row(named("Ouvrir les réglages"), "Ctrl+,", is_listed=False),
        _row(named("Préférences et oppositions"), "Ctrl+P", is_listed=False),
        _row(named("Comparer un proche"), "Ctrl+Shift+P", is_listed=False),
        _row(named("Comparer deux dossiers, doublon possible"), "Ctrl+Shift+D", is_listed=False),
        _row(named("Identités à trancher, doublons signalés"), "Ctrl+Shift+T", is_listed=False),
        _row(named("Verrouiller la session"), "Ctrl+Shift+L", is_listed=False),
    )
    return Section(say("Partout"), rows)


def _places() -> tuple[Act, ...]:
    names = (
        named("Accueil"),
        named("Appels"),
        named("Tâches"),
        named("Patients"),
        named("Annuaire"),
        named("Messages"),
        named("Supervision"),
        named("Automatisations"),
        named("Réglages"),
    )
    return tuple(Act(name, f"Ctrl+{number}") for number, name in enumerate(names, 1))


def _in_a_call() -> Section:
    rows = (
        _row(named("Attente, reprendre"), "F7"),
        _row(named("Transférer, chercher un poste"), "F8"),
        _row(named("Transférer en annonçant"), "Shift+F8", is_listed=False),
        _row(named("Annuaire, qui est de garde\u00a0?"), "Ctrl+F8"),
        KeyRow(words=say("Choisir le patient (numéro partagé)"), caps=("Alt 1", "…", "Alt 9")),
        _row(named("Appelant vérifié"), "Ctrl+I"),
        _row(named("Rattacher les appels sans patient de ce numéro"), "Ctrl+Shift+R", is_listed=False),
        KeyRow(words=say("Raccrocher"), caps=(say("poste ou casque"),)),
    )
    return Section(say("Pendant l’appel"), rows)


def _qualifying() -> Section:
    either = say("ou")
    rows = (
        KeyRow(words=say("Famille puis motif"), caps=("3", "1"), between=say("puis")),
        KeyRow(words=say("Revenir à la famille"), caps=(say("Retour arrière"),)),
        KeyRow(words=say("Chercher un motif"), caps=(say("lettres"),)),
        _both(
            say("Répondu, À suivre"),
            Act(named("Répondu"), "Alt+R"),
            Act(named("À suivre"), "Alt+S"),
            between=either,
        ),
        _both(
            say("Transféré, Sans suite"),
            Act(named("Transféré"), "Alt+T"),
            Act(named("Sans suite"), "Alt+U"),
            between=either,
        ),
        _row(named("Enregistrer"), "Ctrl+Return"),
        _row(named("Enregistrer et se rendre disponible"), "Ctrl+Shift+Return"),
        _row(named("Annuler ce qui vient d’être fait"), "Ctrl+Z"),
    )
    return Section(say("Qualifier"), rows)


def _in_lists() -> Section:
    rows = (
        KeyRow(words=say("Se déplacer"), caps=("↑", "↓")),
        KeyRow(words=say("Ouvrir, action principale"), caps=(say("Entrée"),)),
        KeyRow(words=say("Sélectionner"), caps=(say("Espace"),)),
        _row(named("Écouter le message vocal"), "Space", is_listed=False),
        _row(named("Marquer fait, clôturer"), "Ctrl+E"),
        _row(named("Reporter"), "Ctrl+D"),
        _both(
            say("Revenir"),
            Act(named("Fermer ou revenir"), "Escape"),
            Act(named("Revenir"), "Alt+Left"),
            between=say("ou"),
        ),
        _row(named("Chercher dans la liste"), "Ctrl+F"),
    )
    return Section(say("Listes"), rows)


def _in_messages() -> Section:
    rows = (
        _row(named("Merci de rappeler"), "Ctrl+Shift+M"),
        _row(named("Modèles de message"), "Ctrl+M"),
        _row(named("Base de connaissances"), "Ctrl+R"),
        _row(named("Insérer la suggestion"), "Ctrl+Space"),
        _row(named("Changer de canal"), "Ctrl+Shift+C"),
        KeyRow(words=say("Envoyer"), caps=(cap("Ctrl+Return"),)),
    )
    return Section(say("Messages"), rows)
