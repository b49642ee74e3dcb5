"""Drawing that knows nothing of hospitals."""
