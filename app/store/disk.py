"""Makes what was written and renamed outlast a power cut."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Have the names of a folder on the disk."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def sync_file(path: Path) -> None:
    """Have what a file holds on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
