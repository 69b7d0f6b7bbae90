# Two commands matter: `make demo` and `make test`.
PYTHON ?= python3
PY := .venv/bin/python
UV := .venv/bin/uv

.PHONY: demo demo-reset test drill bench lint lock messages venv

demo: .venv/.runtime
	@$(PY) -m config.runtime.demo

demo-reset: .venv/.runtime
	@$(PY) -m config.runtime.demo --reset

test: .venv/.everything
	@$(PY) -m config.runtime.check

drill: .venv/.everything
	@$(PY) -m config.runtime.drill

bench: .venv/.runtime
	@$(PY) -m config.runtime.run python manage.py bench $(if $(N),--people $(N)) $(if $(CASES),--cases $(CASES))

lint: .venv/.everything
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .

messages: .venv/.runtime
	@$(PY) -m config.runtime.messages

venv: .venv/.everything

# New pins with hashes, from wherever this machine's pip takes its packages; no address is written.
lock: .venv/.runtime
	@$(UV) pip compile -q --upgrade --generate-hashes --no-header --no-emit-index-url requirements.in -o requirements.txt
	@$(UV) pip compile -q --upgrade --generate-hashes --no-header --no-emit-index-url requirements-dev.in -o requirements-dev.txt

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@echo "Making the virtual environment"
	@$(PYTHON) -m venv .venv
	@$(PY) -m pip install -q --disable-pip-version-check uv

.venv/.runtime: requirements.txt | $(UV)
	@echo "Installing the locked packages"
	@$(UV) pip install -q --require-hashes -r requirements.txt
	@touch $@

.venv/.everything: requirements-dev.txt | $(UV)
	@echo "Installing the locked packages, those of the tests too"
	@$(UV) pip sync -q --require-hashes requirements-dev.txt
	@touch .venv/.runtime $@
