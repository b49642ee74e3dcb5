"""Plays the demonstration's day, and keeps its pictures and times."""
