#!/bin/sh
# Makes or mends .venv/ so that it holds exactly what the lock says: `sh scripts/environment.sh [dev]`.
#
# Nothing is needed but Python 3.11. Where Debian left out ensurepip, it is installed when we may, else the one line that
# does it is named. No address of a package index stands here: pip and uv use what the machine is set up with.
# A second call costs the check of a stamp.
set -eu
cd "$(dirname "$0")/.."

VENV=.venv
STAMP=$VENV/.ready

say() { printf '%s\n' "$*" >&2; }
give_up() { say "$1"; shift; for line in "$@"; do say "    $line"; done; exit 1; }

# An environment that has the tools keeps them: their lock holds the portal's too.
lock=requirements.txt
if [ "${1:-}" = dev ] || grep -qs requirements-dev "$STAMP"; then lock=requirements-dev.txt; fi

find_python() {
  for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3; do
    [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 || continue
    if "$candidate" -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
      printf '%s' "$candidate"; return
    fi
  done
  give_up "Cần Python 3.11 trở lên. Trên Debian hoặc Ubuntu, hãy chạy rồi thử lại:" "sudo apt-get install -y python3 python3-venv"
}

wanted() { printf '%s %s %s\n' "$lock" "$(cat "$lock" requirements-install.txt | sha256sum | cut -c1-16)" "$("$VENV/bin/python" -V 2>&1)"; }

make_venv() {
  python=$(find_python)
  rm -rf "$VENV"
  say "Tạo môi trường $VENV bằng $($python -V)…"
  if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
      say "Python này thiếu ensurepip: cài gói python3-venv."
      { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; } >/dev/null 2>&1 || true
    fi
  fi
  if "$python" -c 'import ensurepip' 2>/dev/null && "$python" -m venv "$VENV"; then return; fi
  rm -rf "$VENV"
  if "$python" -m pip --version >/dev/null 2>&1 && "$python" -m venv --without-pip "$VENV" \
     && "$python" -m pip --python "$VENV/bin/python" install -q pip; then return; fi
  rm -rf "$VENV"
  give_up "Python trên máy này thiếu ensurepip nên chưa tạo được môi trường. Hãy chạy rồi thử lại:" \
    "sudo apt-get install -y python3-venv"
}

# uv does not read pip's settings: hand over those that say where packages come from.
follow_pip() {
  index=${PIP_INDEX_URL:-$("$VENV/bin/python" -m pip config get global.index-url 2>/dev/null || true)}
  extra=${PIP_EXTRA_INDEX_URL:-$("$VENV/bin/python" -m pip config get global.extra-index-url 2>/dev/null || true)}
  [ -z "$index" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"
  [ -z "$extra" ] || export UV_INDEX="${UV_INDEX:-$extra}"
  [ -z "${PIP_FIND_LINKS:-}" ] || export UV_FIND_LINKS="${UV_FIND_LINKS:-$(printf '%s' "$PIP_FIND_LINKS" | tr ' ' ',')}"
  [ -z "${PIP_CERT:-}" ] || export SSL_CERT_FILE="${SSL_CERT_FILE:-$PIP_CERT}"
}

install() {
  pip="$VENV/bin/python -m pip --disable-pip-version-check"
  say "Cài các gói theo $lock…"
  if $pip install -q --require-hashes -r requirements-install.txt >/dev/null 2>&1; then
    follow_pip
    if "$VENV/bin/uv" pip sync -q --require-hashes --python "$VENV/bin/python" "$lock"; then return; fi
    say "uv không cài được; dùng pip."
  fi
  $pip install -q --require-hashes -r "$lock" && return
  give_up "Chưa cài được các gói. Kiểm tra mạng (hoặc cấu hình pip của máy) rồi chạy lại lệnh vừa rồi."
}

if [ -x "$VENV/bin/python" ] && "$VENV/bin/python" -c '' 2>/dev/null; then
  [ "$(wanted)" != "$(cat "$STAMP" 2>/dev/null)" ] || exit 0
  "$VENV/bin/python" -m pip --version >/dev/null 2>&1 || make_venv
else
  make_venv
fi
rm -f "$STAMP"
install
wanted > "$STAMP"
