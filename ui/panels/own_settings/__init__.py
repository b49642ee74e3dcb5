"""The cards of « Réglages » (design 4.14): what is chosen for this desk, and what its keyboard sends."""
