"""The questions, on real tables."""
