#!/bin/sh
# The exact, hashed locks, compiled from the .in files. The tools' lock is made first and binds the portal's: one version of each.
set -eu
cd "$(dirname "$0")/.."
compile() { .venv/bin/uv pip compile --quiet --no-header --generate-hashes --python-version 3.11 "$@"; }
compile requirements-install.in --output-file requirements-install.txt
compile requirements-dev.in --output-file requirements-dev.txt
compile requirements.in --constraint requirements-dev.txt --output-file requirements.txt
