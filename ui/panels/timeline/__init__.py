"""The history: everything said with one person, by demand, on every channel."""

from ui.panels.timeline.panel import TimelinePanel as TimelinePanel
