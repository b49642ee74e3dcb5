"""The rows of what is set of the whole house: one each at most, and the same at every desk."""

import sqlalchemy as sa

from app.store.columns import key, metadata, position, text

place = sa.Table("place", metadata, key("establishment"), text("zone"), text("region"), position())
"""Where the establishment stands: one row, or none in Paris."""

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
