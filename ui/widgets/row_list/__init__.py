"""A list of rows in columns, moved through by arrows: it knows nothing of what it lists."""

from ui.widgets.row_list.cells import Action as Action
from ui.widgets.row_list.cells import Cell as Cell
from ui.widgets.row_list.cells import ListRow as ListRow
from ui.widgets.row_list.cells import Mark as Mark
from ui.widgets.row_list.view import RowList as RowList
