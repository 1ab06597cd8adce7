"""El libro XLSX: una hoja por tabla, con cada cifra en su tipo, y «Acerca de», que dice todo lo demás."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from poa import formato, tema
from poa.formulas import parece_formula
from poa.hojas.celdas import Celda, para_xlsx, valor
from poa.hojas.hoja import Hoja, definir

ACERCA = "Acerca de"
_ANCHO_MINIMO, _ANCHO_MAXIMO = 9, 60  # letras de una columna
_ANCHO_DE_PAGINA = 200
_ANCHOS_ACERCA = (34, 70, 22, 46)
_LARGO_NOMBRE = 31  # letras de una pestaña
_TINTA, _FONDO = tema.TINTA.removeprefix("#"), tema.VELO.removeprefix("#")
_LETRA = "Calibri"  # la del libro
_NEGRITA = Font(name=_LETRA, size=11, bold=True, color=_TINTA)
_TITULO = Font(name=_LETRA, size=14, bold=True, color=_TINTA)
_ALTO_DE_LINEA, _ALTO_MAXIMO = 15, 405  # puntos
_VELO, _FILETE = PatternFill("solid", fgColor=_FONDO), Border(bottom=Side("thin", color=_TINTA))
_ARRIBA = Alignment(vertical="top")
_SANGRADO = Alignment(vertical="top", indent=1)  # aparta un texto de la cifra que va a su izquierda
_AJUSTADO = Alignment(vertical="top", indent=1, wrap_text=True)
_COMO_SE_LEE = (
    "Una celda vacía es un dato que el documento no imprime o que todavía no se puede exigir; no es un cero.",
    "Cada cantidad está en la unidad de medida de su compromiso: las de unidades distintas no se suman.",
    "Los porcentajes van de 0 a 100 y guardan todos sus decimales.",
)


def escribir_xlsx(*hojas: Hoja, cuando: datetime | None = None) -> bytes:
    """Un libro con una hoja por tabla y, al final, «Acerca de»: filtros, fecha, qué es cada columna y documentos."""
    todas = [una for hoja in hojas for una in (hoja, *hoja.anexas)]
    libro = Workbook()
    libro.remove(libro.active)
    libro.properties.creator = "Tablero POA Mexicali"
    libro.properties.title = formato.admisible(hojas[0].titulo)
    usados = {ACERCA.lower(), "history"}  # la hoja de cálculo se reserva este último
    for hoja in todas:
        _escribir_tabla(libro.create_sheet(_pestana(hoja.titulo, usados)), hoja)
    _escribir_acerca(libro.create_sheet(ACERCA), todas, cuando or datetime.now())
    archivo = io.BytesIO()
    libro.save(archivo)
    return archivo.getvalue()


def _pestana(titulo: str, usados: set[str]) -> str:
    """El nombre de una hoja: a lo más 31 letras, sin los signos que no admite y sin repetirse."""
    limpio = re.sub(r"[\[\]:*?/\\\s]+", " ", formato.admisible(titulo)).strip(" '")
    base = limpio[:_LARGO_NOMBRE].strip(" '") or "Tabla"
    nombre, veces = base, 1
    while nombre.lower() in usados:
        veces += 1
        nombre = f"{base[: _LARGO_NOMBRE - 4]} {veces}"
    usados.add(nombre.lower())
    return nombre


def _escribir_tabla(pagina: Worksheet, hoja: Hoja) -> None:
    tabla = hoja.datos()
    lineas: dict[int, int] = {}
    for lugar, columna in enumerate(tabla.columns, 1):
        cabeza = _escribir(pagina.cell(1, lugar), columna)
        cabeza.font, cabeza.fill, cabeza.border, cabeza.alignment = _NEGRITA, _VELO, _FILETE, _SANGRADO
        unidad = definir(hoja.consulta, columna).unidad
        datos = [valor(dato) for dato in tabla[columna]]
        largo = max((len(_visto(d)) for d in datos), default=0) + 2
        ancho = min(max(largo, len(columna) + 4, _ANCHO_MINIMO), _ANCHO_MAXIMO)
        pagina.column_dimensions[get_column_letter(lugar)].width = ancho
        for renglon, dato in enumerate(datos, 2):
            if dato is not None:
                celda = _escribir(pagina.cell(renglon, lugar), dato)
                celda.number_format = _formato(columna, dato, unidad)
                celda.alignment = _ARRIBA
                if isinstance(dato, str):
                    celda.alignment = _AJUSTADO if largo > _ANCHO_MAXIMO else _SANGRADO
                    lineas[renglon] = max(lineas.get(renglon, 1), _lineas(dato, ancho))
    _dar_alto(pagina, lineas)
    pagina.freeze_panes = "A2"
    pagina.auto_filter.ref = f"A1:{get_column_letter(max(len(tabla.columns), 1))}{len(tabla) + 1}"
    pagina.print_title_rows = "1:1"
    _preparar_impresion(pagina, sum(d.width for d in pagina.column_dimensions.values()))


def _lineas(texto: str, ancho: float) -> int:
    """En cuántas líneas cae un texto en una columna de ese ancho; de más, para que ninguna se corte."""
    return sum(max(1, math.ceil(len(parte) / (ancho - 3))) for parte in texto.splitlines() or [""])


def _dar_alto(pagina: Worksheet, lineas: Mapping[int, int]) -> None:
    """El alto de cada renglón de varias líneas: no todo programa lo calcula al abrir."""
    for renglon, cuantas in lineas.items():
        if cuantas > 1:
            pagina.row_dimensions[renglon].height = min(cuantas * _ALTO_DE_LINEA, _ALTO_MAXIMO)


def _visto(dato: Celda) -> str:
    """Lo que se ve de una celda, para saber cuánto ocupa."""
    if isinstance(dato, float):
        return f"{dato:,.3f}".rstrip("0") + " %"
    return "" if dato is None else max(str(dato).splitlines() or [""], key=len)


def _escribir(celda: Cell, dato: Celda) -> Cell:
    """Pone el dato con su tipo. Un texto nunca es otra cosa que texto, empiece como empiece."""
    escrito = para_xlsx(dato)
    if isinstance(escrito, str):
        celda.value, celda.data_type = escrito, "s"
        celda.quotePrefix = parece_formula(escrito)  # sigue siendo texto aunque alguien entre a la celda y salga
    elif isinstance(escrito, float):
        # la biblioteca escribe 16 cifras y un decimal puede necesitar 17 para ser el mismo
        celda.value, celda.data_type = repr(escrito), "n"
    else:
        celda.value = escrito
    return celda


def _formato(columna: str, dato: Celda, unidad: str) -> str:
    """Porcentaje (sin dividir), pesos, cantidad con miles o, de lo que no mide nada, el número solo."""
    if isinstance(dato, (bool, str)):
        return "General"
    if isinstance(dato, date):
        return "d mmm yyyy h:mm" if isinstance(dato, datetime) else "d mmm yyyy"
    if columna.endswith("_pct") or unidad == "%":
        return '0.0##" %"'
    if unidad == "pesos":
        return '"$"#,##0.00'
    if unidad in ("", "año"):
        return "General"
    return "#,##0" if float(dato).is_integer() else "#,##0.0###" if abs(dato) > 1e-4 else "General"


def _escribir_acerca(pagina: Worksheet, hojas: Sequence[Hoja], cuando: datetime) -> None:
    """Lo que hace falta para entender las tablas sin el tablero a la vista."""
    titulo = hojas[0].titulo if len(hojas) == 1 else " · ".join(h.titulo for h in hojas)
    renglones: list[tuple[Sequence[Celda], Font | None]] = [((titulo,), _TITULO), ((), None)]
    renglones += [(par, None) for par in hojas[0].ficha(cuando)]
    renglones += [((), None), (("Cómo se lee",), _NEGRITA), *(((frase,), None) for frase in _COMO_SE_LEE)]
    for hoja in hojas:
        de_cual = f" de «{hoja.titulo}»" if len(hojas) > 1 else ""
        renglones += [((), None), ((f"Columnas{de_cual}", "Qué es", "Unidad", "De dónde sale"), _NEGRITA)]
        for columna in hoja.datos().columns:
            d = definir(hoja.consulta, columna)
            renglones.append(((columna, d.descripcion, d.unidad, d.fuente), None))
    fuentes = pd.concat([h.documentos() for h in hojas]).drop_duplicates()
    renglones += [((), None), (("Documentos fuente", "Dependencias", "Ejercicio", "Cortes"), _NEGRITA)]
    for fuente in fuentes[["archivo", "dependencias", "ejercicio", "cortes"]].itertuples(index=False, name=None):
        renglones.append((fuente, None))
    lineas = {}
    for numero, (celdas, letra) in enumerate(renglones, 1):
        if len(celdas) > 1:
            largos = zip(celdas, _ANCHOS_ACERCA, strict=False)
            lineas[numero] = max(_lineas(str(dato), ancho) for dato, ancho in largos)
        for lugar, dato in enumerate(map(valor, celdas), 1):
            if dato is not None:
                celda = _escribir(pagina.cell(numero, lugar), dato)
                _vestir(celda, letra, sola=len(celdas) == 1)
    _dar_alto(pagina, lineas)
    for lugar, ancho in enumerate(_ANCHOS_ACERCA, 1):
        pagina.column_dimensions[get_column_letter(lugar)].width = ancho
    _preparar_impresion(pagina, sum(_ANCHOS_ACERCA))


def _vestir(celda: Cell, letra: Font | None, sola: bool) -> None:
    celda.alignment = _SANGRADO if sola else _AJUSTADO
    if letra:
        celda.font = letra
        if not sola:
            celda.fill, celda.border = _VELO, _FILETE


def _preparar_impresion(pagina: Worksheet, ancho: float) -> None:
    """Apaisada, y tantas páginas a lo ancho como hagan falta para que se lea."""
    pagina.sheet_properties.pageSetUpPr.fitToPage = True
    pagina.page_setup.orientation, pagina.page_setup.fitToHeight = "landscape", 0
    pagina.page_setup.fitToWidth = math.ceil(ancho / _ANCHO_DE_PAGINA)
