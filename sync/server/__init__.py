"""The server's end: routes, live feed, outside lines, due work."""
