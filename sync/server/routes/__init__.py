"""The server's HTTP doors, each thin."""
