"""Saves the whole database in one verified file, and makes a server again from it."""
