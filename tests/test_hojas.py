"""Las hojas de cálculo: cada cifra con su tipo, lo que falta en blanco y ningún texto que se vuelva fórmula."""

import csv
import io
import json
import re
import zipfile
from datetime import date, datetime

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from poa import hojas, rutas, seleccion
from poa.consultas import consultar
from poa.hojas import Hoja

GATILLOS = "=+-@|＝＋－＠"
HOSTILES = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "'=1",
    '"=1',
    "«=1»",
    "\u200b=1",
    "\ufeff@x",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "| calc",
    "|cmd",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x","y")',
    "a;=1+1;b",
    "a\t=1+1",
    "a\n-1",
    "#N/A",
    "#REF!",
    "_x0041_",
    "_x000D_",
    "a_x005F_x0041_b",
    "a\rb\r\nc",
    "3.10",
    "007",
    "1e5",
    "nan",
    "None",
    "TRUE",
    "<f>1</f>",
    "&amp;",
    "]]>",
    "a,b",
    'a "b" c',
    "𝕏" * 50,
    " orilla ",
]
textos = st.one_of(
    st.sampled_from(HOSTILES),
    st.text(max_size=60),
    st.builds("".join, st.lists(st.sampled_from([*GATILLOS, *" \t\r\n'\";,_x0D\x00\x1f\ufffe\u200bñ1"]), max_size=12)),
)
numeros = st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([-0.0, 1e-9, 1e15, 1e22, -12.5]))


def hoja(tabla: pd.DataFrame, **dados) -> Hoja:
    return Hoja(**({"nombre": "x", "titulo": "Prueba", "consulta": "", "tabla": tabla, "archivo": "x"} | dados))


def columna(valores, nombre: str = "dato") -> pd.DataFrame:
    return pd.DataFrame({nombre: pd.Series(list(valores), dtype=object)})


def sin_controles(texto: str) -> str:
    return "".join(c for c in texto if c in "\t\n\r" or (ord(c) >= 32 and ord(c) not in (0x7F, 0xFFFE, 0xFFFF)))


def descifrar(guardado: object) -> object:
    """El valor de una celda como lo muestra una hoja de cálculo: _x000D_ es un retorno."""
    if not isinstance(guardado, str):
        return guardado
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), guardado)


def leer_xlsx(contenido: bytes, pagina: int = 0) -> list[list]:
    """Las filas de datos, comprobando que ninguna celda es fórmula ni error."""
    libro = load_workbook(io.BytesIO(contenido))
    assert not any(c.data_type in "fe" for ws in libro for fila in ws.iter_rows() for c in fila)
    with zipfile.ZipFile(io.BytesIO(contenido)) as partes:
        assert not any(
            b"<f>" in partes.read(n) or b"<f " in partes.read(n) for n in partes.namelist() if "sheets/" in n
        )
    return [[descifrar(c.value) for c in fila] for fila in libro.worksheets[pagina].iter_rows()]


def leer_csv(contenido: bytes) -> list[list[str]]:
    assert contenido.startswith("\ufeff".encode())
    return list(csv.reader(io.StringIO(contenido.decode("utf-8-sig"), newline="")))


@settings(max_examples=30, deadline=None)
@given(st.lists(textos, min_size=1, max_size=40))
def test_ningun_texto_se_vuelve_formula_en_xlsx_y_todos_llegan_exactos(escritos):
    filas = leer_xlsx(hojas.escribir_xlsx(hoja(columna(escritos))))
    esperado = [sin_controles(t) or None for t in escritos]
    obtenido = [fila[0] for fila in filas[1:]]
    obtenido += [None] * (len(esperado) - len(obtenido))  # una fila en blanco al final no se guarda
    assert obtenido == esperado


@settings(max_examples=30, deadline=None)
@given(st.lists(textos, min_size=1, max_size=40))
def test_ningun_texto_se_vuelve_formula_en_csv(escritos):
    filas = leer_csv(hojas.escribir_csv(hoja(columna(escritos).assign(otra="fin"))))
    assert len(filas) == len(escritos) + 1
    for (obtenido, _), escrito in zip(filas[1:], map(sin_controles, escritos), strict=True):
        assert obtenido[:1] not in {*GATILLOS, "\t", "\r", "\n"} or not obtenido
        # donde otro separador abriría una celda, y tras espacios o comillas, tampoco
        assert not re.search(rf"(?:^|[;\t\r\n])[ \"\u200b\ufeff]*[{re.escape(GATILLOS)}]", obtenido)
        assert obtenido.replace("'", "") == escrito.replace("'", "")
        if not re.search(rf"[{re.escape(GATILLOS)}\t\r\n]", escrito):
            assert obtenido == escrito


