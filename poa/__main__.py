"""Permite `python -m poa` en lugar de `poa`."""

from poa.cli import principal

if __name__ == "__main__":
    principal(prog_name="poa")
