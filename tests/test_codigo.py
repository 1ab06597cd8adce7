"""El código de una lámina vuelve a abrir la vista de la que salió."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa import codigo, seleccion
from poa.base import construir_base
from poa.componentes import marco
from poa.consultas import consultar
from poa.errores import ErrorDeUsuario
from poa.laminas import escribir
from poa.mensajes import sesion as mensajes
from tests.extractos_hechos import Extractos
from tests.laminas_armadas import armadas

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


def impresos() -> list[str]:
    """Los códigos que llevan las láminas de todas las sesiones."""
    de_laminas = (lamina.codigo for corte in sorted(set(CORTES["corte"])) for lamina in armadas(corte))
    return list(dict.fromkeys(escrito for escrito in de_laminas if escrito))


def pedir(escrito: str) -> list:
    """Las láminas de `poa laminas --vista`, ya armadas."""
    return [lamina for pendiente in escribir.de_codigos([escrito]) for lamina in pendiente.armar()]


def test_todo_codigo_impreso_abre_la_lamina_que_lo_lleva_y_su_vista():
    de_la_sesion = {escrito for escrito in impresos() if re.fullmatch("ses/.{4}/todas", escrito)}
    assert de_la_sesion and len(impresos()) > 100
    for escrito in impresos():
        pagina, dados = codigo.leer(escrito)
        if escrito in de_la_sesion:
            with pytest.raises(ErrorDeUsuario, match="poa laminas --sesion --corte 20"):
                pedir(escrito)
        else:
            laminas = pedir(escrito)
            assert laminas and {lamina.codigo for lamina in laminas} == {escrito}
        if pagina == "sesion" and escrito not in de_la_sesion:
            vista = {campo: dados[campo] for campo in ("ejercicio", "corte")}
            pasos = mensajes.recorrer(consultar("cumplimiento", **vista, periodo="acumulado"), {})
            assert dados["paso"] in {paso.clave for paso in pasos}
            assert {lamina.archivo for lamina in laminas} <= {
                lamina.archivo for lamina in armadas(dados["corte"]) if lamina.codigo == escrito
            }


@pytest.mark.parametrize("pagina", codigo.PAGINAS.values())
def test_el_codigo_de_una_pagina_sin_nada_elegido_se_dibuja_o_dice_por_que_no(pagina):
    for corte, dependencia in VISTAS:
        try:
            assert pedir(codigo.de_vista(pagina, seleccion.elegir(corte, dependencia, "meta")))
        except ErrorDeUsuario as error:
            assert pagina in ("inicio", "sesion", "cambios"), error
            assert re.search(r"tablero|no hay con qué compararlo|nadie los ha enlazado", error.mensaje)


def test_cambios_abre_los_mismos_planes_que_su_pagina():
    (lamina,) = pedir("cam/25T4/bisom")
    assert lamina.codigo == "cam/25T4/bisom/qbisom/p2024.1-2025.1"
    (lamina,) = pedir("cam/25T4/bisom/qbisom/p2025.1-2025.2")
    assert lamina.codigo.endswith("p2025.1-2025.2")


def test_sin_alertas_la_figura_dice_lo_mismo_que_la_pagina():
    (lamina,) = pedir("ale/24T0/todas")
    dicho = " ".join(nota.text.replace("<br>", " ") for nota in lamina.dibujar().layout.annotations)
    assert "Nada es exigible todavía" in dicho and "se aparta" not in f"{lamina.titulo} {dicho}"


@pytest.mark.parametrize(
    ("corte", "dependencia", "paso", "corto", "antes"),
    [
        ("2024T0", "servicios_medicos", "servicios_medicos/9", "s9", "sservicios_medicos~9"),
        ("2024T0", "desarrollo_rural", "desarrollo_rural/6-20", "s6-20", "sdesarrollo_rural~6-20"),
        ("2025T4", "bisom", "bisom", "sbisom", "sbisom"),
        ("2025T4", "bisom", "acuerdos-sesion", "sacuerdos-sesion", "sacuerdos-sesion"),
        ("2025T4", "bisom", "bisom/sin-meta", "sbisom~sin-meta", "sbisom~sin-meta"),
        ("2024T0", None, "servicios_medicos/9", "sservicios-medicos~9", "sservicios_medicos~9"),
    ],
)
def test_el_paso_no_repite_su_dependencia_y_los_codigos_ya_impresos_abren(corte, dependencia, paso, corto, antes):
    escrito = codigo.de_vista("sesion", seleccion.elegir(corte, dependencia), paso=paso)
    principio, _, ultimo = escrito.rpartition("/")
    assert ultimo == corto
    for dicho in (escrito, escrito.upper().replace("ACUERDOS-SESION", "acuerdos-sesion"), f"{principio}/{antes}"):
        assert codigo.leer(dicho)[1]["paso"].lower() == paso


LARGA = "coordinacion_de_las_delegaciones_municipales_del_valle"


def test_una_dependencia_de_clave_larga_se_dicta_con_sus_primeras_palabras(tmp_path, monkeypatch):
    x = Extractos()
    for dependencia in (LARGA, "coordinacion_de_las_artes_y_los_oficios_del_valle", "dif"):
        x.compromiso("2026T1", dependencia, "100", [(5, 5)], nivel="meta")
        x.compromiso("2026T1", dependencia, "101", [(5, 5)])
    monkeypatch.setenv("POA_DATOS", str(tmp_path))
    construir_base(x.escribir(tmp_path))
    escrito = codigo.de_vista("sesion", seleccion.elegir("2026T1", LARGA), paso=f"{LARGA}/100")
    assert escrito == "ses/26T1/coordinacion-de-las-delegaciones/s100"
    entero = f"ses/26T1/{LARGA}/s{LARGA}~100"
    for dicho in (escrito, escrito.upper(), entero):
        dados = codigo.leer(dicho)[1]
        assert (dados["dependencia"], dados["paso"]) == (LARGA, f"{LARGA}/100")
    with pytest.raises(ErrorDeUsuario, match="no está en el"):
        codigo.leer("ses/26T1/coordinacion-de-las")


def test_sin_pedir_corte_se_abre_el_ultimo_con_avance_y_si_no_hay_el_ultimo_plan(tmp_path, monkeypatch):
    x = Extractos()
    x.compromiso("2025T1", "dif", "101", [(5, 5)])
    x.compromiso("2025T2", "dif", "101", [(5, 5), (5, 4)])
    x.compromiso("2026T0", "dif", "101", [(5, None)])
    x.compromiso("2027T0", "dif", "101", [(5, None)])
    monkeypatch.setenv("POA_DATOS", str(tmp_path))
    construir_base(x.escribir(tmp_path))
    assert seleccion.elegir().corte == "2025T2"
    assert seleccion.elegir(ejercicio="2026").corte == "2026T0", "el pedido manda, aunque sea solo plan"
    assert seleccion.elegir("2027T0").corte == "2027T0"
    assert seleccion.elegir("2031T4").corte == "2025T2"


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
        ("seg/25T4/bisom/hno-hay-tal", "meta o acción que no está"),
        ("cam/25T4/bisom/qnadie", "nadie"),
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
