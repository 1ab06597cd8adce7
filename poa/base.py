"""La base: de los extractos en Parquet a un solo archivo DuckDB, con nombres, reglas y pruebas.

El esquema y la descripción de cada columna están en data/diccionario.csv; lo que se calcula, en
queries/base/*.sql, que corren en el orden de su número; lo que debe cumplirse, en queries/pruebas.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import yaml

from poa import rutas
from poa.errores import BASE_ILEGIBLE, ErrorDeUsuario
from poa.extracto import TABLAS as EXTRACTOS

PUNTERO = "actual.json"
NOMBRE_FIJO = "poa.duckdb"
VERSIONES_QUE_SE_GUARDAN = 2

# Archivo dentro de data/ → (columnas que usa queries/base, si es obligatorio).
LISTAS = {
    "tablas.csv": (("tabla", "clase", "descripcion"), True),
    "documentos.csv": (("documento", "archivo", "sha256", "formato"), False),
    "excepciones.csv": (("prueba", "compromiso_id", "motivo"), False),
    "catalogos/dependencia.csv": (("dependencia", "nombre", "nombre_corto"), True),
    "catalogos/pmd.csv": (("pmd", "ayuntamiento", "desde_anio", "hasta_anio"), True),
    "catalogos/pmd_linea.csv": (("pmd", "clave", "nivel", "nombre", "fuente"), True),
    "catalogos/regla_acumulacion.csv": (
        ("ejercicio", "dependencia", "meta_clave", "clave", "regla", "motivo"),
        False,
    ),
    "catalogos/linaje.csv": (
        ("origen", "destino", "relacion", "evidencia", "certeza", "procedencia", "hilo"),
        False,
    ),
    "catalogos/hilo.csv": (("hilo", "nombre"), False),
}
# hablan de compromisos de estos documentos: en otra carpeta de datos no dirían nada
SOLO_DE_LOS_DATOS = {"documentos.csv", "catalogos/linaje.csv", "catalogos/hilo.csv"}
Esquemas = dict[str, dict[str, dict[str, str]]]
PIEZA = re.compile(r"\{([a-z_]+)\}")
UMBRALES = ("minimo", "maximo", "critico", "meta_subestimada")


@dataclass(frozen=True)
class Infraccion:
    """Una fila que una prueba de queries/pruebas devuelve: qué prueba, qué compromiso y qué se halló."""

    prueba: str
    severidad: str
    compromiso_id: str | None
    detalle: str


def construir_base(datos: Path | None = None) -> Path:
    """Construye la base con los extractos de `datos` (la carpeta vigente si se omite) y la publica.

    Escribe un archivo nuevo aparte, lo prueba y solo entonces apunta a él `actual.json` y el nombre
    fijo `poa.duckdb`; quien tenga abierta la anterior la sigue leyendo. Devuelve la ruta del archivo
    nuevo. ErrorDeUsuario si falta un extracto, no trae sus columnas o falla una prueba de severidad
    «error»; la base anterior queda entonces como estaba.
    """
    carpeta = Path(datos) if datos is not None else rutas.datos()
    esquemas = leer_diccionario(_resolver(carpeta, "diccionario.csv"))
    _exigir_extractos(carpeta / "extractos", esquemas)
    sello = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    aparte = carpeta / f"poa-{sello}.duckdb.nuevo"
    try:
        with duckdb.connect(str(aparte), config={"autoinstall_known_extensions": "false"}) as con:
            con.execute("begin")
            _cargar(con, carpeta)
            _comentar(con, carpeta, esquemas)
            _probar(con)
            con.execute("commit")
        return _publicar(aparte, carpeta / f"poa-{sello}.duckdb")
    finally:
        aparte.unlink(missing_ok=True)
        aparte.with_name(aparte.name + ".wal").unlink(missing_ok=True)


def construir_en_memoria(datos: Path | None = None) -> duckdb.DuckDBPyConnection:
    """La base de los extractos de `datos` (la carpeta vigente si se omite) en memoria, sin publicarla ni probarla.

    Sirve para preguntar por los documentos tal como están, aunque la base publicada sea más vieja.
    Quien la pide la cierra. ErrorDeUsuario si falta un extracto o no trae sus columnas.
    """
    carpeta = Path(datos) if datos is not None else rutas.datos()
    _exigir_extractos(carpeta / "extractos", leer_diccionario(_resolver(carpeta, "diccionario.csv")))
    con = duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"})
    _cargar(con, carpeta)
    return con


def leer_diccionario(ruta: Path) -> Esquemas:
    """Tabla → columna → fila de data/diccionario.csv (tipo, unidad, descripcion, fuente), en su orden."""
    tablas: Esquemas = {}
    with ruta.open(encoding="utf-8", newline="") as archivo:
        for fila in csv.DictReader(archivo):
            tablas.setdefault(fila["tabla"], {})[fila["columna"]] = fila
    return tablas


def revisar_base(base: Path) -> list[Infraccion]:
    """Lo que queries/pruebas halla en una base ya construida, sin lo que data/excepciones.csv explica.

    Una infracción por fila; lista vacía si todo se cumple. No escribe nada. ErrorDeUsuario si está dañada.
    """
    try:
        with duckdb.connect(str(base), read_only=True) as con:
            return _infracciones(con)
    except duckdb.Error as error:
        raise ErrorDeUsuario(BASE_ILEGIBLE.format(carpeta=base.parent)) from error


# ---------------------------------------------------------------- lo que entra


def _resolver(carpeta: Path, nombre: str) -> Path:
    """El archivo de la carpeta de datos o, si ahí no está, el que viene con el proyecto."""
    propio = carpeta / nombre
    if propio.exists() or nombre in SOLO_DE_LOS_DATOS:
        return propio
    return rutas.raiz() / "data" / nombre


def _exigir_extractos(carpeta: Path, esquemas: Esquemas) -> None:
    faltan = [tabla for tabla in EXTRACTOS if not (carpeta / f"{tabla}.parquet").is_file()]
    if faltan:
        raise ErrorDeUsuario(
            f"Faltan extractos en {carpeta}: {', '.join(f'{tabla}.parquet' for tabla in faltan)}. "
            "Los escribe `poa importar` a partir de los documentos."
        )
    for tabla in EXTRACTOS:
        archivo = carpeta / f"{tabla}.parquet"
        problemas = _comparar_esquema(archivo, esquemas.get(tabla, {}))
        if problemas:
            raise ErrorDeUsuario(
                f"El extracto {archivo} no tiene las columnas de data/diccionario.csv: "
                f"{'; '.join(problemas)}. Vuelva a leer los documentos con `poa importar`."
            )


def _comparar_esquema(archivo: Path, esperado: dict[str, dict[str, str]]) -> list[str]:
    try:
        filas = duckdb.execute("describe select * from read_parquet(?)", [str(archivo)]).fetchall()
    except duckdb.Error as error:
        raise ErrorDeUsuario(
            f"No se puede leer {archivo}: no es un archivo Parquet completo ({_primera_linea(error)}). "
            "Vuelva a leer los documentos con `poa importar`."
        ) from error
    tipos = {fila[0]: fila[1] for fila in filas}
    problemas = []
    for columna, fila in esperado.items():
        if columna and columna not in tipos:
            problemas.append(f"falta {columna}")
        elif columna and tipos[columna] != fila["tipo"]:
            problemas.append(f"{columna} es {tipos[columna]} y debe ser {fila['tipo']}")
    return problemas


def _leer_lista(carpeta: Path, nombre: str) -> pa.Table:
    """Un CSV de data/ como tabla de texto; el optativo que falta, vacío."""
    columnas, obligatorio = LISTAS[nombre]
    ruta = _resolver(carpeta, nombre)
    filas: list[dict[str, str]] = []
    if ruta.is_file():
        try:
            with ruta.open(encoding="utf-8-sig", newline="") as archivo:
                lector = csv.DictReader(archivo)
                encabezado = list(lector.fieldnames or [])
                filas = list(lector)
        except (UnicodeDecodeError, csv.Error) as error:
            raise ErrorDeUsuario(f"{ruta} no se puede leer: guárdelo como CSV UTF-8, separado por comas.") from error
        if faltan := [columna for columna in columnas if columna not in encabezado]:
            raise ErrorDeUsuario(mensaje_de_columnas(ruta, faltan, encabezado))
    elif obligatorio:
        raise ErrorDeUsuario(
            f"Falta {ruta}. Recupérelo del proyecto o escríbalo con las columnas {', '.join(columnas)}."
        )
    return pa.table({c: pa.array([fila[c] or None for fila in filas], pa.string()) for c in columnas})


def mensaje_de_columnas(ruta: Path, faltan: list[str], encabezado: list[str]) -> str:
    """La oración de que a un CSV le faltan columnas, o de que está separado de otro modo."""
    if any(separador in columna for columna in encabezado for separador in ";\t"):
        return f"{ruta} no está separado por comas. Guárdelo como CSV UTF-8 separado por comas."
    cuales = f"la columna {faltan[0]}" if len(faltan) == 1 else f"las columnas {', '.join(faltan)}"
    return f"A {ruta} le {'falta' if len(faltan) == 1 else 'faltan'} {cuales}: revise su encabezado."


def leer_umbrales(ruta: Path) -> pa.Table:
    """Los umbrales de data/umbrales.yml: una fila por preset, en su orden."""
    try:
        reglas = yaml.safe_load(ruta.read_text("utf-8"))
        elegido = reglas["predeterminado"]
        presets = [
            {
                "preset": p["preset"],
                **{umbral: float(p[umbral]) for umbral in UMBRALES},
                "es_predeterminado": p["preset"] == elegido,
                "orden": orden,
                "motivo": p.get("motivo"),
            }
            for orden, p in enumerate(reglas["presets"], start=1)
        ]
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise ErrorDeUsuario(
            f"No se entienden las reglas de {ruta} ({type(error).__name__}: {error}). Cada preset lleva "
            f"preset, {', '.join(UMBRALES)}, y `predeterminado` nombra a uno de ellos."
        ) from error
    if sum(p["es_predeterminado"] for p in presets) != 1:
        raise ErrorDeUsuario(f"En {ruta}, `predeterminado` debe nombrar exactamente un preset; dice «{elegido}».")
    for p in presets:
        if not (0 < p["critico"] <= p["minimo"] < 100 < p["maximo"] <= p["meta_subestimada"]) or any(
            p[umbral] % 0.5 for umbral in UMBRALES
        ):
            raise ErrorDeUsuario(
                f"En {ruta}, los umbrales de «{p['preset']}» van de medio en medio punto y en orden: "
                "critico ≤ minimo < 100 < maximo ≤ meta_subestimada."
            )
    return pa.Table.from_pylist(presets)


def leer_frases(ruta: Path) -> pa.Table:
    """Los patrones de data/justificacion.yml, una fila por patrón, con cada {pieza} cambiada por lo que vale."""
    piezas: dict[str, str] = {}

    def armar(patron: str) -> str:
        # el salto de renglón del archivo no es parte del patrón
        return PIEZA.sub(lambda hallada: f"(?:{piezas[hallada[1]]})", patron.replace("\n", ""))

    try:
        clases = yaml.safe_load(ruta.read_text("utf-8"))
        for nombre, patron in clases.pop("piezas", {}).items():
            piezas[nombre] = armar(patron)
        frases = [{"dice": dice, "patron": armar(patron)} for dice, lista in clases.items() for patron in lista]
    except (OSError, yaml.YAMLError, AttributeError, KeyError, TypeError) as error:
        raise ErrorDeUsuario(
            f"No se entienden las frases de {ruta} ({type(error).__name__}: {error}). Cada {{pieza}} que usa una "
            "frase está en `piezas`, arriba de quien la usa."
        ) from error
    return pa.Table.from_pylist(frases, schema=pa.schema([("dice", pa.string()), ("patron", pa.string())]))


# ---------------------------------------------------------------- lo que se construye


def _cargar(con: duckdb.DuckDBPyConnection, carpeta: Path) -> None:
    con.register("umbrales_yml", leer_umbrales(_resolver(carpeta, "umbrales.yml")))
    con.register("frases_yml", leer_frases(_resolver(carpeta, "justificacion.yml")))
    for nombre in LISTAS:
        con.register(f"csv_{Path(nombre).stem}", _leer_lista(carpeta, nombre))
    con.execute("set variable extractos = ?", [str(carpeta / "extractos")])
    for archivo in sorted((rutas.consultas() / "base").glob("*.sql")):
        try:
            con.execute(archivo.read_text("utf-8"))
        except duckdb.Error as error:
            raise ErrorDeUsuario(
                f"La base no se pudo construir en queries/base/{archivo.name}: {_primera_linea(error)}. "
                "Revise los extractos y los catálogos de data/; la base anterior no cambió."
            ) from error


def _comentar(con: duckdb.DuckDBPyConnection, carpeta: Path, esquemas: Esquemas) -> None:
    """Pone las descripciones de data/tablas.csv y data/diccionario.csv como comentarios de la base."""
    columnas = set(con.execute("select table_name, column_name from duckdb_columns()").fetchall())
    ordenes = [
        f"comment on column {tabla}.{columna} is {_literal(fila['descripcion'])}"
        for tabla, filas in esquemas.items()
        for columna, fila in filas.items()
        if (tabla, columna) in columnas
    ]
    for fila in _leer_lista(carpeta, "tablas.csv").to_pylist():
        clase = "view" if fila["clase"] == "vista" else "table"
        ordenes.append(f"comment on {clase} {fila['tabla']} is {_literal(fila['descripcion'])}")
    con.execute(";\n".join(ordenes))


def _literal(texto: str) -> str:
    """Un texto como literal de SQL: `comment on` no admite parámetros."""
    return "'" + texto.replace("'", "''") + "'"


def _infracciones(con: duckdb.DuckDBPyConnection) -> list[Infraccion]:
    exceptuadas = set(con.execute("select prueba, compromiso_id from excepcion").fetchall())
    halladas = []
    for archivo in sorted((rutas.consultas() / "pruebas").glob("*.sql")):
        texto = archivo.read_text("utf-8")
        severidad = re.search(r"^-- Severidad: (error|advertencia)\b", texto, re.MULTILINE)
        for compromiso_id, detalle in con.execute(texto).fetchall():
            if (archivo.stem, compromiso_id) not in exceptuadas:
                halladas.append(Infraccion(archivo.stem, severidad[1], compromiso_id, detalle))
    return halladas


def _probar(con: duckdb.DuckDBPyConnection) -> None:
    """Corre las pruebas, guarda lo hallado en `infraccion` y no deja pasar una de severidad «error»."""
    halladas = _infracciones(con)
    if halladas:
        filas = [(i.prueba, i.severidad, i.compromiso_id, i.detalle) for i in halladas]
        con.executemany("insert into infraccion values (?, ?, ?, ?)", filas)
    errores = [i for i in halladas if i.severidad == "error"]
    if errores:
        muestra = "\n".join(f"  {i.prueba}: {i.compromiso_id or '(sin clave)'}: {i.detalle}" for i in errores[:10])
        resto = f"\n  y {len(errores) - 10} más" if len(errores) > 10 else ""
        cuantas = "1 fila no pasa" if len(errores) == 1 else f"{len(errores)} filas no pasan"
        raise ErrorDeUsuario(
            f"La base no se publica: {cuantas} las pruebas de queries/pruebas.\n"
            f"{muestra}{resto}\n"
            "Corrija el extracto o el catálogo que se señala (o explique el caso en data/excepciones.csv) y construya "
            "de nuevo."
        )


# ---------------------------------------------------------------- lo que se publica


def _publicar(aparte: Path, definitivo: Path) -> Path:
    """Da su nombre a la base nueva y apunta a ella, cada paso de una vez (os.replace)."""
    carpeta = definitivo.parent
    os.replace(aparte, definitivo)
    enlace = definitivo.with_suffix(".enlace")
    try:
        os.link(definitivo, enlace)
    except OSError:
        shutil.copyfile(definitivo, enlace)
    puntero = definitivo.with_suffix(".json")
    puntero.write_text(json.dumps({"archivo": definitivo.name}) + "\n", "utf-8")
    try:
        os.replace(enlace, carpeta / NOMBRE_FIJO)
    except PermissionError:  # Windows no reemplaza lo que alguien tiene abierto; el puntero basta
        enlace.unlink()
    os.replace(puntero, carpeta / PUNTERO)
    versiones = sorted(carpeta.glob("poa-*.duckdb"), reverse=True)
    for vieja in versiones[VERSIONES_QUE_SE_GUARDAN:]:
        try:
            vieja.unlink()
        except PermissionError:
            continue  # Windows no borra lo que alguien tiene abierto; se intenta la próxima vez
    return definitivo


def _primera_linea(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
