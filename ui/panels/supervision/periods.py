"""The closed week in words."""

from app.queries.trends import Trends
from ui.translate import say
from ui.wording import NBSP, months


def period(trends: Trends) -> str:
    """« 9 au 15 nov. », « 28 sept. au 4 oct. »."""
    last = f"{trends.last.day}{NBSP}{months()[trends.last.month - 1]}"
    first = str(trends.first.day)
    if trends.first.month != trends.last.month:
        first += f"{NBSP}{months()[trends.first.month - 1]}"
    return say("{first} au {last}").format(first=first, last=last)
