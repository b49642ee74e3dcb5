"""The rows of the directory, the roster, the service sheets, the notices of the day, the messages."""

import sqlalchemy as sa

from app.store.columns import at, key, maybe, metadata, position, text

directory_entry = sa.Table(
    "directory_entry",
    metadata,
    key("establishment"),
    key("id"),
    text("kind"),
    text("name"),
    text("detail"),
    text("service"),
    text("extension"),
    text("dect"),
    text("mobile"),
    text("words"),
    position(),
    sa.Index("directory_entry_extension", "establishment", "extension"),
)

directory_import = sa.Table(
    "directory_import",
    metadata,
    key("establishment"),
    key("source"),
    sa.Column("count", sa.BigInteger, nullable=False, server_default="0"),
    at("imported_at"),
    position(),
)

duty_shift = sa.Table(
    "duty_shift",
    metadata,
    key("establishment"),
    key("id"),
    text("specialty"),
    text("who"),
    text("number"),
    at("starts_at"),
    at("ends_at"),
    position(),
    sa.Index("duty_shift_ends", "establishment", "ends_at"),
)

service_sheet = sa.Table(
    "service_sheet",
    metadata,
    key("establishment"),
    key("entry"),
    text("hours"),
    text("access"),
    text("remarks"),
    text("calls"),
    text("say"),
    text("never_say"),
    text("chain"),
    text("author"),
    text("written_on"),
    text("valid_until"),
    position(),
)

service_notice = sa.Table(
    "service_notice",
    metadata,
    key("establishment"),
    key("id"),
    text("service"),
    text("topic"),
    text("title"),
    text("text"),
    text("by"),
    at("published_at"),
    at("ends_at"),
    position(),
    sa.Index("service_notice_service", "establishment", "service"),
)

WAITING = "state <> 'done' AND state <> 'withdrawn' AND steps < 2"
"""Of a message to call back: neither done, taken back, nor already with the supervisor."""

call_back_note = sa.Table(
    "call_back_note",
    metadata,
    key("establishment"),
    key("id"),
    maybe("person"),
    maybe("contact"),
    text("recipient"),
    text("recipient_name"),
    text("recipient_service"),
    text("text"),
    text("state"),
    at("due_at"),
    text("by"),
    text("by_service"),
    at("left_at"),
    text("read_by"),
    at("read_at"),
    text("done_by"),
    at("done_at"),
    sa.Column("steps", sa.BigInteger, nullable=False, server_default="0"),
    text("escalated_to"),
    text("escalated_service"),
    at("escalated_at"),
    position(),
    sa.Index("call_back_note_person", "establishment", "person"),
    sa.Index("call_back_note_contact", "establishment", "contact"),
    sa.Index("call_back_note_recipient", "establishment", "recipient_service", "state", "done_at"),
    sa.Index("call_back_note_escalated", "establishment", "escalated_service", "state", "done_at"),
    sa.Index("call_back_note_author", "establishment", "by", "state", "done_at"),
    sa.Index(
        "call_back_note_due",
        "establishment",
        "due_at",
        sqlite_where=sa.text(WAITING),
        postgresql_where=sa.text(WAITING),
    ),
)
