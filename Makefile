# Everything a developer types. What is missing is installed on the way; the second time is quick.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

PYTHON ?= python3
PORT ?= 8000
ARGS ?=

UV_VERSION := 0.13.9
UV := .tools/bin/uv
UV_READY := .tools/uv-$(UV_VERSION)
ENVIRONMENT := .venv/.synced
RUN := .venv/bin/

GRAPHIQL := gateway/http/graphiql
GRAPHIQL_SOURCES := $(addprefix $(GRAPHIQL)/,package.json tsconfig.json vite.config.ts index.html) \
	$(shell find $(GRAPHIQL)/src -type f 2>/dev/null)
GRAPHIQL_MODULES := $(GRAPHIQL)/node_modules/.installed
GRAPHIQL_BUILT := $(GRAPHIQL)/dist/index.html
JAPANESE_FONT := /usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf
CONFORMANCE := tests/conformance
CONFORMANCE_MODULES := $(CONFORMANCE)/node_modules/.installed
PEERS := tests/bench/peers
PEERS_MODULES := $(PEERS)/node_modules/.installed

# Installs the Debian package $(1), as root or through sudo; says what to type where it cannot.
define install_debian_package
{ as_root=; [ "$$(id -u)" = 0 ] || as_root=sudo; \
	echo "==> Installing the Debian package $(1)"; \
	$$as_root apt-get update -qq && \
	$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) > /dev/null; } || \
	{ echo "$(1) is missing and could not be installed here. Install it by hand: apt-get install $(1)" >&2; exit 1; }
endef

.PHONY: help run test check schema chromium haproxy japanese-font exactly-once audit sbom bench

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(ENVIRONMENT) $(GRAPHIQL_BUILT) japanese-font ## start the demo of both co-ops with GraphiQL (PORT=8000)
	@exec $(RUN)python -m gateway demo --port $(PORT)

test: $(ENVIRONMENT) $(GRAPHIQL_BUILT) $(CONFORMANCE_MODULES) chromium haproxy japanese-font ## run every test (ARGS="tests/rules -k points" narrows them)
	$(RUN)pytest $(ARGS)

exactly-once: $(ENVIRONMENT) ## 2,000 instructions while everything is killed, in full (ARGS="--instructions 500 --seed 1")
	$(RUN)python -m tests.faults.exactly_once $(ARGS)

bench: $(ENVIRONMENT) $(PEERS_MODULES) ## the gateway beside other GraphQL servers, in full (ARGS=--quick for a glance)
	$(RUN)python -m tests.bench $(ARGS)

check: $(ENVIRONMENT) $(GRAPHIQL_MODULES) ## style, types, import contracts, licences, advisories and the co-ops' files
	$(RUN)ruff check
	$(RUN)ruff format --check
	$(RUN)mypy
	$(RUN)lint-imports
	$(RUN)pip-licenses > /dev/null
	$(RUN)python -m tests.supply_chain.audit
	$(RUN)python -m gateway coops check
	cd $(GRAPHIQL) && npm run --silent check

schema: $(ENVIRONMENT) ## print the schema into schema.graphql
	@$(RUN)python -m gateway schema > schema.graphql.new
	@mv schema.graphql.new schema.graphql
	@echo "schema.graphql is up to date."

audit: $(ENVIRONMENT) ## fail unless every shipped package was looked up and none has an advisory
	$(RUN)python -m tests.supply_chain.audit --all

sbom: $(UV_READY) ## write what is shipped to sbom.cdx.json (CycloneDX)
	@$(UV) export --quiet --preview-features sbom-export --locked --no-default-groups --format cyclonedx1.5 --output-file sbom.cdx.json
	@echo "sbom.cdx.json is written."

$(UV_READY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $(PYTHON) is not. Name another: make PYTHON=python3.12 …" >&2; exit 1; }
	@echo "==> Installing uv $(UV_VERSION) into .tools/"
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(call install_debian_package,python3-venv)
	@$(PYTHON) -m venv --clear .tools
	@.tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

$(ENVIRONMENT): pyproject.toml uv.lock $(UV_READY)
	@echo "==> Installing the Python packages of uv.lock into .venv/"
	@UV_PYTHON_DOWNLOADS=never $(UV) sync --locked --python $(PYTHON)
	@touch $@

$(GRAPHIQL_MODULES): $(GRAPHIQL)/package-lock.json $(GRAPHIQL)/package.json
	@command -v npm > /dev/null || { echo "GraphiQL is built with Node.js 20.19 or newer and its npm; npm was not found." >&2; exit 1; }
	@echo "==> Installing the npm packages that GraphiQL is built with"
	@cd $(GRAPHIQL) && npm ci --no-progress
	@touch $@

$(GRAPHIQL_BUILT): $(GRAPHIQL_SOURCES) $(GRAPHIQL_MODULES)
	@echo "==> Building GraphiQL"
	@cd $(GRAPHIQL) && npm run --silent build -- --logLevel warn
	@touch $@

$(PEERS_MODULES): $(PEERS)/package-lock.json $(PEERS)/package.json
	@command -v npm > /dev/null || { echo "The comparison needs Node.js 20.19 or newer and its npm; npm was not found." >&2; exit 1; }
	@echo "==> Installing the Node servers that the gateway is compared with"
	@cd $(PEERS) && npm ci --no-progress
	@touch $@

$(CONFORMANCE_MODULES): $(CONFORMANCE)/package-lock.json $(CONFORMANCE)/package.json
	@echo "==> Installing the audits of GraphQL over HTTP"
	@cd $(CONFORMANCE) && npm ci --no-progress
	@touch $@

# Only PDFs need it, so where it cannot be installed the rest goes on.
japanese-font:
	@test -e $(JAPANESE_FONT) || ( $(call install_debian_package,fonts-ipaexfont-gothic) ) || \
		echo "Without it there are no PDFs. GATEWAY_PDF_FONT may name another font." >&2

chromium haproxy:
	@PATH="$$PATH:/usr/sbin"; command -v $@ > /dev/null || $(call install_debian_package,$@)
