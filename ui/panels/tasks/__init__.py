"""« Rappels promis et tâches »: the rows of each tab, and beside them what is needed to act."""

from ui.panels.tasks.rows import rows_of as rows_of
from ui.panels.tasks.side import TaskSide as TaskSide
