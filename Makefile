# The main job, and the checks. Everything is installed into .venv by what stands here.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check

# With PINNED=1 the versions of constraints/ are installed, each compared with its hash, and no other: see .ci/run.
FROM := $(if $(PINNED),--no-index --no-build-isolation)

# npm keeps what it fetches below HOME, and ends where there is none.
NPM := npm$(if $(HOME),, --cache '$(CURDIR)/build/npm')

.PHONY: all test unit long lint tools browsers latex fuzz cluster bench bench-pages docs example gephi jupyter s3 constraints audit-dependencies bare strange versions clean help

all: $(VENV)/.project ## build the pages, the GraphML and the tables of the reading list
	@$(BIN)/lineage build --output output

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed: make PYTHON=python3.12'; exit 1; }
	@$(PYTHON) -m venv $(VENV)
ifdef PINNED
	@echo 'installing what constraints/ names, by its hashes'
	@$(PIP) install --require-hashes --no-deps --only-binary :all: --requirement constraints/build.txt
	@$(PIP) install --require-hashes --no-deps --no-build-isolation --requirement constraints/checks.txt
endif

# Without --no-compile pip spends most of its time on modules that an answer never loads; Python compiles what it does load.
$(VENV)/.project: pyproject.toml $(VENV)/bin/python
	@echo 'installing citation-lineage into $(VENV): a minute or so, less where pip has what it needs'
	@$(PIP) install --no-compile $(FROM) --editable .
	@scripts/relative_pth.sh $(VENV)
	@touch $@

# A pip that knows dependency groups.
$(VENV)/.pip: $(VENV)/bin/python
	@$(if $(PINNED),,$(PIP) install --upgrade 'pip>=25.1')
	@touch $@

$(VENV)/.checks: pyproject.toml $(VENV)/.project $(VENV)/.pip
	@echo 'installing what the checks need'
	@$(PIP) install $(FROM) --editable '.[bulk,mcp,parquet,spark]' --group test --group lint --group docs
	@scripts/relative_pth.sh $(VENV)
	@touch $@

$(VENV)/.bench: pyproject.toml $(VENV)/.project $(VENV)/.pip
	@echo 'installing what the benchmarks compare with'
	@$(PIP) install $(FROM) --editable '.[bulk,parquet]' --group bench
	@scripts/relative_pth.sh $(VENV)
	@touch $@

tools: ## install Chromium and node for the tests, where there are none
	@scripts/install_test_tools.sh

browsers: ## install Firefox ESR and WebKitGTK too, for the long tests
	@scripts/install_test_tools.sh --browsers

latex: ## install LaTeX and biber too, for the paper of the tutorial and for what biblatex prints
	@scripts/install_test_tools.sh --latex

# readers: the GraphML parser of Gephi Lite; views: what checks the pages' scripts and their accessibility.
NODE_MODULES := tests/readers/node_modules/.package-lock.json tests/views/node_modules/.package-lock.json

tests/%/node_modules/.package-lock.json: tests/%/package-lock.json | tools
	@cd tests/$* && $(NPM) ci --no-audit --no-fund --no-update-notifier --loglevel error
	@touch $@

test: lint unit ## lint, types, import contract and the tests; `make long` has those that take long

lint: $(VENV)/.checks $(NODE_MODULES)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	cd tests/views && $(NPM) run --silent lint && $(NPM) run --silent types

unit: $(VENV)/.checks tools $(NODE_MODULES)
	$(BIN)/pytest -n 3 --dist worksteal --max-worker-restart 0

long: $(VENV)/.checks browsers latex $(NODE_MODULES) ## what takes long by its nature: kills, Spark, every pair in the browser, many examples of each property
	$(BIN)/pytest -n 2 --dist loadfile --max-worker-restart 0 -m long tests
	$(BIN)/pytest -n 2 --dist worksteal --max-worker-restart 0 -m 'hypothesis and not long' --hypothesis-profile long tests

