"""Imports every module of some packages, to prove that an end stands on its own lock."""

import importlib
import pkgutil
import sys

# Alembic runs these itself, on the server only.
RUN_BY_ALEMBIC = "app.store.migrations"


def modules(package: str) -> list[str]:
    """The names of all modules in `package`, itself included."""
    place = importlib.import_module(package).__path__
    found = [module.name for module in pkgutil.walk_packages(place, f"{package}.")]
    return [package, *(name for name in found if not name.startswith(RUN_BY_ALEMBIC))]


def main() -> int:
    """Import what the packages `argv[1:]` hold."""
    for package in sys.argv[1:]:
        for name in modules(package):
            importlib.import_module(name)
    return 0


if __name__ == "__main__":
    sys.path.insert(0, ".")
    sys.exit(main())
