"""How many schedules to play, and which one to play again."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of the sync rules' schedules."""
    parser.addoption("--schedules", type=int, default=500, help="how many seeded schedules to play")
    parser.addoption("--seed", type=int, default=0, help="the first seed; with --schedules 1, the only one")
