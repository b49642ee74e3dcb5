"""The outside lines, each held to one contract."""
