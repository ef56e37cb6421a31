#!/bin/sh
# What the tests need beside Python, from Debian: PostgreSQL 15 or later and Chromium. Java and Maven for the local
# Kafka are seen to by the broker itself. Installs what is missing where it may, else says what to run and fails.
set -eu
missing=

ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v chromium >/dev/null || missing="$missing chromium"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    printf '%s\n' "The tests need$missing, and cannot install it by themselves here. On Debian or Ubuntu run:" \
        "  sudo apt-get install -y --no-install-recommends$missing" >&2
    exit 1
fi
printf '%s\n' "Installing$missing (apt-get, once, a few minutes)" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 \
    || { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null; } \
    || { printf '%s\n' "Could not be installed: see above." >&2; exit 1; }
