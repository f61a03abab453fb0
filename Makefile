# make run: set everything up, index the sample corpus, serve the site. make test: set everything up, pass the tests.
.PHONY: setup run test opensearch opensearch-stop test-opensearch check sample screenshots translations lock bench bench-research bench-load bench-reading bench-cleaning bench-ocr bench-damaged bench-unchanged evaluate faults fuzz audit

PYTHON ?= python3
BIN := .venv/bin

setup: .venv/setup.done

.venv/setup.done: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed; name one with: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev.done: .venv/setup.done requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

# Exit code 3 says that some files could not be read: the site is served all the same
run: setup
	$(BIN)/chercheville build || [ $$? -eq 3 ]
	$(BIN)/chercheville serve

# Test files are shared out among as many processes as cores; WORKERS=n for others
WORKERS ?= auto
SHARED_OUT = $(BIN)/pytest -n $(WORKERS) --maxprocesses 8 --dist loadfile
test: setup .venv/dev.done
	$(SHARED_OUT)

# A real OpenSearch node in the background, on the first free port from 9201 on of the loopback; NODES=3 for three, PORT=n for a port
NODES ?= 1
opensearch: setup .venv/dev.done
	$(BIN)/python -m tests.cluster start --nodes $(NODES) $(if $(PORT),--port $(PORT))

opensearch-stop: setup .venv/dev.done
	$(BIN)/python -m tests.cluster stop

# All tests that an OpenSearch cluster has to pass: on that of CHERCHEVILLE_OPENSEARCH, else on the one that `make opensearch` started
test-opensearch: setup .venv/dev.done
	[ -n "$$CHERCHEVILLE_OPENSEARCH" ] || $(BIN)/python -m tests.cluster status || $(MAKE) opensearch
	$(SHARED_OUT) --no-skips -k opensearch $(OPTIONS)

check: setup .venv/dev.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

.venv/bench.done: .venv/setup.done requirements-bench.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	touch $@

# Searching and building against tantivy, SQLite, Xapian, Whoosh and OpenSearch, where they are; bench/README.md tells the options
DOCS ?= 20000
bench: setup .venv/bench.done
	$(BIN)/python -m bench search --docs $(DOCS) $(OPTIONS)

# Concordance, trends and characteristic words against one faceted search
bench-research: setup
	$(BIN)/python -m bench research --docs $(DOCS) $(OPTIONS)

# Many readers: the highest rate held, a soak, overload, a rebuild beside, slow and idle connections; --whoosh for stock Whoosh beside
bench-load: setup
	$(BIN)/python -m bench load --docs $(DOCS) $(OPTIONS)

# Reading PDFs against pdfminer.six's extract_text on the PDFs of DIR; cleaning rule by rule; recognition of scans; damaged copies; unchanged corpora
bench-reading: setup
	$(BIN)/python bench/reading.py "$(DIR)"

bench-cleaning: setup
	$(BIN)/python bench/cleaning.py "$(DIR)"
	$(BIN)/python bench/margins.py "$(DIR)"

bench-ocr: setup
	$(BIN)/python bench/ocr.py "$(DIR)"

bench-damaged: setup
	$(BIN)/python bench/damaged.py "$(DIR)"

bench-unchanged: setup
	$(BIN)/python bench/unchanged.py

# The promises of the README with all their rounds, of which `make test` has a part; the tests of nodes follow each other in one
# process, beside the others; FAULTS_ROUNDS=n for other numbers of rounds, OPTIONS for pytest
faults: setup .venv/dev.done
	FAULTS=long $(SHARED_OUT) --dist loadgroup -rfEP tests/faults tests/faults_opensearch $(OPTIONS)

.venv/fuzz.done: .venv/dev.done requirements-fuzz.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.lock
	touch $@

# The parsers against inputs that follow what the code does (atheris), RUNS for each
RUNS ?= 100000
fuzz: setup .venv/fuzz.done
	for target in query dates places page address cursors; do $(BIN)/python -m tests.faults.fuzz $$target -runs=$(RUNS) || exit 1; done

.venv/audit.done: .venv/setup.done requirements-audit.lock
	$(PYTHON) -m venv .venv/audit
	.venv/audit/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.lock
	touch $@

# Are there known vulnerabilities in what is installed? What the registry at hand cannot say is named, never taken for sound
audit: setup .venv/audit.done
	.venv/audit/bin/python .ci/audit.py requirements.lock

# The ranking on the questions of DIR: as they are, without accents, mistyped, and on long documents with and without best passages
evaluate: setup
	$(BIN)/chercheville evaluate "$(DIR)"
	$(BIN)/chercheville evaluate "$(DIR)" --no-accents
	$(BIN)/chercheville evaluate "$(DIR)" --typo
	$(BIN)/chercheville evaluate "$(DIR)" --long
	$(BIN)/chercheville evaluate "$(DIR)" --long --without passage

# Write the PDFs of the sample corpus anew from corpus/sources/
sample: setup .venv/dev.done
	$(BIN)/python corpus/make_sample.py

# Take the README's screenshots anew
screenshots: setup .venv/dev.done
	$(BIN)/python docs/make_screenshots.py

# Pin the newest versions that pyproject.toml allows
lock: .venv/dev.done
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --quiet --upgrade \
		--group build --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --quiet --upgrade \
		--group build --group dev --output-file requirements-dev.lock
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --quiet --upgrade \
		--group build --group bench --constraint requirements.lock --output-file requirements-bench.lock
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --quiet --upgrade \
		--group build --group dev --group fuzz --constraint requirements-dev.lock --output-file requirements-fuzz.lock
	$(BIN)/uv pip compile --group audit --universal --python-version 3.11 --generate-hashes --no-header --quiet --upgrade \
		--output-file requirements-audit.lock

# Gather the site's messages, and compile their English; what is not translated yet is left empty, and a test says so
translations: setup
	mkdir -p build
	$(BIN)/pybabel --quiet extract --mapping-file babel.cfg --keywords gettext_noop --no-location --omit-header --output-file build/messages.pot .
	$(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --omit-header --width 130 --locale en \
		--input-file build/messages.pot --output-dir webapp/translations
	$(BIN)/pybabel --quiet compile --use-fuzzy --directory webapp/translations
