"""Tests of the console's frame: threads, garbage."""
