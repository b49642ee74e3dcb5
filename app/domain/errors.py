"""The one way a rule says no."""


class Refusal(Exception):  # noqa: N818 - it is an answer of the domain, not a fault
    """A rule said no: `code` is what the interface translates, `field` what it points at."""

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(f"{code}: {field}" if field else code)
        self.code = code
        self.field = field


CHANGED_MEANWHILE = "already_changed"
"""Code of what would have replaced somebody else's save unseen."""
PARTIAL = frozenset({"promise_kept_apart"})
"""Codes of what was left out of a command that did all the rest: its entry has facts and a refusal."""
