"""How long anything is kept, and what is then done: the one table that jobs, people and the register read.

French, because it is shown as it stands (rules R22); articles and bases are to be confirmed by the DPO.
"""

import calendar
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec


class Kept(StrEnum):
    """What is kept for a while."""

    NUMBERS = "numbers"
    CALLS = "calls"
    PROVISIONAL = "provisional"
    PERSONS = "persons"
    READS = "reads"
    ADDRESSES = "addresses"
    EXPORTS = "exports"
    POSTED = "posted"
    HELD = "held"
    OPPOSITIONS = "oppositions"
    AGENTS = "agents"
    BACKUPS = "backups"


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """What, from when, how long, why it may be kept, and what is done then.

    Without `months` and `days` nothing is due by time alone; `is_swept` is false of what others do.
    """

    kept: Kept
    what: str
    since: str
    basis: str
    done: str
    months: int = 0
    days: int = 0
    is_swept: bool = True

    def limit(self, now: datetime) -> datetime:
        """What began at or before this moment is past its time."""
        return _months_before(now, self.months) - timedelta(days=self.days)


def _months_before(now: datetime, months: int) -> datetime:
    month = now.year * 12 + now.month - 1 - months
    year, month = divmod(month, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return now.replace(year=year, month=month + 1, day=min(now.day, last))


_CARE = "Mission d’intérêt public ou intérêt légitime\u00a0: suivre les demandes (art. 6.1 e ou f, 9.2 h)"
_PROOF = "Obligation légale\u00a0: tracer les accès (art. 5.2, 32\u00a0; R1112-7 s. CSP)"
RULES: tuple[Rule, ...] = (
    Rule(
        kept=Kept.NUMBERS,
        what="Numéro d’un appel dont l’auteur n’a pas été identifié",
        since="l’appel",
        months=12,
        basis=_CARE,
        done="numéro et appelants possibles effacés, faits du journal supprimés et déclarés",
    ),
    Rule(
        kept=Kept.CALLS,
        what="Appel ou message d’une personne non identifiée, sa note, ses promesses",
        since="l’échange",
        months=24,
        basis=_CARE,
        done="supprimé, faits du journal supprimés et déclarés",
    ),
    Rule(
        kept=Kept.PROVISIONAL,
        what="Personne notée en identité provisoire, jamais confirmée",
        since="le dernier échange, à défaut sa création",
        months=12,
        basis=_CARE,
        done="oubliée, serveur et postes\u00a0; faits du journal supprimés et déclarés",
    ),
    Rule(
        kept=Kept.PERSONS,
        what="Échanges, messages, notes, demandes, promesses et rendez-vous d’une personne",
        since="le dernier échange ou rendez-vous",
        months=24,
        basis=_CARE,
        done="oubliés avec la personne, serveur et postes\u00a0; faits du journal supprimés et déclarés",
    ),
    Rule(
        kept=Kept.READS,
        what="Journal d’accès aux dossiers, ouvertures exceptionnelles, remises à la personne",
        since="l’accès",
        months=12,
        basis=_PROOF,
        done="supprimés\u00a0; le journal garde l’empreinte d’où la chaîne repart",
    ),
    Rule(
        kept=Kept.ADDRESSES,
        what="Adresse réseau du poste d’où une commande ou une lecture est venue",
        since="la commande ou la lecture",
        months=12,
        basis=_PROOF,
        done="supprimée\u00a0; le journal garde la commande et l’empreinte de l’adresse",
    ),
    Rule(
        kept=Kept.EXPORTS,
        what="Fichiers remis à une personne qui exerce son droit d’accès",
        since="la remise",
        days=7,
        basis="Obligation légale\u00a0: droit d’accès (art. 12 et 15)",
        done="fichiers supprimés du dossier des exports",
    ),
    Rule(
        kept=Kept.POSTED,
        what="Messages d’un standard qui n’ont pas pu être lus",
        since="la réception",
        days=30,
        basis=_CARE,
        done="supprimés",
    ),
    Rule(
        kept=Kept.HELD,
        what="Commande d’un poste gardée à part, renvoyée et exécutée depuis",
        since="son exécution",
        days=1,
        basis=_CARE,
        done="supprimée la nuit même\u00a0; ce qu’elle a fait est dans le journal",
    ),
    Rule(
        kept=Kept.OPPOSITIONS,
        what="Préférences, refus et oppositions",
        since="leur expression",
        basis="Obligation légale\u00a0: respecter l’opposition (art. 21)",
        done="gardés tant que la personne est connue, oubliés avec elle",
        is_swept=False,
    ),
    Rule(
        kept=Kept.AGENTS,
        what="Chiffres par agent",
        since="leur calcul",
        months=6,
        basis="Intérêt légitime\u00a0: organiser l’accueil (art. 6.1 f)",
        done="jamais enregistrés\u00a0: calculés à la lecture, par équipes de cinq et plus",
        is_swept=False,
    ),
    Rule(
        kept=Kept.BACKUPS,
        what="Sauvegardes de la base",
        since="la sauvegarde",
        days=35,
        basis="Obligation légale\u00a0: sécurité (art. 32)",
        done="supprimées par qui les fait, hors de ce programme",
        is_swept=False,
    ),
)
_RULES = {rule.kept: rule for rule in RULES}


def rule_of(kept: Kept) -> Rule:
    """The rule of one kind of thing."""
    return _RULES[kept]
