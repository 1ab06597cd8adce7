"""Las correcciones que ninguna regla puede saber, escritas como datos en `data/correcciones/*.yml`.

Cada una nombra el lugar, lo que espera encontrar ahí, el valor nuevo y el motivo. Si lo que espera ya no
está, la lectura se detiene: el documento cambió y alguien tiene que volver a mirar.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from poa import rutas
from poa.errores import ErrorDeUsuario

COLUMNAS_DE_TEXTO = {
    "unidad_medida",
    "descripcion",
    "observaciones",
    "clave",
    "programa",
    "programa_clave",
    "unidad",
    "unidad_clave",
}
COLUMNAS_DE_CIFRA = {"meta_anual", "avance_absoluto", "acumulado_relativo_pct"}
COLUMNAS_DE_TRIMESTRE = {
    f"{nombre}_t{trimestre}" for nombre in ("programado", "alcanzado") for trimestre in (1, 2, 3, 4)
}


@cache
def _leer(ruta: Path) -> list[dict]:
    try:
        contenido = yaml.safe_load(ruta.read_text(encoding="utf-8")) or []
    except yaml.YAMLError as error:
        lugar = getattr(error, "problem_mark", None)
        renglon = f", renglón {lugar.line + 1}" if lugar else ""
        raise ErrorDeUsuario(f"{ruta.name}{renglon}: la corrección no está bien escrita en YAML.") from None
    return contenido


def correcciones_de(documento: str) -> list[dict]:
    """Las correcciones de un documento: `renglon`, `columna`, `se_espera`, `valor`, `motivo`, `certeza`."""
    ruta = rutas.correcciones() / f"{documento}.yml"
    if not ruta.is_file():
        return []
    correcciones = _leer(ruta)
    for correccion in correcciones:
        faltan = {"renglon", "columna", "se_espera", "valor", "motivo"} - correccion.keys()
        if faltan:
            raise ErrorDeUsuario(f"{ruta.name}: a una corrección le falta {', '.join(sorted(faltan))}.")
        conocidas = COLUMNAS_DE_TEXTO | COLUMNAS_DE_CIFRA | COLUMNAS_DE_TRIMESTRE
        if correccion["columna"] not in conocidas:
            raise ErrorDeUsuario(f"{ruta.name}: la columna «{correccion['columna']}» no se puede corregir.")
    return correcciones


def exigir_esperado(documento: str, correccion: dict, encontrado) -> None:
    """Detiene la lectura si el renglón ya no dice lo que la corrección espera."""
    if encontrado != correccion["se_espera"]:
        raise ErrorDeUsuario(
            f"data/correcciones/{documento}.yml: la corrección del renglón {correccion['renglon']} "
            f"({correccion['columna']}) espera «{correccion['se_espera']}» y el documento dice «{encontrado}». "
            "Revise el documento y actualice o borre la corrección."
        )
