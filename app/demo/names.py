"""Names, places and postcodes as a French town has them, read from `names.txt`."""

from importlib import resources


def _read(title: str) -> tuple[str, ...]:
    text = (resources.files("app.demo") / "names.txt").read_text("utf-8")
    section = text.partition(f"[{title}]\n")[2].partition("\n\n")[0].replace("\n", " ")
    parting = ";" if title == "places" else ","
    return tuple(name.strip() for name in section.split(parting))


SURNAMES = _read("surnames")
WOMEN = _read("women")
MEN = _read("men")
PLACES = _read("places")
POSTCODES = _read("postcodes")
