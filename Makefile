# From a fresh clone: `make graph` builds the graph, `make test` runs every check.
# Needs python3 (3.11 or later) with venv, git and make; everything else is installed into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
KG := $(BIN)/kg
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PYTEST_ARGS ?=

# pip reads the locks with --require-hashes: a file that is not the one that was locked is refused.
# jieba is published as source only, so the build tools are locked and come first, and no build fetches its own.
LOCKED := --no-build-isolation --require-hashes

.DEFAULT_GOAL := help
.PHONY: help setup graph lint test bench docs lock clean
.DELETE_ON_ERROR:

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

setup: $(VENV)/.runtime ## .venv with the package and what it needs

graph: $(VENV)/.runtime ## build the graph and the page from data/texts/ into build/
	@$(KG) build || [ $$? -eq 3 ]  # 3: built, but a text was left out, which the build has told
	@printf '\nThe page is %s/build/graph.html. Next, try:\n' "$(CURDIR)"
	@printf '  %s\n' '$(KG) view --open' '$(KG) query --list' '$(KG) connections --from sector --to theme'

lint: $(VENV)/.test ## layout, style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict

test: lint ## every check: layout, style, types and all tests; PYTEST_ARGS="-k name" for some
	@scripts/browser
	@scripts/office
	$(BIN)/python -m pytest $(PYTEST_ARGS)

bench: $(VENV)/.test ## run benchmarks/*.py and write benchmarks/results.md
	@scripts/bench $(BIN)/python

docs: $(VENV)/.runtime ## write the generated pages of docs/ again
	@for make_page in docs/make_*.py; do $(BIN)/python "$$make_page" || exit 1; done

lock: ## lock the dependencies of pyproject.toml again; UPGRADE=1 takes the newest ones
	@scripts/lock $(PYTHON) $(if $(UPGRADE),--upgrade)

clean: ## remove all that can be made again: .venv, build/ with its history, caches
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An empty file in .venv says when its packages were last in step with the locks.
$(VENV)/.runtime: pyproject.toml requirements-build.lock requirements.lock
	@scripts/venv $(PYTHON) $(VENV)
	@echo "Installing kg and what it needs into $(VENV) …"
	@$(PIP) install $(LOCKED) -r requirements-build.lock
	@$(PIP) install $(LOCKED) -r requirements.lock
	@$(PIP) install --no-build-isolation --no-deps --no-index --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.runtime requirements-test.lock
	@echo "Installing what the tests need into $(VENV) …"
	@$(PIP) install $(LOCKED) -r requirements-test.lock
	@touch $@
