"""El dibujo de las láminas de la sesión: nada cortado ni encimado, con los documentos que hay y con los peores."""

import re
from dataclasses import fields

import pytest

from poa.base import construir_base
from poa.consultas import consultar
from poa.figuras import cuadro, letra, texto
from poa.laminas import cuadros
from poa.laminas.lamina import Barras, ColumnaDeCuadro, Cuadro, Lamina, Lista, Portada
from tests.laminas_armadas import CORTES, armadas, laminas, llano, llaves, tabla
from tests.test_paginas_de_otros_documentos import dificil

# ---------------------------------------------------------------- el dibujo


def textos_de(lamina: Lamina) -> list[str]:
    cuerpos = [c for c in (lamina.cuerpo, lamina.segundo) if c is not None]
    dichos_ = [lamina.titulo, lamina.subtitulo, lamina.pie, lamina.codigo, lamina.notas, lamina.archivo]
    for cuerpo in cuerpos:
        if isinstance(cuerpo, Portada):
            dichos_ += cuerpo.renglones
        elif isinstance(cuerpo, Lista):
            dichos_ += [p for _, p in cuerpo.puntos]
        elif isinstance(cuerpo, Cuadro):
            dichos_ += [c for renglon in cuerpo.renglones for c in renglon]
            dichos_ += [x for c in cuerpo.columnas for x in (c.titulo, c.grupo)]
        else:
            dichos_ += [*cuerpo.categorias, *cuerpo.series, cuerpo.unidad]
    return dichos_


@pytest.mark.parametrize("corte", CORTES)
def test_nada_sale_con_claves_internas_ni_huecos_escritos(corte):
    for lamina in armadas(corte):
        visible = "\n".join(t for t in textos_de(lamina) if t not in (lamina.codigo, lamina.archivo))
        assert not re.search(r"\b(None|nan|NaN|NaT|accion_|meta_clave|poa-\d{4})\b", visible), lamina.clave
        assert not lamina.titulo.endswith(".")


_figuras: dict[int, tuple] = {}  # cada lámina se dibuja una sola vez


def dibujado(lamina: Lamina) -> tuple[list, float, float]:
    """Las anotaciones que caen en el dibujo, y el ancho y el alto de él."""
    if id(lamina) not in _figuras:
        _figuras[id(lamina)] = lamina, lamina.dibujar()  # con ella guardada, su id no se repite
    figura = _figuras[id(lamina)][1]
    margen = figura.layout.margin
    notas = [n for n in figura.layout.annotations if n.xref == "x" and n.yref == "y"]
    return notas, 800 - margen.l - margen.r, 450 - margen.t - margen.b


