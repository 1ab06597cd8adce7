"""Toda tabla se baja, y lo que se baja es lo que hay en la base: hasta la última celda, en CSV, XLSX y Parquet."""

import csv
import inspect
import io
import re
import shutil
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from poa import consultas, hojas, rutas
from poa.base import construir_base
from poa.componentes import descargas, piezas
from tests.conftest import llegar
from tests.descargas_esperadas import SIN_ORDEN, Base, esperadas
from tests.test_hojas import descifrar
from tests.test_paginas_de_otros_documentos import CORTE, RARA, dificil

COMPROMISO = "poa-2025/2025T4/bisom/300/305"
CORTES = [
    {"corte": "2025T4", "dependencia": "bisom"},
    {"corte": "2025T3", "dependencia": "bisom", "nivel": "meta", "periodo": "trimestre"},
    {"corte": "2024T0", "dependencia": "todas"},
    {"corte": "2024T0", "dependencia": "dif"},
    {"corte": "2023T3", "dependencia": "todas", "nivel": "meta"},
    {"corte": "2022T4", "dependencia": "presidencia"},
    {"corte": "2018T1", "dependencia": "todas", "periodo": "trimestre"},
]
# las que muestran todo lo que puede haber, aunque la selección no tenga ninguno
ENLISTADAS = {"senales", "afirmaciones", "reglas", "enlaces"}
DEL_CORTE = ("resumen", "dependencias", "ejes", "trimestres", "alertas", "presupuesto")
VISTAS = [
    ("inicio", {}),
    *((pagina, corte) for pagina in DEL_CORTE for corte in CORTES),
    *(("metodo", corte) for corte in CORTES[::2]),
    ("dependencias", {"corte": "2025T4", "dependencia": "bisom", "compromiso": COMPROMISO, "tarjeta": "1"}),
    ("resumen", {"corte": "2018T1", "compromiso": "poa-2018/2018T1/presidencia/2/2.1", "tarjeta": "1"}),
    ("resumen", {"corte": "2025T4", "estado": "Cumple"}),
    ("resumen", {"corte": "2018T1", "nivel": "meta", "estado": "Sin avance"}),
    ("ejes", {"corte": "2025T4", "dependencia": "bisom", "pmd": "2025-2027", "linea": "1"}),
    ("ejes", {"corte": "2024T0", "nivel": "meta", "pmd": "2022-2024", "linea": "2.1"}),
    ("cambios", {"quien": "bisom", "planes": "2025.1-2025.2"}),
    ("cambios", {"quien": "bisom", "planes": "2024.1-2025.1"}),
    ("cambios", {"quien": "dif", "planes": "2023.1-2024.1"}),
    ("seguir", {"hilo": "poa-2025/2025T4/bisom/300/309"}),
    ("seguir", {"busca": "despensas"}),
]


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """Una copia de la base, con su propia conexión."""
    copia = tmp_path_factory.mktemp("base") / "copia.duckdb"
    shutil.copy(consultas.base_vigente(), copia)
    return Base(copia)


def abrir(pagina: str, **parametros: str) -> AppTest:
    at = AppTest.from_file(str(rutas.raiz() / "app.py"), default_timeout=60)
    at.run()
    if pagina != "inicio":
        at.switch_page(f"pages/{pagina}.py")
    for nombre, dado in parametros.items():
        at.query_params[nombre] = dado
    return at.run()


@pytest.fixture
def bajadas(monkeypatch):
    """Lo que ofrece bajar una página: sus hojas y las salidas de su menú, tomadas al dibujarse."""
    vistas = {"hojas": {}, "salidas": []}
    linea, menu = descargas.bajar, descargas.menu

    def al_dibujar(hoja):
        assert hoja.nombre not in vistas["hojas"], f"Dos tablas de la página se llaman {hoja.nombre}."
        vistas["hojas"][hoja.nombre] = hoja
        linea(hoja)

    def al_abrir(salidas):
        vistas["salidas"] = list(salidas)
        menu(salidas)

    monkeypatch.setattr(descargas, "bajar", al_dibujar)
    monkeypatch.setattr(descargas, "menu", al_abrir)

    def de(pagina: str, parametros: dict) -> dict:
        at = AppTest.from_file(str(rutas.raiz() / "app.py"), default_timeout=60)
        if pagina != "inicio":
            at.run()
            at.switch_page(f"pages/{pagina}.py")
        for nombre, dado in parametros.items():
            at.query_params[nombre] = dado
        vistas["hojas"].clear()
        at.run()
        assert not at.exception, at.exception[0].message
        return vistas

    return de


