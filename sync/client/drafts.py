"""What was typed and not saved yet, so that a console that ends loses none of it."""

import sqlalchemy as sa

from app.ports import Clock
from app.store.engine import writing
from sync.client.desk_tables import draft, notice


class Drafts:
    """One author's unsaved forms, one for each contact, in `desk.db`."""

    def __init__(self, engine: sa.Engine, *, author: str, clock: Clock) -> None:
        self._engine = engine
        self._author = author
        self._clock = clock

    def save(self, contact: str, body: bytes) -> None:
        """Keep what is typed, instead of what was kept before."""
        row = {"author": self._author, "contact": contact, "body": body, "saved_at": self._clock.now()}
        with writing(self._engine) as connection:
            connection.execute(sa.delete(draft).where(*self._of(contact)))
            connection.execute(sa.insert(draft), row)

    def read(self, contact: str) -> bytes | None:
        """What was typed for a contact."""
        with self._engine.connect() as connection:
            return connection.execute(sa.select(draft.c.body).where(*self._of(contact))).scalar_one_or_none()

    def _of(self, contact: str) -> tuple[sa.ColumnElement[bool], ...]:
        return draft.c.author == self._author, draft.c.contact == contact


def read_notices(engine: sa.Engine) -> list[str]:
    """Codes of what the desk must tell, oldest first."""
    with engine.connect() as connection:
        return list(connection.execute(sa.select(notice.c.code).order_by(notice.c.seq)).scalars())


def clear_notices(engine: sa.Engine) -> None:
    """They were read."""
    with writing(engine) as connection:
        connection.execute(sa.delete(notice))
