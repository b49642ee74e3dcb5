"""A tooltip that says words as they are: Qt takes for markup whatever begins like it."""

from html import escape


def plain_tip(words: str) -> str:
    """The text to give to `setToolTip`, so that what a person typed is read and never drawn."""
    return f"<qt>{escape(words)}</qt>" if "<" in words else words