def vista(pagina: str, parametros: dict) -> dict:
    """La misma vista como la entienden las cuentas de aparte."""
    dada = {"nivel": "accion", "periodo": "acumulado", "dependencia": "todas", "corte": "2025T4"} | parametros
    dada["dependencia"] = None if dada["dependencia"] == "todas" else dada["dependencia"]
    return dada | {"pagina": pagina, "compromiso_id": dada.get("compromiso")}


# ---------------------------------------------------------------- comparar celda por celda


def suelto(dato: object) -> object:
    """Un dato de la base como se compara: los decimales exactos son números; sin él, None."""
    if isinstance(dato, Decimal):
        return float(dato)
    if isinstance(dato, float) and dato != dato:
        return None
    if isinstance(dato, str):
        return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", dato) or None
    return dato


def en_celda(dato: object) -> object:
    dato = suelto(dato)
    if isinstance(dato, bool):
        return "sí" if dato else "no"
    return "; ".join(str(d) for d in dato) if isinstance(dato, list) else dato


def en_csv(dato: object, escrito: str) -> bool:
    dato = en_celda(dato)
    if dato is None:
        return escrito == ""
    if isinstance(dato, (int, float)):
        return float(escrito) == dato
    if not isinstance(dato, str):
        return bool(dato == escrito)
    if escrito == dato:
        return not re.match(r"[\s\"']*[=+\-@|＝＋－＠]|[\t\r\n]", dato)
    return escrito.replace("'", "") == dato.replace("'", "") and len(escrito) > len(dato)


def leer_xlsx(contenido: bytes, pagina: int = 0) -> tuple[list[str], list[list]]:
    cabeza, *filas = load_workbook(io.BytesIO(contenido)).worksheets[pagina].iter_rows()
    assert not any(c.data_type in "fe" for fila in filas for c in fila)
    return [c.value for c in cabeza], [[descifrar(c.value) for c in fila] for fila in filas]


def leer_csv(contenido: bytes) -> tuple[list[str], list[list[str]]]:
    cabeza, *filas = csv.reader(io.StringIO(contenido.decode("utf-8-sig"), newline=""))
    return cabeza, filas


def leer_parquet(contenido: bytes) -> tuple[list[str], list[list]]:
    tabla = pq.read_table(io.BytesIO(contenido))
    return tabla.schema.names, [list(fila.values()) for fila in tabla.to_pylist()]


def ordenar(filas: list, nombre: str, columnas: list[str]) -> list:
    """Las de una cuenta, por sus textos que no redacta el tablero, para emparejarlas sin mirar su orden."""
    if nombre not in SIN_ORDEN:
        return filas
    llaves = [
        columnas.index(c) for c in ("senal", "estado", "grupo_id", "es_total", "vigente_id", "preset") if c in columnas
    ]
    return sorted(filas, key=lambda fila: [str(en_celda(fila[i])) for i in llaves])


def comparar(leidos: tuple[list[str], list[list]], esperado: list[dict], nombre: str, iguales) -> None:
    columnas, filas = leidos
    assert columnas == list(esperado[0]), nombre
    assert len(filas) == len(esperado), nombre
    debidas = ordenar([list(f.values()) for f in esperado], nombre, columnas)
    for fila, debida in zip(ordenar(filas, nombre, columnas), debidas, strict=True):
        for columna, hallado, debido in zip(columnas, fila, debida, strict=True):
            assert iguales(debido, hallado), (nombre, columna, hallado, debido)


def revisar(hoja: hojas.Hoja, esperado: list[dict]) -> None:
    if not esperado:
        assert hoja.nombre in ENLISTADAS and hoja.datos().empty, hoja.nombre
        return
    comparar(leer_xlsx(hojas.escribir_xlsx(hoja)), esperado, hoja.nombre, lambda d, x: en_celda(d) == x)
    comparar(leer_csv(hojas.escribir_csv(hoja)), esperado, hoja.nombre, en_csv)
    comparar(leer_parquet(hojas.escribir_parquet(hoja)), esperado, hoja.nombre, lambda d, x: suelto(d) == suelto(x))


