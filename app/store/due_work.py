"""Up to which day each daily work was done, so that a restart does it neither twice nor never."""

from datetime import date

import sqlalchemy as sa

from app.store.engine import writing
from app.store.tables import due_work


def read_done_for(engine: sa.Engine, establishment: str, name: str) -> date | None:
    """The last day done to its end; None before the first one."""
    found = sa.select(due_work.c.done_for).filter_by(establishment=establishment, name=name)
    with engine.connect() as connection:
        day = connection.execute(found).scalar_one_or_none()
    return None if day is None else date.fromisoformat(day)


def note_done_for(engine: sa.Engine, establishment: str, name: str, day: date) -> None:
    """This day is done to its end."""
    which = {"establishment": establishment, "name": name}
    with writing(engine) as connection:
        connection.execute(sa.delete(due_work).filter_by(**which))
        connection.execute(sa.insert(due_work).values(**which, done_for=day.isoformat()))
