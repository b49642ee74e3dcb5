"""A screen with a window manager, real key events, and the two windows they may go to."""