def revisar_pagina(base: Base, suya: dict, pagina: str, parametros: dict) -> None:
    """Todas las hojas y salidas de una página contra la base."""
    v = vista(pagina, parametros)
    for hoja in suya["hojas"].values():
        if hoja.nombre == "pasos":
            v = v | {"hilo": hoja.datos()["hilo"].iloc[0]}
        for una in (hoja, *hoja.anexas):
            revisar(una, esperadas(base, una.nombre, v))
            sin_decir = [c for c in una.datos().columns if not hojas.definir(una.consulta, c).descripcion]
            assert not sin_decir, (una.nombre, sin_decir)
            assert re.fullmatch(r"[A-Za-z0-9_-]+", una.archivo), una.archivo
    for salida in suya["salidas"]:
        if salida.archivo.endswith(".parquet"):
            nombre = {"cambios": "todos", "seguir": "hilos"}.get(pagina) or salida.archivo[:-8].rpartition("_")[2]
            debido = esperadas(base, nombre, {**v, "periodo": None, "nivel": None})
            comparar(leer_parquet(salida.hacer()), debido, nombre, lambda d, x: suelto(d) == suelto(x))


@pytest.mark.parametrize(
    ("pagina", "parametros"), VISTAS, ids=lambda v: v if isinstance(v, str) else "-".join(v.values())
)
def test_lo_que_se_baja_es_lo_que_hay_en_la_base(base, bajadas, pagina, parametros):
    suya = bajadas(pagina, parametros)
    assert suya["hojas"]
    assert bool(suya["salidas"]) == (pagina != "inicio")
    revisar_pagina(base, suya, pagina, parametros)


@pytest.fixture(scope="module")
def hostil(tmp_path_factory):
    """Una base con lo peor que puede traer un documento, y con textos que empiezan como fórmulas."""
    hechos = dificil()
    for lugar, texto in enumerate(("=1+1", "@SUM(A1)", "\t=cmd|' /C calc'!A0", "-5 +3", " ＝1+1;=2+2")):
        dichos = dict.fromkeys(("descripcion", "unidad_medida", "observaciones", "programa", "nota"), texto)
        hechos.compromiso(CORTE, RARA, str(150 + lugar), [(10, lugar), (10, 30)], unidad=texto, **dichos)
    datos = hechos.escribir(tmp_path_factory.mktemp("hostil"))
    construir_base(datos)
    return datos


@pytest.mark.parametrize("pagina", [*DEL_CORTE, "metodo"])
@pytest.mark.parametrize("dependencia", [RARA, "todas"])
def test_tambien_con_cifras_dificiles_y_textos_que_parecen_formulas(
    hostil, tmp_path, bajadas, monkeypatch, pagina, dependencia
):
    monkeypatch.setenv("POA_DATOS", str(hostil))
    copia = shutil.copy(consultas.base_vigente(), tmp_path / "copia.duckdb")
    parametros = {"corte": CORTE, "dependencia": dependencia}
    revisar_pagina(Base(copia), bajadas(pagina, parametros), pagina, parametros)


def test_el_libro_de_la_seleccion_trae_compromisos_y_trimestres(base, bajadas):
    parametros = {"corte": "2022T4", "dependencia": "presidencia", "nivel": "meta", "periodo": "trimestre"}
    salidas = {s.archivo: s for s in bajadas("alertas", parametros)["salidas"]}
    assert list(salidas) == [
        "2022-T4_presidencia_seleccion.xlsx",
        "2022-T4_presidencia_cumplimiento.parquet",
        "2022-T4_presidencia_trimestres.parquet",
        "2022-T4_presidencia_trimestre_sesion.pptx",  # su mazo sí depende del periodo
    ]
    libro = salidas["2022-T4_presidencia_seleccion.xlsx"].hacer()
    for pagina, nombre in enumerate(("cumplimiento", "trimestres")):
        debido = esperadas(base, nombre, {**vista("alertas", parametros), "nivel": None, "periodo": None})
        assert {f["nivel"] for f in debido} == {"meta", "accion"}
        comparar(leer_xlsx(libro, pagina), debido, nombre, lambda d, x: en_celda(d) == x)


# ---------------------------------------------------------------- ninguna tabla sin descarga


def test_una_tabla_pide_su_hoja_y_solo_piezas_las_dibuja():
    for dibujar in (piezas.tabla, piezas.plegadas):
        assert inspect.signature(dibujar).parameters["hoja"].default is inspect.Parameter.empty
    dibujan = [a.name for a in (rutas.raiz() / "poa/componentes").glob("*.py") if "<table" in a.read_text("utf-8")]
    assert dibujan == ["piezas.py"]
    fuente = [a.read_text("utf-8") for c in ("poa/componentes", "pages") for a in (rutas.raiz() / c).glob("*.py")]
    assert not re.search(r"st\.(dataframe|table|data_editor)\(", "\n".join(fuente))


def seguidos(bloque):
    """Cada elemento con el que va después de él en su contenedor."""
    hijos = list(bloque.children.values())
    for lugar, hijo in enumerate(hijos):
        yield hijo, hijos[lugar + 1] if lugar + 1 < len(hijos) else None
        if hasattr(hijo, "children"):
            yield from seguidos(hijo)


