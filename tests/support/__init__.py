"""The real parts the tests start, and their throw-away places."""
