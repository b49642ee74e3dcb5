"""Freezes today's wire under its version: done once, when that version is released."""

import msgspec

from tests.sync.wire import path_of, wire_of_today

if __name__ == "__main__":
    today = wire_of_today()
    path_of(today.version).write_bytes(msgspec.json.format(msgspec.json.encode(today), indent=1) + b"\n")
