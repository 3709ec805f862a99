# Needs make, a shell and Python 3.11 or newer with venv; all else goes into .venv.
# What has been installed is remembered in .make, so that nothing is done twice.

VENV := .venv
STAMPS := .make
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The versions that everything was tried with; `make newest` tries others.
CONSTRAINTS := constraints.txt
CATALOGUES := $(wildcard svc_tui/locale/*/LC_MESSAGES/*.po)
PACKAGE := pyproject.toml constraints.txt hatch_build.py svc_tui/__init__.py $(CATALOGUES)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help run test soak check messages pictures clean

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: $(STAMPS)/run ## start the program; the first time with a demo shop
	@$(BIN)/svc-tui --try

test: $(STAMPS)/test ## run every test
	$(BIN)/python -m pytest

soak: $(STAMPS)/test ## what is promised about crashes, tried for an hour
	$(BIN)/python -m tests.soak.kills --kills 15000
	for act in backup restore migrate import bulk undo; do \
	    $(BIN)/python -m tests.soak.killed_acts --act $$act --rounds 300 || exit 1; done
	for act in migrate import bulk undo; do \
	    $(BIN)/python -m tests.soak.killed_acts --act $$act --rounds 200 --server || exit 1; done
	$(BIN)/python -m tests.soak.first_start --rounds 200
	$(BIN)/python -m tests.soak.load --processes 50 --seconds 60
	$(BIN)/python -m tests.soak.chain --seconds 600
	$(BIN)/python -m tests.soak.cuts --rounds 100
	$(BIN)/python -m tests.soak.answers --rounds 1000
	$(BIN)/python -m tests.soak.pairs
	$(BIN)/python -m tests.soak.pairs --server
	$(BIN)/python -m tests.soak.keys --keys 100000
	$(BIN)/python -m tests.soak.sizes --sizes 200

check: $(STAMPS)/check ## style, types, layers, and that the Danish texts are complete
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports
	$(BIN)/python -m tests.catalogues check

.PHONY: newest
newest: ## the suite on the newest of everything, in an environment of its own; then these versions are constraints.txt
	$(MAKE) --no-print-directory VENV=.venv-newest STAMPS=.make-newest CONSTRAINTS=/dev/null check test
	@{ sed -n '/^#/p' constraints.txt; \
	   .venv-newest/bin/python -m pip freeze --exclude-editable | grep -ivE '^(pip|setuptools)=='; } > constraints.new
	@mv constraints.new constraints.txt

.PHONY: bench
bench: $(STAMPS)/test ## what a key costs at a million jobs, beside floors; half an hour, 12 GB of disk
	$(BIN)/python -m bench

pictures: $(STAMPS)/run ## draw the README's pictures from the program itself
	$(BIN)/python -m docs.pictures

messages: $(STAMPS)/test ## read the texts of the sources into svc_tui/locale, for translating
	$(BIN)/python -m tests.catalogues update
	$(BIN)/pybabel --quiet compile --domain svc_tui --directory svc_tui/locale

clean: ## remove .venv and everything else that was made here; no shop's database is touched
	rm -rf $(VENV) $(STAMPS) .venv-newest .make-newest build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find svc_tui tests bench docs -name __pycache__ -type d -prune -exec rm -rf {} +
	find svc_tui/locale -name '*.mo' -delete

# Asked before the environment is made: without ensurepip a half-made one would be left behind.
$(VENV)/pyvenv.cfg:
	@for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	    echo "svc_tui needs Python 3.11 or newer, and there is none here." \
	         "On Debian 12, Ubuntu 24.04 and later: sudo apt install python3 python3-venv" >&2; \
	    exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
	    echo "$$found comes without venv, which keeps svc_tui apart from the system's Python." \
	         "On Debian and Ubuntu: sudo apt install $$found-venv" >&2; \
	    exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$found" --version)."; \
	"$$found" -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

$(STAMPS)/run: $(VENV)/pyvenv.cfg $(PACKAGE)
	@echo "Installing svc_tui into $(VENV)."
	@$(PIP) install --constraint $(CONSTRAINTS) --editable '.[paper]'
	@mkdir -p $(STAMPS) && touch $@

# Dependency groups came with pip 25.1.
$(STAMPS)/test: $(STAMPS)/run
	@echo "Installing what the tests need."
	@$(PIP) install 'pip>=25.1'
	@$(PIP) install --constraint $(CONSTRAINTS) --editable '.[paper,postgres]' --group test
	@touch $@

$(STAMPS)/check: $(STAMPS)/test
	@echo "Installing what the checks need."
	@$(PIP) install --constraint $(CONSTRAINTS) --group check
	@touch $@
