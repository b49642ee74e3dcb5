"""Commands in, facts out: one function per command, one module per noun."""
