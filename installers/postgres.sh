#!/usr/bin/env bash
# Two PostgreSQL that hold the same, and an archive to go back in: what an operator types, one step a command.
#
#   postgres.sh primary   WHERE --archive DIR [--allow ADDRESS/BITS]   be followed, and keep every segment in DIR
#   postgres.sh standby   WHERE --of HOST --name NAME [--of-port N] [--allow ADDRESS/BITS]   become a copy that follows
#   postgres.sh wait-for  WHERE NAME                                   acknowledge nothing that NAME does not have
#   postgres.sh alone     WHERE                                        wait for nobody (the standby is away)
#   postgres.sh promote   WHERE [--even-if-it-answers]                 the standby becomes the primary
#   postgres.sh rejoin    WHERE --of HOST --name NAME [--of-port N]    the old primary becomes a standby
#   postgres.sh base      WHERE --to DIR                               a base backup, beside the archive
#   postgres.sh to-moment WHERE --base DIR --archive DIR --at MOMENT   as it was at a moment
#
# WHERE is a cluster of Debian (15/main) or a data directory. Run as postgres, or as root.
# --port N: the port of a standby made or rejoined from a primary on the same machine.
set -euo pipefail

readonly role=filrouge_standby
say() { echo "$*"; }
die() { echo "$*" >&2; exit 1; }
usage() { sed -n '2,15s/^# \{0,1\}//p' "$0" >&2; exit 2; }

[ $# -ge 2 ] || usage
action=$1 where=$2; shift 2
archive='' allow=127.0.0.1/32 of='' of_port=5432 name='' to='' base='' at='' port='' even='' words=()
while [ $# -gt 0 ]; do
  case $1 in
    --archive) archive=$2; shift 2 ;; --allow) allow=$2; shift 2 ;; --of) of=$2; shift 2 ;;
    --of-port) of_port=$2; shift 2 ;; --name) name=$2; shift 2 ;; --to) to=$2; shift 2 ;;
    --base) base=$2; shift 2 ;; --at) at=$2; shift 2 ;; --port) port=$2; shift 2 ;;
    --even-if-it-answers) even=yes; shift ;; -*) usage ;; *) words+=("$1"); shift ;;
  esac
done
need() { local each; for each in "$@"; do [ -n "${!each}" ] || die "--${each//_/-} is missing."; done; }
[[ $name =~ ^[a-z0-9_]*$ ]] || die "--name takes small letters, digits and _."

as_postgres() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

if [[ $where =~ ^[0-9]+/[a-z0-9_-]+$ ]]; then
  version=${where%/*} data=/var/lib/postgresql/$where settings=/etc/postgresql/$where
  control() { as_postgres pg_ctlcluster "$version" "${where#*/}" "$@"; }
  rewind_more=(--config-file="$settings/postgresql.conf")
else
  data=$where settings=$where rewind_more=()
  version=$(as_postgres cat "$data/PG_VERSION" 2>/dev/null || ls /usr/lib/postgresql | sort -n | tail -1)
  control() { as_postgres "$programs/pg_ctl" -D "$data" -w -t 60 -l "$data.log" "$@" >/dev/null; }
fi
programs=/usr/lib/postgresql/$version/bin
[ -d "$programs" ] || die "PostgreSQL $version is not installed in $programs."

