#!/usr/bin/env bash
# Starts the board. The address is the machine itself unless somebody names another, and while no
# sign-in is configured no other is served (docs/operations.md).
#
#   scripts/serve.sh ADDRESS PORT WAREHOUSE
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

address=$1 port=$2
export DUNGHEN_WAREHOUSE=$3

.venv/bin/python -m pipeline access check --address "$address" --warehouse "$3" >/dev/null || exit 1

.venv/bin/python - "$address" "$port" <<'PYTHON' || exit 1
import socket
import sys

address, port = sys.argv[1], int(sys.argv[2])
family = socket.AF_INET6 if ":" in address else socket.AF_INET
with socket.socket(family) as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind((address, port))
    except OSError as error:
        sys.exit(
            f"The board cannot listen on {address}:{port} ({error.strerror}): "
            "close what runs there, or choose another with make run PORT=8600."
        )
PYTHON

# A snapshot made by another version of the board is built anew from what was landed. Where that
# cannot be (an ingest is writing, the folder is a copy that may only be read) the board starts all
# the same: it shows the snapshot that is there, or says why it cannot.
if [ -f "$3/current" ]; then
    .venv/bin/python -m pipeline rebuild --warehouse "$3" >&2 ||
        echo "The board starts with the figures that are there." >&2
fi

exec .venv/bin/streamlit run app.py \
    --server.address "$address" --server.port "$port" \
    --server.headless true --browser.gatherUsageStats false
