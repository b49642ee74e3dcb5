"""Parts of a screen, measured and pressed."""
