"""The board and the trends of the mock-ups 04 and 04b, as the queries would give them."""

from datetime import date, timedelta

from app.domain.indicators import Indicator, LostCallers, Mean, QueueState, Share, mean_figure
from app.domain.words import Channel
from app.queries.board import Board, Chosen, DayFigures, QueueTile, Seats, Slot
from app.queries.named_seats import NamedSeat, NamedTeam, NamedTeams
from app.queries.reports import QueueReport
from app.queries.trends import HOURS, ChannelRecontact, MotiveRecontact, Trends
from tests.panels.mockup import NOW, paris
from ui.viewmodels.supervision import Supervision

EVERYTHING = Chosen()
QUEUES = (
    ("Standard", 3, 48, 74, 61, (0, 3), QueueState.BELOW_TARGET),
    ("Secr. orthopédie", 1, 12, 91, 24, (0, 1), QueueState.ON_TARGET),
    ("Imagerie", 5, 156, 58, 128, (0, 2), QueueState.CRITICAL),
    ("Chirurgie ambul.", 0, 0, 96, 11, (1, 1), QueueState.ON_TARGET),
    ("Cardiologie", 0, 0, 84, 39, (1, 1), QueueState.ON_TARGET),
    ("Admissions", 2, 64, 79, 50, (0, 2), QueueState.BELOW_TARGET),
)
TEAMS = {
    "Accueil central": (("Samira Haddad", "in_call"),),
    "Admissions": (("Paul Garcin", "held"), ("Julie Roy", "at_desk")),
    "Cardiologie": (("Sophie Anglade", "free"),),
    "Chirurgie ambulatoire": (("Inès Marchal", "free"),),
    "Imagerie": (("Karim Aziz", "in_call"), ("Omar Belkacem", ""), ("Élodie Perrin", "wrap_up")),
    "Orthopédie": (("Claire Morvan", "in_call"),),
    "Standard": (("Marc Dellac", "unavailable"), ("Hugo Lambert", "in_call"), ("Laure Tissot", "in_call")),
}
_ANSWERED = (7, 8, 8, 9, 11, 9, 11, 12, 13, 12, 11, 9)
_ABANDONED = (0, 0, 0, 1, 0, 0, 1, 1, 2, 1, 0, 0)
_PEAKS = (
    (42, 118, 131, 96, 70, 44, 58, 92, 84, 61, 28),
    (38, 102, 121, 92, 66, 40, 52, 88, 79, 55, 25),
    (31, 84, 96, 71, 55, 38, 49, 70, 66, 44, 20),
    (36, 95, 108, 83, 60, 41, 50, 80, 74, 52, 22),
    (40, 99, 112, 86, 64, 39, 47, 76, 69, 40, 15),
    (12, 30, 34, 26, 18, 10, 8, 6, 5, 3, 1),
)
_MOTIVES = (
    ("31", 412, 9, 21, 31, 0.04),
    ("12", 688, 6, 12, 17, -0.02),
    ("81", 233, 3, 8, 16, 0.0),
    ("41", 187, 5, 11, 14, -0.01),
)
_CHANNELS = (
    (Channel.PHONE, 2841, 14, 4),
    (Channel.PORTAL, 402, 33, 41),
    (Channel.EMAIL, 618, 27, 29),
    (Channel.WHATSAPP, 355, 19, 22),
)


def supervision(chosen: Chosen = EVERYTHING, *, is_named: bool = True) -> Supervision:
    """04, read two seconds ago, in a house that may name its agents or not."""
    return Supervision(board=_board(chosen, is_named=is_named), trends=_trends())


def reports() -> tuple[QueueReport, ...]:
    """The last whole week, as the server tells it to a supervisor."""
    talk = mean_figure(Indicator.MEAN_TALK, Mean(timedelta(seconds=185 * 400), 400))
    return (QueueReport(queue=QUEUES[0][0], name=QUEUES[0][0], figures=(talk,)),)


def _board(chosen: Chosen, *, is_named: bool) -> Board:
    return Board(
        choices=tuple((name, name) for name, *_ in QUEUES),
        tiles=tuple(
            QueueTile(
                queue=name,
                name=name,
                waiting=waiting,
                longest_since=NOW - timedelta(seconds=longest) if longest else None,
                received=100,
                service_level=Share(level, 100),
                abandon_rate=Share(abandoned, 1000),
                state=state,
                free=free,
                seats=seats,
            )
            for name, waiting, longest, level, abandoned, (free, seats), state in QUEUES
            if chosen.has(name)
        ),
        named=named() if is_named else None,
        seats=Seats(free=2, in_call=5, held=1, wrap_up=1, at_desk=1, unavailable=1),
        hour=tuple(
            Slot(at=paris(11, 24, 9, 30) + number * timedelta(minutes=5), answered=taken, abandoned=left)
            for number, (taken, left) in enumerate(zip(_ANSWERED, _ABANDONED, strict=True))
        ),
        day=DayFigures(
            felt_wait=timedelta(seconds=52),
            lost=LostCallers(Share(14, 452), 3),
            identification=Share(396, 450),
        ),
        read_at=NOW - timedelta(seconds=2),
    )


def named() -> NamedTeams:
    """« Agents », by the CSE's opinion of 12 June."""
    return NamedTeams(
        consulted_on=date(2026, 6, 12),
        teams=tuple(
            NamedTeam(
                name=team,
                seats=tuple(
                    NamedSeat(team=team, name=name, extension=f"43{number:02}", place=place)
                    for number, (name, place) in enumerate(seated)
                ),
            )
            for team, seated in TEAMS.items()
        ),
    )


def _trends() -> Trends:
    return Trends(
        peaks={
            (day, hour): mean
            for day, means in enumerate(_PEAKS)
            for hour, mean in zip(HOURS, means, strict=True)
        },
        first=date(2026, 11, 9),
        last=date(2026, 11, 15),
        week=Share(150, 1000),
        by_motive=tuple(
            MotiveRecontact(
                motive=motive,
                day=_percent(day, base),
                three_days=_percent(three, base),
                week=_percent(week, base),
                change=change,
            )
            for motive, base, day, three, week, change in _MOTIVES
        ),
        by_channel=tuple(
            ChannelRecontact(channel=channel, week=_percent(week, base), multicontact=_percent(several, base))
            for channel, base, week, several in _CHANNELS
        ),
    )


def _percent(points: int, base: int) -> Share:
    return Share(round(points * base / 100), base)
