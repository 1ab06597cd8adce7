"""El archivo de la presentación: correcto, en español, sin nada vivo ni encimado, y se abre en LibreOffice."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image
from pptx import Presentation as abrir
from pptx.oxml.ns import qn
from pptx.util import Pt

from poa.laminas import presentacion_textos
from poa.laminas.lamina import Barras, ColumnaDeCuadro, Cuadro, Lista, Portada
from poa.laminas.presentacion import Presentacion, componer
from tests.mazo_de_muestra import (
    APILADAS,
    MAZO,
    PESOS,
    PROGRAMADO_ALCANZADO,
    comparar,
    comprobar_geometria,
    grafica_de,
    lamina,
    libro_de,
    notas_de,
)

HOSTILES = (
    "=1+1",
    "+1",
    "-1",
    "@SUMA(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x")',
    "http://x.mx",
    "<a:t>&amp;",
    "_x003D_1",
)
FUENTE_LEGIBLE = 12


def test_el_mazo_vacio_se_abre():
    assert len(abrir(BytesIO(componer([], "Vacía"))).slides) == 0


def test_las_propiedades_van_en_espanol(mazo):
    propiedades = mazo.core_properties
    assert propiedades.title == "Sesión del subcomité, cuarto trimestre de 2025"
    assert (propiedades.author, propiedades.language) == ("Tablero POA Mexicali", "es-MX")
    assert propiedades.subject
    assert [diseno.name for diseno in mazo.slide_layouts] == ["Portada", "Solo título"]


def test_nada_queda_en_ingles(archivo):
    with zipfile.ZipFile(BytesIO(archivo)) as paquete:
        for nombre in paquete.namelist():
            if not nombre.endswith(".xml"):
                continue
            raiz = etree.fromstring(paquete.read(nombre))
            idiomas = {nodo.get("lang") for nodo in raiz.iter() if nodo.get("lang")}
            assert idiomas <= {"es-MX"}, (nombre, idiomas)
            escritos = " ".join([*raiz.itertext(), *(n.get("name", "") for n in raiz.iter(qn("p:cNvPr")))])
            assert not re.search(r"Click|level|Title|Placeholder|Sheet1|PowerPoint", escritos), nombre


def test_el_paquete_es_correcto_y_sin_partes_huerfanas(archivo):
    with zipfile.ZipFile(BytesIO(archivo)) as paquete:
        assert paquete.testzip() is None
        nombres = set(paquete.namelist())
        assert len(nombres) == len(paquete.namelist())
        alcanzadas = {"[Content_Types].xml"}
        for nombre in nombres:
            if nombre.endswith((".xml", ".rels")):
                etree.fromstring(paquete.read(nombre))
            if nombre.endswith(".rels"):
                alcanzadas.add(nombre)
                carpeta = Path("/") / Path(nombre).parent.parent
                for relacion in etree.fromstring(paquete.read(nombre)):
                    assert relacion.get("TargetMode") != "External", (nombre, relacion.get("Target"))
                    destino = Path("/") / carpeta / relacion.get("Target")
                    alcanzadas.add(str(destino.parts and Path(*_sin_subidas(destino.parts[1:]))))
        assert nombres == alcanzadas
        for nombre in (n for n in nombres if n.endswith(".xml") and n.startswith("ppt/")):
            relaciones = f"{Path(nombre).parent}/_rels/{Path(nombre).name}.rels"
            hay = {r.get("Id") for r in etree.fromstring(paquete.read(relaciones))} if relaciones in nombres else set()
            usados = {
                valor
                for nodo in etree.fromstring(paquete.read(nombre)).iter()
                for atributo, valor in nodo.attrib.items()
                if atributo.startswith("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}")
            }
            assert usados <= hay, nombre
        tipos = etree.fromstring(paquete.read("[Content_Types].xml"))
        declaradas = {t.get("PartName", "").lstrip("/") for t in tipos if t.get("PartName")}
        assert declaradas <= nombres


def _sin_subidas(partes) -> list[str]:
    camino: list[str] = []
    for parte in partes:
        if parte == "..":
            camino.pop()
        else:
            camino.append(parte)
    return camino


def test_ninguna_caja_se_sale_ni_se_encima(mazo):
    for diapositiva, pedida in zip(mazo.slides, MAZO, strict=True):
        comprobar_geometria(mazo, diapositiva, pedida.clave)


def test_ninguna_letra_baja_de_lo_legible(mazo):
    for diapositiva in mazo.slides:
        medidas = [
            int(nodo.get("sz"))
            for nodo in diapositiva._element.iter()
            if nodo.tag.startswith("{") and nodo.get("sz", "").isdigit()
        ]
        for forma in diapositiva.shapes:
            if forma.has_chart:
                medidas += [int(n.get("sz")) for n in forma.chart._chartSpace.iter() if n.get("sz", "").isdigit()]
        assert min(medidas) >= FUENTE_LEGIBLE * 100


def test_una_lamina_que_falla_no_queda_a_medias_ni_pierde_a_las_otras():
    presentacion = Presentacion("Prueba")
    presentacion.agregar(lamina("primera", PROGRAMADO_ALCANZADO))
    mala = Barras(["a", "b"], {"Alcanzado": [1, "no es cifra"]}, "despensas")
    with pytest.raises((TypeError, ValueError)):
        presentacion.agregar(lamina("mala", mala))
    with pytest.raises((TypeError, ValueError)):
        presentacion.agregar(lamina("mala", PESOS, segundo=mala))
    presentacion.agregar(lamina("tercera", APILADAS))
    vuelta = abrir(BytesIO(presentacion.bytes()))
    assert len(vuelta.slides) == 2
    comparar(grafica_de(vuelta.slides[0]), PROGRAMADO_ALCANZADO)
    comparar(grafica_de(vuelta.slides[1]), APILADAS, notas_de(vuelta.slides[1]))
    with zipfile.ZipFile(BytesIO(presentacion.bytes())) as paquete:
        assert sum(nombre.startswith("ppt/charts/chart") for nombre in paquete.namelist()) == 2


TEXTO = st.one_of(
    st.sampled_from(HOSTILES), st.text(max_size=40), st.builds("".join, st.lists(st.sampled_from(HOSTILES)))
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    textos=st.lists(TEXTO, min_size=6, max_size=6),
    cifras=st.lists(st.one_of(st.none(), st.floats(0, 1e9)), min_size=3, max_size=3),
)
def test_ningun_texto_se_vuelve_formula_enlace_ni_rompe_el_archivo(textos, cifras):
    titulo, nombre, *categorias, celda = textos
    barras = Barras(categorias, {nombre: cifras}, "piezas")
    cuadro = Cuadro(
        [ColumnaDeCuadro(titulo, 1, nombre), ColumnaDeCuadro(celda, 1, celda)], [categorias[:2], [celda, titulo]]
    )
    comun = {"titulo": titulo, "subtitulo": nombre, "pie": celda, "codigo": nombre, "notas": celda}
    mazo = abrir(
        BytesIO(
            componer(
                [
                    lamina("a", barras, **comun),
                    lamina("b", cuadro, **comun),
                    lamina("c", Lista([(0, t) for t in textos]), **comun),
                    lamina("d", Portada(textos), **comun),
                ],
                titulo,
            )
        )
    )
    if any(cifra is not None for cifra in cifras):
        grafica = grafica_de(mazo.slides[0])
        comparar(grafica, barras, notas_de(mazo.slides[0]))
        for celda_ in libro_de(grafica)["A"][1:]:
            assert celda_.data_type == "s" and celda_.quotePrefix
        with zipfile.ZipFile(BytesIO(grafica.part.chart_workbook.xlsx_part.blob)) as libro:
            assert not re.search(rb"<f[ >]|hyperlink", b"".join(libro.read(n) for n in libro.namelist()))
    for diapositiva in mazo.slides:
        assert not list(diapositiva._element.iter(qn("a:hlinkClick"), qn("a:hlinkHover")))
        assert {c.get("type") for c in diapositiva._element.iter(qn("a:fld"))} <= {"slidenum"}
        assert not any(relacion.is_external for relacion in diapositiva.part.rels.values())
        comprobar_geometria(mazo, diapositiva, "hostil")


@given(texto=st.text(max_size=200), ancho=st.floats(40, 900), letra=st.sampled_from([12.0, 16.0, 28.0]))
def test_ningun_renglon_pasa_de_su_ancho_y_no_se_pierde_ninguna_letra(texto, ancho, letra):
    renglones = presentacion_textos.partir(texto, ancho, letra)
    assert all(presentacion_textos.medir(r, letra) <= ancho or len(r) == 1 for r in renglones)
    limpio = presentacion_textos.limpiar(texto)
    assert "".join(renglones).replace(" ", "") == limpio.replace("\n", "").replace(" ", "")
    corto = presentacion_textos.recortar(texto, ancho, letra, 2)
    assert len(presentacion_textos.partir(corto, ancho, letra)) <= max(2, len(corto) if ancho < 2 * letra else 2)


FALTA = [programa for programa in ("soffice", "pdftoppm") if not shutil.which(programa)]


@pytest.mark.skipif(
    bool(FALTA), reason=f"No están {', '.join(FALTA)}: apt-get install libreoffice-impress poppler-utils"
)
def test_se_abre_en_libreoffice_y_ninguna_pagina_sale_en_blanco(archivo, tmp_path):
    paginas = paginas_en_libreoffice(archivo, tmp_path)
    assert len(paginas) == len(MAZO)
    for pagina, pedida in zip(paginas, MAZO, strict=True):
        imagen = np.asarray(Image.open(pagina).convert("L"), dtype=float)
        assert imagen.shape[0] == 270
        assert imagen.std() > 5, pedida.clave
        # la última franja, bajo el pie, queda limpia: nada se desborda
        if not isinstance(pedida.cuerpo, Portada):
            assert imagen[-6:].min() > 250, pedida.clave


def paginas_en_libreoffice(archivo: bytes, carpeta: Path) -> list[Path]:
    """Las páginas de la presentación como las dibuja LibreOffice, de 480 × 270."""
    (carpeta / "mazo.pptx").write_bytes(archivo)
    perfil = f"-env:UserInstallation=file://{carpeta / 'perfil'}"
    orden = [
        "soffice",
        perfil,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(carpeta),
        str(carpeta / "mazo.pptx"),
    ]
    subprocess.run(orden, check=True, capture_output=True, timeout=180)
    subprocess.run(
        ["pdftoppm", "-r", "36", "-png", str(carpeta / "mazo.pdf"), str(carpeta / "p")], check=True, timeout=60
    )
    return sorted(carpeta.glob("p-*.png"))


def test_la_lamina_es_de_16_por_9(mazo):
    assert (mazo.slide_width, mazo.slide_height) == (Pt(960), Pt(540))
