"""Telephone numbers that ring nowhere: the ranges reserved for fiction, shared out to households.

The French ranges hold 60,000 numbers. Each household takes one and some a second one, all the
space is used before any is short, and a number is never shared between households. Beyond,
households have none: they write, come to the desk, or call with a hidden number.
"""

MOBILE = "+3363998"
LANDLINES = ("+3319900", "+3326191", "+3335301", "+3346571", "+3353649")
OVERSEAS = "+26263998"
"""Mayotte's block of the same digits, which the numbering plan gives to nobody."""

_A_RANGE = 10_000
_FIRST_NUMBERS = 45_000
_ALL = _A_RANGE * (1 + len(LANDLINES))
_STEP = 27_449
"""Prime with the size of the space, so that neighbours' numbers do not look alike."""

_KEPT = (410_0, 419_9)
"""The block of 06 39 98 left to the persons of the mock-ups, with a few more."""
_ALSO_KEPT = frozenset((1260, 5520))


def first_number(household: int) -> str:
    """The number of a household, or nothing when the ranges are used up."""
    return _number(household) if household < _FIRST_NUMBERS else ""


def second_number(household: int) -> str:
    """Another number of the same household, while there are some."""
    slot = _FIRST_NUMBERS + household
    return _number(slot) if slot < _ALL else ""


def overseas_number(household: int) -> str:
    """A number overseas, for the first households that have one."""
    return f"{OVERSEAS}{household:04}" if household < _A_RANGE else ""


def _number(slot: int) -> str:
    at, last = divmod(slot * _STEP % _ALL, _A_RANGE)
    if at == 0:
        kept = _KEPT[0] <= last <= _KEPT[1] or last in _ALSO_KEPT
        return "" if kept else f"{MOBILE}{last:04}"
    return f"{LANDLINES[at - 1]}{last:04}"
