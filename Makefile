# The two commands are `make book` and `make test`; `make help` lists the others.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The first of these that runs and is new enough; name another with PYTHON=...
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	$$p -c '$(FITS)' 2>/dev/null && { echo $$p; exit; }; done; echo none)

VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PAGE := _build/html/index.html

# Named after the content of the two files, so that neither a checkout nor a clock can mislead it.
STAMP := $(VENV)/installed-$(shell cat requirements.txt pyproject.toml | cksum | tr ' ' '-')

# Sphinx rebuilds a page whose own source changed; when one of these changed, every page is built.
SITE := _build/from-$(shell (echo "$$BOOK_URL"; cat _config.yml _toc.yml requirements.txt \
	$$(find _ext cebook_utils/language cebook_utils/kernel -type f ! -path '*/__pycache__/*' | sort)) | cksum | tr ' ' '-')

# On small matrices, threads of the linear algebra only stand in each other's way.
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1

# What Python reads and prints is UTF-8, also on Windows.
export PYTHONUTF8 := 1

.PHONY: help
help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: book
book: site ## build the book into _build/html
	@echo "Open $(CURDIR)/$(PAGE)"

# The pages in the browser take longest, so they must not come last: the tests keep their order.
.PHONY: test
test: site $(VENV)/compiled ## run everything: unit tests, doctests, notebooks, guards, every page in a browser
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# `make test` opens some of the pages, which between them hold one of each kind of thing.
SITE_TESTS := $(wildcard $(patsubst %,tests/book/test_%.py,desk phone loading site print reading search))

.PHONY: site-test
site-test: site ## open every page in a browser: wide and narrow, light and dark, without scripts
	PAGES=all BROWSER=required $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(SITE_TESTS)

.PHONY: portable
portable: $(STAMP) ## run notebooks and numeric tests as other processors would compute them
	$(BIN)/python tools/portable.py

.PHONY: notebooks
notebooks: $(STAMP) ## re-execute and normalise all chapters, or CHAPTER=name
	$(BIN)/python tools/notebooks.py $(CHAPTER)

.PHONY: asserts
asserts: $(STAMP) ## store how many asserts each chapter has, after a change that was meant
	$(BIN)/python tools/asserts.py

.PHONY: serve
serve: book ## show the book at http://localhost:8000
	$(BIN)/python -m http.server --directory _build/html --bind localhost 8000

.PHONY: pdf
pdf: site ## print the whole book into one PDF beside its pages, by the Chromium of this machine
	$(BIN)/python tools/pdf.py
	@$(MAKE) --no-print-directory site

.PHONY: fonts
fonts: $(VENV)/author site ## cut the fonts anew, for the characters that the pages show
	$(BIN)/python tools/fonts.py

.PHONY: pictures
pictures: site ## draw the pictures of the README from the built page
	$(BIN)/python tools/pictures.py

.PHONY: bench
bench: $(STAMP) ## measure the derivation core, the losses, and the loss at scale
	$(BIN)/python -m tools.bench
	$(BIN)/python tools/bench_losses.py
	$(BIN)/python tools/bench_scale.py

.PHONY: mutants
mutants: $(STAMP) ## put wrong steps into right derivations; every one must be refuted
	$(BIN)/python -m tools.mutants

.PHONY: replay
replay: $(STAMP) ## judge every proof of the book again, in a process with the kernel alone
	$(BIN)/python tools/replay.py

.PHONY: proofs
proofs: $(STAMP) ## store the proofs of the chapters anew, after a change that was meant
	$(BIN)/python tools/replay.py --store

.PHONY: parity
parity: $(STAMP) ## hold the two kernels, and what pages show beside them, against each other
	$(BIN)/python -m tools.parity
	$(BIN)/python -m tools.page_parity

.PHONY: fuzz
fuzz: $(STAMP) ## hold what the kernel says of 100,000 random terms against numbers
	$(BIN)/python tools/fuzz.py

