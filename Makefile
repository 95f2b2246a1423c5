# Every target sets up by itself: `make demo` on a fresh machine is enough.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PY := .venv/bin/python
STAMP := .venv/.installed

.PHONY: help setup demo test test-browser check chat sandbox golden graph eval bench chaos lock

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-14s%s\n", $$1, $$2 }'

setup: $(STAMP) ## a virtual environment with everything, from the locked lists

$(STAMP): requirements-dev.txt
	@tools/setup.sh

demo: $(STAMP) ## run everything on this machine, no account and no key
	@exec $(PY) -m tools.demo

test: $(STAMP) ## all tests on real Redis, PostgreSQL and SQLite
	@exec $(PY) -m pytest -n 4 --dist worksteal -m "not browser and not chaos"

test-browser: $(STAMP) ## the tests that need Chromium
	@$(PY) -m tools.chromium >/dev/null
	@exec $(PY) -m pytest -m browser

check: $(STAMP) ## style, types, security, architecture, stale generated files
	@tools/check.sh

chat: $(STAMP) ## the conversation in the terminal
	@exec $(PY) -m tools.chat

sandbox: $(STAMP) ## the sandbox of vendors alone
	@exec $(PY) -m tools.sandbox

golden: $(STAMP) ## rewrite the golden conversations; review them as a diff
	@exec $(PY) -m tools.golden

graph: $(STAMP) ## redraw the picture of each flow
	@exec $(PY) -m tools.graph

eval: $(STAMP) ## how well messages, bills and whole conversations are understood, as a table
	@exec $(PY) -m tests.evaluation

bench: $(STAMP) ## how fast, beside the bare minimum, as a table
	@exec $(PY) -m tools.bench

chaos: $(STAMP) ## 300 random kills under load on each database
	@exec $(PY) -m tests.chaos

lock: $(STAMP) ## pin requirements.in and requirements-dev.in again
	@tools/lock.sh
