"""Las pruebas de páginas y de navegador leen la base del proyecto; si no está, se construye antes de empezar."""

from contextlib import suppress

from poa import rutas
from poa.base import construir_base
from poa.errores import ErrorDeUsuario


def pytest_sessionstart() -> None:
    if not (rutas.datos() / "actual.json").is_file():
        with suppress(ErrorDeUsuario):  # lo dirán las pruebas que la necesitan
            construir_base(rutas.datos())