.PHONY: slips
slips: $(STAMP) ## put slips into the kernel itself; the tests have to see them
	$(BIN)/python tools/mutate_kernel.py

# Large packages, and of the newest releases: a place of their own keeps them out of the book's.
PEERS := .peers
PEERS_BIN := $(PEERS)/$(notdir $(BIN))

.PHONY: peers
peers: $(PEERS)/installed ## hold the losses against PyTorch, optax, SciPy, scikit-learn and mpmath
	$(PEERS_BIN)/python tools/peers.py

$(PEERS)/installed: pyproject.toml
	@echo "Setting up $(PEERS): PyTorch is large"
	@if command -v uv >/dev/null; then \
	  { test -x $(PEERS_BIN)/python || uv venv --quiet --python "$$(command -v $(PYTHON))" $(PEERS); } && \
	  uv pip install --quiet --python $(PEERS_BIN)/python -e '.[peers]'; \
	else \
	  $(PYTHON) -m venv $(PEERS) && $(PEERS_BIN)/python -m pip install --quiet -e '.[peers]'; \
	fi
	@touch $@

.PHONY: certify
certify: $(STAMP) ## have Coq check the theorems in proofs/, and refuse each with a slip in it
	$(BIN)/python tools/certify.py
	$(BIN)/python -m pytest proofs

.PHONY: lint
lint: $(VENV)/author ## style, spelling and workflows, as .pre-commit-config.yaml says, and types
	$(BIN)/pre-commit run --all-files
	$(BIN)/mypy
	$(BIN)/python tools/script_types.py

.PHONY: lock
lock: $(VENV)/author ## write requirements.txt anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --extra book --extra test --universal --upgrade --quiet \
	  --generate-hashes --no-annotate --no-emit-index-url --custom-compile-command "make lock" \
	  --output-file requirements.txt

.PHONY: clean
clean: ## remove the site, the caches and .venv
	rm -rf _build $(VENV) $(PEERS) .portable .mutants .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: site
site: $(STAMP) $(SITE)
	@echo "Building the pages that changed"
	@$(BIN)/jupyter-book build . -W -n --keep-going --quiet

$(SITE):
	@rm -rf _build && mkdir _build && touch $@

# pip says much; one line of it tells how far it is. Its errors it says elsewhere.
PIP_PROGRESS := /^Collecting/ { printf "\r%-70s", "  " ++n " of up to " all ": fetching " $$2; fflush() } \
  /^Installing collected/ { printf "\r%-70s\n", "  installing " n " packages"; fflush() } \
  /^done/ { done = 1 } END { exit !done }

$(STAMP):
	@$(PYTHON) -c '$(FITS)' 2>/dev/null || { \
	  echo "Python 3.11, 3.12, 3.13 or 3.14 is needed; PYTHON is \"$(PYTHON)\"."; \
	  echo "Name one, for example: make book PYTHON=/usr/local/bin/python3.12"; exit 1; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version)"
	@rm -f $(VENV)/installed-*
	@if command -v uv >/dev/null; then \
	  { test -x $(BIN)/python || uv venv --quiet --python "$$(command -v $(PYTHON))" $(VENV); } && \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt && \
	  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .; \
	else \
	  { $(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV); } && \
	  { $(BIN)/python -m pip install --no-compile --require-hashes -r requirements.txt && echo done; } \
	  | awk -v all="$$(grep -c == requirements.txt)" '$(PIP_PROGRESS)' && \
	  $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .; \
	fi
	@touch $@

# The book needs few of the packages, the tests nearly all, in two processes at once.
$(VENV)/compiled: $(STAMP)
	@echo "Compiling the packages"
	@$(BIN)/python -m compileall -q -q -j 0 $(VENV)/lib || true
	@touch $@

$(VENV)/author: $(STAMP)
	@if command -v uv >/dev/null; then uv pip install --quiet --python $(BIN)/python -e '.[author]'; \
	else $(BIN)/python -m pip install --quiet -e '.[author]'; fi
	@touch $@
