"""The wire between console and server: its rules on the real tables, and the real ends."""
