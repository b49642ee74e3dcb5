"""Counts what a pytest report holds, as one JSON line, and fails when a test was skipped."""

import json
import sys
import xml.etree.ElementTree as ET


def totals(report: str) -> dict[str, float]:
    """The counts of the JUnit file `report`; seconds to one decimal."""
    suite = next(ET.parse(report).getroot().iter("testsuite")).attrib  # noqa: S314 pytest wrote it just now
    run, skipped = int(suite["tests"]), int(suite["skipped"])
    failed = int(suite["failures"]) + int(suite["errors"])
    return {
        "passed": max(run - failed - skipped, 0),
        "failed": failed,
        "skipped": skipped,
        "seconds": round(float(suite["time"]), 1),
    }


def main() -> int:
    """Print the line of part `argv[1]` from the report `argv[2]`."""
    counted = totals(sys.argv[2])
    sys.stdout.write(json.dumps({"part": sys.argv[1], **counted}) + "\n")
    return 1 if counted["failed"] or counted["skipped"] else 0


if __name__ == "__main__":
    sys.exit(main())
