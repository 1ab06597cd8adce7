"""Toda clase de figura en su peor caso, dibujada en un navegador de verdad y medida sobre su SVG.

Una lámina se ve desde el fondo de la sala: nada se sale, nada se encima, la letra se lee y lleva sus cuatro rótulos.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import plotly
import plotly.graph_objects as go
import pytest
from playwright.sync_api import Page

from poa import tema
from poa.consultas import consultar
from poa.figuras import lienzo
from poa.laminas import png, vistas
from poa.mensajes import planes as de_planes
from poa.mensajes.cambios import hay_enlaces
from poa.seleccion import Seleccion, elegir
from tests.figuras_peores import CODIGO, INVENTADAS, PIE, SUBTITULO, de_variacion

pytestmark = pytest.mark.navegador

PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
RENGLONES = (1, 3, 9, 14, 40)
TOLERANCIA = 2.0  # px: las cajas llevan el aire de la letra
AL_PIE = ("pie", "codigo")


# ---------------------------------------------------------------- lo que se mide

_MEDIR = """figura => Plotly.newPlot('lamina', figura.data, {...figura.layout, width: 800, height: 450},
    {displayModeBar: false}).then(() => {
  const dichos = [];
  [...document.querySelectorAll('#lamina svg text')].forEach((texto, cual) => {
    const nota = texto.closest('.annotation');
    const renglones = [...texto.querySelectorAll('tspan.line')];
    for (const renglon of renglones.length ? renglones : [texto]) {
      if (!renglon.textContent.trim()) continue;
      const suyos = [renglon, ...renglon.querySelectorAll('tspan')].filter(
        n => [...n.childNodes].some(h => h.nodeType === 3 && h.textContent.trim()));
      const c = renglon.getBoundingClientRect();
      dichos.push({
        cual, dice: renglon.textContent, x0: c.left, y0: c.top, x1: c.right, y1: c.bottom,
        letra: Math.min(...suyos.map(n => parseFloat(getComputedStyle(n).fontSize))),
        nota: nota ? +nota.dataset.index : null, es_titulo: !!texto.closest('.g-gtitle'),
      });
    }
  });
  return dichos;
})"""


@pytest.fixture(scope="module")
def pagina(navegador) -> Iterator[Page]:
    hoja = navegador.new_page(viewport={"width": tema.ANCHO, "height": tema.ALTO})
    hoja.set_content("<body style='margin:0'><div id='lamina'></div></body>")
    hoja.add_script_tag(path=str(PLOTLY))
    yield hoja
    hoja.close()


def medir(pagina: Page, figura: go.Figure) -> list[dict]:
    """Cada renglón de texto de la figura ya dibujada: qué dice, su caja en px, su letra y qué es."""
    dichos = pagina.evaluate(_MEDIR, json.loads(figura.to_json()))
    for dicho in dichos:
        es_nota = dicho["nota"] is not None
        nombre = figura.layout.annotations[dicho["nota"]].name if es_nota else None
        dicho["que"] = "mensaje" if dicho["es_titulo"] else nombre or "rotulo"
    return dichos


def es_icono(dicho: dict) -> bool:
    """El icono de una pastilla o el que va sobre su número en una barra: ni letras ni cifras."""
    return not re.search(r"\w", dicho["dice"])


def encimados(dichos: list[dict]) -> list[tuple[str, str]]:
    """Los pares de textos distintos que se tapan más de la tolerancia."""
    return [
        (a["dice"], b["dice"])
        for a, b in itertools.combinations(dichos, 2)
        if a["cual"] != b["cual"]
        and min(a["x1"], b["x1"]) - max(a["x0"], b["x0"]) > TOLERANCIA
        and min(a["y1"], b["y1"]) - max(a["y0"], b["y0"]) > TOLERANCIA
    ]


def revisar(pagina: Page, figura: go.Figure) -> None:
    """Que la figura ya rotulada sea una lámina completa y se lea."""
    dichos = medir(pagina, figura)
    presentes = {d["que"] for d in dichos}
    assert {"mensaje", "subtitulo", "pie", "codigo"} <= presentes
    pie = " ".join(d["dice"] for d in dichos if d["que"] == "pie")
    assert (
        "Fuente" in pie and pie.split() == figura.layout.meta["pie"].split()
    )  # completo: ni la fuente ni los umbrales
    codigo = "".join(d["dice"] for d in dichos if d["que"] == "codigo")
    assert codigo == f"Vista: {figura.layout.meta['codigo']}"
    assert len([d for d in dichos if d["que"] == "subtitulo"]) == 1
    de_rotulo = [d for d in dichos if d["que"] not in AL_PIE and not es_icono(d)]
    assert min(d["letra"] for d in de_rotulo) * tema.AMPLIACION >= 32
    assert min(d["letra"] for d in dichos) * tema.AMPLIACION >= 24
    assert [d["dice"] for d in dichos if d["x0"] < 0 or d["y0"] < 0 or d["x1"] > 800 or d["y1"] > 450] == []
    assert encimados(dichos) == []


# ---------------------------------------------------------------- lo peor que se puede pedir


@pytest.mark.parametrize("renglones", RENGLONES)
@pytest.mark.parametrize("clase", INVENTADAS)
def test_en_el_peor_caso_inventado_todo_cabe_y_se_lee(pagina, clase, renglones):
    revisar(pagina, lienzo.rotular(INVENTADAS[clase](renglones), SUBTITULO, CODIGO))


# ---------------------------------------------------------------- lo que hay


def selecciones(niveles: tuple[str, ...] = ("accion", "meta"), **otros: str) -> Iterator[Seleccion]:
    """Cada corte con cada dependencia y, si son varias, con todas."""
    for corte, suyas in consultar("cortes").groupby("corte")["dependencia"]:
        quienes = [*suyas, *([None] if len(suyas) > 1 else [])]
        for dependencia, nivel in itertools.product(quienes, niveles):
            yield elegir(corte=corte, dependencia=dependencia, nivel=nivel, **otros)


def extremos(seleccion: Seleccion, ids: list[str] | None = None) -> Iterator[Seleccion]:
    """La misma selección con cada compromiso que más ocupa: el de más cifra, el de más texto y el de más unidad."""
    filas = vistas.cumplimiento(seleccion)
    filas = filas if ids is None else filas[filas["compromiso_id"].isin(ids)]
    pesos = (filas["programado"].fillna(0), *(filas[c].fillna("").str.len() for c in ("descripcion", "unidad_medida")))
    cuales = {filas.loc[peso.idxmax(), "compromiso_id"] for peso in pesos if len(filas)}
    return (seleccion.con(compromiso=cual) for cual in sorted(cuales))


def por_trimestre() -> Iterator[go.Figure]:
    de_una = (s for s in selecciones(("accion",)) if s.dependencia)
    return (vistas.compromiso_por_trimestre(suya).figura for s in de_una for suya in extremos(s))


def por_mes() -> Iterator[go.Figure]:
    for seleccion in selecciones():
        ids = consultar("meses", **seleccion.consulta("ejercicio", "corte", "dependencia"))["compromiso_id"].tolist()
        yield from (vistas.compromiso_por_mes(suya).figura for suya in extremos(seleccion, ids))


def hilos() -> Iterator[go.Figure]:
    """Los de más eslabones."""
    return (vistas.hilo(cual, elegir()).figura for cual in consultar("hilos").nlargest(12, "eslabones")["hilo"])


def dos_planes() -> Iterator[go.Figure]:
    for quien, suyos in consultar("planes").groupby("dependencia"):
        for par in de_planes.pares(suyos):
            if hay_enlaces(consultar("cambios", dependencia=quien, de=par.antes.plan, a=par.despues.plan)):
                yield vistas.planes(par, quien, elegir()).figura


REALES: dict[str, Callable[[], Iterator[go.Figure]]] = {
    "estados": lambda: (vistas.estados_por_grupo(s).figura for s in selecciones()),
    "comparacion": lambda: (vistas.dependencias(s).figura for s in selecciones()),
    "variacion y calendario": lambda: (vistas.compromisos(s).figura for s in selecciones() if s.dependencia),
    "calor": lambda: (vistas.ejes(s).figura for s in selecciones()),
    "periodos": lambda: (vistas.anio_por_trimestres(s).figura for s in selecciones()),
    "distancia": lambda: (vistas.alertas(s).figura for s in selecciones()),
    "distancia de un trimestre": lambda: (
        vistas.alertas(s).figura for s in selecciones(("accion",), periodo="trimestre")
    ),
    "presupuesto": lambda: (vistas.pesos(s).figura for s in selecciones()),
    "sensibilidad": lambda: (vistas.umbrales(s).figura for s in selecciones()),
    "trimestres": por_trimestre,
    "meses": por_mes,
    "hilo": hilos,
    "cambios": dos_planes,
}


@pytest.mark.parametrize("clase", REALES)
def test_con_los_documentos_que_hay_todo_cabe_y_se_lee(pagina, clase):
    vistas_ = {figura.to_json(): figura for figura in REALES[clase]()}
    assert vistas_
    for figura in vistas_.values():
        revisar(pagina, figura)


# ---------------------------------------------------------------- que la medición mide


def rotulada() -> go.Figure:
    return lienzo.rotular(de_variacion(3), "BISOM · acciones", "dep/25T4/bisom")


@pytest.mark.parametrize(
    ("estropea", "falla"),
    [
        ({"text": "Encima del subtítulo", "x": 0, "y": 1, "yshift": 40, "xanchor": "left"}, "Encima del subtítulo"),
        ({"text": "Letra chica", "x": 0.5, "y": 0.02, "font": {"size": 12}}, "32"),
        ({"text": "Se sale de la lámina", "x": 1, "y": 0.02, "xanchor": "left"}, "Se sale"),
    ],
)
def test_la_medicion_detecta_lo_que_se_puso_a_proposito(pagina, estropea, falla):
    figura = rotulada()
    revisar(pagina, figura)
    if "yshift" in estropea:
        subtitulo = next(n for n in figura.layout.annotations if n.name == "subtitulo")
        estropea = estropea | {"yshift": subtitulo.yshift, "yanchor": "top"}
    figura.add_annotation({"xref": "paper", "yref": "paper", "showarrow": False} | estropea)
    with pytest.raises(AssertionError, match=falla):
        revisar(pagina, figura)


@pytest.mark.parametrize("quita", ["subtitulo", "pie", "codigo"])
def test_sin_uno_de_sus_rotulos_no_es_una_lamina(pagina, quita):
    figura = rotulada()
    figura.layout.annotations = [n for n in figura.layout.annotations if n.name != quita]
    with pytest.raises(AssertionError):
        revisar(pagina, figura)


def test_el_codigo_nunca_se_recorta_y_va_en_su_renglon_si_no_cabe_junto_al_pie():
    corto, largo = (lienzo.rotular(lienzo.vacia("Nada.", PIE[:100]), "s", c) for c in ("dep/25T4/dif", CODIGO))
    al_pie = [{n.name: n for n in figura.layout.annotations} for figura in (corto, largo)]
    assert al_pie[0]["pie"].yshift == al_pie[0]["codigo"].yshift == al_pie[1]["codigo"].yshift
    assert al_pie[1]["pie"].yshift > al_pie[1]["codigo"].yshift
    assert al_pie[1]["codigo"].text == f"Vista: {CODIGO}"
    assert corto.layout.margin == largo.layout.margin == lienzo.vacia("Nada.", PIE[:100]).layout.margin
    assert al_pie[0]["subtitulo"].text == "s" and corto.layout.meta["subtitulo"] == "s"
    otra = lienzo.rotular(largo, "otro", "dep/25T4/dif")
    assert [n.text for n in otra.layout.annotations if n.name in ("subtitulo", "codigo")] == [
        "otro",
        "Vista: dep/25T4/dif",
    ]


# ---------------------------------------------------------------- el PNG


@pytest.fixture(scope="module")
def servidor_png() -> Iterator[png.Servidor]:
    if png.buscar_navegador() is None:
        pytest.skip(png.SIN_NAVEGADOR)
    with png.servidor() as abierto:
        yield abierto


@pytest.mark.parametrize("clase", INVENTADAS)
def test_el_png_mide_1920_por_1080(servidor_png, clase):
    hecho = servidor_png.png(lienzo.rotular(INVENTADAS[clase](14), SUBTITULO, CODIGO))
    assert hecho[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(hecho[16:20], "big"), int.from_bytes(hecho[20:24], "big")) == (1920, 1080)
