"""Seguir una meta: la búsqueda, la lista, el paso por paso y la tarjeta, contra lo que dan sus consultas."""

import re

import pytest

from poa import formato
from poa.componentes import seguir as cuadros
from poa.consultas import consultar
from poa.mensajes import hilo as partes
from poa.mensajes import redaccion
from tests.test_paginas import abrir, elementos, graficas, html, leido, revisar

HILOS = consultar("hilos")
VARIOS = HILOS[HILOS["eslabones"] > 1]


def cuerpos(at) -> list[str]:
    return [e.proto.body for e in elementos(at._tree) if e.type == "html"]


def lista(at) -> str:
    return next(c for c in cuerpos(at) if "<nav class='hilos'" in c)


def tabla(at) -> list[str]:
    """Los renglones del paso por paso, sin los títulos de familia."""
    cuerpo = next(c for c in cuerpos(at) if "Paso por paso: cada compromiso" in c)
    return re.findall(r"<tr class='paso.*?</tr>", cuerpo)


def titulo(at) -> str:
    return re.search(r"<h1>(.*?)</h1>", next(c for c in cuerpos(at) if "<h1>" in c))[1]


def elegido(at) -> str:
    return re.search(r"<li class=elegido>.*?<b>(.*?)</b>", lista(at))[1]


def direccion(at, parametro: str) -> str | None:
    valor = at.query_params.get(parametro)
    return valor[0] if isinstance(valor, list) else valor


# ---------------------------------------------------------------- el hilo


@pytest.mark.parametrize(
    "hilo", list(VARIOS["hilo"].iloc[::6]) + list(HILOS[HILOS["eslabones"] == 1]["hilo"].iloc[::35])
)
def test_cada_hilo_tiene_su_frase_su_dibujo_y_un_paso_por_eslabon(hilo):
    at = abrir("seguir", hilo=hilo)
    revisar(at)
    eslabones, enlaces = consultar("hilo", hilo=hilo), consultar("hilo_enlaces", hilo=hilo)
    filas = tabla(at)
    assert len(filas) == len(eslabones) and len(graficas(at)) == 1
    for e in eslabones.to_dict("records"):
        suya = [
            f for f in filas if f"compromiso={e['compromiso_id']}&amp;tarjeta=1" in f and f"<b>{e['ejercicio']}" in f
        ]
        assert len(suya) == 1
        assert f"página {e['pagina']:,}, renglón {e['renglon']:,}" in suya[0]
    palabras = [partes.RELACIONES[n["relacion"]][1] for n in enlaces.to_dict("records")]
    assert all(palabra in "".join(filas) for palabra in palabras)
    assert ("Otra dependencia, propósito semejante" in leido(at)) == (eslabones["dependencia"].nunique() > 1)
    assert "solo aparece en" in titulo(at) if len(eslabones) == 1 else "compara" in titulo(at)


def test_las_filas_de_una_misma_linea_van_unidas_y_las_demas_sueltas():
    for hilo in VARIOS["hilo"].iloc[:12]:
        filas = tabla(abrir("seguir", hilo=hilo))
        por_tramo = consultar("hilo", hilo=hilo).groupby("tramo").size()
        assert sum("paso suelto" in f for f in filas) == (por_tramo == 1).sum()
        assert (
            sum("paso primero" in f for f in filas) == sum("paso ultimo" in f for f in filas) == (por_tramo > 1).sum()
        )


def test_la_redaccion_marca_sus_cambios_y_los_dice():
    enlaces = consultar("hilo_enlaces")
    textos = consultar("hilo").set_index("eslabon")["descripcion"]
    vistos = 0
    for n in enlaces[enlaces["une"]].to_dict("records"):
        trozos = redaccion.cotejar(textos[n["origen"]], textos[n["destino"]])
        if vistos < 5 and not redaccion.es_igual(trozos) and redaccion.parecido(trozos) > 0.5:
            vistos += 1
            filas = "".join(tabla(abrir("seguir", hilo=n["destino"])))
            for trozo in trozos:
                etiqueta, dicho = {"pone": ("ins", "añade"), "quita": ("del", "quita")}.get(trozo.que, ("", ""))
                if etiqueta and not re.search(r"[<>&\"']", trozo.texto):
                    assert f"<{etiqueta}><span class='oculto'>{dicho}: </span>{trozo.texto}</{etiqueta}>" in filas
    assert vistos == 5


def test_un_hilo_se_pide_por_su_nombre_por_un_eslabon_o_por_un_compromiso():
    hilo = VARIOS["hilo"].iloc[0]
    eslabon = consultar("hilo", hilo=hilo).iloc[-1]
    titulos = {titulo(abrir("seguir", hilo=h)) for h in (hilo, eslabon["eslabon"], eslabon["compromiso_id"])}
    assert len(titulos) == 1
    assert any("elegida" in f for f in tabla(abrir("seguir", hilo=eslabon["eslabon"])))


def test_un_hilo_que_no_existe_tiene_su_frase_y_la_lista_para_elegir_otro():
    at = abrir("seguir", hilo="no_existe")
    revisar(at)
    assert "no está en la base" in titulo(at)
    assert lista(at).count("<li>") > 10 and not graficas(at)


def test_sin_elegir_se_ve_el_primero_de_la_lista():
    at = abrir("seguir")
    assert elegido(at) == HILOS["nombre"].iloc[0]
    assert "que llegan más lejos" in lista(at)


def test_los_umbrales_cambian_el_color_del_dibujo():
    hilo = VARIOS["hilo"].iloc[0]
    de_siempre, otros = (graficas(abrir("seguir", hilo=hilo, **p))[0] for p in ({}, {"preset": "20-30-195-390"}))
    assert de_siempre["data"] != otros["data"]


