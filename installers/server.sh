#!/usr/bin/env bash
# Installs the server alone, from this clone: the locked environment, and `filrouge-server` in /usr/local/bin.
set -euo pipefail
cd "$(dirname "$0")/.."
source installers/lib/packages.sh
source installers/lib/environment.sh

use_environment server
ln -sf "$PWD/.venv/bin/filrouge-server" "${1:-/usr/local/bin/filrouge-server}"
say "filrouge-server is installed; what to type next is in resources/help/operation"
