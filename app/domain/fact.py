"""What every fact is: frozen, tagged by its kind, decoded leniently."""

import msgspec


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", omit_defaults=True, gc=False):
    """Decoded leniently: an unknown field is ignored."""
