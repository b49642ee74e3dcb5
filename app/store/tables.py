"""The rows of the product, in three lists: SHARED, SERVER and DESK.

SHARED is what projections write on both ends. `position` is the journal's position that
last set the row: older facts and older bundles are ignored (sync rule 6).
"""

import sqlalchemy as sa

from app.store.access_tables import glass
from app.store.account_tables import ACCOUNTS
from app.store.account_tables import account as account  # noqa: PLC0414 - told again to all who know it from here
from app.store.account_tables import token as token  # noqa: PLC0414 - told again to all who know it from here
from app.store.columns import EPOCH as EPOCH  # noqa: PLC0414 - told again to all who know it from here
from app.store.columns import MICROSECOND as MICROSECOND  # noqa: PLC0414 - told again to all who know it from here
from app.store.columns import UtcAt as UtcAt  # noqa: PLC0414 - told again to all who know it from here
from app.store.columns import at as _at
from app.store.columns import key as _key
from app.store.columns import maybe as _maybe
from app.store.columns import metadata as metadata  # noqa: PLC0414 - told again to all who know it from here
from app.store.columns import position as _position
from app.store.columns import text as _text
from app.store.consent_tables import preference, refusal_mark, stop
from app.store.contact_tables import contact, timeline
from app.store.directory_tables import (
    call_back_note,
    directory_entry,
    directory_import,
    duty_shift,
    service_notice,
    service_sheet,
)
from app.store.double_tables import double, triage
from app.store.house_tables import desk_order, naming, place
from app.store.line_tables import agent_state, kept_message, line_act, voicemail
from app.store.number_tables import number_key, number_mark, number_set_aside
from app.store.relative_tables import relative, relative_name
from app.store.server_tables import due_work, house_fact, lease, person_scope

service = sa.Table(
    "service",
    metadata,
    _key("establishment"),
    _key("id"),
    _text("name"),
    _text("short_name"),
    _text("site"),
    _text("hours"),
    _position(),
)

queue = sa.Table(
    "queue",
    metadata,
    _key("establishment"),
    _key("id"),
    _text("name"),
    _text("service"),
    _text("hours"),
    _position(),
)

agent = sa.Table(
    "agent",
    metadata,
    _key("establishment"),
    _key("id"),
    _text("name"),
    _text("service"),
    _text("extension"),
    _at("left_at"),
    _position(),
    sa.Index("agent_extension", "establishment", "extension"),
)
"""Who works or worked in the house, by login; who left sits at no extension."""

person = sa.Table(
    "person",
    metadata,
    _key("establishment"),
    _key("id"),
    _text("birth_name"),
    _text("first_given_name"),
    _text("used_name"),
    _text("used_first_name"),
    _text("birth_date"),
    _text("sex"),
    _text("birth_place"),
    _text("ipp"),
    _text("postcode"),
    _text("identity_status"),
    _text("doubt"),
    _text("protection"),
    _text("deceased_on"),
    _text("preferred_channel"),
    _text("preferred_hours"),
    _maybe("same_as"),
    _at("lifted_until"),
    _position(),
    sa.Index("person_birth_date", "establishment", "birth_date", "birth_name"),
    sa.Index("person_name", "establishment", "birth_name", "first_given_name"),
    sa.Index("person_ipp", "establishment", "ipp"),
    sa.Index(
        "person_lifted",
        "establishment",
        "lifted_until",
        sqlite_where=sa.text("lifted_until IS NOT NULL"),
        postgresql_where=sa.text("lifted_until IS NOT NULL"),
    ),
    sa.Index(
        "person_same_as",
        "establishment",
        "same_as",
        sqlite_where=sa.text("same_as IS NOT NULL"),
        postgresql_where=sa.text("same_as IS NOT NULL"),
    ),
)
"""`lifted_until` is of replicas alone: until when a desk may read what is hidden from its role or scope."""

person_number = sa.Table(
    "person_number",
    metadata,
    _key("establishment"),
    _key("number"),
    _key("person"),
    _text("role"),
    _text("since"),
    _text("until"),
    _text("contact"),
    _position(),
    sa.Index("person_number_person", "establishment", "person", "until"),
    sqlite_with_rowid=False,
)

person_form = sa.Table(
    "person_form",
    metadata,
    _key("establishment"),
    _key("kind"),
    _key("form"),
    _key("other"),
    _key("person"),
    _text("birth_date"),
    _position(),
    sa.Index("person_form_person", "establishment", "person"),
    sqlite_with_rowid=False,
)
"""Each person's names as they are sought: `kind` is a `FormKind`, `other` the name said beside it."""

case = sa.Table(
    "demand",
    metadata,
    _key("establishment"),
    _key("id"),
    _text("person"),
    _text("title"),
    _text("service"),
    _text("motive"),
    _text("state"),
    _at("opened_at"),
    _at("closed_at"),
    _text("closing"),
    _text("log"),
    _maybe("joined_by"),
    _position(),
    sa.Index("demand_person", "establishment", "person", "opened_at"),
    sa.Index("demand_service", "establishment", "service", "state", "opened_at"),
)

