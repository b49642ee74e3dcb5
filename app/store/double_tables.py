"""What the server keeps of two records that may be one human: the decision, and what is to be sorted."""

import sqlalchemy as sa

from app.store.columns import at, key, metadata, position, text

double = sa.Table(
    "double_decision",
    metadata,
    key("establishment"),
    key("person"),
    key("other"),
    text("state"),
    text("by"),
    at("at"),
    text("act"),
    text("signalled_by"),
    at("signalled_at"),
    at("compared_at"),
    position(),
    sa.Index("double_decision_other", "establishment", "other"),
    sa.Index("double_decision_state", "establishment", "state", "at"),
)
"""`person` is the lesser of the two ids, so that a pair has one row; `at` is when `state` was decided.

`act` is the command that told them apart, empty of any other decision; who signalled them is kept
beneath, and `compared_at`: when somebody who signalled or merged them said that the traits were compared.
"""

triage = sa.Table(
    "triage",
    metadata,
    key("establishment"),
    key("item"),
    text("kind"),
    text("person"),
    text("was"),
    at("parted_at"),
    position(),
    sa.Index("triage_person", "establishment", "person"),
    sa.Index("triage_was", "establishment", "was"),
    sa.Index("triage_parted", "establishment", "parted_at"),
)
"""What came while `person` pointed to `was`: a contact, or a commitment made outside any."""
