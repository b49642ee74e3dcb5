"""What crosses processes, as a person would."""
