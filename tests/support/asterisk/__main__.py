"""Makes the exchange's root before the tests need it, and says which Asterisk it holds."""

import sys

from tests.support.asterisk.root import NoExchange, asterisk_root


def main() -> int:
    """Print the version, or the reason why there is none."""
    try:
        root, version = asterisk_root()
    except NoExchange as reason:
        print(reason, file=sys.stderr)
        return 1
    print(f"Asterisk {version} in {root}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