def test_los_hostiles_conocidos_llevan_apostrofo_y_los_demas_no():
    filas = leer_csv(hojas.escribir_csv(hoja(columna(HOSTILES))))
    con = {h: f[0] for h, f in zip(HOSTILES, filas[1:], strict=True)}
    assert con["=1+1"] == "'=1+1" and con["| calc"] == "'| calc" and con[" =1"] == "' =1" and con["＝1+1"] == "'＝1+1"
    assert con["a;=1+1;b"] == "a;'=1+1;b" and con["\t=1"].startswith("'\t")
    for limpio in ("3.10", "007", "#N/A", "a,b", " orilla ", "_x0041_", "None"):
        assert con[limpio] == limpio


def test_un_texto_de_riesgo_sigue_siendo_texto_si_alguien_entra_a_su_celda():
    libro = load_workbook(io.BytesIO(hojas.escribir_xlsx(hoja(columna(["=1+1", "Despensas", "-5"])))))
    assert [c.quotePrefix for (c,) in libro.worksheets[0]["A2:A4"]] == [True, False, True]


@settings(max_examples=30, deadline=None)
@given(st.lists(numeros, min_size=1, max_size=40))
def test_los_numeros_son_numeros_exactos(escritos):
    tabla = pd.DataFrame({"programado": escritos})
    for obtenido, escrito in zip(leer_xlsx(hojas.escribir_xlsx(hoja(tabla)))[1:], escritos, strict=True):
        assert obtenido[0] == escrito and not isinstance(obtenido[0], (str, bool))
    for obtenido, escrito in zip(leer_csv(hojas.escribir_csv(hoja(tabla)))[1:], escritos, strict=True):
        assert float(obtenido[0]) == escrito
        assert obtenido[0] != "-0" and not obtenido[0].startswith("'")


def test_un_entero_que_no_cabe_en_un_numero_va_como_texto_y_completo():
    tabla = columna([12345678901234567890, 999_999_999_999_999, -7])
    assert [f[0] for f in leer_xlsx(hojas.escribir_xlsx(hoja(tabla)))[1:]] == [
        "12345678901234567890",
        999_999_999_999_999,
        -7,
    ]
    assert [f[0] for f in leer_csv(hojas.escribir_csv(hoja(tabla)))[1:]] == [
        "12345678901234567890",
        "999999999999999",
        "-7",
    ]


@pytest.mark.parametrize("hueco", [None, np.nan, pd.NA, pd.NaT, "", "\x00"])
def test_lo_que_falta_es_una_celda_vacia_y_el_cero_es_cero(hueco):
    tabla = pd.DataFrame({"a": pd.Series([hueco, 0], dtype=object), "b": ["fin", "fin"]})
    assert leer_xlsx(hojas.escribir_xlsx(hoja(tabla)))[1:] == [[None, "fin"], [0, "fin"]]
    assert leer_csv(hojas.escribir_csv(hoja(tabla)))[1:] == [["", "fin"], ["0", "fin"]]


def test_fechas_listas_si_y_no_e_infinitos():
    tabla = columna([date(2025, 4, 9), datetime(2025, 4, 9, 8, 30), True, False, ["dif", "bisom"], np.int64(3), np.inf])
    celdas = [f[0] for f in leer_xlsx(hojas.escribir_xlsx(hoja(tabla)))[1:]]
    assert celdas == [datetime(2025, 4, 9), datetime(2025, 4, 9, 8, 30), "sí", "no", "dif; bisom", 3, "∞"]
    planas = [f[0] for f in leer_csv(hojas.escribir_csv(hoja(tabla)))[1:]]
    assert planas == ["2025-04-09", "2025-04-09 08:30:00", "sí", "no", "dif; bisom", "3", "∞"]


@pytest.mark.parametrize("letra", ["a", "𝕏", "_x0041_", "\r"])
def test_un_texto_larguisimo_se_recorta_diciendolo(letra):
    largo = letra * 40_000
    guardado = load_workbook(io.BytesIO(hojas.escribir_xlsx(hoja(columna([largo]))))).worksheets[0]["A2"].value
    assert len(guardado.encode("utf-16-le")) // 2 <= 32_767
    celda = descifrar(guardado)
    cuerpo, _, aviso = celda.rpartition("… [")
    assert aviso == f"recortado: el texto tiene {len(largo):,} letras]" and largo.startswith(cuerpo) and cuerpo


@pytest.mark.parametrize("titulo", ["a[b]:c*d?e/f\\g", "x" * 80, "'=1'", "", "Acerca de", "History", "\x01\n"])
def test_los_nombres_de_hoja_son_admisibles_y_no_se_repiten(titulo):
    libro = load_workbook(io.BytesIO(hojas.escribir_xlsx(*[hoja(columna([1]), titulo=titulo)] * 3)))
    nombres = libro.sheetnames
    assert len({n.lower() for n in nombres}) == 4 and nombres[-1] == hojas.ACERCA
    assert all(1 <= len(n) <= 31 and not re.search(r"[\[\]:*?/\\\x00-\x1f]", n) for n in nombres)
    assert all(n[0] != "'" and n[-1] != "'" and n.lower() != "history" for n in nombres)


# ---------------------------------------------------------------- una de verdad


