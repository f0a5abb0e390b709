#!/usr/bin/env bash
# Every check and every test, to the end even when one fails, and one summary whose last line is for
# machines. Fails when a check fails, when a run of pytest executes no test, and, with CI set, when
# the browser, nginx or the folder of real data is missing (tests/conftest.py).
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

results=test-results
rm -rf "$results"
mkdir -p "$results"
stages=$results/stages.tsv
bin=.venv/bin

stage() { # stage NAME REPORT COMMAND...; REPORT is empty for what is not pytest
    local name=$1 report=$2 began=$SECONDS
    shift 2
    printf '\n== %s\n' "$name"
    "$@"
    printf '%s\t%d\t%s\n' "$name" "$?" "$report" >>"$stages"
    printf '== %s: %d s\n' "$name" "$((SECONDS - began))"
}

tests() { # tests NAME REPORT ARGUMENT...: a run of pytest
    local name=$1 report=$results/$2
    shift 2
    stage "$name" "$report" "$bin/python" -m pytest --junitxml="$report" "$@"
}

# The browser for tests/browser and tests/live. Without it those tests say so themselves.
if ! command -v chromium >/dev/null && [ -z "${CHROMIUM:-}" ]; then
    scripts/apt-install.sh chromium fonts-dejavu-core ||
        echo "Chromium is not installed and this user may not install it: apt-get install chromium" >&2
fi
# The proxy for tests/live/test_behind_nginx.py, which says so itself where it is missing.
if ! PATH="$PATH:/usr/sbin" command -v nginx >/dev/null; then
    scripts/apt-install.sh nginx-light ||
        echo "nginx is not installed and this user may not install it: apt-get install nginx-light" >&2
fi

stage "ruff check" "" "$bin/ruff" check .
stage "ruff format" "" "$bin/ruff" format --check .
stage "mypy" "" "$bin/mypy"
# Every folder of tests but those that start servers; tests/benchmarks measures and asserts nothing.
quick=()
for folder in tests/*/; do
    case $folder in
        tests/live/ | tests/browser/ | tests/benchmarks/ | tests/__pycache__/) ;;
        *) quick+=("$folder") ;;
    esac
done
# Two processes: a file's tests stay together, so that what a file prepares is prepared once.
tests "pytest" pytest.xml -n 2 --dist loadfile "${quick[@]}"
# A server and a browser each want a core: one at a time.
tests "pytest, live and browser" pytest-live.xml -n 0 tests/live tests/browser

exec "$bin/python" scripts/summary.py "$stages"
