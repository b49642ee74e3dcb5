"""Break-glass: reading, for a reason and for a while, what one's role or services do not show."""

from datetime import timedelta

OPEN_FOR = timedelta(minutes=30)
"""How long a record opened so stays with whoever opened it."""
LEAST_REASON = 10
"""Letters and digits of a reason: a word thrown in is none."""
_OWN = "@"


def own_scope(login: str) -> str:
    """The scope of the persons whom somebody alone may read; no service has such a name."""
    return _OWN + login


def is_own_scope(scope: str) -> bool:
    """Whether a scope is somebody's, and no service's."""
    return scope.startswith(_OWN)


def is_reason(words: str) -> bool:
    """Whether these words say why."""
    return sum(map(str.isalnum, words)) >= LEAST_REASON