commitment = sa.Table(
    "commitment",
    metadata,
    _key("establishment"),
    _key("id"),
    _maybe("person"),
    _text("contact"),
    _maybe("case_id"),
    _maybe("joined_by"),
    _text("what"),
    _text("channel"),
    _text("owner"),
    _text("by"),
    _at("due_at"),
    _at("first_due_at"),
    _text("state"),
    _at("made_at"),
    _at("closed_at"),
    _text("log"),
    _text("service"),
    _text("taken_by"),
    _at("taken_at"),
    _text("last_act"),
    _text("follows_call"),
    _position(),
    sa.Index("commitment_person", "establishment", "person", "state"),
    sa.Index("commitment_contact", "establishment", "contact"),
    sa.Index("commitment_due", "establishment", "service", "state", "due_at"),
    sa.Index("commitment_owner", "establishment", "owner", "state"),
    sa.Index("commitment_maker", "establishment", "by", "state"),
)

commitment_act = sa.Table(
    "commitment_act",
    metadata,
    _key("establishment"),
    _key("id"),
    _key("commitment"),
    _maybe("person"),
    _text("act"),
    _text("how"),
    _text("reason"),
    _text("by"),
    _at("at"),
    _at("due_before"),
    _at("withdrawn_at"),
    _position(),
    sa.Index("commitment_act_commitment", "establishment", "commitment"),
    sa.Index("commitment_act_person", "establishment", "person"),
)
"""What was done about promises, by the id of the command that did it: attempts are counted here."""

appointment = sa.Table(
    "appointment",
    metadata,
    _key("establishment"),
    _key("id"),
    _text("person"),
    _at("at"),
    _text("title"),
    _text("clinician"),
    _text("place"),
    _text("service"),
    _maybe("case_id"),
    _text("state"),
    _text("missing"),
    _position(),
    sa.Index("appointment_person", "establishment", "person", "at"),
    sa.Index("appointment_service", "establishment", "service", "at"),
)

superseded = sa.Table(
    "superseded",
    metadata,
    _key("establishment"),
    _key("old"),
    _text("new"),
    _position(),
)

SHARED: tuple[sa.Table, ...] = (
    service,
    place,
    naming,
    queue,
    agent,
    person,
    person_number,
    number_set_aside,
    person_form,
    preference,
    stop,
    relative,
    contact,
    timeline,
    case,
    commitment,
    commitment_act,
    appointment,
    agent_state,
    line_act,
    superseded,
    directory_entry,
    directory_import,
    duty_shift,
    service_sheet,
    service_notice,
    call_back_note,
    number_key,
    glass,
    desk_order,
)
REPLICA: tuple[sa.Table, ...] = (number_mark,)
"""What a replica alone keeps: the server has the numbers themselves."""
OF_PERSON: dict[sa.Table, str] = {
    person: "id",
    person_number: "person",
    number_set_aside: "person",
    person_form: "person",
    preference: "person",
    stop: "person",
    relative: "person",
    contact: "person",
    timeline: "person",
    case: "person",
    commitment: "person",
    commitment_act: "person",
    appointment: "person",
    call_back_note: "person",
}
"""The tables whose rows make a whole person, and the column that names that person."""

HOUSE: tuple[sa.Table, ...] = (
    service,
    place,
    naming,
    queue,
    agent,
    directory_entry,
    directory_import,
    duty_shift,
    service_sheet,
    service_notice,
    number_key,
    desk_order,
)
"""What every desk holds whatever its services."""

journal = sa.Table(
    "journal",
    metadata,
    _key("establishment"),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    _at("at"),
    _text("author"),
    _text("desk"),
    _text("address_mark"),
    _text("command_id"),
    _text("command_kind"),
    _text("scope"),
    _text("refusal"),
    _text("field"),
    _text("digest"),
    _text("previous"),
    _text("hash"),
    sa.Index("journal_command", "establishment", "command_id", unique=True),
    sqlite_with_rowid=False,
)

journal_body = sa.Table(
    "journal_body",
    metadata,
    _key("establishment"),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("ordinal", sa.Integer, primary_key=True, autoincrement=False),
    _maybe("subject"),
    sa.Column("salt", sa.LargeBinary, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Index(
        "journal_body_subject",
        "establishment",
        "subject",
        sqlite_where=sa.text("subject IS NOT NULL"),
        postgresql_where=sa.text("subject IS NOT NULL"),
    ),
    sqlite_with_rowid=False,
)

journal_address = sa.Table(
    "journal_address",
    metadata,
    _key("establishment"),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("salt", sa.LargeBinary, nullable=False),
    _text("address"),
    sqlite_with_rowid=False,
)
"""The network address a command came from, apart from its entry: it is let go sooner than what was done."""

access_log = sa.Table(
    "access_log",
    metadata,
    _key("establishment"),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    _at("at"),
    _text("author"),
    _text("person"),
    _maybe("contact"),
    _text("reason"),
    _text("act"),
    _text("address"),
    sa.Column("shown", sa.Integer, nullable=False, server_default="0"),
    _text("previous"),
    _text("hash"),
    sa.Index("access_log_person", "establishment", "person", "at"),
)

SERVER: tuple[sa.Table, ...] = (
    journal,
    journal_body,
    journal_address,
    access_log,
    person_scope,
    relative_name,
    lease,
    kept_message,
    voicemail,
    due_work,
    *ACCOUNTS,
    house_fact,
    double,
    triage,
    refusal_mark,
)
