"""What the product knows and does: no Qt, no web framework."""
