"""Reads whatever is on a disk: every byte of every file, in each encoding, with a key or without."""

import base64
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "latin-1", "cp1252")
PAGE, SALT, RESERVED, IV = 4096, 16, 80, 16
_LOG_HEAD, _FRAME_HEAD = 32, 24


def words_in(content: bytes, words: Iterable[str]) -> set[str]:
    """Which of these words can be read there, written or shouted, in any encoding."""
    return {word for word in words if any(form in content for form in _forms(word))}


def _forms(word: str) -> set[bytes]:
    spelled = {word, word.upper(), word.lower(), word.title()}
    plain = {one.encode(encoding, "ignore") for one in spelled for encoding in ENCODINGS}
    return plain | {base64.b64encode(word.encode()).rstrip(b"=")}


def secrets_in(content: bytes, key: bytes) -> bool:
    """Whether a key lies there, as it is or as text."""
    texts = (key.hex(), key.hex().upper(), base64.b64encode(key).decode())
    return key in content or bool(words_in(content, texts))


def files_of(disk: Path) -> list[Path]:
    """All of them, however deep."""
    return sorted(path for path in disk.rglob("*") if path.is_file())


def opened(path: Path, key: bytes) -> bytes:
    """Every page of an encrypted file or of its log, used or given up, as its key shows it."""
    content = path.read_bytes()
    pages = _logged(content) if path.name.endswith("-wal") else _paged(content)
    return b"".join(_page(page, key, is_first=is_first) for page, is_first in pages)


def _paged(content: bytes) -> Iterator[tuple[bytes, bool]]:
    for at in range(0, len(content) - PAGE + 1, PAGE):
        yield content[at : at + PAGE], at == 0


def _logged(content: bytes) -> Iterator[tuple[bytes, bool]]:
    for at in range(_LOG_HEAD, len(content) - PAGE - _FRAME_HEAD + 1, PAGE + _FRAME_HEAD):
        page = content[at + _FRAME_HEAD : at + _FRAME_HEAD + PAGE]
        yield page, int.from_bytes(content[at : at + 4], "big") == 1


def _page(page: bytes, key: bytes, *, is_first: bool) -> bytes:
    """SQLCipher 4: AES in CBC, its vector and its sum at the end; the first page begins with the salt."""
    vector = page[-RESERVED : -RESERVED + IV]
    cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return cipher.update(page[SALT if is_first else 0 : -RESERVED]) + cipher.finalize()
