"""Tests of what a server does when it is due."""
