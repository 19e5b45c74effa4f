# Needs Python 3.11 or newer, and nothing else. Another Python: make setup PYTHON=python3.12
PYTHON ?= python3
ARGS =

python = .venv/bin/python
token = SLACK_(BOT_TOKEN|APP_TOKEN|CLIENT_ID)[[:space:]]*=[[:space:]]*["']?[^[:space:]"'\#]

.PHONY: help
help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

# .venv/.whole is missing while an installation is under way: one that was cut short is begun anew.
# .venv/requirements.txt is a copy of what was installed last.
define install
	@cmp -s $(1) .venv/$(1) || { \
		echo "Installing $(1) into .venv" && \
		rm .venv/.whole && \
		$(python) -m pip --disable-pip-version-check --quiet install --require-hashes -r $(1) && \
		cp $(1) .venv/$(1) && \
		touch .venv/.whole; \
	}
endef

.PHONY: setup
setup: ## install what Heard runs on into .venv
	@test -e .venv/.whole && $(python) -c '' 2>/dev/null || { \
		$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
			echo "Heard needs Python 3.11 or newer, but '$(PYTHON) --version' says:" \
				"$$($(PYTHON) --version 2>&1)." \
				"Name another one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; \
			exit 1; \
		}; \
		rm -rf .venv && $(PYTHON) -m venv .venv && touch .venv/.whole; \
	}
	$(call install,requirements.txt)

.PHONY: setup-dev
setup-dev: setup
	$(call install,requirements-dev.txt)

# exec: Ctrl-C and SIGTERM reach the bot itself; make stays silent when it then ends with 0.
.PHONY: run
run: setup ## run Heard: in Slack if its tokens are set, else the demo
	@if [ -n "$$SLACK_BOT_TOKEN$$SLACK_APP_TOKEN$$SLACK_CLIENT_ID" ] || \
		grep -Eqs '$(subst ','\'',^[[:space:]]*(export[[:space:]]+)?$(token))' .env; \
	then exec $(python) -m bot run $(ARGS); \
	else exec $(python) -m bot demo $(ARGS); \
	fi

.PHONY: test
test: setup-dev ## run the tests; some of them: make test ARGS="tests/core -k nudge"
	@sh tests/setup-browser.sh
	@sh tests/setup-postgres.sh
	@$(python) -m pytest $(ARGS)

.PHONY: lint
lint: setup-dev ## check style
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .

.PHONY: types
types: setup-dev ## check types
	@$(python) -m mypy

.PHONY: format
format: setup-dev ## put right what can be put right without you
	@$(python) -m ruff check --fix-only .
	@$(python) -m ruff format .

.PHONY: bench
bench: setup-dev ## measure speed
	@$(python) -m tests.benchmarks $(ARGS)

.PHONY: lock
lock: ## choose the versions anew after a change in pyproject.toml (needs uv); all: ARGS=--upgrade
	@uv pip compile -q $(lock) -o requirements.txt pyproject.toml
	@uv pip compile -q $(lock) -o requirements-server.txt -c requirements.txt $(extras) pyproject.toml
	@uv pip compile -q $(lock) -o requirements-dev.txt -c requirements-server.txt $(extras) --extra dev pyproject.toml

extras = --extra http --extra oauth --extra sql --extra server
lock = --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock" $(ARGS)

.PHONY: clean
clean: ## remove .venv and caches, never your data
	@rm -rf .venv build dist htmlcov .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