@pytest.mark.parametrize(("pagina", "parametros"), [VISTAS[0], *VISTAS[1:50:7], *VISTAS[50:]], ids=str)
def test_debajo_de_cada_tabla_esta_su_descarga(pagina, parametros):
    at = abrir(pagina, **parametros)
    tablas = 0
    for elemento, siguiente in seguidos(at._tree):
        if elemento.type != "html" or not re.search(r"<table|class='(arbol|dichos)'", elemento.proto.body):
            continue
        tablas += 1
        botones = [b for b in siguiente.children.values() if b.type == "download_button"]
        assert [re.fullmatch(r"Descargar «.+» en (\w+)", b.proto.label)[1] for b in botones] == ["CSV", "XLSX"]
    assert tablas


# ---------------------------------------------------------------- en un navegador de verdad


def bajar(hoja, boton) -> tuple[str, bytes]:
    with hoja.expect_download() as bajada:
        boton()
    with open(bajada.value.path(), "rb") as archivo:
        return bajada.value.suggested_filename, archivo.read()


@pytest.mark.navegador
def test_de_una_tabla_se_bajan_su_csv_y_su_xlsx_con_el_teclado(base, servidor, hoja):
    llegar(hoja, f"{servidor}/alertas?corte=2025T4&dependencia=bisom")
    boton = hoja.get_by_role("button", name="Descargar «Las más lejanas» en CSV", exact=True)
    expect(boton).to_be_visible()
    debido = esperadas(base, "lejanas", vista("alertas", {"corte": "2025T4", "dependencia": "bisom"}))
    boton.focus()
    nombre, contenido = bajar(hoja, lambda: hoja.keyboard.press("Enter"))
    assert nombre == "2025-T4_bisom_lejanas.csv"
    comparar(leer_csv(contenido), debido, "lejanas", en_csv)
    hoja.keyboard.press("Tab")
    nombre, contenido = bajar(hoja, lambda: hoja.keyboard.press("Enter"))
    assert nombre == "2025-T4_bisom_lejanas.xlsx"
    comparar(leer_xlsx(contenido), debido, "lejanas", lambda d, x: en_celda(d) == x)


@pytest.mark.navegador
def test_de_la_banda_de_filtros_se_baja_toda_la_seleccion(base, servidor, hoja):
    llegar(hoja, f"{servidor}/resumen?corte=2025T4&dependencia=bisom")
    hoja.get_by_role("button", name="Descargar", exact=True).click()
    boton = hoja.get_by_role("button", name="Toda la selección: cumplimiento (Parquet)")
    nombre, contenido = bajar(hoja, boton.click)
    assert nombre == "2025-T4_bisom_cumplimiento.parquet"
    v = {**vista("resumen", {"corte": "2025T4", "dependencia": "bisom"}), "nivel": None, "periodo": None}
    debido = esperadas(base, "cumplimiento", v)
    comparar(leer_parquet(contenido), debido, "cumplimiento", lambda d, x: suelto(d) == suelto(x))


@pytest.mark.navegador
@pytest.mark.parametrize("ancho", [1366, 1920])
def test_los_filtros_y_la_descarga_caben_en_un_renglon(servidor, hoja, ancho):
    hoja.set_viewport_size({"width": ancho, "height": 768})
    llegar(hoja, f"{servidor}/resumen?corte=2025T4&preset=70-85-110-220")
    descargar = hoja.get_by_role("button", name="Descargar", exact=True).bounding_box()
    umbrales = hoja.locator(".st-key-filtro_umbrales button").bounding_box()
    assert descargar["y"] == pytest.approx(umbrales["y"], abs=3)
    assert descargar["x"] + descargar["width"] <= ancho


@pytest.mark.navegador
@pytest.mark.parametrize("direccion", ["resumen?corte=2025T4", "alertas?corte=2025T4", "cambios?quien=bisom"])
def test_la_descarga_de_la_hoja_junto_a_la_grafica_se_ve_entera(servidor, hoja, direccion):
    llegar(hoja, f"{servidor}/{direccion}")
    caja = hoja.locator(".st-key-hoja_estados, [class*='st-key-hoja_conteos']").first
    linea = caja.locator(".stHorizontalBlock[class*='st-key-bajar_']")
    expect(linea).to_be_visible()
    marco, suya = caja.bounding_box(), linea.bounding_box()
    assert suya["y"] + suya["height"] <= marco["y"] + marco["height"]
