# System packages: what is missing is installed when root may, else named in one sentence.
#
#   need_packages LIST...       each `what:package`, `what` a shared library, a command or a path pattern
#   install_packages NAME...

# Qt without a screen.
readonly screen_needs=(
  libEGL.so.1:libegl1 libGL.so.1:libgl1 libglib-2.0.so.0:libglib2.0-0 libfontconfig.so.1:libfontconfig1
  libdbus-1.so.3:libdbus-1-3 libxkbcommon.so.0:libxkbcommon0 libbrotlidec.so.1:libbrotli1
)
# A screen with a window manager, and a hand on its keyboard.
readonly xserver_needs=(
  Xvfb:xvfb openbox:openbox xdotool:xdotool libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4
  libXss.so.1:libxss1 libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-shape.so.0:libxcb-shape0 libxcb-xkb.so.1:libxcb-xkb1
  libxkbcommon-x11.so.0:libxkbcommon-x11-0
)
# The real parts of the tests: database, telephone exchange, calls.
readonly database_needs=('/usr/lib/postgresql/*/bin/initdb:postgresql')
# What records the writes and syncs of a process, to cut the power under it.
readonly trace_needs=(strace:strace)
# A session with a keyring of its own.
readonly keyring_needs=(gnome-keyring-daemon:gnome-keyring dbus-run-session:dbus-daemon)
readonly exchange_needs=(debootstrap:debootstrap sipp:sip-tester curl:curl logger:bsdutils)

is_there() {
  case $1 in
    *.so.*) ldconfig -p 2>/dev/null | grep -qF "$1 " || /sbin/ldconfig -p | grep -qF "$1 " ;;
    /*) compgen -G "$1" >/dev/null ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

missing_packages() {
  local need
  for need in "$@"; do
    is_there "${need%%:*}" || echo "${need##*:}"
  done
}

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

install_packages() {
  local log
  can_install || fail "a part of the system is missing; as root: apt-get install -y --no-install-recommends $*"
  say "installing $*"
  log=$(mktemp)
  if ! apt_install "$@" >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

# RUNLEVEL=1: a package that brings a daemon does not start it.
apt_install() (
  export RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"
)

need_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
}
