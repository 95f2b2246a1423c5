#!/usr/bin/env bash
# Creates .venv from Python 3.11 or 3.12 and installs the locked lists; again only when a list changed.
set -euo pipefail
cd "$(dirname "$0")/.."

is_supported() {  # a version manager's shim may exist and still not run: so run it
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' >/dev/null 2>&1
}

find_python() {
    local name
    for name in ${PYTHON:-} python3 python3.12 python3.11 python; do
        if command -v "$name" >/dev/null 2>&1 && is_supported "$name"; then
            command -v "$name"
            return
        fi
    done
    echo "Heliograph needs Python 3.11 or 3.12 on PATH (found: $(python3 --version 2>/dev/null || echo none))." >&2
    return 1
}

make_venv() {
    local python="$1"
    rm -rf .venv
    if ! "$python" -m venv .venv; then
        rm -rf .venv
        echo "$python cannot make a virtual environment (on Debian: apt-get install python3-venv)." >&2
        return 1
    fi
}

if ! { [ -x .venv/bin/python ] && is_supported .venv/bin/python; }; then
    python="$(find_python)"
    echo "Making .venv with $("$python" --version) …"
    make_venv "$python"
fi
echo "Installing the locked packages (about a minute) …"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
touch .venv/.installed
