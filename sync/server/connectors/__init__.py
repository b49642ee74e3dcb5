"""The outside lines: each turns what its exchange says into commands, and decides nothing."""
