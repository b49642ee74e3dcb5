#!/usr/bin/env bash
# Renews the locks: hashes, no host name, every platform. `bash installers/lock.sh --upgrade` takes newer versions.
set -euo pipefail
cd "$(dirname "$0")/.."
source installers/lib/packages.sh
source installers/lib/environment.sh

uv=$(find_uv "$(find_python)")
lock() {
  local out=$1; shift
  "$uv" pip compile --no-config --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-header --quiet --output-file "installers/locks/$out.txt" "$@"
}
lock dev --all-extras --group dev pyproject.toml "$@"
lock console --constraints installers/locks/dev.txt --extra console pyproject.toml "$@"
lock server --constraints installers/locks/dev.txt --extra server pyproject.toml "$@"
lock uv "$@" - <<<'uv'
