#!/usr/bin/env bash
# The demonstration: installs what is missing, starts the server and opens the console.
# Without a screen it plays the demo day; see README.md for the options.
set -euo pipefail
cd "$(dirname "$0")/.."
source installers/lib/packages.sh
source installers/lib/environment.sh

use_environment run
need_packages "${screen_needs[@]}"
[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || export QT_QPA_PLATFORM=offscreen
[ -e ui/__main__.py ] || { say 'the console is not built yet'; exit 2; }
exec .venv/bin/python -m ui --demo "$@"
