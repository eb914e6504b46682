# Everything here needs python3 >= 3.11, make and the package index; nothing else is installed by hand.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
UV_VERSION := 0.13.9
RUN := $(BIN)/python
# Compiled modules make every start of the command and of the tests seconds faster.
unexport PYTHONDONTWRITEBYTECODE
SRC := src/nyumbani

.DEFAULT_GOAL := help
.PHONY: help install dev demo serve test test-sqlite test-postgres check lint types floors migrations words format lock bench flood screenshots messages clean

help:  ## Show what each target does
	@grep -hE '^[a-z][a-z-]*:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F'\t' '{printf "  make %-14s %s\n", $$1, $$2}'

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Nyumbani needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.11 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

# What a demo or an installation needs.
$(VENV)/.base: requirements/base.txt pyproject.toml | $(UV)
	$(UV) pip install --quiet --python $(RUN) --require-hashes -r requirements/base.txt
	$(UV) pip install --quiet --python $(RUN) --no-deps -e .
	@touch $@

# What the tests and checks need besides.
$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	$(UV) pip install --quiet --python $(RUN) --require-hashes -r requirements/dev.txt
	@touch $@

install: $(VENV)/.base  ## Make .venv with what the product needs
dev: $(VENV)/.dev  ## ... and with what tests and checks need

demo: install  ## Play the Libya 2014 story on this machine, with invented people
	$(BIN)/nyumbani demo

serve: install  ## Start a real installation on this machine (loopback only)
	$(BIN)/nyumbani serve

test: test-sqlite test-postgres  ## All tests on SQLite, the database's again on PostgreSQL

test-sqlite: dev
	$(RUN) -m pytest -q -n 2 -m "not browser"
	$(RUN) -m pytest -q -m browser

test-postgres: dev
	NYUMBANI_TEST_DATABASE=postgres $(RUN) -m pytest -q -m "not browser and not pure" -n 2

check: lint types floors migrations words  ## Style, types, floors, migrations, deployment, secrets, words

lint: dev
	$(BIN)/ruff check src tests bench
	$(BIN)/ruff format --check src tests bench
	$(BIN)/djlint --quiet --lint --check $(SRC)
	$(BIN)/bandit -q -r $(SRC) -c pyproject.toml
	$(RUN) tests/architecture/secrets.py

types: dev
	$(BIN)/mypy

floors: dev
	$(BIN)/lint-imports --no-cache

# As an operator behind a TLS proxy would run it, in a folder of its own.
migrations: dev
	@folder=$$(mktemp -d) && mkdir -p $$folder/data && trap "rm -rf $$folder" EXIT && \
	export NYUMBANI_DATA=$$folder/data NYUMBANI_KEYS=$$folder/keys NYUMBANI_HTTPS=true && \
	$(RUN) -m nyumbani manage makemigrations --check --dry-run && \
	$(RUN) -m nyumbani manage check --deploy --fail-level WARNING

words: dev
	$(RUN) -m nyumbani.ui.catalogues --check

format: dev  ## Let the formatters have their way
	$(BIN)/ruff check --fix-only --quiet src tests bench
	$(BIN)/ruff format --quiet src tests bench
	-$(BIN)/djlint --quiet --reformat $(SRC)

lock: $(UV)  ## Pin the dependencies again, by hash, for every Python we support
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header requirements/base.in -o requirements/base.txt
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header requirements/dev.in -c requirements/base.txt -o requirements/dev.txt

messages: dev  ## Collect the pages' words into the catalogues and compile them
	$(RUN) -m nyumbani.ui.catalogues

bench: dev  ## Every figure of docs/benchmarks.md, measured again
	@for f in $$(grep -l -e --json bench/*.py); do echo "== $$f"; $(RUN) $$f || exit 1; done

flood: dev  ## Nothing lost, doubled or given to the wrong person while workers are killed
	$(RUN) bench/flood.py --items 400 --kill-after 2

screenshots: dev  ## Take the README's screenshots again
	NYUMBANI_SCREENSHOTS=docs/screenshots $(RUN) -m pytest -q tests/stories/test_in_a_browser.py

clean:  ## Remove what was built (never data)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
