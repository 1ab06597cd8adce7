"""Qué es una hoja: una tabla del tablero con sus filtros, lo que es cada columna y los documentos de que sale."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import pandas as pd

from poa import codigo, formato, rutas
from poa.consultas import consultar
from poa.seleccion import DE_LO_QUE_SE_VE, Seleccion

Tabla = pd.DataFrame | Callable[[], pd.DataFrame]

_SIN_INTERES = ("orden", "orden_antes", "orden_despues", "estado_orden", "preset_orden")  # solo ordenan la pantalla
_NOMBRAN_DOCUMENTO = re.compile("documento|compromiso|_de$")
# las tablas de la base en que primero se busca qué es una columna, y antes que ellas, las de cada consulta
_PRIMERO = ("cumplimiento", "cumplimiento_trimestre", "compromiso", "eslabon")
_DE_CONSULTA = {
    "cambios": ("enlace", "linaje"),
    "compromiso_trimestre": ("cumplimiento_trimestre",),
    "cortes": ("corte",),
    "documentos": ("documento",),
    "ejes": ("pmd_linea", "linea_vigente"),
    "excepciones": ("excepcion",),
    "hallazgos": ("hallazgo",),
    "hilo": ("hilo_de", "eslabon"),
    "hilos": ("hilo", "eslabon"),
    "hilo_enlaces": ("enlace", "linaje"),
    "hilo_trimestres": ("hilo_de", "eslabon_trimestre"),
    "procedencia": ("hallazgo",),
    "reglas": ("regla_acumulacion",),
    "trimestres": ("cumplimiento_trimestre",),
}


@dataclass(frozen=True)
class Definicion:
    """Qué es una columna, en qué se mide y de dónde sale; los tres en blanco si nadie lo ha escrito."""

    descripcion: str = ""
    unidad: str = ""
    fuente: str = ""


@dataclass(frozen=True)
class Hoja:
    """Una tabla que se puede bajar.

    `nombre` no se repite en una página. `consulta`: de la que salen las columnas, para saber qué son. `tabla` puede
    ser una función que la da, y entonces se hace al bajarla. `archivo`, sin extensión. `columnas`, las que se llevan
    (todas, si no se dicen). `filtros`: rótulo y valor de lo que se está viendo. `seleccion`: de la que son los
    documentos, si la tabla no los nombra. `anexas`: las que la acompañan en su libro XLSX.
    """

    nombre: str
    titulo: str
    consulta: str
    tabla: Tabla
    archivo: str
    columnas: Sequence[str] = ()
    filtros: Sequence[tuple[str, str]] = ()
    codigo: str = ""
    seleccion: Seleccion | None = None
    anexas: Sequence[Hoja] = ()

    def datos(self) -> pd.DataFrame:
        """La tabla con sus columnas, y el nombre de cada dependencia junto a su clave."""
        tabla = self.tabla() if callable(self.tabla) else self.tabla
        columnas = list(self.columnas) or [c for c in tabla.columns if c not in _SIN_INTERES]
        tabla = tabla[columnas].reset_index(drop=True)
        if "dependencia" in columnas and "dependencia_nombre" not in columnas:
            cortes = consultar("cortes")
            nombres = dict(zip(cortes["dependencia"], cortes["dependencia_nombre"], strict=True))
            tabla.insert(columnas.index("dependencia") + 1, "dependencia_nombre", tabla["dependencia"].map(nombres))
        return tabla

    def ficha(self, cuando: datetime) -> list[tuple[str, str]]:
        """Los filtros, cuándo se bajó y el código que vuelve a abrir la vista, como se leen."""
        dicho = [*self.filtros] or [("Filtros", "Ninguno: toda la base")]
        dicho.append(("Fecha y hora de la descarga", f"{formato.fecha(cuando.date())}, {cuando:%H:%M}"))
        if self.codigo:
            dicho.append(("Código de la vista", self.codigo))
        return dicho

    def documentos(self) -> pd.DataFrame:
        """Los documentos de que sale: los que nombra la tabla, los de su selección o los de toda la base.

        Una fila por documento: `archivo`, `ejercicio` y, como se leen, `cortes` y `dependencias`.
        """
        tabla, nombrados = self.datos(), set()
        for columna in filter(_NOMBRAN_DOCUMENTO.search, tabla.columns):
            nombrados |= {str(v).partition("/")[0] for v in tabla[columna].dropna()}
        todos = consultar("documentos")
        suyos = todos[todos["documento"].isin(nombrados)]
        if suyos.empty and self.seleccion:
            suyos = todos[[_cubre(documento, self.seleccion) for documento in todos.to_dict("records")]]
        suyos = todos if suyos.empty else suyos
        cortes = consultar("cortes")
        nombres = dict(zip(cortes["dependencia"], cortes["dependencia_corta"], strict=True))
        return suyos[["archivo", "ejercicio"]].assign(
            cortes=[formato.lista(formato.corte_corto(c) for c in _partes(v)) for v in suyos["cortes"]],
            dependencias=[formato.lista(nombres.get(d, d) for d in _partes(v)) for v in suyos["dependencias"]],
        )


def _partes(lista: object) -> list[str]:
    return [p.strip() for p in formato.texto(lista, "").split(",") if p.strip()]


def _cubre(documento: Mapping, seleccion: Seleccion) -> bool:
    """Si el documento trae algo de lo que se ve: el corte, o uno anterior del año, de alguna de sus dependencias."""
    quienes = [seleccion.dependencia] if seleccion.dependencia else seleccion.dependencias
    cortes, dependencias = (_partes(documento[c]) for c in ("cortes", "dependencias"))
    del_anio = any(c[:4] == seleccion.corte[:4] and c <= seleccion.corte for c in cortes)
    return del_anio and bool(set(dependencias) & set(quienes))


def de_seleccion(
    seleccion: Seleccion,
    pagina: str,
    nombre: str,
    titulo: str,
    consulta: str,
    tabla: Tabla,
    columnas: Sequence[str] = (),
    sin: Sequence[str] = (),
    ademas: Sequence[tuple[str, str]] = (),
) -> Hoja:
    """La hoja de una tabla de `pagina`. `sin`: los filtros que no la recortan; `ademas`: los que solo tiene ella."""
    return Hoja(
        nombre=nombre,
        titulo=titulo,
        consulta=consulta,
        tabla=tabla,
        archivo=seleccion.archivo(nombre.replace("_", "-"), segun=[c for c in DE_LO_QUE_SE_VE if c not in sin]),
        columnas=columnas,
        filtros=[*filtros(seleccion, sin), *ademas],
        codigo=codigo.de_vista(pagina, seleccion),
        seleccion=seleccion,
    )


def de_todo(nombre: str, titulo: str, consulta: str, tabla: Tabla, columnas: Sequence[str] = ()) -> Hoja:
    """La hoja de una tabla que no depende de lo elegido."""
    archivo = formato.nombre_archivo(nombre.replace("_", "-"))
    return Hoja(nombre, titulo, consulta, tabla, archivo, columnas)


def filtros(seleccion: Seleccion, sin: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Los filtros de una selección, como se leen; `sin`: los que no vienen al caso."""
    u = seleccion.umbral
    topes = [formato.numero(t) for t in (u.critico, u.minimo, u.maximo, u.meta_subestimada)]
    dichos = {
        "corte": ("Corte", formato.mayuscula(formato.corte(seleccion.corte))),
        "dependencia": ("Dependencia", formato.lista(seleccion.quienes)),
        "nivel": ("Compromisos", formato.mayuscula(formato.nivel(seleccion.nivel, 2))),
        "periodo": ("Periodo", formato.mayuscula(formato.PERIODOS[seleccion.periodo])),
        "preset": (
            "Umbrales",
            f"{u.rotulo}: crítico, menos de {topes[0]} %; cumple, de {topes[1]} a {topes[2]} %; "
            f"meta subestimada, más de {topes[3]} %",
        ),
    }
    en_vigor = [dicho for filtro, dicho in dichos.items() if filtro not in sin]
    if seleccion.pmd and seleccion.linea:
        en_vigor.append(("Código del plan municipal", f"{formato.pmd(seleccion.pmd)}, {seleccion.linea}"))
    return en_vigor