def revisar_dibujo(lamina: Lamina) -> None:
    """Ningún texto sale del dibujo ni se encima con otro, y la letra no baja de 14 px (12 en el pie y los iconos)."""
    notas, ancho, alto = dibujado(lamina)
    cajas = []
    for n in notas:
        renglones = re.sub(r"<(?!br)[^>]*>", "", n.text).split("<br>")
        assert n.font.size >= (12 if n.name in ("clave", "pie") else 14), (lamina.clave, n.text)
        if n.name in ("clave", "pie"):
            continue
        mide = max(
            letra.medir(r.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"), n.font.size)
            for r in renglones
        )
        x0 = {"left": n.x, "right": n.x - mide, "center": n.x - mide / 2}[n.xanchor]
        caja = (x0, n.y, x0 + mide, n.y + len(renglones) * n.font.size * letra.RENGLON)
        assert caja[0] >= -1 and caja[2] <= ancho + 1 and caja[1] >= -1 and caja[3] <= alto + 1, (
            lamina.clave,
            n.text,
            caja,
        )
        cajas.append((caja, n.text))
    for lugar, (a, uno) in enumerate(cajas):
        for b, otro in cajas[lugar + 1 :]:
            se_toca = a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 1 and b[1] < a[3] - 1
            assert not se_toca, (lamina.clave, uno, otro)


@pytest.mark.parametrize("corte", CORTES)
def test_ningun_texto_del_dibujo_se_sale_ni_se_encima(corte):
    propias = [ln for ln in armadas(corte) if not isinstance(ln.cuerpo, Barras) and not ln.clave.endswith("-plan")]
    assert len(propias) > 8
    for lamina in propias:
        revisar_dibujo(lamina)


@pytest.mark.parametrize("corte", CORTES)
def test_toda_celda_de_meta_y_acciones_se_dibuja_completa(corte):
    for lamina in armadas(corte):
        suya = tabla(lamina)
        if suya is None or not re.search(r"-(meta|acciones)-", lamina.clave):
            continue
        en_dibujo = {llano(n.text.replace("<br>", " ").replace("&amp;", "&")) for n in dibujado(lamina)[0]}
        puntos = [p for _, p in lamina.cuerpo.puntos] if isinstance(lamina.cuerpo, Lista) else []
        celdas = {llano(c) for renglon in suya.renglones for c in renglon if c} | {llano(p) for p in puntos}
        assert celdas <= en_dibujo, (lamina.clave, celdas - en_dibujo)


def test_la_palabra_de_un_estado_lleva_su_icono():
    lamina = next(ln for ln in armadas("2025T4") if "-alertas-acciones-1" in ln.clave)
    notas, _, _ = dibujado(lamina)
    assert [n.text for n in notas if n.name == "clave"] == ["▼"] * len(tabla(lamina).renglones)


@pytest.fixture(scope="module")
def dificiles(tmp_path_factory):
    datos = dificil().escribir(tmp_path_factory.mktemp("dificil"))
    construir_base(datos)
    return datos


def test_documentos_con_huecos_textos_hostiles_y_cifras_enormes_dan_laminas_que_se_leen(dificiles, monkeypatch):
    monkeypatch.setenv("POA_DATOS", str(dificiles))
    cortes = consultar("cortes")
    for corte in sorted(set(cortes["corte"])):
        todas = laminas(corte)
        assert set(cortes.loc[cortes["corte"] == corte, "dependencia"]) <= {llaves(ln)[0] for ln in todas}
        for lamina in todas:
            if not isinstance(lamina.cuerpo, Barras) and not lamina.clave.endswith("-plan"):
                revisar_dibujo(lamina)
            figura = lamina.dibujar()
            escrito = " ".join(str(n.text) for n in figura.layout.annotations) + str(figura.layout.title.text)
            assert "<script" not in escrito and "<b>negritas" not in escrito
            assert not re.search(r"\b(None|nan|NaT)\b", " ".join(textos_de(lamina)))


# ---------------------------------------------------------------- el cuadro, con casos hechos


def hecho(renglones: list[list[str]], entera: bool = False) -> Cuadro:
    anchos = cuadro.anchos(["Qué", "Cuánto"], ["", ""], [False, True], renglones, 0 if entera else None)
    columnas = [
        ColumnaDeCuadro("Qué", anchos[0], es_entera=entera),
        ColumnaDeCuadro("Cuánto", anchos[1], es_cifra=True),
    ]
    return Cuadro(columnas, renglones)


@pytest.mark.parametrize("entera", [False, True])
def test_repartir_no_pierde_ni_desordena_renglones_y_todas_las_laminas_caben(entera):
    tabla_ = hecho([["palabra " * (1 + 17 * (n % 5)), str(n)] for n in range(40)], entera)
    libre = cuadro.alto_libre("Un mensaje")
    paginas = cuadro.repartir(tabla_, libre)
    assert [lugar for pagina in paginas for lugar in pagina] == list(range(40))
    assert all(cuadro.alto(tabla_, pagina) <= libre for pagina in paginas)
    assert len(cuadro.repartir(tabla_, libre, a_lo_mas=2)) == 2


def test_un_renglon_que_no_cabe_ni_solo_se_dibuja_cortado_y_lo_dice():
    tabla_ = hecho([["palabra " * 2000, "1"], ["otro", "2"]])
    assert cuadro.repartir(tabla_, cuadro.alto_libre("Un mensaje")) == [[0], [1]]
    figura = cuadro.dibujar(cuadros.con(tabla_, [0]), "Un mensaje")
    (larga,) = (n.text for n in figura.layout.annotations if n.text.startswith("palabra"))
    assert larga.endswith("…") and larga.count("<br>") < 20


def test_los_anchos_suman_el_dibujo_y_una_cifra_nunca_se_parte():
    for renglones in ([["corto", "1"]], [["largo " * 80, "1,000,000,000,000"]], [["", ""]], [["X" * 300, "3†"]]):
        tabla_ = hecho(renglones)
        assert sum(c.ancho for c in tabla_.columnas) == pytest.approx(1)
        assert tabla_.columnas[1].ancho * 752 >= letra.medir(renglones[0][1], 14)


def test_diez_cifras_que_no_caben_juntas_se_parten_tras_una_coma_y_ninguna_se_encima():
    enorme = "1,000,000,000,000"
    titulos = ["Acción", *["P"] * 10]
    anchos = cuadro.anchos(titulos, [""] * 11, [False, *[True] * 10], [["Entregar despensas", *[enorme] * 10]])
    columnas = [ColumnaDeCuadro(t, a, es_cifra=bool(n)) for n, (t, a) in enumerate(zip(titulos, anchos, strict=True))]
    figura = cuadro.dibujar(Cuadro(columnas, [["Entregar despensas", *[enorme] * 10]]), "Un mensaje")
    dibujadas = [n for n in figura.layout.annotations if n.text.startswith("1,")]
    assert [n.text.replace("<br>", "") for n in dibujadas] == [enorme] * 10
    orillas = [(n.x - max(letra.medir(r, 14) for r in n.text.split("<br>")), n.x) for n in dibujadas]
    assert all(una[1] <= otra[0] for una, otra in zip(orillas, orillas[1:], strict=False))


def test_una_lista_larga_pide_varias_laminas_y_ninguna_pierde_puntos():
    puntos = [(n % 2, f"{n}. " + "palabra " * 20) for n in range(30)]
    paginas = texto.repartir(puntos, "Un mensaje")
    assert len(paginas) > 1 and [p for pagina in paginas for p in pagina] == puntos


def test_la_lamina_tiene_los_campos_que_se_escriben_en_la_presentacion():
    assert {f.name for f in fields(Lamina)} >= {"titulo", "subtitulo", "cuerpo", "segundo", "pie", "codigo", "notas"}
