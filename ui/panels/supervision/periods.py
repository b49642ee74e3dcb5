"""The closed week in words."""

from app.queries.trends import Trends
from ui.translate import say
from ui.viewmodels.team_week import TeamWeek
from ui.wording import NBSP, months


def period(week: Trends | TeamWeek) -> str:
    """« 9 au 15 nov. », « 28 sept. au 4 oct. »."""
    last = f"{week.last.day}{NBSP}{months()[week.last.month - 1]}"
    first = str(week.first.day)
    if week.first.month != week.last.month:
        first += f"{NBSP}{months()[week.first.month - 1]}"
    return say("{first} au {last}").format(first=first, last=last)
