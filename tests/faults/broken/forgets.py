"""A console whose saves go with its process (its desk's file is not kept): the runs must find it out."""

import shutil

from tests.faults.console import Life, main


class Forgets(Life):
    """It begins with nothing, each time."""

    def run(self) -> None:
        """As a console does, in a folder that is empty."""
        shutil.rmtree(self.asked.folder, ignore_errors=True)
        super().run()


if __name__ == "__main__":
    main(Forgets)
