"""The numbers of everybody the house knows, as a desk may keep them: keyed hashes (rules R24)."""

import sqlalchemy as sa

from app.store.columns import key, metadata, position, text

number_key = sa.Table(
    "number_key",
    metadata,
    key("establishment"),
    text("secret"),
    position(),
)
"""The establishment's key, in hexadecimal: made by the server, held by its desks."""

number_set_aside = sa.Table(
    "number_set_aside",
    metadata,
    key("establishment"),
    key("number"),
    key("person"),
    text("contact"),
    text("since"),
    position(),
    sa.Index("number_set_aside_person", "establishment", "person"),
    sqlite_with_rowid=False,
)
"""What was written down as a person's number until it was said that another spoke (rules R9)."""

number_mark = sa.Table(
    "number_mark",
    metadata,
    sa.Column("mark", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Which numbers somebody uses: a replica's alone, which is of one establishment."""
