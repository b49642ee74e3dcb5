"""French first: every text a person reads passes here, so that another language can replace it."""

from PySide6.QtCore import QCoreApplication

CONTEXT = "filrouge"


def say(french: str) -> str:
    """The text in the language of the desk; placeholders are filled by the caller."""
    return QCoreApplication.translate(CONTEXT, french)
