"""What is shown, without any widget."""
