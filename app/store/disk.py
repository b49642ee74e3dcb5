"""Makes what was renamed outlast a power cut."""

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
