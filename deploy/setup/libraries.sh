#!/bin/sh
# What letters as PDF need beside Python, from Debian: the libraries that WeasyPrint draws text with. Installs what is
# missing where it may, else says what to run and fails. Wants .venv, as environment.sh makes it.
set -eu
cd "$(dirname "$0")/../.."
packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

there() {
    .venv/bin/python -c 'import ctypes
for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"):
    ctypes.CDLL(name)' 2>/dev/null
}

there && exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    printf '%s\n' "Letters as PDF need the libraries Pango and HarfBuzz, and they cannot be installed from here. On Debian or Ubuntu run:" \
        "  sudo apt-get install -y --no-install-recommends $packages" \
        "Elsewhere: the documentation of WeasyPrint says how its libraries are installed." >&2
    exit 1
fi
printf '%s\n' "Installing $packages (apt-get, once)" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get install -y -qq --no-install-recommends $packages >/dev/null 2>&1 \
    || { apt-get update -qq && apt-get install -y -qq --no-install-recommends $packages >/dev/null; } \
    || { printf '%s\n' "Could not be installed: see above." >&2; exit 1; }
there || { printf '%s\n' "They are installed and cannot be loaded: is this Python built for another machine?" >&2; exit 1; }
