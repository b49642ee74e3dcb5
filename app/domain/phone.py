"""Reads a telephone number however it is written, so that one caller is one number everywhere."""

import re
import unicodedata
from collections.abc import Iterator

import msgspec
import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from app.domain.words import NumberKind

OVERSEAS = ("GP", "MQ", "GF", "RE", "YT", "PM", "NC", "PF")
_FRENCH_CODES = ("+33", "+262", "+590", "+594", "+596")
_HIDDEN = frozenset(
    (
        "",
        "anonymous",
        "anonyme",
        "blocked",
        "hidden",
        "inconnu",
        "masque",
        "no number",
        "none",
        "not available",
        "null",
        "numero inconnu",
        "numero masque",
        "numero prive",
        "prive",
        "private",
        "private number",
        "prohibited",
        "restricted",
        "unavailable",
        "unknown",
        "withheld",
    )
)
_LINK = re.compile(r"(?:tel|sips?|callto):(?://)?", re.IGNORECASE)
"""How a page, a soft phone or an exchange writes a number as a link (RFC 3966, RFC 3261)."""
_ESCAPED = re.compile(r"%([0-7][0-9A-F])", re.IGNORECASE)
_TRUNK_ZERO = re.compile(r"\(\s*0\s*\)")
_SEPARATORS = re.compile(r"[\s.,\-/()\u2010-\u2015\u2212\u200b\u202a-\u202e_]+")
_DIALLED = re.compile(r"\+?[0-9]{2,20}")
_NATIONAL = re.compile(r"0[1-9][0-9]{8}|00[1-9][0-9]{6,}|\+[0-9]+")
_MAX_EXTENSION_DIGITS = 5
_MAX_RAW = 200


class Number(msgspec.Struct, frozen=True, kw_only=True):
    """A number as read: `e164` is the bare extension when internal, empty when not readable."""

    e164: str
    kind: NumberKind
    raw: str


def normalise(number_raw: str, *, prefix: str = "") -> Number:
    """Read any text as a number and never raise; `prefix` is what the exchange dials out with."""
    text = _plain(number_raw[:_MAX_RAW])
    if _is_hidden(text):
        return Number(e164="", kind=NumberKind.HIDDEN, raw=number_raw)
    digits = _without_prefix(_compact(text), prefix)
    if _DIALLED.fullmatch(digits) is None:
        return Number(e164="", kind=NumberKind.UNREADABLE, raw=number_raw)
    if digits[0] != "+" and len(digits) <= _MAX_EXTENSION_DIGITS:
        return Number(e164=digits, kind=NumberKind.INTERNAL, raw=number_raw)
    e164 = _e164(digits)
    kind = NumberKind.KNOWN_FORMAT if e164 else NumberKind.UNREADABLE
    return Number(e164=e164, kind=kind, raw=number_raw)


def display(e164: str) -> str:
    """« 06 39 98 41 07 » for France and its departments overseas, « +32 2 … » for the rest."""
    for code in _FRENCH_CODES:
        national = e164.removeprefix(code)
        if national != e164 and len(national) == 9:
            return _pairs("0" + national)
    number = _parse(e164, None) if e164.startswith("+") else None
    if number is None:
        return e164
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def _plain(number_raw: str) -> str:
    text = unicodedata.normalize("NFKC", number_raw).strip(" \t\r\n<>\"'")
    if link := _LINK.match(text):
        text = _ESCAPED.sub(_unescaped, text[link.end() :]).partition(";")[0]
    return text.partition("@")[0].strip(" \t\r\n<>\"'")


def _unescaped(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16))


def _is_hidden(text: str) -> bool:
    bare = unicodedata.normalize("NFD", text.lower())
    word = "".join(char for char in bare if not unicodedata.combining(char))
    return word in _HIDDEN or set(_compact(word)) == {"0"}


def _compact(text: str) -> str:
    return _SEPARATORS.sub("", _TRUNK_ZERO.sub("", text))


def _without_prefix(digits: str, prefix: str) -> str:
    rest = digits.removeprefix(prefix)
    return rest if prefix and _NATIONAL.fullmatch(rest) else digits


def _e164(digits: str) -> str:
    return next((found for found in map(_stable, _readings(digits)) if found), "")


def _readings(digits: str) -> Iterator[PhoneNumber]:
    """Every plausible reading, best first: a number reserved for fiction is only « possible »."""
    if digits.startswith(("+", "00")):
        number = _parse("+" + digits.lstrip("+0"), None)
        if number is not None and phonenumbers.is_possible_number(number):
            yield number
        return
    for region in ("FR", *OVERSEAS):
        number = _parse(digits, region)
        if number is not None and phonenumbers.is_valid_number(number):
            yield number
    french = _parse(digits, "FR")
    if french is not None and phonenumbers.is_possible_number(french):
        yield french
    foreign = _parse("+" + digits, None)
    if foreign is not None and phonenumbers.is_valid_number(foreign):
        yield foreign


def _stable(number: PhoneNumber) -> str:
    """The E.164 form, if reading it again gives the same."""
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    again = _parse(e164, None)
    if again is None or not phonenumbers.is_possible_number(again):
        return ""
    return e164 if phonenumbers.format_number(again, PhoneNumberFormat.E164) == e164 else ""


def _parse(digits: str, region: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(digits, region)
    except NumberParseException:
        return None


def _pairs(national: str) -> str:
    return " ".join(national[at : at + 2] for at in range(0, len(national), 2))
