"""The way down: the journal's entries, cut for each desk, on a stream that each desk reads alone."""
