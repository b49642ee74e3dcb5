"""The rows of what is set of the whole house: one each at most, and the same at every desk."""

import sqlalchemy as sa

from app.store.columns import at, key, metadata, position, text

place = sa.Table(
    "place", metadata, key("establishment"), text("zone"), text("region"), text("legal_form"), position()
)
"""Where the establishment stands and what it is in law: one row, or none in Paris, and public."""

naming = sa.Table(
    "naming",
    metadata,
    key("establishment"),
    text("consulted_on"),
    text("informed_on"),
    text("analysed_on"),
    position(),
)
"""By which dates supervision may name agents: one row, or none while nothing is dated."""

desk_order = sa.Table(
    "desk_order",
    metadata,
    key("establishment"),
    key("desk"),
    at("rekey_at"),
    position(),
)
"""What a desk is to do by itself, by its id: `rekey_at` says when it was last asked for another key."""
