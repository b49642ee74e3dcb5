"""An installation whose administrator saves and restores it, in this process."""

from argparse import Namespace
from pathlib import Path

from app.settings import Settings, read_settings
from sync.server.bootstrap.backups import typed


class Installation:
    """A database, a folder of its own, and the two commands."""

    def __init__(self, url: str, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.url = url
        self.folder = folder
        told = {"FILROUGE_DATABASE_URL": url, "FILROUGE_DATA_DIR": str(folder)}
        self.settings: Settings = read_settings(told, dotenv=folder / "no.env")

    def back_up(self, file: Path, *more: str) -> Path:
        """`filrouge-server backup FILE`; the file. Raises `Failed`."""
        options = Namespace(file=str(file), force="--force" in more, json=True)
        typed.back_up(options, self.settings)
        return file

    def restore(self, file: Path | None, *more: str) -> None:
        """`filrouge-server restore FILE`. Raises `Failed`."""
        options = Namespace(
            file=None if file is None else str(file),
            replace="--replace" in more,
            in_place="--in-place" in more,
            json=True,
        )
        typed.restore(options, self.settings)

    def remember(self) -> None:
        """What `filrouge-server person erase` does once somebody is forgotten."""
        typed.remember(self.settings)
