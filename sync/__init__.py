"""Every wire: what both ends say, and nothing that decides about hospitals."""
