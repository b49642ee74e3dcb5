"""What desks were told to do by themselves, as rows keep it."""

from datetime import datetime

import sqlalchemy as sa

from app.store import tables
from app.store.columns import EPOCH
from app.store.prepared import Prepared, given


def read_rekey_at(connection: sa.Connection, establishment: str, desk: str) -> datetime:
    """When a desk was last asked to put its files under a new key; 1970 if it never was."""
    row = _ORDER.first(connection, establishment=establishment, desk=desk)
    return EPOCH if row is None or row.rekey_at is None else row.rekey_at


_order = tables.desk_order.c
_ORDER = Prepared(
    sa.select(_order.rekey_at).where(
        _order.establishment == given("establishment"), _order.desk == given("desk")
    )
)
STATEMENTS = (_ORDER,)
"""For the test that keeps them free of scans."""
