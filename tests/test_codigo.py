"""El código de una lámina vuelve a abrir la vista de la que salió."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa import codigo, seleccion
from poa.componentes import marco
from poa.consultas import consultar
from poa.errores import ErrorDeUsuario

CORTES = consultar("cortes")
VISTAS = [
    (fila.corte, dependencia)
    for fila in CORTES.drop_duplicates("corte").itertuples()
    for dependencia in (None, *CORTES.loc[CORTES["corte"] == fila.corte, "dependencia"])
]


def abrir(dados: dict[str, str]) -> seleccion.Seleccion:
    campos = (*seleccion.EN_DIRECCION, "compromiso", "pmd", "linea")
    return seleccion.elegir(**{c: v for c, v in dados.items() if c in campos})


@pytest.mark.parametrize(("corte", "dependencia"), VISTAS)
def test_reabre_la_misma_vista_en_toda_pagina(corte, dependencia):
    niveles, periodos = ("accion", "meta"), ("acumulado", "trimestre")
    presets = (None, *consultar("presets")["preset"], "60-85-120-250")
    for nivel, periodo, preset in itertools.product(niveles, periodos, presets):
        vista = seleccion.elegir(corte, dependencia, nivel, periodo, preset)
        for pagina, _ in marco.PAGINAS:
            leida, dados = codigo.leer(codigo.de_vista(pagina, vista))
            otra = abrir(dados)
            assert leida == pagina
            assert otra.direccion() | {"preset": ""} == vista.direccion() | {"preset": ""}
            assert otra.umbral == vista.umbral


@pytest.mark.parametrize("de_todas", [False, True])
@pytest.mark.parametrize(("corte", "dependencia"), [v for v in VISTAS if v[1]])
def test_reabre_cada_compromiso_y_se_puede_dictar(corte, dependencia, de_todas):
    filas = consultar("cumplimiento", corte=corte, dependencia=dependencia, periodo="acumulado")
    for compromiso in filas["compromiso_id"]:
        vista = seleccion.elegir(corte, None if de_todas else dependencia).con(compromiso=compromiso)
        escrito = codigo.de_vista("dependencias", vista)
        for dicho in (escrito, escrito.upper(), f"  Vista: {escrito} ", f"«{escrito}».", f"vista:{escrito}"):
            assert codigo.leer(dicho)[1]["compromiso"] == compromiso
        assert len(escrito) < 60
        hilo = codigo.de_vista("seguir", seleccion.elegir("2018T1"), hilo=compromiso)
        assert codigo.leer(hilo)[1]["hilo"] == compromiso
        assert not re.search("[a-z]_[a-z]|poa-", f"{escrito} {hilo}"), "se lee una clave interna"


def test_lleva_lo_propio_de_cada_pagina():
    suya = consultar("ejes_compromisos", corte="2025T4", dependencia="bisom").dropna(subset=["pmd"]).iloc[-1]
    del_pmd = {"pmd": suya["pmd"], "linea": suya["clave_pmd"]}
    vista = seleccion.elegir("2025T4", "bisom").con(**del_pmd)
    dados = codigo.leer(codigo.de_vista("ejes", vista))[1]
    assert {c: dados[c] for c in del_pmd} == del_pmd
    propios = {"hilo": "poa-2025/2025T4/bisom/300/305", "quien": "dif", "planes": "2024.1-2025.1", "paso": "bisom/300"}
    dados = codigo.leer(codigo.de_vista("seguir", seleccion.elegir("2025T4"), **propios))[1]
    assert {c: dados[c] for c in propios} == propios


def test_dos_paginas_no_comparten_letras():
    assert len(set(codigo.PAGINAS.values())) == len(codigo.PAGINAS)
    assert {archivo for archivo, _ in marco.PAGINAS} <= set(codigo.PAGINAS.values())


@pytest.mark.parametrize(
    ("escrito", "dice"),
    [
        ("", "no es el código"),
        ("hola", "no es el código"),
        ("dep/25T4", "no es el código"),
        ("xyz/25T4/bisom", "no es el código"),
        ("dep/31T4/bisom", "31T4"),
        ("dep/25T4/nadie", "nadie"),
        ("dep/25T4/bisom/c999_999", "999_999"),
        ("dep/25T4/bisom/zzz", "zzz"),
        ("dep/25T4/bisom/u1-2", "u1-2"),
        ("dep/25T4/bisom/u90-80-70-60", "u90-80-70-60"),
        ("dep/25T4/bisom/ca~b~c~d~e", "a/b/c/d/e"),
        ("eje/25T4/bisom/l99.99", "PMD"),
        ("eje/25T4/bisom/d2099", "PMD"),
    ],
)
def test_uno_que_no_abre_nada_lo_dice(escrito, dice):
    with pytest.raises(ErrorDeUsuario, match=dice):
        codigo.leer(escrito)


@given(st.text(max_size=80) | st.from_regex(r"(dep|ale|ses)/[0-9T]{1,6}/[a-z_~/]{0,30}", fullmatch=True))
def test_lo_que_sea_se_entiende_o_se_explica(escrito):
    try:
        pagina, dados = codigo.leer(escrito)
    except ErrorDeUsuario:
        return
    assert pagina in codigo.PAGINAS.values()
    assert dados["corte"] in set(CORTES["corte"])
