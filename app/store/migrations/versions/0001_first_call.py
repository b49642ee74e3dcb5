"""The tables of the first call."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = {
    "service": "establishment! id! name short_name site hours position#",
    "place": "establishment! zone region legal_form position#",
    "naming": "establishment! consulted_on informed_on analysed_on position#",
    "queue": "establishment! id! name service hours position#",
    "agent": "establishment! id! name service extension left_at@ position#",
    "person": (
        "establishment! id! birth_name first_given_name used_name used_first_name "
        "birth_date sex birth_place ipp postcode identity_status doubt protection "
        "deceased_on preferred_channel preferred_hours same_as? lifted_until@ position#"
    ),
    "person_number": "establishment! number! person! role since until contact position#",
    "number_set_aside": "establishment! number! person! contact since position#",
    "number_key": "establishment! secret position#",
    "desk_order": "establishment! desk! rekey_at@ position#",
    "person_form": "establishment! kind! form! other! person! birth_date position#",
    "preference": (
        "establishment! person! purpose! channel! act! choice basis source informed informed_on reason by "
        "said_at@ withdrawn_at@ position#"
    ),
    "stop": (
        "establishment! number! channel! person! act! contact? stopped_at@ lifted_at@ lifted_by "
        "lifted_source lifted_on lifted_basis position#"
    ),
    "relative": (
        "establishment! person! id! role number not_informed source since by said_at@ withdrawn_at@ position#"
    ),
    "relative_name": "establishment! person! id! full_name scope position#",
    "contact": (
        "establishment! id! person? channel direction service queue number number_kind "
        "number_raw candidates line told_by state extension ringing agent at@ queued_at@ rang_at@ "
        "answered_at@ taken_at@ hold_changed_at@ talk_marks post_call_us@ ended_at@ ending transferred_from "
        "transferred_by transferred_to transferred_at@ transfer_note pending_note overflowed_from "
        "overflowed_at@ queues_left closed_queues voicemail_at@ voicemail_us@ emergency_at@ followed_at@ "
        "motive outcome case_id? joined_by? identified_by? identified_at@ person_before? log_before? "
        "linked_to? linked_by? caller_kind proofs verified_at@ note subject body acknowledged log? "
        "service_before kind_before logged_at@ by position#"
    ),
    "timeline": "establishment! person! at@! contact! channel position#",
    "demand": (
        "establishment! id! person title service motive state opened_at@ closed_at@ closing log joined_by? "
        "position#"
    ),
    "commitment": (
        "establishment! id! person? contact case_id? joined_by? what channel owner by due_at@ "
        "first_due_at@ state made_at@ closed_at@ log service taken_by taken_at@ last_act "
        "follows_call position#"
    ),
    "commitment_act": (
        "establishment! id! commitment! person? act how reason by at@ due_before@ withdrawn_at@ position#"
    ),
    "appointment": (
        "establishment! id! person at@ title clinician place service case_id? state missing position#"
    ),
    "agent_state": "establishment! queue! extension! line state since@ position#",
    "line_act": (
        "establishment! id! line what extension contact? target by state refusal asked_at@ "
        "settled_at@ position#"
    ),
    "superseded": "establishment! old! new position#",
    "directory_entry": ("establishment! id! kind name detail service extension dect mobile words position#"),
    "directory_import": "establishment! source! count# imported_at@ position#",
    "duty_shift": "establishment! id! specialty who number starts_at@ ends_at@ position#",
    "service_sheet": (
        "establishment! entry! hours access remarks calls say never_say chain author written_on "
        "valid_until position#"
    ),
    "service_notice": ("establishment! id! service topic title text by published_at@ ends_at@ position#"),
    "call_back_note": (
        "establishment! id! person? contact? recipient recipient_name recipient_service text state "
        "due_at@ by by_service left_at@ read_by read_at@ done_by done_at@ steps# escalated_to "
        "escalated_service escalated_at@ position#"
    ),
    "glass": (
        "establishment! id! person by reason protected contact? broken_at@ until@ closed_at@ position#"
    ),
    "journal": (
        "establishment! position#! at@ author desk address_mark command_id command_kind scope refusal "
        "field digest previous hash"
    ),
    "journal_body": "establishment! position#! ordinal+! subject? salt% body%",
    "journal_address": "establishment! position#! salt% address",
    "access_log": (
        "establishment! position#! at@ author person contact? reason act address shown+ previous hash"
    ),
    "person_scope": "establishment! person! service! position#",
    "lease": "establishment! name! holder expires_at@",
    "kept_message": "establishment! id! line field at@ body%",
    "voicemail": "establishment! contact! line message field at@ sealed%",
    "due_work": "establishment! name! done_for",
    "account": "establishment! login! name password_hash role services extension state subject",
    "account_past": "establishment! login! until@! role",
    "token": "hash! establishment login use expires_at@ family used_at@",
    "desk": "establishment! id! secret_hash enrolled_by enrolled_at@ revoked_at@",
    "sitting": "establishment! id! login public_key began_at@",
    "held_command": "establishment! id! reason author desk address command_kind received_at@ message%",
    "double_decision": (
        "establishment! person! other! state by at@ act signalled_by signalled_at@ compared_at@ position#"
    ),
    "triage": "establishment! item! kind person was parted_at@ position#",
    "house_fact": "establishment! name! value",
    "refusal_mark": "establishment! mark! channel! purpose! kept_at@",
}
INDEXES = {
    "agent_extension": ("agent", "establishment extension"),
    "person_birth_date": ("person", "establishment birth_date birth_name"),
    "person_ipp": ("person", "establishment ipp"),
    "person_lifted": ("person", "establishment lifted_until"),
    "glass_person": ("glass", "establishment person"),
    "glass_broken": ("glass", "establishment broken_at"),
    "glass_open": ("glass", "establishment until"),
    "person_name": ("person", "establishment birth_name first_given_name"),
    "person_same_as": ("person", "establishment same_as"),
    "person_number_person": ("person_number", "establishment person until"),
    "number_set_aside_person": ("number_set_aside", "establishment person"),
    "stop_person": ("stop", "establishment person"),
    "relative_number": ("relative", "establishment number"),
    "person_form_person": ("person_form", "establishment person"),
    "contact_case": ("contact", "establishment case_id at"),
    "contact_day": ("contact", "establishment at"),
    "contact_link": ("contact", "establishment linked_to"),
    "contact_number": ("contact", "establishment number at"),
    "kept_message_line": ("kept_message", "establishment line at"),
    "voicemail_message": ("voicemail", "establishment message"),
    "voicemail_received": ("voicemail", "establishment at"),
    "line_act_contact": ("line_act", "establishment contact"),
    "line_act_extension": ("line_act", "establishment extension asked_at"),
    "line_act_asked": ("line_act", "establishment state asked_at"),
    "agent_state_extension": ("agent_state", "establishment extension"),
    "demand_person": ("demand", "establishment person opened_at"),
    "commitment_contact": ("commitment", "establishment contact"),
    "demand_service": ("demand", "establishment service state opened_at"),
    "commitment_due": ("commitment", "establishment service state due_at"),
    "commitment_owner": ("commitment", "establishment owner state"),
    "commitment_maker": ("commitment", "establishment by state"),
    "commitment_act_commitment": ("commitment_act", "establishment commitment"),
    "commitment_act_person": ("commitment_act", "establishment person"),
    "commitment_person": ("commitment", "establishment person state"),
    "appointment_person": ("appointment", "establishment person at"),
    "appointment_service": ("appointment", "establishment service at"),
    "directory_entry_extension": ("directory_entry", "establishment extension"),
    "duty_shift_ends": ("duty_shift", "establishment ends_at"),
    "service_notice_service": ("service_notice", "establishment service"),
    "call_back_note_contact": ("call_back_note", "establishment contact"),
    "call_back_note_person": ("call_back_note", "establishment person"),
    "call_back_note_recipient": ("call_back_note", "establishment recipient_service state done_at"),
    "call_back_note_escalated": ("call_back_note", "establishment escalated_service state done_at"),
    "call_back_note_author": ("call_back_note", "establishment by state done_at"),
    "call_back_note_due": ("call_back_note", "establishment due_at"),
    "journal_command": ("journal", "establishment command_id"),
    "journal_body_subject": ("journal_body", "establishment subject"),
    "double_decision_other": ("double_decision", "establishment other"),
    "double_decision_state": ("double_decision", "establishment state at"),
    "triage_person": ("triage", "establishment person"),
    "triage_was": ("triage", "establishment was"),
    "triage_parted": ("triage", "establishment parted_at"),
    "held_command_received": ("held_command", "establishment received_at"),
    "sitting_began": ("sitting", "establishment began_at"),
    "access_log_person": ("access_log", "establishment person at"),
    "person_scope_service": ("person_scope", "establishment service person"),
}
UNIQUE = ("journal_command", "voicemail_message")
WHERE = {
    "call_back_note_due": "state <> 'done' AND state <> 'withdrawn' AND steps < 2",
    "journal_body_subject": "subject IS NOT NULL",
    "contact_link": "linked_to IS NOT NULL",
    "glass_open": "closed_at IS NULL",
    "person_lifted": "lifted_until IS NOT NULL",
    "person_same_as": "same_as IS NOT NULL",
}
"""Indexes that hold these rows alone."""
CLUSTERED = (
    "agent_state",
    "person_number",
    "number_set_aside",
    "person_form",
    "preference",
    "stop",
    "relative",
    "relative_name",
    "refusal_mark",
    "contact",
    "timeline",
    "journal",
    "journal_body",
    "journal_address",
)
"""On SQLite these rows lie in the order of their key."""
_MAYBE = {"nullable": True}
_BIG_KEY = {"primary_key": True, "autoincrement": False}
_KINDS: dict[str, tuple[type[sa.types.TypeEngine[Any]], dict[str, Any]]] = {
    "": (sa.Text, {"nullable": False, "server_default": ""}),
    "?": (sa.Text, _MAYBE),
    "@": (sa.BigInteger, _MAYBE),
    "#": (sa.BigInteger, {"nullable": False, "server_default": "0"}),
    "%": (sa.LargeBinary, {"nullable": False}),
    "!": (sa.Text, {"primary_key": True}),
    "@!": (sa.BigInteger, _BIG_KEY),
    "#!": (sa.BigInteger, _BIG_KEY),
    "+": (sa.Integer, {"nullable": False, "server_default": "0"}),
    "+!": (sa.Integer, _BIG_KEY),
}
"""How a column is written above: its name, then its kind; none is text that is never null."""


def upgrade() -> None:
    """Make the tables, where an earlier start of this version did not."""
    present = set(sa.inspect(op.get_bind()).get_table_names())
    for name, columns in TABLES.items():
        if name not in present:
            op.create_table(name, *map(_column, columns.split()), sqlite_with_rowid=name not in CLUSTERED)
            _create_indexes(name)


def _create_indexes(table: str) -> None:
    for name, (of, columns) in INDEXES.items():
        if of == table:
            where = sa.text(WHERE[name]) if name in WHERE else None
            op.create_index(
                name,
                table,
                columns.split(),
                unique=name in UNIQUE,
                sqlite_where=where,
                postgresql_where=where,
            )


def _column(written: str) -> sa.Column[Any]:
    name = written.rstrip("!?@#%+")
    kind, options = _KINDS[written[len(name) :]]
    return sa.Column(name, kind(), **options)
