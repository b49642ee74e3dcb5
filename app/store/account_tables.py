"""The rows of who may come in: accounts and their tokens, desks, and what was held back of the disabled."""

import sqlalchemy as sa

from app.store.columns import UtcAt, metadata
from app.store.columns import at as _at
from app.store.columns import key as _key
from app.store.columns import text as _text

account = sa.Table(
    "account",
    metadata,
    _key("establishment"),
    _key("login"),
    _text("name"),
    _text("password_hash"),
    _text("role"),
    _text("services"),
    _text("extension"),
    _text("state"),
    _text("subject"),
)
"""`subject` is the identity provider's own name of that person, from the first sign-in there on."""

account_past = sa.Table(
    "account_past",
    metadata,
    _key("establishment"),
    _key("login"),
    sa.Column("until", UtcAt, primary_key=True),
    _text("role"),
)
"""Which role an account had until a moment: a command is judged by the role its author had."""

token = sa.Table(
    "token",
    metadata,
    _key("hash"),
    _text("establishment"),
    _text("login"),
    _text("use"),
    _at("expires_at"),
    _text("family"),
    _at("used_at"),
)
"""`family` is of one password given: what it opened and what renewed it; `used_at` is of a renewal."""

desk = sa.Table(
    "desk",
    metadata,
    _key("establishment"),
    _key("id"),
    _text("secret_hash"),
    _text("enrolled_by"),
    _at("enrolled_at"),
    _at("revoked_at"),
)
"""The desks enrolled: each hands over what was done at it, whoever sits there now."""

sitting = sa.Table(
    "sitting",
    metadata,
    _key("establishment"),
    _key("id"),
    _text("login"),
    _text("public_key"),
    _at("began_at"),
    sa.Index("sitting_began", "establishment", "began_at"),
)
"""Each time a password was given: what checks the signatures of its author from then on, and makes none."""

held_command = sa.Table(
    "held_command",
    metadata,
    _key("establishment"),
    _key("id"),
    _text("reason"),
    _text("author"),
    _text("desk"),
    _text("address"),
    _text("command_kind"),
    _at("received_at"),
    sa.Column("message", sa.LargeBinary, nullable=False),
    sa.Index("held_command_received", "establishment", "received_at"),
)
"""Commands kept whole and not run: the administrator's list (sync rule 8)."""

ACCOUNTS: tuple[sa.Table, ...] = (account, account_past, token, desk, sitting, held_command)
