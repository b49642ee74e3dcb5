"""Speed as a ratio to a bare limit measured in the same run."""