def de_alertas(**dados) -> Hoja:
    elegida = seleccion.elegir(corte="2025T4", dependencia="bisom")
    filas = consultar("alertas", **elegida.consulta("ejercicio", "corte", "dependencia", "nivel", "periodo", "preset"))
    return hojas.de_seleccion(elegida, "alertas", "lejanas", "Las más lejanas", "alertas", filas, **dados)


def test_el_libro_trae_encabezado_fijo_filtro_anchos_y_formatos():
    libro = load_workbook(io.BytesIO(hojas.escribir_xlsx(de_alertas())))
    pagina = libro.worksheets[0]
    columnas = [c.value for c in pagina[1]]
    assert pagina.freeze_panes == "A2"
    assert pagina.auto_filter.ref == pagina.dimensions
    anchos = {k: d.width for k, d in pagina.column_dimensions.items()}
    assert len(anchos) == len(columnas) and all(9 <= ancho <= 60 for ancho in anchos.values())
    formatos = {c: pagina.cell(2, i).number_format for i, c in enumerate(columnas, 1)}
    assert formatos["cumplimiento_pct"] == '0.0##" %"' and formatos["programado"] == "#,##0"
    assert formatos["ejercicio"] == "General"  # un año no lleva coma
    assert columnas[columnas.index("dependencia") + 1] == "dependencia_nombre"


def test_acerca_de_dice_filtros_fecha_columnas_y_documentos():
    cuando = datetime(2026, 3, 5, 14, 7)
    suya = de_alertas(ademas=[("Lista", "=de prueba")])
    filas = leer_xlsx(hojas.escribir_xlsx(suya, cuando=cuando), pagina=1)
    dicho = {f[0]: f[1] for f in filas if f[0]}
    assert filas[0][0] == "Las más lejanas"
    assert dicho["Corte"] == "Cuarto trimestre de 2025" and dicho["Dependencia"] == "BISOM"
    assert dicho["Compromisos"] == "Acciones" and dicho["Periodo"] == "Acumulado al corte"
    assert dicho["Umbrales"].startswith("CONEVAL 90–110 %: crítico, menos de 70 %")
    assert dicho["Fecha y hora de la descarga"] == "5 mar 2026, 14:07"
    assert dicho["Código de la vista"] == "ale/25T4/bisom" and dicho["Lista"] == "=de prueba"
    for columna_ in suya.datos().columns:
        assert dicho[columna_], columna_
    assert next(f for f in filas if f[0] == "poa-2025.txt")[:3] == ["poa-2025.txt", "BISOM", 2025]


def test_un_libro_de_varias_hojas_dice_que_es_cada_una():
    suya = de_alertas()
    paginas = load_workbook(io.BytesIO(hojas.escribir_xlsx(suya, hoja(columna([1], "meta_anual"), titulo="Otra"))))
    assert paginas.sheetnames == ["Las más lejanas", "Otra", hojas.ACERCA]
    rotulos = [f[0].value for f in paginas[hojas.ACERCA].iter_rows()]
    assert "Columnas de «Las más lejanas»" in rotulos and "Columnas de «Otra»" in rotulos


def test_el_parquet_guarda_tipos_filtros_fecha_y_lo_que_es_cada_columna():
    suya = de_alertas()
    leida = pq.read_table(io.BytesIO(hojas.escribir_parquet(suya, datetime(2026, 3, 5, 14, 7))))
    propios = {k.decode(): v.decode() for k, v in leida.schema.metadata.items()}
    assert json.loads(propios["filtros"])["Dependencia"] == "BISOM"
    assert propios["fecha"] == "2026-03-05T14:07:00" and propios["codigo"] == "ale/25T4/bisom"
    assert json.loads(propios["documentos"]) == ["poa-2025.txt"]
    suyo = leida.schema.field("programado")
    assert suyo.metadata[b"unidad"] == b"la de unidad_medida" and str(suyo.type) == "double"
    assert str(leida.schema.field("pagina").type) == "int32" and str(leida.schema.field("es_pequena").type) == "bool"


def test_una_tabla_sin_filas_tambien_se_baja():
    vacia = pd.DataFrame({"clave": pd.Series(dtype=object), "programado": pd.Series(dtype=float)})
    assert leer_xlsx(hojas.escribir_xlsx(hoja(vacia))) == [["clave", "programado"]]
    assert leer_csv(hojas.escribir_csv(hoja(vacia))) == [["clave", "programado"]]
    assert pq.read_table(io.BytesIO(hojas.escribir_parquet(hoja(vacia)))).schema.names == ["clave", "programado"]


def test_el_catalogo_de_columnas_no_se_repite_y_lo_dice_todo():
    with rutas.columnas().open(encoding="utf-8", newline="") as archivo:
        filas = list(csv.DictReader(archivo))
    llaves = [(f["tabla"], f["columna"]) for f in filas]
    assert len(set(llaves)) == len(llaves)
    assert all(f["columna"] and f["descripcion"] and f["fuente"] and None not in f for f in filas)
