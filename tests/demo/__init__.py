"""The fictitious hospital is what it says."""
