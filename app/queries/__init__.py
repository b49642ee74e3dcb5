"""Reads: one function per question, answering a frozen struct made for one panel."""
