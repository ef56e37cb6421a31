#!/bin/sh
# Makes .venv as this working copy needs it. Does nothing, and at once, when it is so already.
#   environment.sh runtime        what runs: for `make demo` and `make up`
#   environment.sh development    what checks as well: for `make check` and `make test`
set -eu
level=$1
cd "$(dirname "$0")/../.."

say() { printf '%s\n' "$@" >&2; }
stop() { say "$@"; exit 1; }

find_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    stop "Python 3.11 or later is needed. On Debian or Ubuntu run:" \
        "  sudo apt-get install -y python3 python3-venv"
}

make_environment() {
    python=$(find_python)
    package=$("$python" -c 'import sys; print("python3.%d-venv" % sys.version_info.minor)')
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            say "Installing $package (apt-get)"
            apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 \
                || { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$package" >/dev/null; } \
                || stop "$package could not be installed: see above."
        else
            stop "Python's venv module is missing. On Debian or Ubuntu run:" \
                "  sudo apt-get install -y $package"
        fi
    fi
    say "Making the virtual environment .venv with $("$python" -V)"
    rm -rf .venv
    "$python" -m venv .venv
}

# The stamp is what the environment was made from: comparing it needs no clock and survives a fresh checkout.
describe() { pwd; .venv/bin/python -V; cat pyproject.toml "$@"; }

usable() { .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && [ -x .venv/bin/pip ]; }

case $level in
    runtime) locks="requirements.txt requirements-build.txt" ;;
    development) locks="requirements-dev.txt" ;;
    *) stop "usage: environment.sh runtime|development" ;;
esac

usable || make_environment
stamp=.venv/made-for-$level
describe $locks >"$stamp.new"
if cmp -s "$stamp.new" "$stamp"; then
    rm "$stamp.new"
    exit 0
fi

say "Installing the locked Python packages for $level: $(cat $locks | grep -c '==') of them, the first time about a minute"
started=$(date +%s)
set --
for lock in $locks; do set -- "$@" -r "$lock"; done
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes "$@" \
    || stop "The packages could not be installed: see above. Is the Python package index, or your mirror of it, within reach?"
said=$(.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . 2>&1) \
    || stop "$said"
mv "$stamp.new" "$stamp"
if [ "$level" = development ]; then
    describe requirements.txt requirements-build.txt >.venv/made-for-runtime
fi
say "Installed in $(($(date +%s) - started)) s"
