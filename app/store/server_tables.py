"""The rows of the server alone, besides the journal: who holds whom, and what is due."""

import sqlalchemy as sa

from app.store.columns import at, key, metadata, position, text

person_scope = sa.Table(
    "person_scope",
    metadata,
    key("establishment"),
    key("person"),
    key("service"),
    position(),
    sa.Index("person_scope_service", "establishment", "service", "person"),
)

lease = sa.Table(
    "lease",
    metadata,
    key("establishment"),
    key("name"),
    text("holder"),
    at("expires_at"),
)
"""What must run once: who runs it, until when unless it is renewed."""

due_work = sa.Table(
    "due_work",
    metadata,
    key("establishment"),
    key("name"),
    text("done_for"),
)
"""The last day for which each daily work was done to its end."""

house_fact = sa.Table(
    "house_fact",
    metadata,
    key("establishment"),
    key("name"),
    text("value"),
)
"""The establishment's own words: name, short name, journal epoch."""
