#!/bin/sh
# Writes the keys of an installation in containers, once: deploy/portal.env, deploy/search.env, deploy/secrets/.
# What is there already is never written over.
set -eu
cd "$(dirname "$0")"
umask 077
[ ! -e portal.env ] || { echo "deploy/portal.env is there already: nothing changed." >&2; exit 0; }

fresh() { python3 -c 'import secrets; print(secrets.token_urlsafe(36))'; }
database=$(fresh)
search=$(fresh)
mkdir -p secrets/tls
printf '%s' "$database" > secrets/database-password
# Read inside the container by postgres' own user; the folder above keeps others out.
chmod 644 secrets/database-password
printf 'ELASTIC_PASSWORD=%s\n' "$search" > search.env
sed -e '/^# .*MAKE/d' -e "/^PORTAL_SECRET_KEY=/s/MAKE/$(fresh)/" -e "/^DATABASE_URL=/s/MAKE/$database/" \
    -e "/^ELASTICSEARCH_URL=/s/MAKE/$search/" portal.env.example > portal.env
echo "Written: deploy/portal.env (set the name and the mail server there), deploy/search.env, deploy/secrets/."
echo "Put the certificate into deploy/secrets/tls/ as fullchain.pem and privkey.pem. Keep a copy of portal.env apart from the machine."
