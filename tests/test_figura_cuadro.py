"""Los cuadros de las láminas: sus columnas, su letra y lo que va junto a ellos."""

import pytest

from poa.figuras import columnas, cuadro, letra, texto
from poa.laminas.lamina import ColumnaDeCuadro, Cuadro
from tests.test_figuras import nombrados


def por_grupos(*renglones: list[str]) -> Cuadro:
    titulos = [("Acción", ""), ("Líneas de acción", "")]
    titulos += [(pr, g) for g in ("1er. Trimestre", "2do. Trimestre", "Total anual") for pr in "PR"]
    son_cifras = [n > 1 for n in range(len(titulos))]
    anchos = cuadro.anchos([t for t, _ in titulos], [g for _, g in titulos], son_cifras, renglones, 0)
    partes = zip(titulos, anchos, son_cifras, strict=True)
    return Cuadro([ColumnaDeCuadro(t, a, g, c, t == "Acción") for (t, g), a, c in partes], list(renglones))


@pytest.mark.parametrize("cifras", [["6"] * 6, ["800", "414"] * 3, ["12,345", "", "6", "12,345", "1,234,567", "1"]])
def test_en_un_cuadro_cada_r_queda_mas_cerca_de_su_p_que_de_la_siguiente(cifras):
    figura = cuadro.dibujar(por_grupos(["Entregar", "1.1, 2.2", *cifras]), "Mensaje")
    de_pr = [n for n in figura.layout.annotations if n.text in ("P", "R")]
    px = de_pr[0].font.size
    ancho = [max(letra.medir(t, px) for t in (c, n.text)) for c, n in zip(cifras, de_pr, strict=True)]
    libres = [otra.x - w - una.x for una, otra, w in zip(de_pr, de_pr[1:], ancho[1:], strict=False)]
    assert max(libres[::2]) < min(libres[1::2])
    assert min(libres[1::2]) >= columnas.ENTRE_GRUPOS


def test_los_titulos_de_los_grupos_de_cifras_se_parten_todos_o_ninguno():
    for cifras in (["6"] * 6, ["1,234,567"] * 2 + ["1"] * 4):
        figura = cuadro.dibujar(por_grupos(["Entregar", "1.1", *cifras]), "Mensaje")
        grupos = [n.text for n in figura.layout.annotations if n.text.replace("<br>", " ").endswith(("stre", "anual"))]
        assert len(grupos) == 3 and len({g.count("<br>") for g in grupos}) == 1


def test_la_columna_que_va_a_todo_lo_ancho_lleva_su_titulo_arriba():
    tabla = Cuadro([ColumnaDeCuadro("Compromiso", 0.5, es_entera=True), ColumnaDeCuadro("Motivo", 0.5)], [["a", "b"]])
    titulos = nombrados(cuadro.dibujar(tabla, "Mensaje"), "titulo")
    assert [t.text for t in titulos] == ["Compromiso", "Motivo"] and titulos[0].y < titulos[1].y


@pytest.mark.parametrize(("renglones", "px"), [(2, 16), (9, 14)])
def test_un_cuadro_va_con_letra_de_16_solo_si_asi_cabe_completo(renglones, px):
    tabla = por_grupos(*[["Entregar", "1.1", *["6"] * 6]] * renglones)
    talla = cuadro.talla([(tabla, cuadro.alto_libre("Mensaje"))])
    figura = cuadro.dibujar(tabla, "Mensaje", px=talla)
    assert {n.font.size for n in nombrados(figura, "celda")} == {px}


def test_las_laminas_de_un_mismo_cuadro_llevan_la_misma_letra():
    corta, larga = (por_grupos(*[["Entregar", "1.1", *["6"] * 6]] * n) for n in (2, 5))
    assert cuadro.talla([(corta, 320)]) == 16
    assert cuadro.talla([(corta, 320), (larga, 320)]) == cuadro.talla([(larga, 320)]) == 14


def test_en_un_plan_la_r_en_blanco_tiene_tanto_lugar_de_mas_como_la_p():
    figura = cuadro.dibujar(por_grupos(["Entregar", "1.1", *["6", ""] * 3]), "Mensaje", px=14)
    de_pr = [n for n in figura.layout.annotations if n.text in ("P", "R")]
    assert all(r.x - p.x > 30 for p, r in zip(de_pr[:4:2], de_pr[1:4:2], strict=True))  # cabe una cifra a mano


@pytest.mark.parametrize(("largo", "de_tabla"), [(1, 18), (150, 14)])
def test_con_pocos_puntos_la_tabla_crece_y_los_puntos_no_pasan_de_18(largo, de_tabla):
    figura = texto.con_tabla([(0, "palabra " * largo)], por_grupos(["", "1.1", *["6"] * 6]), "Mensaje")
    assert max(n.font.size for n in nombrados(figura, "punto")) <= 18
    assert {n.font.size for n in nombrados(figura, "celda")} == {de_tabla}
