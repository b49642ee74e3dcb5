"""The parts of a screen, each drawing the frozen state it is given."""
