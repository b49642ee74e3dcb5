"""« Consignes du jour »: how many a desk is told at once."""

MOST = 3
"""Of a service; more would not be read (design 4.1)."""
