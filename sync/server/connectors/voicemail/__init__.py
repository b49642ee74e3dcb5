"""Exchanges whose voicemail hands over what callers said, as files and not as calls."""
