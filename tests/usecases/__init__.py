"""Every use case: what it makes known, and what it refuses."""
