#!/usr/bin/env bash
# Pins both lists with hashes, for Python 3.11 and 3.12 at once; no index and no path is written.
set -euo pipefail
cd "$(dirname "$0")/.."
for name in requirements requirements-dev; do
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
        "$name.in" -o "$name.txt" "$@"
done
