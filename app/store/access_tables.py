"""The rows of the records opened out of scope, on the server and at the desks that are told."""

import sqlalchemy as sa

from app.store.columns import at, key, maybe, metadata, position, text

glass = sa.Table(
    "glass",
    metadata,
    key("establishment"),
    key("id"),
    text("person"),
    text("by"),
    text("reason"),
    text("protected"),
    maybe("contact"),
    at("broken_at"),
    at("until"),
    at("closed_at"),
    position(),
    sa.Index("glass_person", "establishment", "person"),
    sa.Index("glass_broken", "establishment", "broken_at"),
    sa.Index(
        "glass_open",
        "establishment",
        "until",
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    ),
)
"""Each time the glass was broken: who, for whom, why, until when."""
