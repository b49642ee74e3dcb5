"""The rows of the outside lines: what agents do, and what desks ask of their exchange."""

import sqlalchemy as sa

from app.store.columns import at, key, maybe, metadata, position, text

agent_state = sa.Table(
    "agent_state",
    metadata,
    key("establishment"),
    key("queue"),
    key("extension"),
    text("line"),
    text("state"),
    at("since"),
    position(),
    sa.Index("agent_state_extension", "establishment", "extension"),
    sqlite_with_rowid=False,
)
"""What each agent does in each queue: no name, and only at the desks of the queue's service."""

line_act = sa.Table(
    "line_act",
    metadata,
    key("establishment"),
    key("id"),
    text("line"),
    text("what"),
    text("extension"),
    maybe("contact"),
    text("target"),
    text("by"),
    text("state"),
    text("refusal"),
    at("asked_at"),
    at("settled_at"),
    position(),
    sa.Index("line_act_extension", "establishment", "extension", "asked_at"),
    sa.Index("line_act_contact", "establishment", "contact"),
    sa.Index("line_act_asked", "establishment", "state", "asked_at"),
)
"""What a desk asked its exchange to do, and what came of it."""

voicemail = sa.Table(
    "voicemail",
    metadata,
    key("establishment"),
    key("contact"),
    text("line"),
    text("message"),
    text("field"),
    at("at"),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Index("voicemail_message", "establishment", "message", unique=True),
    sa.Index("voicemail_received", "establishment", "at"),
)
"""What callers said, sealed, on the server alone; `field` is at fault in what can't be played."""

kept_message = sa.Table(
    "kept_message",
    metadata,
    key("establishment"),
    key("id"),
    text("line"),
    text("field"),
    at("at"),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Index("kept_message_line", "establishment", "line", "at"),
)
"""What an outside system posted and could not be read: perhaps the only trace of a call, for a month."""
