# Two commands matter: `make run` shows the portal, `make test` proves it. Each prepares what it needs.

PORT ?= 8000
export PORT
ifndef PYTHON
PYTHON := $(shell sh tools/find-python)
endif
# find-python has already said what is missing
TOOL = @test -n "$(PYTHON)" && exec $(PYTHON) -m

.PHONY: help run test test-rest test-all slowest mutants lint format setup test-next soak bench pageweight screenshots handbook demo-files fonts architecture lock clean

help:
	@echo "make run          the portal on http://127.0.0.1:8000 (PORT=… to change) with demo content"
	@echo "make test         what must hold before a change lands: lint, contracts, tests on PostgreSQL and SQLite, journeys"
	@echo "make test-rest    what it leaves out: all other tests on SQLite, walks through every page, state and kind of input"
	@echo "make test-all     both"
	@echo "make slowest      the thirty slowest tests of the last run"
	@echo "make mutants      breaks ten important rules, one at a time: make test must notice each"
	@echo "make lint         the quick part of it, without tests"
	@echo "make format       writes Python, JavaScript and style sheets as lint wants them"
	@echo "make setup        the environment for development: .venv and the front-end packages"
	@echo "make test-next    the tests on the next Django, where Python 3.12 or newer is found"
	@echo "make soak         long runs: 500 MB through, 200 x kill -9, 500 damaged and 200 sound files, more random examples; SOAK=0.1: shorter"
	@echo "make bench        how fast pages and downloads are, as ratios to a constant view and to nginx"
	@echo "make pageweight   what each kind of page weighs and when it shows itself on a slow phone, into the README"
	@echo "make screenshots  contact sheets of all kinds of pages, into build/screenshots"
	@echo "make handbook     the pictures of docs/redaktion.md, taken while an event is entered"
	@echo "make demo-files   the pictures, PDFs, film and PowerPoint that the demo content brings, where their words have changed"
	@echo "make fonts        the letters of Fira Sans that the site needs, small enough for a phone"
	@echo "make architecture draws docs/architecture.svg from the layer contracts in pyproject.toml"
	@echo "make lock         new locks in requirements/ from pyproject.toml"
	@echo "make clean        removes what was built and installed; data/ and .env stay"

run:
	$(TOOL) tools.serve

test:
	$(TOOL) tools.check

test-rest:
	$(TOOL) tools.check rest

test-all:
	$(TOOL) tools.check everything

slowest:
	$(TOOL) tools.slowest

mutants: setup
	$(TOOL) tools.mutants

lint:
	$(TOOL) tools.check lint

format:
	$(TOOL) tools.format

setup:
	$(TOOL) tools.environment
	$(TOOL) tools.frontend

test-next:
	$(TOOL) tools.check next

soak:
	$(TOOL) tools.check soak

bench: setup
	@exec .venv/bin/python -m bench

# These drive a browser, which only the environment for development has.
pageweight screenshots handbook: setup
	@exec .venv/bin/python -m tools.$@

fonts: setup
	@exec .venv/bin/python -m tools.fonts

demo-files: setup
	@exec .venv/bin/python -m tools.demo_files

architecture:
	$(TOOL) tools.architecture

lock:
	$(TOOL) tools.lock

clean:
	@rm -rf .venv .venv-* node_modules build lernnetzwerk/static/lernnetzwerk/built .*_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
