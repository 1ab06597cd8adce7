# Solo hace falta Python 3.11 o posterior con pip.
#
#   make              prepara el entorno y abre el tablero en http://localhost:8501
#   make test         prepara el entorno y corre todas las pruebas
#   make construir    reconstruye la base con los extractos de data/
#   make revisar      estilo, camino de las importaciones y revisión de los datos
#   make estilo-sql   estilo de las consultas
#   make limpiar      borra el entorno, la base y lo que se puede volver a hacer
#
# Otro puerto: make PUERTO=8600.  Otro Python: make PYTHON=/ruta/a/python3.12.

PUERTO ?= 8501
PYTHON ?=
DATOS := $(or $(POA_DATOS),data)
BIN := .venv/bin
ENTORNO := .venv/.listo
BASE := $(DATOS)/actual.json
UV := $(shell sed -n 's/.*"uv==\([0-9.]*\)".*/uv==\1/p' pyproject.toml)

# De lo que sale la base; si algo de esto es más nuevo que ella, se reconstruye.
FUENTES := $(wildcard $(DATOS)/extractos $(DATOS)/extractos/*.parquet $(DATOS)/*.csv $(DATOS)/*.yml \
	$(DATOS)/catalogos/* $(DATOS)/correcciones/* queries/base queries/base/*.sql poa/base.py)

.DEFAULT_GOAL := tablero
.PHONY: tablero test entorno construir revisar estilo-sql limpiar
.NOTPARALLEL:

tablero: $(BASE)
	STREAMLIT_SERVER_PORT=$(PUERTO) $(BIN)/poa tablero

# Las tres revisiones corren siempre, para ver de una vez todo lo que falla.
test: $(BASE)
	@estado=0; \
	$(BIN)/ruff check . || estado=1; \
	$(BIN)/lint-imports || estado=1; \
	$(BIN)/pytest --numprocesses auto --dist loadfile || estado=1; \
	exit $$estado

entorno: $(ENTORNO)

construir: $(ENTORNO)
	$(BIN)/poa construir

revisar: $(BASE)
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/poa revisar

estilo-sql: $(ENTORNO)
	$(BIN)/sqlfluff lint queries

limpiar:
	rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
	rm -f data/poa*.duckdb data/poa*.duckdb.wal data/actual.json

$(BASE): $(FUENTES) | $(ENTORNO)
	$(BIN)/poa construir
	@touch -c $@

# El entorno: un venv, uv en la versión que fija pyproject.toml y, con él, lo que fija uv.lock.
# Si uv no llega al índice de paquetes (red con espejo o certificados propios), instala pip con las
# mismas versiones y las mismas sumas de verificación.
$(ENTORNO): uv.lock pyproject.toml
	@python=""; \
	for p in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
	  if "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then python="$$p"; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "No se encontró Python 3.11 o posterior. Instálelo o indique dónde está: make PYTHON=/ruta/a/python3.12" >&2; \
	  exit 1; \
	fi; \
	if ! $(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	  echo "Se crea el entorno con $$("$$python" --version)…"; \
	  rm -rf .venv; \
	  "$$python" -m venv .venv >/dev/null 2>&1 || "$$python" -m venv --clear --without-pip .venv || exit 1; \
	fi; \
	if [ "uv==$$($(BIN)/uv --version 2>/dev/null | cut -d' ' -f2)" != "$(UV)" ]; then \
	  if $(BIN)/python -m pip --version >/dev/null 2>&1; \
	  then $(BIN)/python -m pip install --quiet --disable-pip-version-check "$(UV)"; \
	  else "$$python" -m pip --python $(BIN)/python install --quiet --disable-pip-version-check "$(UV)"; \
	  fi || { echo "pip no pudo instalar $(UV). Revise la conexión o la configuración de pip." >&2; exit 1; }; \
	fi; \
	unset VIRTUAL_ENV UV_PROJECT_ENVIRONMENT UV_PYTHON; \
	if ! $(BIN)/uv sync --frozen --quiet --compile-bytecode --python $(BIN)/python; then \
	  echo "uv no pudo instalar; se intenta con pip…" >&2; \
	  $(BIN)/uv export --frozen --quiet --no-emit-project --output-file .venv/requisitos.txt >/dev/null && \
	  { $(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null 2>&1 || \
	    "$$python" -m pip --python $(BIN)/python install --quiet pip; } && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement .venv/requisitos.txt && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable . || \
	  { echo "No se pudieron instalar las dependencias. Revise la conexión o la configuración de pip." >&2; exit 1; }; \
	fi
	@touch $@
