#!/usr/bin/env bash
# Installs Debian packages when this user may (root, or sudo without a password); otherwise says no
# and leaves it to the caller to tell the person what to do.
#
#   scripts/apt-install.sh PACKAGE...
set -euo pipefail

command -v apt-get >/dev/null || exit 1
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || exit 1
    as_root=(sudo -n)
fi

install() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" \
        </dev/null >&2
}

echo "Installing with apt-get: $*" >&2
# A fresh machine has no package lists, an old one lists of versions that are gone.
install "$@" || { "${as_root[@]}" apt-get update -q </dev/null >&2 && install "$@"; }
