# Đúng Hẹn. `make run` starts the board, `make test` checks everything; `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.ONESHELL:
MAKEFLAGS += --no-print-directory

# Overridable: make run PORT=8600 WAREHOUSE=/srv/dunghen/warehouse
PORT ?= 8501
ADDRESS ?= 127.0.0.1
WAREHOUSE ?= data/warehouse
DOSSIERS ?= 60000
PYTHON ?= python3

export PYTHON
BIN := .venv/bin

.PHONY: help run setup setup-dev demo test lint format types bench clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' \
		| while IFS='|' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done
	echo
	echo "  With run and demo: PORT=$(PORT) ADDRESS=$(ADDRESS) WAREHOUSE=$(WAREHOUSE) DOSSIERS=$(DOSSIERS)"

run: setup ## start the board on http://127.0.0.1:8501, with a demo where there are no figures yet
	@$(BIN)/python scripts/demo.py if-empty '$(WAREHOUSE)' '$(DOSSIERS)'
	exec scripts/serve.sh '$(ADDRESS)' '$(PORT)' '$(WAREHOUSE)'

setup: ## install what the board needs into .venv (quick when it is there already)
	@scripts/setup.sh requirements.txt

setup-dev: ## install what the checks need as well
	@scripts/setup.sh requirements-dev.txt

demo: setup ## renew the invented province, as of now; refused where real figures are
	@$(BIN)/python scripts/demo.py renew '$(WAREHOUSE)' '$(DOSSIERS)'

test: setup-dev ## every check and every test, with one summary at the end
	@scripts/test.sh

lint: setup-dev ## style and likely defects, without changing a file
	@$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: setup-dev ## bring files into the common form
	@$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: setup-dev ## check the types
	@$(BIN)/mypy

bench: setup-dev ## measure speed and memory against the budgets
	@for benchmark in tests/benchmarks/bench_*.py; do
		[ -e "$$benchmark" ] || { echo "There is no benchmark in tests/benchmarks." >&2; exit 1; }
		echo "== $$benchmark"
		PYTHONPATH=. $(BIN)/python "$$benchmark"
	done

clean: ## remove what was installed and cached; exports and figures stay
	@rm -rf .venv .make .mypy_cache .ruff_cache .pytest_cache .hypothesis test-results
	find . -name __pycache__ -type d -not -path './data/*' -prune -exec rm -rf {} +