def columna_de_estado(palabra: str) -> str:
    """«Aún no exigible» → «aun_no_exigible», para la columna que cuenta los que están en él."""
    return formato.sin_acentos(palabra).lower().replace(" ", "_")


# ---------------------------------------------------------------- qué es cada columna


def definir(consulta: str, columna: str) -> Definicion:
    """Qué es una columna de una consulta: lo que dice data/columnas.csv o, si nada, el diccionario de la base."""
    escritas = _leer(rutas.columnas())
    for llave in ((consulta, columna), ("", columna)):
        if llave in escritas:
            return escritas[llave]
    diccionario = _leer(rutas.diccionario())
    tablas = (consulta, *_DE_CONSULTA.get(consulta, ()), *_PRIMERO)
    suyas = [diccionario[t, columna] for t in tablas if (t, columna) in diccionario]
    return next(iter([*suyas, *(d for (_, c), d in diccionario.items() if c == columna)]), Definicion())


def _leer(archivo: Path) -> Mapping[tuple[str, str], Definicion]:
    return _leido(archivo, archivo.stat().st_mtime_ns)


@cache
def _leido(archivo: Path, _cuando: int) -> Mapping[tuple[str, str], Definicion]:
    """(tabla o consulta, columna) → qué es."""
    with archivo.open(encoding="utf-8", newline="") as abierto:
        return {
            (f["tabla"], f["columna"]): Definicion(f["descripcion"], f["unidad"], f["fuente"])
            for f in csv.DictReader(abierto)
        }
