#!/bin/sh
# What follows a nightly backup, as root: sh after-backup.sh ARCHIVES KEYS   (two folders)
# The keys go from beside the archives into a folder of root's alone. What a night made more than 30 days ago is removed from
# both, unless there is no archive of the last two days: while backups fail, the old ones are all there is.
set -eu
archives=$1
keys=$2
nightly='[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]-[0-9][0-9][0-9][0-9]*'

mkdir -p -m 700 "$keys"
chmod 700 "$keys"
find "$archives" -maxdepth 1 -type f -name '*.keys' -exec mv -f -t "$keys" -- {} +
find "$keys" -maxdepth 1 -type f -exec chown "$(id -u):$(id -g)" -- {} + -exec chmod 600 -- {} +

if find "$archives" -maxdepth 1 -type f -name "$nightly" ! -name '*.partial' -mtime -2 | grep -q .; then
    find "$archives" "$keys" -maxdepth 1 -type f -name "$nightly" -mtime +30 -delete
else
    echo "No backup of the last two days in $archives: the old ones stay." >&2
fi
