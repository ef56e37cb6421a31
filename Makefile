# Every command that a person needs. Each does its own set-up, says what it is doing, and is quick the second time.
SHELL := /bin/sh
BIN := .venv/bin
FAST := tests/unit tests/letters tests/release_check tests/services tests/contracts tests/repository tests/properties
# Tests that run whole processes: two files at a time, the journeys as if they were one.
WHOLE := $(wildcard tests/integration tests/journeys)
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
	--strip-extras --allow-unsafe
ARGS ?=
# How many of the fast tests run side by side: a number, or auto for one on each processor.
WORKERS ?= auto

.DEFAULT_GOAL := help
.PHONY: help demo up check test docs lock bench chaos setup runtime test-machine static clean

help:  ## Show this.
	@echo "make demo   and   make test   are the two to know. All of them:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo 'More for the command behind it: make demo ARGS="--once --state DIR"'

demo: runtime  ## Run everything and play five real cases through it; runs on until Ctrl-C.
	@$(BIN)/candour demo $(ARGS)

up: runtime  ## Run everything without the cases, until Ctrl-C.
	@$(BIN)/candour up $(ARGS)

check: setup static  ## Format, lint, types, import rules, generated documents, fast tests: for every commit.
	@echo "== fast tests"
	@$(BIN)/pytest -n $(WORKERS) --dist loadgroup -m "not broker and not browser and not postgres and not slow" $(FAST) $(ARGS)

test: setup test-machine static  ## Everything, also on PostgreSQL, real Kafka and in a real browser.
	@echo "== tests side by side, on SQLite and on PostgreSQL"
	@$(BIN)/pytest -n $(WORKERS) --dist loadgroup $(FAST) $(ARGS); first=$$?; \
	echo "== tests that run whole processes, two at a time"; \
	$(BIN)/pytest -n 2 --dist loadgroup $(WHOLE) $(ARGS) && [ $$first = 0 ] || { echo "Not everything passed: see above."; exit 1; }

docs: setup  ## Write the generated documents again: events, lifecycles, schemas, settings.
	@$(BIN)/python -m services.operations.documents

bench: runtime  ## Measure speed, memory and growth as ratios within one run.
	@$(BIN)/candour bench $(ARGS)

chaos: runtime  ## Kill processes at random under load, then prove that nothing was lost or doubled.
	@$(BIN)/candour chaos $(ARGS)

lock: setup  ## Choose the newest allowed packages and write the locks, with hashes.
	@for name in requirements requirements-build requirements-dev requirements-java; do \
		echo "== $$name.txt"; $(LOCK) --upgrade --output-file $$name.txt $$name.in || exit 1; done

setup:  ## Make the environment for development in .venv.
	@deploy/setup/environment.sh development
	@deploy/setup/libraries.sh

runtime:
	@deploy/setup/environment.sh runtime
	@deploy/setup/libraries.sh

test-machine:
	@deploy/setup/test-machine.sh

static:
	@echo "== format" && $(BIN)/ruff format --quiet --check . \
		|| { echo "Some files are not in format. Run: $(BIN)/ruff format ."; exit 1; }
	@echo "== lint" && $(BIN)/ruff check --quiet .
	@echo "== types" && $(BIN)/mypy --no-error-summary
	@echo "== import rules" && report=$$($(BIN)/lint-imports 2>&1) || { echo "$$report"; exit 1; }
	@echo "== generated documents" && $(BIN)/python -m services.operations.documents --check

clean:  ## Remove the environment and all caches; data of local runs stay in var/.
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .schemathesis .import_linter_cache *.egg-info build
	@find services shared tests -name __pycache__ -type d -prune -exec rm -rf {} +
	@[ ! -d var ] || echo "var/ is still there: it holds the data of local runs. Remove it with: rm -r var"
