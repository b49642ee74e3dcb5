"""A whole disk as a thief has it: a desk at work in a process of its own, and a reader of every byte."""
