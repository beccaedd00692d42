#!/bin/sh
# A PostgreSQL of our own for the tests, from the machine's packages, without a service and without sudo:
#   sh scripts/postgres.sh start FOLDER   makes it there, starts it, prints its address (for DATABASE_URL)
#   sh scripts/postgres.sh stop FOLDER    ends it and removes the folder
# Started by root it runs as the user postgres, for PostgreSQL refuses root. It does not wait for the disk: tests only.
set -eu

action=${1:?start or stop}
folder=${2:?a folder}

bin() {
  for place in "${PG_BIN:-}" $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) "$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/x)")"; do
    [ -n "$place" ] && [ -x "$place/initdb" ] && { printf '%s' "$place"; return; }
  done
  echo "PostgreSQL is not installed. On Debian: sudo apt-get install -y postgresql" >&2
  exit 1
}

as_owner() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

case $action in
  start)
    bin=$(bin)
    mkdir -p "$folder"
    chmod 700 "$folder"
    if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
    cd "$folder"
    as_owner "$bin/initdb" -D "$folder/data" -A trust -U postgres --no-sync -E UTF8 --locale=C.UTF-8 >/dev/null
    port=$(free_port)
    as_owner "$bin/pg_ctl" -D "$folder/data" -w -s -l "$folder/log" -o "-p $port -c listen_addresses=127.0.0.1 \
      -c unix_socket_directories='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start >/dev/null
    echo "postgres://postgres@127.0.0.1:$port/postgres"
    ;;
  stop)
    [ -d "$folder/data" ] || exit 0
    cd "$folder"
    as_owner "$(bin)/pg_ctl" -D "$folder/data" -m immediate -s stop >/dev/null 2>&1 || true
    rm -rf "$folder"
    ;;
  *) echo "start or stop" >&2; exit 2 ;;
esac
