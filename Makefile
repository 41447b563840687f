# Everything a person does with this project, by name. `make help` explains.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo run key test check format bench soak texts migrate lock clean

help: ## what each command does
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | awk -F'|' '{printf "  make %-9s %s\n", $$1, $$2}'

demo: $(VENV)/run ## the bot at work with no Telegram: a chat page in the browser (AT="2026-11-27 22:30": at that time)
	@$(BIN)/python -m bot demo $(if $(AT),--at "$(AT)")

run: migrate ## the bot on a real server, with the settings of .env
	@$(BIN)/python -m bot run

key: $(VENV)/run ## print a new DATA_KEY
	@$(BIN)/python -m bot key

test: $(VENV)/dev ## every test
	@$(BIN)/python -m pytest -n auto

check: $(VENV)/dev ## format, lint, types, imports, texts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m tools.texts --check

format: $(VENV)/dev ## put the code in order
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/dev ## measure on this machine (ratios, one run)
	@$(BIN)/python -m bench

soak: $(VENV)/dev ## the long attack runs
	@$(BIN)/python -m pytest -n auto --dist worksteal -vv --durations=20 -m soak -o faulthandler_timeout=14400

texts: $(VENV)/dev ## bring the catalogues up to date with the code
	@$(BIN)/python -m tools.texts

migrate: $(VENV)/run ## bring the database up to date
	@$(BIN)/python -m bot migrate

lock: $(VENV)/dev ## pin the dependencies anew
	@$(BIN)/python -m tools.lock

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python's venv module is missing. On Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/run: requirements.lock | $(VENV)/bin/python
	@echo "Setting up (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/dev: requirements-dev.lock $(VENV)/run
	@echo "Setting up the development tools (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
