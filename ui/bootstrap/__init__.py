"""The composition root: alone in the interface, it knows the console's end of the wire."""

from ui.bootstrap.desk import DeskConsole, desk_of, fresh_desk

__all__ = ["DeskConsole", "desk_of", "fresh_desk"]
