"""Names as they are compared: letters alone, from any of their words on, one mistake forgiven."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from string import ascii_lowercase

_LETTERS = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_SAINTS = {"st": "saint", "ste": "sainte"}
_WORD = re.compile(r"[a-z]+")
LEAST_TO_CORRECT = 3
LEAST_BEGUN = 4
"""Below, a name is only corrected as a whole: three letters are near too many beginnings."""
LAST = "z" * 12
"""Added to a beginning, it comes after all names that begin so, in any alphabetical order."""


class FormKind(StrEnum):
    """Which name of a person a form is of."""

    BIRTH = "birth"
    USED = "used"
    GIVEN = "given"


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name: lower case, without accents, parted at spaces, hyphens, apostrophes."""
    words: list[str] = _WORD.findall(_plain(name))
    return (*(_SAINTS.get(word) or word for word in words[:-1]), *words[-1:])


def compact(name: str) -> str:
    """« LE GALL », « Le-Gall » and « legall » alike: `legall`."""
    return "".join(words_of(name))


def written(name: str) -> str:
    """A birth name as the identity base writes it: capitals without accents."""
    return " ".join(_plain(name).upper().split())


@lru_cache(maxsize=512)
def forms_of(name: str) -> tuple[str, ...]:
    """What may be typed for a name: all of it, or from a later word on (« gall » for LE GALL)."""
    words = words_of(name)
    return tuple(dict.fromkeys("".join(words[first:]) for first in range(len(words))))


@lru_cache(maxsize=512)
def letters_left(typed: str, form: str) -> int | None:
    """How many letters of a form follow what was typed with one mistake; None when it was not typed.

    The mistake is another letter, one more, one less, or two neighbours swapped.
    """
    pairs = enumerate(zip(typed, form, strict=False))
    at = next((at for at, (left, right) in pairs if left != right), min(len(typed), len(form)))
    skipped = [(typed[at + 1 :], at + 1), (typed[at + 1 :], at), (typed[at:], at + 1)]
    if form[at : at + 2] == typed[at : at + 2][::-1]:
        skipped.append((typed[at + 2 :], at + 2))
    left = [len(form) - start - len(rest) for rest, start in skipped if form.startswith(rest, start)]
    return min(left, default=None)


def is_near(typed: str, form: str) -> bool:
    """Whether a form was typed with one mistake, or begun so when enough of it was typed."""
    left = letters_left(typed, form)
    return left is not None and len(typed) >= LEAST_TO_CORRECT and (left <= 0 or len(typed) >= LEAST_BEGUN)


def beginnings(typed: str) -> tuple[str, ...]:
    """What stays before a mistake in a typed form, when its first letter is right."""
    return tuple(typed[:at] for at in range(1, len(typed) + 1)) if len(typed) >= LEAST_TO_CORRECT else ()


def corrections(typed: str, following: dict[str, str] | None = None) -> tuple[str, ...]:
    """All that was perhaps meant by a typed form with one mistake; nothing for a short one.

    `following` are the letters known to come after each of its `beginnings`: what needs another is left out.
    """
    if len(typed) < LEAST_TO_CORRECT:
        return ()
    known = {} if following is None else dict.fromkeys(beginnings(typed), "") | following
    return tuple(word for word in dict.fromkeys(_edited(typed, known)) if word != typed)


def shown_part(name: str, typed: str) -> tuple[int, int] | None:
    """Where a name, as it is written, says a typed form: first character and the one after."""
    whole, places, starts = _lettered(name)
    for start in starts:
        if typed and whole.startswith(typed, start):
            return places[start], places[start + len(typed) - 1] + 1
    return None


@lru_cache(maxsize=512)
def _lettered(name: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """The letters a name says, the character each is of, and which of them begin a word.

    One search compares the same few surnames again and again.
    """
    kept = [(letter, at) for at, written in enumerate(name) for letter in _letters(written)]
    starts = [place for place, (_, at) in enumerate(kept) if at == 0 or not name[at - 1].isalpha()]
    return "".join(letter for letter, _ in kept), tuple(at for _, at in kept), tuple(starts)


def _edited(typed: str, following: Mapping[str, str]) -> list[str]:
    words: list[str] = []
    for at in range(len(typed) + 1):
        before, after, rest = typed[:at], typed[at:], typed[at + 1 :]
        letters = following.get(before, ascii_lowercase)
        if rest and rest[0] in letters:
            words.append(before + rest[0] + after[0] + rest[1:])
        if after and (not rest or rest[0] in letters):
            words.append(before + rest)
        words += [before + letter + after for letter in letters]
        if after:
            words += [before + letter + rest for letter in letters]
    return words


@lru_cache(maxsize=512)
def _letters(written: str) -> str:
    """What one character says, in letters alone: none for a hyphen."""
    return "".join(letter for letter in _plain(written) if letter in ascii_lowercase)


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.lower())
    return "".join(_LETTERS.get(char, char) for char in bare if not unicodedata.combining(char))
