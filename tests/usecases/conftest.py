"""Each test on SQLite and on PostgreSQL, in an establishment of its own."""

import pytest
import sqlalchemy as sa

from tests.support.scene import Scene
from tests.support.stores import engine

__all__ = ["engine", "scene"]


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    """A small hospital."""
    return Scene(engine)
