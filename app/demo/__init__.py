"""The fictitious hospital, drawn from a seed and an anchor in time."""
