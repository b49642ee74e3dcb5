"""What is said of a task."""

from datetime import datetime

from app.domain.phone import display
from app.domain.words import Channel, CommitmentState, Ending, Reach
from app.queries.day import DayContact
from app.queries.tasks import DemandTask, DoneTask, PromiseTask, UntracedTask
from ui.discretion import altered, called, filled, hidden, in_dots, joined
from ui.translate import counted, say
from ui.viewmodels.task_page import Due, Task, TaskPage
from ui.wording import (
    birth,
    born,
    capital,
    channel_word,
    clock,
    day_of,
    delay,
    duration,
    local,
    long_day,
    short_name,
    small,
    span_words,
    weekday_of,
)

_AFTERNOON = 13
_WEEK = 7


def name_of(task: Task) -> str:
    """« DUBREUIL Martine », else the number, else that nobody is identified."""
    name = called(task.birth_name, task.first_given_name)
    if name:
        return name
    number = task.number if isinstance(task, UntracedTask) else ""
    return in_dots(display(number)) if number else say("Personne non identifiée")


def born_of(task: Task) -> str:
    """« née le 14/03/1958 », or nothing of somebody unknown."""
    return joined(" ", (small(born(task.sex)), birth(task.birth_date))) if task.person else ""


def mine_of(page: TaskPage) -> list[PromiseTask]:
    """The promises that count on me, soonest due first."""
    return [task for task in page.board.promises if page.is_mine(task)]


def called_off(task: PromiseTask) -> str:
    """What the promise is about: « Résultats d’IRM du genou », else « Rappel »."""
    return hidden(task.what) or task.about or say("Rappel")


def what_of(task: PromiseTask | DoneTask) -> str:
    """« Rappeler : résultats d’IRM du genou », « Confirmer le créneau par WhatsApp »."""
    subject = hidden(task.what) or task.about
    if task.channel is Channel.PHONE:
        words = say("Rappeler : {subject}")
        return filled(words, subject=altered(subject, small)) if subject else say("Rappeler")
    by = _by_channel(task.channel)
    return joined(" ", (subject or say("Répondre"), by)) if by else subject


def owner_of(task: PromiseTask, page: TaskPage) -> str:
    """« Moi », « S. Haddad », or the service."""
    if not task.has_named_owner:
        return task.owner_name
    return say("Moi") if task.owner == page.me.login else short_name(task.owner_name)


def attempts_words(task: PromiseTask) -> str:
    """« aucun essai », « 1 essai, répondeur », « 2 essais, pas de réponse »."""
    if not task.attempts:
        return say("aucun essai")
    words = counted(task.attempts, one=say("{count} essai"), many=say("{count} essais"))
    how = {Reach.VOICEMAIL.value: say("répondeur"), Reach.NO_ANSWER.value: say("pas de réponse")}
    last = how.get(task.last_how, "")
    return words + (f", {last}" if last else "")


def group_words(group: Due, first: datetime) -> str:
    """« En retard », « Aujourd’hui », « Demain, mercredi 25 novembre », « Plus tard »."""
    return {
        Due.LATE: say("En retard"),
        Due.TODAY: say("Aujourd’hui"),
        Due.TOMORROW: say("Demain, {day}").format(day=long_day(first)),
        Due.LATER: say("Plus tard"),
    }[group]


def late_words(due_at: datetime, now: datetime) -> str:
    """« En retard de 16 h 28 », « Dans 32 min »."""
    if due_at >= now:
        return delay(due_at, now)
    return say("En retard de {span}").format(span=span_words(now - due_at))


def since_words(at: datetime | None, now: datetime) -> str:
    """« ouverte depuis 4 j », « ouverte aujourd’hui »."""
    days = (local(now).date() - local(at or now).date()).days
    return say("ouverte depuis {days}\u00a0j").format(days=days) if days else say("ouverte aujourd’hui")


def lasted_words(task: UntracedTask | DayContact) -> str:
    """« 1 min 48 », « Raccroché après 34 s d’attente »."""
    if task.lasted is None:
        return ""
    span = duration(int(task.lasted.total_seconds()))
    if task.ending in (Ending.ABANDONED, Ending.MISSED):
        return say("Raccroché après {span} d’attente").format(span=span)
    return span


def done_words(task: DoneTask) -> str:
    """« Tenue », « Injoignable »."""
    return say("Tenue") if task.state is CommitmentState.KEPT else say("Injoignable")


def demand_words(task: DemandTask, now: datetime) -> str:
    """« Résultats d’IRM du genou, ouverte depuis 4 j »."""
    return f"{task.title}, {since_words(task.opened_at, now)}"


def act_words(word: str, count: int) -> str:
    """What the notice says of an act."""
    one, several = {
        "kept": (say("Suite enregistrée"), say("Suite enregistrée pour {count} rappels")),
        "postponed": (say("Rappel reporté"), say("{count} rappels reportés")),
        "assigned": (say("Rappel confié"), say("{count} rappels confiés")),
        "given_up": (say("Rappel clos, injoignable"), say("{count} rappels clos, injoignables")),
        "taken": (say("Vous vous en occupez"), say("Vous vous occupez de {count} rappels")),
        "released": (say("Rappel rendu"), say("{count} rappels rendus")),
        "reopened": (say("Rappel rouvert"), say("Rappel rouvert")),
        "promised": (say("Rappel promis"), say("Rappel promis")),
    }[word]
    return one if count == 1 else several.format(count=count)


def _by_channel(channel: Channel) -> str:
    named = {
        Channel.WHATSAPP: say("par WhatsApp"),
        Channel.SMS: say("par SMS"),
        Channel.RCS: say("par RCS"),
        Channel.EMAIL: say("par e-mail"),
        Channel.LETTER: say("par courrier"),
        Channel.PORTAL: say("sur le portail"),
        Channel.DESK: "",
    }
    words = named.get(channel)
    return f"({channel_word(channel)})" if words is None else words


def due_words(due: datetime, now: datetime, *, is_compact: bool) -> str:
    """« 12:00 », « Auj. 17:00 », « Demain 10:00 », « Jeu. 10:00 » or « 24 déc. 17:00 »."""
    ahead = (local(due).date() - local(now).date()).days
    moment = clock(due)
    if ahead == 0:
        is_plain = is_compact or local(due).hour < _AFTERNOON
        return moment if is_plain else say("Auj. {time}").format(time=moment)
    if ahead == 1:
        return say("Demain {time}").format(time=moment)
    return f"{capital(weekday_of(due)) if 0 < ahead < _WEEK else day_of(due)} {moment}"
