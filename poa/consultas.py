"""Las preguntas a la base: cada una es un archivo de queries/ y se hace por su nombre.

La base se abre solo para leer. Una conexión por archivo, compartida, y un cursor por llamada: una
conexión usada desde dos hilos a la vez devuelve renglones equivocados.
"""

from __future__ import annotations

import difflib
import json
import re
import threading
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import duckdb
import pandas as pd

from poa import rutas
from poa.errores import BASE_ILEGIBLE, ErrorDeUsuario

PUNTERO = "actual.json"
BASES_ABIERTAS = 2
RESULTADOS_EN_MEMORIA = 500
CONFIGURACION = {
    "threads": "2",
    "memory_limit": "2GB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
    "max_execution_time": "15000",  # milisegundos
}

# Cómo se dice lo que pide cada clase de columna, por el principio de su nombre en DuckDB.
TIPOS = {"INT": "un número entero", "BIGINT": "un número entero", "DOUBLE": "un número", "DECIMAL": "un número"}

Valor = str | int | float | bool | None

_candado = threading.Lock()
_conexiones: dict[str, duckdb.DuckDBPyConnection] = {}


def consultar(nombre: str, **parametros: Valor) -> pd.DataFrame:
    """El resultado de queries/NOMBRE.sql sobre la base vigente.

    Los parámetros que no se dan valen NULL, que en toda consulta significa «todos» o «el
    predeterminado». El grano y las columnas los dice el encabezado de la consulta; las cantidades que
    faltan llegan como NaN, y los textos y enteros que faltan, como None. ErrorDeUsuario si no existe la
    consulta, si no usa alguno de los parámetros, si un valor no es del tipo que pide, si no hay base o si está
    dañada; lo que dice DuckDB, que está en inglés, no llega a quien consulta.
    """
    texto = _texto(nombre)
    admitidos = _parametros(texto)
    ajenos = sorted(set(parametros) - admitidos)
    if ajenos:
        disponibles = ", ".join(sorted(admitidos)) or "ninguno"
        raise ErrorDeUsuario(
            f"La consulta «{nombre}» no usa {_citar(ajenos)}.{_parecido(ajenos[0], admitidos)} "
            f"Parámetros disponibles: {disponibles}."
        )
    completos = tuple(sorted({**dict.fromkeys(admitidos), **parametros}.items()))
    base = base_vigente()
    # con una copia somera basta: pandas no deja que escribir en ella toque la guardada
    try:
        return _resultado(texto, completos, str(base)).copy(deep=False)
    except duckdb.InterruptException as error:
        raise ErrorDeUsuario(
            f"La consulta «{nombre}» tardó demasiado. Pida menos: un corte o una dependencia."
        ) from error
    except duckdb.Error as error:
        dados = {clave: valor for clave, valor in completos if valor is not None}
        motivo = _motivo(str(error), dados)
        if motivo is None:
            raise ErrorDeUsuario(BASE_ILEGIBLE.format(carpeta=base.parent)) from error
        lista = ", ".join(f"{clave}={valor}" for clave, valor in dados.items())
        raise ErrorDeUsuario(f"«{nombre}» no admite esos valores ({lista}): {motivo}") from error


def _motivo(dicho: str, dados: dict[str, Valor]) -> str | None:
    """Qué tienen de malo los valores dados, si de eso se queja DuckDB; None si la queja es de la base."""
    clase, _, propio = dicho.splitlines()[0].partition(": ")
    if clase == "Invalid Input Error" and "«" in propio:  # lo escribieron las consultas mismas, en español
        return propio
    ajeno = re.search(r"Could not convert string '(.*)' to ([A-Z]+)", dicho)
    if ajeno:
        cuales = [clave for clave, valor in dados.items() if str(valor) == ajeno[1]] or list(dados)
        tipo = next((como for clase, como in TIPOS.items() if ajeno[2].startswith(clase)), "de otro tipo")
        return f"{_citar(cuales[:1])} debe ser {tipo}."
    return "una cantidad no puede ser negativa." if "cannot be negative" in dicho else None


def nombres_de_consultas() -> list[str]:
    """Los nombres que admite `consultar`, en orden alfabético."""
    return sorted(archivo.stem for archivo in rutas.consultas().glob("*.sql"))


def parametros_de(nombre: str) -> frozenset[str]:
    """Los parámetros con nombre ($nombre) que usa una consulta. ErrorDeUsuario si no existe."""
    return _parametros(_texto(nombre))


def base_vigente() -> Path:
    """El archivo de la base publicada; se relee en cada llamada para ver la más nueva."""
    puntero = rutas.datos() / PUNTERO
    try:
        base = puntero.with_name(json.loads(puntero.read_text("utf-8"))["archivo"])
    except (OSError, ValueError, KeyError, TypeError):
        base = None
    if base is None or not base.is_file():
        raise ErrorDeUsuario(f"Todavía no hay base en {puntero.parent}. Constrúyala con `poa construir`.")
    return base


def _texto(nombre: str) -> str:
    disponibles = nombres_de_consultas()
    if nombre not in disponibles:
        raise ErrorDeUsuario(
            f"No existe la consulta «{nombre}».{_parecido(nombre, disponibles)} Disponibles: {', '.join(disponibles)}."
        )
    return (rutas.consultas() / f"{nombre}.sql").read_text("utf-8")


@lru_cache
def _parametros(texto: str) -> frozenset[str]:
    return frozenset(duckdb.extract_statements(texto)[0].named_parameters)


@lru_cache(maxsize=RESULTADOS_EN_MEMORIA)
def _resultado(texto: str, parametros: tuple[tuple[str, Valor], ...], base: str) -> pd.DataFrame:
    with _conexion(base).cursor() as cursor:
        cursor.execute(texto, dict(parametros))
        tipos = {columna: str(tipo) for columna, tipo, *_ in cursor.description}
        return _ordenar_tipos(cursor.df(), tipos)


def _conexion(base: str) -> duckdb.DuckDBPyConnection:
    with _candado:
        if base not in _conexiones:
            _conexiones[base] = duckdb.connect(base, read_only=True, config=CONFIGURACION)
            # no se cierra la vieja: puede tener cursores a medio leer; al soltarla, terminan y se va
            for vieja in list(_conexiones)[:-BASES_ABIERTAS]:
                del _conexiones[vieja]
        return _conexiones[base]


def _ordenar_tipos(tabla: pd.DataFrame, tipos: dict[str, str]) -> pd.DataFrame:
    """Un solo modo de faltar por clase de dato: NaN en las cantidades, None en lo demás.

    Un número de página que falta no vuelve decimales a los otros.
    """
    for columna, tipo in tipos.items():
        if tipo == "VARCHAR" or pd.api.types.is_extension_array_dtype(tabla[columna].dtype):
            suelta = tabla[columna].astype(object)
            tabla[columna] = suelta.where(suelta.notna(), None)
    return tabla


def _parecido(escrito: str, posibles: Iterable[str]) -> str:
    """« ¿Quiso decir «corte»?», o nada si nada se le parece."""
    parecidos = difflib.get_close_matches(escrito, list(posibles), n=1)
    return f" ¿Quiso decir «{parecidos[0]}»?" if parecidos else ""


def _citar(nombres: list[str]) -> str:
    return " ni ".join(f"«{nombre}»" for nombre in nombres)
