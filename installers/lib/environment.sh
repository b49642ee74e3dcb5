# Makes .venv from the locks: sourced by run.sh and test.sh, from the repository's top.
#
#   use_environment run|server|dev   run: console and server; server: without Qt; dev: all of it and the tools
#   stands_alone END PACKAGE...   END: console or server

readonly tools_dir="${XDG_CACHE_HOME:-$(echo ~)/.cache}/filrouge/tools"

say() { printf 'filrouge: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

is_recent_python() {
  command -v "$1" >/dev/null && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
  local name
  for name in python3 python3.11 python3.12 python3.13 python3.14; do
    if is_recent_python "$name"; then echo "$name"; return; fi
  done
  return 1
}

# Debian's Python has no ensurepip until python3-venv is there, and refuses pip outside a virtual environment.
install_uv() {
  local python=$1
  "$python" -c 'import ensurepip' 2>/dev/null || install_packages python3-venv
  say 'installing uv'
  rm -rf "$tools_dir"
  "$python" -m venv "$tools_dir"
  "$tools_dir/bin/pip" install --quiet --require-hashes --requirement installers/locks/uv.txt
}

find_uv() {
  local python=$1
  if command -v uv >/dev/null && uv --version >/dev/null 2>&1; then echo uv; return; fi
  [ -x "$tools_dir/bin/uv" ] || install_uv "$python" >&2
  echo "$tools_dir/bin/uv"
}

lock_digest() { cat pyproject.toml "$@" | sha256sum | cut -c1-16; }

use_environment() {
  local kind=$1 python uv locks=()
  is_enough "$kind" && return
  # A developer's environment stays one when what is locked changes.
  [ ! -e .venv/.filrouge-dev ] || kind=dev
  case $kind in
    run) locks=(installers/locks/console.txt installers/locks/server.txt) ;;
    server) locks=(installers/locks/server.txt) ;;
    dev) locks=(installers/locks/dev.txt) ;;
  esac
  find_python >/dev/null || install_packages python3 python3-venv
  python=$(find_python) || fail 'Python 3.11 or later is needed: install it, then start again.'
  uv=$(find_uv "$python")
  .venv/bin/python -c '' 2>/dev/null || "$uv" venv --clear --quiet --python "$python" .venv
  say "installing the locked environment ($kind)"
  rm -f .venv/.filrouge-*
  "$uv" pip sync --quiet --python .venv/bin/python --require-hashes "${locks[@]}"
  "$uv" pip install --quiet --python .venv/bin/python --offline --no-deps --editable .
  stamp_of "$kind" >".venv/.filrouge-$kind"
}

# What the developer's environment has is enough to run, and what both ends have is enough to serve.
is_enough() {
  local made
  for made in dev run server; do
    [ "$(cat ".venv/.filrouge-$made" 2>/dev/null)" != "$(stamp_of "$made")" ] || return 0
    [ "$made" != "$1" ] || return 1
  done
}

# The place is part of it: an editable installation does not survive a move.
stamp_of() {
  case $1 in
    run) lock_digest installers/locks/console.txt installers/locks/server.txt ;;
    server) lock_digest installers/locks/server.txt ;;
    dev) lock_digest installers/locks/dev.txt ;;
  esac
  pwd
}

# One end with its own lock and nothing else: every module of PACKAGE... must import.
stands_alone() {
  local end=$1 uv place=".venv/alone-$1"; shift
  uv=$(find_uv .venv/bin/python)
  "$uv" venv --quiet --clear --python .venv/bin/python "$place" &&
  "$uv" pip sync --quiet --python "$place/bin/python" --require-hashes "installers/locks/$end.txt" &&
  "$place/bin/python" installers/lib/import_all.py "$@"
}
