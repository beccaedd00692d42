#!/bin/sh
# The checks, in two parts. `python`: all that Python alone can run. `real`: what needs real parts, the suite on PostgreSQL,
# the search on a real Elasticsearch, the portal behind nginx, the journeys in Chromium with axe; it refuses to begin where one of them is missing.
#     make test       checks.sh python
#     make test-all   checks.sh python real
# Every step runs, also after one that failed; the end names those.
set -u
cd "$(dirname "$0")/.."
python=.venv/bin/python
failed=""

case " $* " in *" python "*) with_python=1 ;; *) with_python="" ;; esac
case " $* " in *" real "*) with_real=1 ;; *) with_real="" ;; esac

cores=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
[ "$cores" -le 4 ] || cores=4
parallel="-n $cores --dist worksteal"
[ "$cores" -gt 1 ] || parallel=""
# Where this is set, each of the many processes that the checks start would compile every module anew.
unset PYTHONDONTWRITEBYTECODE

step() {
  name=$1; shift
  printf '\n== %s\n' "$name"
  "$@" || failed="$failed
  $name"
}

if [ -n "$with_real" ]; then
  missing=""
  command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || missing="$missing postgresql"
  command -v java >/dev/null 2>&1 || missing="$missing openjdk-17-jre-headless"
  command -v mvn >/dev/null 2>&1 || missing="$missing maven"
  command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] || missing="$missing nginx-light"
  if [ -n "$missing" ]; then
    echo "make test-all leaves nothing out, and this machine lacks:$missing" >&2
    echo "    sudo apt-get install -y$missing" >&2
    exit 1
  fi
fi

if [ -n "$with_python" ]; then
  step "style (ruff)" $python -m ruff check .
  step "format (ruff)" $python -m ruff format --check --quiet .
  step "templates (djlint)" .venv/bin/djlint templates --lint --quiet
  step "who imports whom (import-linter)" .venv/bin/lint-imports --no-logo
  step "types (mypy)" $python -m mypy --no-error-summary
  step "translations" $python manage.py messages check
  # With a server at ELASTICSEARCH_URL its tests run too; the real part starts one of its own.
  step "tests on SQLite, and the start of the portal" $python -m pytest -q $parallel -m "not browser and not postgres and not nginx" --nothing-skipped
fi

if [ -n "$with_real" ]; then
  folder=$(mktemp -d "${TMPDIR:-/tmp}/portal-postgres-XXXXXX")
  trap 'sh scripts/postgres.sh stop "$folder"; sh scripts/elasticsearch.sh stop "$folder-elasticsearch"; rm -rf "$folder-elasticsearch"' EXIT
  trap 'exit 130' INT TERM
  address=$(sh scripts/postgres.sh start "$folder") || failed="$failed
  a PostgreSQL server"
  server=$(sh scripts/elasticsearch.sh start "$folder-elasticsearch") || failed="$failed
  an Elasticsearch server"
  if [ -n "$address" ] && [ -n "$server" ]; then
    step "tests on PostgreSQL, the search on Elasticsearch" env DATABASE_URL="$address" ELASTICSEARCH_URL="$server" \
      $python -m pytest -q $parallel -m "not browser and not start and not nginx and (not no_database or elasticsearch or postgres)" --nothing-skipped
    sh scripts/elasticsearch.sh stop "$folder-elasticsearch"
  fi
  step "tests in a browser, with axe, and the portal behind nginx" $python -m pytest -q $parallel -m "browser or nginx" --nothing-skipped
fi

if [ -n "$failed" ]; then
  printf '\nFailed:%s\n' "$failed"
  exit 1
fi
if [ -n "$with_real" ]; then
  printf '\nPassed on PostgreSQL, Elasticsearch, behind nginx and in a browser%s. Nothing was left out.\n' "${with_python:+, on SQLite and in style}"
else
  printf '\nAll checks that Python alone can run passed. Left out, for they need a server or a browser: the suite on\nPostgreSQL, the search on Elasticsearch (where none answers), the portal behind nginx, the journeys in Chromium, accessibility (axe). `make test-all` runs them.\n'
fi
