# Torgau. `make run` and `make test` need nothing but Python 3.11 and make: they build .venv in this folder.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
DRILL_MINUTES ?= 30
DRILLS ?= tests/drills tests/campaign/test_plain_and_compiled.py
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help run test test-slow drill check format bench baseline pictures lock schemas clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

$(STAMP): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (make PYTHON=python3.11 ...)"; exit 1; }
	@echo "setting up $(VENV) (once, about a minute) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@echo "compiling the laws of the game (once, a minute or two) ..."
	@$(PY) run.py run relief_2017 --turns 160 >/dev/null
	@touch $@

run: $(STAMP)  ## watch the default scenario (no display: render a film and a picture, and say where)
	@$(PY) run.py watch

test: $(STAMP)  ## run the quick tests
	@$(PY) -m pytest -m "not slow and not drill" -q -n 2 --dist loadfile

test-slow: $(STAMP)  ## run the long tests: paired seeds, whole campaigns
	@$(PY) -m pytest -m slow -q

drill: $(STAMP)  ## faults, bad files, long runs; writes docs/RELIABILITY.md (in pieces: DRILLS=FILE, DRILL_RESUME=1)
	@DRILL_WRITE=1 DRILL_MINUTES=$(DRILL_MINUTES) DRILL_RESUME=$(DRILL_RESUME) $(PY) -m pytest -p tests.drills.progress -m drill -q $(DRILLS)

check: $(STAMP)  ## lint, format, types, architecture, shipped configuration
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports
	@$(PY) run.py check configs/scenarios

format: $(STAMP)  ## format the code
	@$(PY) -m ruff check --fix --quiet .
	@$(PY) -m ruff format --quiet .

bench: $(STAMP)  ## measure the speed of a campaign
	@$(PY) run.py bench

baseline: $(STAMP)  ## write the baselines of the shipped scenarios anew (say why in CHANGELOG, Results)
	@$(PY) -m tests.baseline

pictures: $(STAMP)  ## make every picture of the view in docs/images anew
	@$(PY) -m viz.output.pictures

schemas: $(STAMP)  ## write the JSON schemas of the configuration files
	@$(PY) -m model.configuration.schemas

lock: $(STAMP)  ## lock the versions again from pyproject.toml
	@$(PY) -m pip install --quiet uv
	@$(PY) -m uv pip compile --quiet pyproject.toml --extra video --extra cluster --group dev --generate-hashes --python-version 3.11 --no-emit-index-url --output-file requirements.lock

clean:  ## remove the environment and everything that can be made again
	@rm -rf $(VENV) .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
