# make run: set everything up, index the sample corpus, serve the site. make test: set everything up, pass the tests.
.PHONY: setup run test faults check sample screenshots translations lock bench bench-reading bench-cleaning bench-ocr bench-damaged bench-unchanged evaluate

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

test: setup .venv/dev.done
	$(BIN)/pytest

# The promises of the README against all that can go wrong, as often as they say; FAULTS_ROUNDS=n for other counts, OPTIONS for pytest
faults: setup .venv/dev.done
	FAULTS_LONG=1 $(BIN)/pytest -rP tests/faults $(OPTIONS)

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

# Gather the site's messages, and compile their English; what is not translated yet is left empty, and a test says so
translations: setup
	mkdir -p build
	$(BIN)/pybabel --quiet extract --mapping-file babel.cfg --keywords gettext_noop --no-location --omit-header --output-file build/messages.pot .
	$(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --omit-header --width 130 --locale en \
		--input-file build/messages.pot --output-dir webapp/translations
	$(BIN)/pybabel --quiet compile --use-fuzzy --directory webapp/translations
