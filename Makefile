# make demo   the sample department, from an empty folder to a handover
# make test   everything that must hold
# make bench  ratios of one run; make derive  what is generated from a source; make soak  every promise at length

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

# Containers often forbid byte code; without it every start pays for compiling.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test lint types layers bench soak derive clean

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	$(BIN)/python -m compileall -q $(VENV)/lib salesctl migrations || true
	@touch $@

demo: $(READY)
	$(BIN)/python -m tests.demo

test: lint types layers
	$(BIN)/python -m pytest -n 2
	SALESCTL_TEST_ENGINE=postgresql $(BIN)/python -m pytest -n 2

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports --no-cache
	SALESCTL_LEDGER=no-ledger $(BIN)/salesctl policy check  # the packs as shipped, whatever ledger lies at home

bench: $(READY)
	ROWS=$(or $(ROWS),100000) $(BIN)/python -m tests.bench $(JOBS)

soak: $(READY)
	$(BIN)/python -m tests.soak $(PROMISES)

derive: $(READY)
	$(BIN)/python -m tests.derive

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache demo
