"""The zones of the first page: the day in figures, who to call back, what came last, who waits."""

from ui.panels.day.aside import ArrivalCard as ArrivalCard
from ui.panels.day.aside import NoticeCard as NoticeCard
from ui.panels.day.aside import QueueCard as QueueCard
from ui.panels.day.figures import DayFiguresStrip as DayFiguresStrip
from ui.panels.day.lists import CallBackCard as CallBackCard
from ui.panels.day.lists import ContactCard as ContactCard