fuzz: $(VENV)/.checks $(VENV)/.fuzz ## every reader on inputs that follow the code, then the property tests on thousands of examples
	$(BIN)/python -m tests.fuzzing --seconds 20
	$(BIN)/pytest -n 2 -m hypothesis --hypothesis-profile fuzz --timeout 0 tests

$(VENV)/.fuzz: pyproject.toml $(VENV)/.pip
	@$(PIP) install --group fuzz || echo 'no atheris for this Python: inputs are random'
	@touch $@

cluster: $(VENV)/.checks tools ## the tests of both engines on a Spark cluster with two workers; three minutes or so
	scripts/on_spark_cluster.sh $(BIN)/pytest -m long tests/bulk/test_engines.py

bench: $(VENV)/.bench ## what the main job costs, beside networkx
	$(BIN)/python -m benchmarks.core
	$(BIN)/python -m benchmarks.queries
	$(BIN)/python -m benchmarks.startup

gephi: $(VENV)/.checks tools ## what Gephi itself makes of the files for it; fetches its library from Maven Central
	@scripts/with_jars.sh tests/gephi $(BIN)/pytest -m gephi tests/exports/test_gephi.py

jupyter: $(VENV)/.checks tools ## notebooks in JupyterLab itself, in Chromium; three minutes or so
	@$(PIP) install $(if $(PINNED),--require-hashes --no-deps --only-binary :all: --requirement constraints/jupyter.txt,--group jupyter)
	@$(BIN)/jupyter --version
	$(BIN)/pytest -m jupyter tests/interfaces/test_jupyterlab.py

s3: $(VENV)/.checks tools ## ingest from and to a bucket, with Hadoop's client (half a gigabyte of jars) and a server on this machine
	@$(PIP) install --group s3
	@scripts/with_jars.sh tests/bulk/s3 $(BIN)/pytest -m s3 tests/bulk/test_s3.py

example: $(VENV)/.project ## a second field, from public keys to Bitcoin, made of printed bibliographies: build/cryptography/
	@$(BIN)/python scripts/build_example.py examples/cryptography build/cryptography

docs: $(VENV)/.checks ## the documentation as a site of static pages, build/docs/index.html
	@$(BIN)/python -m sphinx -W --keep-going -q -b html docs build/docs
	@echo build/docs/index.html

bench-pages: $(VENV)/.checks tools ## what a page costs its reader, beside pyvis and sigma.js; ten minutes or so
	$(BIN)/python -m benchmarks.pages

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	--custom-compile-command 'make constraints'

constraints: $(VENV)/.pip ## choose the newest versions that fit together, for every Python from 3.11 on, with their hashes
	@$(PIP) install --group pin
	$(COMPILE) --group build --output-file constraints/build.txt
	$(COMPILE) pyproject.toml --extra bulk --extra mcp --extra parquet --extra spark --group test --group lint --group docs --output-file constraints/checks.txt
	$(COMPILE) --group jupyter --constraint constraints/checks.txt --output-file constraints/jupyter.txt

audit-dependencies: $(VENV)/.pip ## compare the versions in constraints/ with the published vulnerabilities
	@$(PIP) install --group pin
	@scripts/audit_dependencies.sh $(BIN)/pip-audit

bare: ## the main job in an environment that holds only the declared dependencies
	@scripts/try_bare.sh

strange: ## the checks as on somebody else's machine: other user, path and fonts, no HOME, no git; needs root
	@scripts/try_strange.sh test

versions: $(VENV)/.pip ## the wheel on every Python from 3.11 on that is here, with the lowest and the newest dependencies; minutes
	@$(PIP) install --group pin
	@PATH="$(CURDIR)/$(BIN):$$PATH" scripts/try_versions.sh --tests

clean:
	rm -rf $(VENV) build tests/*/node_modules .mypy_cache .ruff_cache .pytest_cache

help:
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'
