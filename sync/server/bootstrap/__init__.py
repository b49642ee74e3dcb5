"""Puts the server together: the only room of it that knows every other."""
