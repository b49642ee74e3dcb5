"""An Asterisk 22 or later, read through its manager interface."""
