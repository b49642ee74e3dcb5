"""The rows of who is close to a person: what desks may hold, and the names, the server's alone (R4)."""

import sqlalchemy as sa

from app.store.columns import at, key, metadata, position, text

relative = sa.Table(
    "relative",
    metadata,
    key("establishment"),
    key("person"),
    key("id"),
    text("role"),
    text("number"),
    text("not_informed"),
    text("source"),
    text("since"),
    text("by"),
    at("said_at"),
    at("withdrawn_at"),
    position(),
    sa.Index("relative_number", "establishment", "number"),
    sqlite_with_rowid=False,
)
"""Everybody who was said to be close, by the command that wrote it: who was not withdrawn counts."""

relative_name = sa.Table(
    "relative_name",
    metadata,
    key("establishment"),
    key("person"),
    key("id"),
    text("full_name"),
    text("scope"),
    position(),
    sqlite_with_rowid=False,
)
"""What they are called: the server's alone, where a name told is compared."""