# ---------------------------------------------------------------- la búsqueda


@pytest.mark.parametrize(
    "buscado",
    [
        {"busca": "becas"},
        {"busca": "vecas"},
        {"busca": "NÓMINA"},
        {"quien": "dif"},
        {"unidad": "Apoyo", "quien": "bisom"},
    ],
)
def test_lo_hallado_es_lo_de_la_consulta(buscado):
    hallados = consultar(
        "hilos", texto=buscado.get("busca"), dependencia=buscado.get("quien"), unidad=buscado.get("unidad")
    )
    at = abrir("seguir", **buscado)
    revisar(at)
    assert len(hallados) and f"{len(hallados)}\u00a0resultado" in lista(at)
    assert lista(at).count("<a class='ir'") == min(len(hallados), 40)
    assert f"hilo={hallados['hilo'].iloc[0]}" in lista(at).split("elegido")[1]


def test_buscar_y_filtrar_viven_en_la_direccion_y_sueltan_el_hilo():
    at = abrir("seguir", hilo=VARIOS["hilo"].iloc[3])
    at.text_input(key="filtro_busca").set_value("despensas").run()
    assert direccion(at, "busca") == "despensas" and direccion(at, "hilo") is None
    at.selectbox(key="filtro_quien").set_value("dif").run()
    assert direccion(at, "quien") == "dif" and direccion(at, "busca") == "despensas"
    at.text_input(key="filtro_busca").set_value("").run()
    at.selectbox(key="filtro_quien").set_value("todas").run()
    assert not {"busca", "quien"} & set(at.query_params)
    revisar(at)


def test_sin_resultados_se_dice_que_se_busco_y_que_probar():
    at = abrir("seguir", busca="submarinos", quien="bisom", unidad="Apoyo")
    revisar(at)
    assert titulo(at) == "Ningún compromiso de BISOM con la unidad «Apoyo» habla de «submarinos»."
    quedan = len(consultar("hilos", dependencia="bisom", unidad="Apoyo"))
    assert f"Sin las palabras: {quedan}\u00a0resultado" in leido(at)
    assert not graficas(at)


def test_el_hilo_que_se_ve_esta_en_la_lista_aunque_no_responda_a_lo_buscado():
    at = abrir("seguir", busca="despensas", hilo=VARIOS["hilo"].iloc[0])
    assert elegido(at) == VARIOS["nombre"].iloc[0]
    assert "Lo que se está viendo" in lista(at)


def test_lo_que_no_existe_en_la_busqueda_se_ignora():
    at = abrir("seguir", quien="nadie", unidad="furlongs", busca="  ")
    revisar(at)
    assert elegido(at) == HILOS["nombre"].iloc[0]


def test_las_unidades_salen_una_por_cada_comparable_con_sus_acentos():
    impresas = consultar("hilo")[["unidad_comparable", "unidad_medida"]].dropna()
    escritas = cuadros.unidades()
    assert len(set(escritas.values())) == impresas["unidad_comparable"].nunique()
    for comparable, suyas in impresas.groupby("unidad_comparable")["unidad_medida"]:
        assert len({escritas[formato.sin_acentos(u).casefold()] for u in suyas}) == 1, comparable
    at = abrir("seguir", unidad="NOMINA")
    assert at.selectbox(key="filtro_unidad").value == "Nómina"


# ---------------------------------------------------------------- la tarjeta y los enlaces


def test_la_tarjeta_de_un_compromiso_de_otro_anio_trae_sus_trimestres():
    for hilo in VARIOS["hilo"].iloc[:2]:
        for e in consultar("hilo", hilo=hilo).iloc[::2].to_dict("records"):
            at = abrir("seguir", corte="2025T4", hilo=hilo, compromiso=e["compromiso_id"], tarjeta="1")
            revisar(at)
            assert any("De qué renglón sale cada cifra trimestral" in c for c in cuerpos(at))
            assert direccion(at, "corte") == "2025T4"
            salida = next(x for x in html(at).enlaces if x.startswith("dependencias?"))
            assert f"corte={e['corte']}" in salida


def test_un_compromiso_sin_hilo_en_la_direccion_trae_el_suyo():
    e = consultar("hilo", hilo=VARIOS["hilo"].iloc[5]).iloc[0]
    assert elegido(abrir("seguir", compromiso=e["compromiso_id"])) == VARIOS["nombre"].iloc[5]


@pytest.mark.parametrize(
    ("hilo", "dicho"), [(VARIOS["hilo"].iloc[0], "2018"), (HILOS["hilo"].iloc[-1], "sin contraparte")]
)
def test_toda_tarjeta_lleva_a_su_hilo_y_dice_hasta_donde_llega(hilo, dicho):
    e = consultar("hilo", hilo=hilo).iloc[-1]
    at = abrir("resumen", compromiso=e["compromiso_id"])
    revisar(at)
    salida = next(c for c in cuerpos(at) if "Seguir esta meta en otros años" in c)
    assert f"hilo={e['compromiso_id']}" in salida and dicho in salida
    assert not any("Seguir esta meta" in c for c in cuerpos(abrir("seguir", hilo=hilo, compromiso=e["compromiso_id"])))


def test_hay_un_enlace_a_los_cambios_de_plan_de_cada_dependencia():
    hilo = VARIOS["hilo"].iloc[0]
    salidas = {re.search(r"quien=(\w+)", x)[1] for x in html(abrir("seguir", hilo=hilo)).enlaces if "cambios?" in x}
    assert salidas == set(consultar("hilo", hilo=hilo)["dependencia"])
