#!/usr/bin/env bash
# Every check that needs no network; all are run, any failure fails the whole.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=()

run() {
    local title="$1"
    shift
    local output
    printf '· %s\n' "$title"
    if ! output="$("$@" 2>&1)"; then
        printf '%s\n' "$output"
        failed+=("$title")
    fi
}

mapfile -t rooms < <(for room in flows bot integrations jobs leads console api db; do [ -d "$room" ] && echo "$room"; done)
bin=.venv/bin
run "ruff" $bin/ruff check --quiet --output-format concise .
run "format" $bin/ruff format --check --output-format concise .
run "types" $bin/mypy --no-error-summary "${rooms[@]}" tools wsgi.py
run "security" $bin/bandit --quiet --configfile pyproject.toml --recursive "${rooms[@]}" tools wsgi.py
run "settings" $bin/python -m tools.settings_table --check
if [ -f tools/graph.py ]; then run "graphs" $bin/python -m tools.graph --check; fi
run "guards" $bin/python -m pytest --quiet tests/test_architecture.py tests/guards

if [ ${#failed[@]} -gt 0 ]; then
    printf 'failed: %s\n' "${failed[*]}" >&2
    exit 1
fi
echo "all checks passed"
