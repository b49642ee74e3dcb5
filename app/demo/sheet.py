"""Rows as the database keeps them, complete and in the order of their columns."""

from datetime import datetime
from typing import Any, TypeAlias

import sqlalchemy as sa

from app.store.tables import EPOCH, MICROSECOND, UtcAt

Row: TypeAlias = dict[str, Any]


def microseconds(at: datetime) -> int:
    """An aware datetime as the tables keep it."""
    return (at - EPOCH) // MICROSECOND


def _blank(column: sa.Column[Any]) -> Any:
    if isinstance(column.type, UtcAt) or column.nullable:
        return None
    return 0 if isinstance(column.type, sa.Integer) else ""


class Sheet:
    """A batch under way: rows by table, all of one establishment."""

    def __init__(self, establishment: str) -> None:
        self._establishment = establishment
        self._blanks: dict[sa.Table, Row] = {}
        self.rows: dict[sa.Table, list[Row]] = {}

    def add(self, table: sa.Table, **values: Any) -> Row:
        """Write one row; times are microseconds, what is not given is empty."""
        blank = self._blanks.get(table) or self._begin(table)
        row = blank | values
        self.rows[table].append(row)
        return row

    def take(self) -> dict[sa.Table, list[Row]]:
        """The rows so far; the sheet is empty again."""
        taken, self.rows = self.rows, {table: [] for table in self.rows}
        return taken

    def _begin(self, table: sa.Table) -> Row:
        blank = {column.name: _blank(column) for column in table.columns}
        blank["establishment"] = self._establishment
        self._blanks[table] = blank
        self.rows[table] = []
        return blank
