"""Drawing and keys."""