# Through its own socket: as who runs it, without a password.
ask() {
  local pid_file; mapfile -t pid_file < <(as_postgres cat "$data/postmaster.pid" 2>/dev/null)
  [ ${#pid_file[@]} -ge 5 ] || die "$where is not running."
  as_postgres "$programs/psql" -XqAt -v ON_ERROR_STOP=1 -h "${pid_file[4]}" -p "${pid_file[3]}" \
    -d "dbname=postgres${PGUSER:+ user=$PGUSER}" "$@"
}
set_to() { ask -c "ALTER SYSTEM SET $1 = '${2//\'/\'\'}'"; }
settle() { printf '%s\n' "$@" | as_postgres tee -a "$data/postgresql.auto.conf" >/dev/null; }
allow_line() {
  as_postgres grep -qF -- "$1" "$settings/pg_hba.conf" || echo "$1" | as_postgres tee -a "$settings/pg_hba.conf" >/dev/null
}
allow_role() {
  allow_line "host replication $role $allow scram-sha-256"
  allow_line "host postgres $role $allow scram-sha-256"
}
move_aside() {
  [ -z "$(as_postgres ls -A "$data" 2>/dev/null)" ] && return
  local aside; aside=$data.before-$(date +%Y%m%dT%H%M%S)
  as_postgres mv "$data" "$aside"; say "What $where held is kept as $aside."
}
# A copy brings the primary's own settings: nothing waits for a standby of the copy's.
own_settings() { settle "synchronous_standby_names = ''" "cluster_name = '$name'"; [ -z "$port" ] || settle "port = $port"; }
source_of() { echo "host=$of port=$of_port user=$role application_name=$name"; }

primary() {
  need archive
  as_postgres mkdir -p "$archive"
  set_to wal_level replica; set_to wal_log_hints on; set_to wal_keep_size 1GB
  set_to synchronous_commit on; set_to archive_mode on; set_to archive_timeout 60
  # Aside, then by its name: a segment of that name is whole. The same one may come again after a failover.
  set_to archive_command "if [ -f $archive/%f ]; then cmp -s %p $archive/%f; else cp %p $archive/.%f && sync -f $archive/.%f && mv $archive/.%f $archive/%f; fi"
  ask -v word="${FILROUGE_STANDBY_PASSWORD:-}" <<SQL
SELECT 'CREATE ROLE $role LOGIN REPLICATION' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '$role') \gexec
SELECT format('ALTER ROLE $role PASSWORD %L', :'word') WHERE :'word' <> '' \gexec
GRANT EXECUTE ON FUNCTION pg_ls_dir(text, boolean, boolean), pg_stat_file(text, boolean),
  pg_read_binary_file(text), pg_read_binary_file(text, bigint, bigint, boolean) TO $role;
SQL
  allow_role
  control restart
  say "$where may be followed by $role from $allow; its segments go to $archive."
}

standby() {
  need of name
  control stop 2>/dev/null || true
  move_aside
  as_postgres "$programs/pg_basebackup" -D "$data" -d "$(source_of)" -R -X stream -c fast
  own_settings
  # Once promoted it is followed in its turn.
  allow_role
  control start
  say "$where follows $of under the name $name: \`wait-for $name\` on the primary, once it is caught up."
}

wait_for() {
  [ ${#words[@]} -eq 1 ] || usage
  [ "$(ask -c "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND application_name = '${words[0]//\'/}'")" -gt 0 ] \
    || die "${words[0]} does not follow $where: nothing would be acknowledged."
  set_to synchronous_standby_names "${words[0]}"
  ask -c 'SELECT pg_reload_conf()' >/dev/null
  say "Nothing is acknowledged from now on that ${words[0]} does not have."
}

alone() {
  set_to synchronous_standby_names ''
  ask -c 'SELECT pg_reload_conf()' >/dev/null
  say "$where waits for nobody: what it alone holds would be lost with it."
}

promote() {
  local primary; primary=$(ask -c 'SHOW primary_conninfo')
  [ "$(ask -c 'SELECT pg_is_in_recovery()')" = t ] || die "$where is a primary already."
  if [ -z "$even" ] && as_postgres "$programs/pg_isready" -q -t 3 -d "$primary"; then
    die "The primary still answers: stop it first, two of them would part (--even-if-it-answers)."
  fi
  control promote
  # Until its first checkpoint pg_rewind would believe that nothing parted.
  ask -c CHECKPOINT
  say "$where is the primary. The old one must not be started but by \`rejoin\`."
}

rejoin() {
  need of name
  control stop 2>/dev/null || true
  as_postgres "$programs/pg_rewind" -D "$data" --source-server="$(source_of) dbname=postgres" -R "${rewind_more[@]}" 2>&1 | tail -1
  own_settings
  control start
  say "$where follows $of under the name $name: \`wait-for $name\` there, once it is caught up."
}

base_backup() {
  need to
  local pid_file; mapfile -t pid_file < <(as_postgres cat "$data/postmaster.pid")
  as_postgres "$programs/pg_basebackup" -D "$to" -X stream -c fast -d "host=${pid_file[4]} port=${pid_file[3]}${PGUSER:+ user=$PGUSER}"
  as_postgres "$programs/pg_verifybackup" -q "$to"
  say "$to holds $where as it is now, verified."
}

to_moment() {
  need base archive at
  # Before anything is moved: a server that can't read its moment does not start.
  at=$(date -d "$at" '+%F %T.%6N%:z') || die "--at is a moment such as \"2026-11-24 10:42:00+01\"."
  control stop 2>/dev/null || true
  move_aside
  as_postgres cp -a "$base" "$data"
  name=$(basename "$data"); own_settings
  settle "restore_command = 'cp $archive/%f %p'" "recovery_target_time = '$at'" "recovery_target_action = 'promote'"
  as_postgres touch "$data/recovery.signal"
  control start
  for _ in $(seq 600); do
    [ "$(ask -c 'SELECT pg_is_in_recovery()')" = f ] && break
    sleep 0.1
  done
  [ "$(ask -c 'SELECT pg_is_in_recovery()')" = f ] || die "$where still recovers; see its log."
  for each in restore_command recovery_target_time recovery_target_action; do ask -c "ALTER SYSTEM RESET $each"; done
  say "$where is as it was at $at. Now: filrouge-server restore --in-place, before any server is started."
}

case $action in
  primary | standby | alone | promote | rejoin) "$action" ;;
  wait-for) wait_for ;; base) base_backup ;; to-moment) to_moment ;; *) usage ;;
esac
