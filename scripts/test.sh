#!/usr/bin/env bash
# Every check and every test, to the end even when one fails, and one summary. Fails when a check
# fails, when a run of pytest collects no test, and, with CI set, when the browser or the folder of
# real data is missing (tests/conftest.py).
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

results=test-results
rm -rf "$results"
mkdir -p "$results"
bin=.venv/bin
failed=()

stage() { # stage NAME COMMAND...
    local name=$1 began=$SECONDS
    shift
    printf '\n== %s\n' "$name"
    # Exit status 5 of pytest, "no tests collected", is a failure like any other.
    "$@" || failed+=("$name")
    printf '== %s: %d s\n' "$name" "$((SECONDS - began))"
}

# The browser for tests/browser and tests/live. Without it those tests say so themselves.
if ! command -v chromium >/dev/null && [ -z "${CHROMIUM:-}" ]; then
    scripts/apt-install.sh chromium fonts-dejavu-core ||
        echo "Chromium is not installed and this user may not install it: apt-get install chromium" >&2
fi

stage "ruff check" "$bin/ruff" check .
stage "ruff format" "$bin/ruff" format --check .
stage "mypy" "$bin/mypy"
# Every folder of tests but those that start servers; tests/benchmarks measures and asserts nothing.
quick=()
for folder in tests/*/; do
    case $folder in
        tests/live/ | tests/browser/ | tests/benchmarks/ | tests/__pycache__/) ;;
        *) quick+=("$folder") ;;
    esac
done
# Two processes: a file's tests stay together, so that what a file prepares is prepared once.
stage "pytest" "$bin/python" -m pytest -n 2 --dist loadfile \
    --junitxml="$results/pytest.xml" \
    "${quick[@]}"
# A server and a browser each want a core: one at a time.
stage "pytest, live and browser" "$bin/python" -m pytest -n 0 \
    --junitxml="$results/pytest-live.xml" \
    tests/live tests/browser

"$bin/python" scripts/summary.py "$results/pytest.xml" "$results/pytest-live.xml" || failed+=("summary")
if [ "${#failed[@]}" -gt 0 ]; then
    printf 'FAILED:'
    printf ' [%s]' "${failed[@]}"
    printf '\n'
    exit 1
fi
echo "All checks passed."
