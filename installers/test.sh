#!/usr/bin/env bash
# Every check this machine can make; with an argument, one part of them:
#   fast · journeys · faults · bench · screens · month
set -euo pipefail
cd "$(dirname "$0")/.."
source installers/lib/packages.sh
source installers/lib/environment.sh
export PATH="$PWD/.venv/bin:$PATH"

not_run=()     # what this machine cannot run, and why
selection=''   # the same, for pytest: " and not MARKER" each
real='(journey or peer or browser or xserver)'   # what lives with real parts beside it
passed=0 failed=0 skipped=0
wrong=()       # the checks that failed, beside the tests pytest names

leave_out() {
  selection+=" and not $1"
  not_run+=("$2")
}

# Leaves out the tests marked MARKER when their programs are neither here nor installable.
offer() {
  local marker=$1 what=$2 missing; shift 2
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  if can_install && install_packages "${missing[@]}"; then return; fi
  leave_out "$marker" "$what: as root, apt-get install -y --no-install-recommends ${missing[*]}"
}

prepare_parts() {
  offer postgres 'tests on PostgreSQL' "${database_needs[@]}"
  offer trace 'power cuts' "${trace_needs[@]}"
  offer keyring 'tests with a real keyring' "${keyring_needs[@]}"
  offer xserver 'tests with real keys' "${xserver_needs[@]}"
  if [ "$(id -u)" = 0 ]; then offer peer 'tests with real peers' "${exchange_needs[@]}"
  else leave_out peer 'tests with real peers: only root can make the root the exchange lives in'; fi
}

check() {
  printf '== %s\n' "$*"
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); wrong+=("$*"); fi
}

# Runs pytest as part PART and prints its line of totals, the last of what it says; when a crash ended it, where.
run_tests() {
  local part=$1 report aside status=0; shift
  report=$(mktemp) aside=$(mktemp)
  pytest --junitxml="$report" "$@" 2>"$aside" || status=$?
  cat "$aside" >&2
  if [ "$status" = 5 ]; then say "no test of the part « $part » is built yet"; status=2
  elif [ ! -s "$report" ]; then
    say 'pytest could not run'; grep -A 15 '^Current thread' "$aside" >&2 || true; status=1
    # A part that crashed is no part without failures.
    printf '{"part": "%s", "passed": 0, "failed": 1, "skipped": 0, "seconds": 0}\n' "$part"
  else python installers/lib/totals.py "$part" "$report" || status=1; fi
  rm -f "$report" "$aside"
  return "$status"
}

# The order of the tests is drawn from the tree: each change shakes it, and what failed fails again.
order() {
  local tree
  tree=$(git rev-parse --short=7 'HEAD^{tree}' 2>/dev/null) && printf -- '--randomly-seed=%s' "$((16#${tree:0:7}))"
}

# Both halves at once: the tests with real parts wait for them most of the time.
run_halves() {
  local lived beside other
  lived=$(mktemp) beside=$(mktemp)
  set -m   # a group of its own, so that what is interrupted ends whole
  run_tests real $(order) -p no:cacheprovider --continue-on-collection-errors -m "$real$selection" \
    >"$beside" 2>&1 </dev/null &
  other=$!
  set +m
  trap "kill -- -$other 2>/dev/null || true" EXIT
  echo '== pytest, all but the tests with real parts'
  run_tests rest $(order) --continue-on-collection-errors -m "not $real$selection" 2>&1 | tee "$lived" ||
    wrong+=('pytest, all but the tests with real parts')
  wait "$other" || wrong+=('pytest, the tests with real parts')
  trap - EXIT
  echo '== pytest, the tests with real parts'
  cat "$beside"
  add_up "$lived" "$beside"
  rm -f "$lived" "$beside"
}

# The counts of what each half said last.
add_up() {
  local half line
  for half in "$@"; do
    line=$(tail -n 1 "$half")
    passed=$((passed + $(count passed "$line"))) failed=$((failed + $(count failed "$line")))
    skipped=$((skipped + $(count skipped "$line")))
  done
}

count() { grep -oE "\"$1\": [0-9]+" <<<"$2" | grep -oE '[0-9]+' || echo 0; }

everything() {
  prepare_parts
  check ruff check .
  check ruff format --check .
  check basedpyright
  check lint-imports
  check deptry .
  check vulture
  check stands_alone console app sync.protocol sync.client ui
  check stands_alone server app sync.protocol sync.server
  run_halves
  [ ${#wrong[@]} -eq 0 ] || printf 'failed: %s\n' "${wrong[@]}"
  printf 'not run: %s\n' "${not_run[@]:-nothing}"
  [ "$skipped" = 0 ] || printf '%s skipped: a skip is not accepted here\n' "$skipped"
  printf '%s passed, %s failed\n' "$passed" "$((failed + skipped))"
  [ "$failed" = 0 ] && [ "$skipped" = 0 ] && [ ${#wrong[@]} -eq 0 ]
}

built_later() {
  local part=$1 module=$2; shift 2
  [ -e "${module//.//}/__main__.py" ] || { say "the part « $part » is not built yet"; exit 2; }
  exec python -m "$module" "$@"
}

use_environment dev
need_packages "${screen_needs[@]}"
part=${1:-}
[ $# -eq 0 ] || shift
case $part in
  '') everything ;;
  fast) run_tests fast -m 'not postgres and not journey and not peer and not browser and not slow' "$@" ;;
  journeys) prepare_parts; run_tests journeys -m "(journey or peer or browser)$selection" "$@" ;;
  bench) built_later bench tests.benchmarks "$@" ;;
  faults) ! can_install || need_packages "${database_needs[@]}" "${trace_needs[@]}"; built_later faults tests.faults "$@" ;;
  screens | month) built_later "$part" "tests.$part" "$@" ;;
  *) say "unknown part « $part »: fast, journeys, faults, bench, screens or month"; exit 2 ;;
esac
