"""Where anything of a person is kept: every such table is handed over at an access request, or named.

A new table that may hold something of a person fails a test until it stands in one of the two.
"""

import sqlalchemy as sa

from app.store import account_tables, tables

HANDED_OVER: tuple[sa.Table, ...] = (
    tables.person,
    tables.person_number,
    tables.preference,
    tables.stop,
    tables.relative,
    tables.relative_name,
    tables.contact,
    tables.case,
    tables.commitment,
    tables.commitment_act,
    tables.appointment,
    tables.call_back_note,
    tables.line_act,
    tables.person_scope,
    tables.glass,
    tables.access_log,
    account_tables.held_command,
    tables.kept_message,
    tables.journal_body,
)
"""In the order in which they are read."""

LEFT_OUT: tuple[sa.Table, ...] = (
    tables.timeline,
    tables.person_form,
    tables.superseded,
    tables.journal,
    tables.journal_address,
    tables.duty_shift,
    tables.voicemail,
    tables.refusal_mark,
    tables.number_set_aside,
    tables.double,
    account_tables.account,
    tables.triage,
)
"""Tables of which nothing is handed over; the words of the export say why of each."""

AGENTS = frozenset(
    (
        *("by", "agent", "author", "owner", "extension", "ringing", "told_by", "taken_by", "read_by"),
        *("done_by", "transferred_by", "recipient", "recipient_name", "escalated_to", "desk", "lifted_by"),
        "address",
    )
)
"""Columns and fields that name who works here: the person is told of services (rules R25)."""
OTHERS = frozenset(("candidates", "proposed", "person_before", "other_person", "into", "was"))
"""Columns and fields that name other persons."""
WORDS = frozenset(
    (
        *("note", "subject", "body", "text", "what", "title", "reason", "closing", "missing"),
        *("transfer_note", "pending_note", "case_title", "full_name", "scope"),
    )
)
"""What somebody wrote freely: where something about a third person may stand."""
