"""The rows of what a person lets us send: what was said, and the numbers that said STOP (rules R16)."""

import sqlalchemy as sa

from app.store.columns import at, key, maybe, metadata, position, text

preference = sa.Table(
    "preference",
    metadata,
    key("establishment"),
    key("person"),
    key("purpose"),
    key("channel"),
    key("act"),
    text("choice"),
    text("basis"),
    text("source"),
    text("informed"),
    text("informed_on"),
    text("reason"),
    text("by"),
    at("said_at"),
    at("withdrawn_at"),
    position(),
    sqlite_with_rowid=False,
)
"""Everything that was said, by the command that wrote it: the last word that was not undone counts."""

stop = sa.Table(
    "stop",
    metadata,
    key("establishment"),
    key("number"),
    key("channel"),
    key("person"),
    key("act"),
    maybe("contact"),
    at("stopped_at"),
    at("lifted_at"),
    text("lifted_by"),
    text("lifted_source"),
    text("lifted_on"),
    text("lifted_basis"),
    position(),
    sa.Index("stop_person", "establishment", "person"),
    sqlite_with_rowid=False,
)
"""The numbers of known persons that said STOP, each time, and how it was lifted: one not lifted counts."""

refusal_mark = sa.Table(
    "refusal_mark",
    metadata,
    key("establishment"),
    key("mark"),
    key("channel"),
    key("purpose"),
    at("kept_at"),
    sqlite_with_rowid=False,
)
"""What numbers refused, whosever they are, as keyed hashes: the server's alone. Without a purpose, STOP."""
