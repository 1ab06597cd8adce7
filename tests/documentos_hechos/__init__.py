"""Documentos hechos: POA de mentira, con su verdad, para probar la lectura.

`generar(formato, semilla, danio)` devuelve (texto, verdad). La misma semilla da la misma verdad con
cualquier daño, salvo las marcas de lo que el daño volvió ilegible.
"""

from random import Random

from .laminas import hacer_laminas
from .tablas import hacer_tabla, hacer_varios
from .tesoreria import hacer_tesoreria

FORMATOS = ("tabla_tabs", "tabla_pipes", "laminas", "tesoreria", "tabla_varios")
DANIOS = ("ninguno", "leve", "fuerte")


def generar(formato: str, semilla: int, danio: str = "ninguno") -> tuple[str, dict[str, list[dict]]]:
    """Hace un documento de `formato` y devuelve (texto, verdad).

    verdad: tablas `compromiso` (una fila por compromiso y corte), `avance` (por trimestre),
    `avance_mensual` (por mes) y `presupuesto` (por capítulo). Cada fila lleva `ilegibles` (columnas que
    el daño destruyó) y `ambivalentes` (columnas donde blanco y cero no se distinguen).
    """
    if formato not in FORMATOS or danio not in DANIOS:
        raise ValueError(f"No hay formato {formato!r} con daño {danio!r}")
    verdad, estropeo = Random(f"{formato}/{semilla}"), Random(f"{formato}/{semilla}/{danio}")
    if formato == "tabla_tabs":
        return hacer_tabla(verdad, estropeo, verdad.choice(["2018", "2025"]), danio)
    if formato == "tabla_pipes":
        return hacer_tabla(verdad, estropeo, "2023", danio)
    if formato == "laminas":
        return hacer_laminas(verdad, estropeo, danio)
    if formato == "tesoreria":
        return hacer_tesoreria(verdad, estropeo, danio)
    return hacer_varios(verdad, estropeo, danio)


def hostiles() -> list[tuple[str, bytes, str]]:
    """Devuelve archivos mal hechos: (nombre, contenido, 'leido' o 'rechazado')."""
    from .malos import hacer_hostiles

    return hacer_hostiles()
