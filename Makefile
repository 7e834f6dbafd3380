# make run    install, read the two articles of seeds/, print who said what, and serve it on http://localhost:8000
# make test   install, then ruff, mypy and pytest
# make clean  remove what these made
#
# Needed: Python 3.11 or later with its venv module, git and make. PYTHON=… chooses the interpreter.

VENV ?= .venv
DB   ?= quotes.db
PORT ?= 8000
BIN   = $(VENV)/bin

.PHONY: run test clean help
.DEFAULT_GOAL := help

help:
	@sed -n 's/^# \{0,1\}//p' Makefile | head -n 5

run: $(VENV)/.installed
	@$(BIN)/quotes ingest seeds --db $(DB)
	@echo
	@$(BIN)/quotes search --sort oldest --limit 100 --db $(DB)
	@echo
	@echo "Next, try:"
	@echo "  $(BIN)/quotes search airstrikes --role spokesman --db $(DB)"
	@echo "  $(BIN)/quotes speakers --db $(DB)"
	@echo "  $(BIN)/quotes ingest YOUR-ARTICLES/ --db $(DB)"
	@echo "  $(BIN)/quotes --help"
	@echo
	@echo "Or open http://localhost:$(PORT)/ while this runs (Ctrl-C stops it), or ask:"
	@echo "  curl 'localhost:$(PORT)/api/v1/quotes?speaker=Blinken'"
	@exec $(BIN)/quotes serve --db $(DB) --port $(PORT)

test: $(VENV)/.installed-for-tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/pytest

clean:
	rm -rf $(VENV) $(DB) $(DB)-wal $(DB)-shm $(DB).lock $(DB).server.lock $(DB).tokens

# A stamp is younger than pyproject.toml as long as what it names is installed, so a second call is quick.
$(VENV)/.installed: pyproject.toml | $(VENV)/.made
	@echo "Installing (once, a minute or two) …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-for-tests: pyproject.toml | $(VENV)/.made
	@echo "Installing, with what the tests need (once, a minute or two) …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ $(VENV)/.installed

# The first interpreter that is new enough makes the environment.
$(VENV)/.made:
	@for python in $(PYTHON) python3 python3.13 python3.12 python3.11 python; do \
	  if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; then \
	    if ! $$python -c 'import venv, ensurepip' 2>/dev/null; then \
	      echo "$$python has no venv module; install it (Debian, Ubuntu: apt install python3-venv) and repeat." >&2; \
	      exit 1; \
	    fi; \
	    $$python -m venv $(VENV) && touch $@; \
	    exit; \
	  fi; \
	done; \
	echo "Python 3.11 or later is needed and was not found; install it, or name it: make PYTHON=/path/to/python3" >&2; \
	exit 1
