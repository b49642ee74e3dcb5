"""The qualification panel, beside every contact that is being logged."""

from ui.panels.motive_form.panel import MotiveFormPanel as MotiveFormPanel
