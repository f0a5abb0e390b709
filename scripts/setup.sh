#!/usr/bin/env bash
# Makes .venv hold what a requirements file asks for. Quick when nothing has changed, and safe to
# repeat after an interruption: the stamp is written last, so a half-finished set-up is done again.
#
#   scripts/setup.sh requirements.txt | requirements-dev.txt
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

requirements=$1
python=${PYTHON:-python3}
stamp=.venv/installed-${requirements%.txt}

stop() {
    echo "$1" >&2
    exit 1
}

# A virtual environment belongs to one interpreter and one place: a moved one does not work.
home() {
    "$python" -c 'import sys; print(sys.version, sys.base_prefix)'
    pwd -P
}

fingerprint() {
    { home && cat "$@"; } | sha256sum | cut -d' ' -f1
}

holds() { # holds STAMP FILE...: is the stamp that of these requirements, as they are now?
    local stamp=$1
    shift
    [ "$(cat "$stamp" 2>/dev/null)" = "$(fingerprint "$@")" ]
}

is_done() {
    # The development requirements contain the others: after `make test`, `make run` has no work.
    holds .venv/installed-requirements-dev requirements.txt requirements-dev.txt && return 0
    [ "$requirements" = requirements.txt ] && holds "$stamp" requirements.txt
}

# Debian ships Python without the part that fills a virtual environment with pip. Where this user may
# not install it, a pip that is there already does the same.
make_venv() {
    local package
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    rm -rf .venv
    if "$python" -c 'import ensurepip' 2>/dev/null; then
        "$python" -m venv .venv
    elif "$python" -m pip --version >/dev/null 2>&1; then
        "$python" -m venv --without-pip .venv
        "$python" -m pip --python .venv/bin/python install --quiet pip
    elif scripts/apt-install.sh "$package"; then
        "$python" -m venv .venv
    else
        stop "This Python cannot make virtual environments: run 'apt-get install $package' as root, then run make again."
    fi
    home >.venv/made-for
}

command -v "$python" >/dev/null ||
    stop "Python is not installed: install Python 3.11 or newer (on Debian: apt-get install python3 python3-venv), then run make again."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "$("$python" --version) is too old: the board needs Python 3.11 or newer; name it with make PYTHON=python3.11."

is_done && exit 0

{ mkdir -p .make && : >>.make/lock; } 2>/dev/null ||
    stop "This folder is not writable for $(id -un): run make as the user who owns it, or give this user a clone of his own."
exec 9>>.make/lock
flock 9 # two makes at once: the second waits, then finds the work done
is_done && exit 0

if ! .venv/bin/python -c 'import pip' 2>/dev/null || [ "$(cat .venv/made-for 2>/dev/null)" != "$(home)" ]; then
    echo "Making a virtual environment in .venv ..." >&2
    make_venv
fi

echo "Installing what $requirements lists (the first time this takes a minute or two) ..." >&2
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$requirements" ||
    stop "The libraries could not be installed: without a connection to a package index, see 'Without internet' in docs/operations.md."
conflicts=$(.venv/bin/python -m pip check --disable-pip-version-check) ||
    stop "The installed libraries contradict each other ($conflicts): run 'make clean', then make again."
if [ "$requirements" = requirements.txt ]; then
    fingerprint requirements.txt >"$stamp"
else
    fingerprint requirements.txt requirements-dev.txt >"$stamp"
fi
