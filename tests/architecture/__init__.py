"""What holds the house itself: walls, names, sizes, locks."""
