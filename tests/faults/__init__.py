"""Faults drawn from a seed over real processes, and a checker that compares what was said with what is."""
