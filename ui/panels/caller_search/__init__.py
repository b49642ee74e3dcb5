"""Finding who calls: the fields, what was found, and the ways out."""

from ui.panels.caller_search.panel import CallerSearch as CallerSearch
