"""Cambios de plan: la figura, y la página contra un recuento hecho con el linaje y los extractos."""

import dataclasses
import re

import pandas as pd
import pytest

from poa import formato, rutas
from poa.base import construir_base
from poa.consultas import consultar
from poa.figuras import cambios as figuras
from poa.figuras import lienzo
from poa.mensajes import cambios as mensajes
from poa.mensajes import planes as de_planes
from poa.mensajes.comunes import LARGO_PARRAFO
from poa.mensajes.planes import Par
from tests.extractos_hechos import Extractos
from tests.test_mensajes_cambios import PAR, VARIADA, fila, tabla
from tests.test_paginas import abrir, graficas, html, leido, revisar

D = formato.ESPACIO


# ---------------------------------------------------------------- la figura


def dibujar(filas: pd.DataFrame, par: Par = PAR):
    clave = mensajes.clave(filas, par, mensajes.contar(filas, par))
    laminas = (mensajes.laminas("desaparece", par), mensajes.laminas("aparece", par))
    return figuras.columnas(filas, "Mensaje", (par.antes.nombre, par.despues.nombre), clave, "Fuente: POA", laminas)


def textos(figura, nombre: str) -> list[str]:
    return [n.text for n in figura.layout.annotations if n.name == nombre]


def test_la_figura_une_lo_que_sigue_y_deja_suelto_lo_demas():
    figura = dibujar(VARIADA)
    trazas = {t.name: t for t in figura.data}
    assert trazas["Continúa: acciones"].line.dash == "solid" and trazas["Cambia: acciones"].line.dash == "dash"
    assert list(trazas["Cambia: acciones"].x).count(None) == 2
    assert len(trazas["Tope de lo que desaparece"].x) == 1 and len(trazas["Tope de lo que aparece"].x) == 3
    claves = [c.rpartition("/")[2] for c in trazas["Compromisos de antes"].customdata]
    assert claves == ["3", "3.1", "3.2", "3.3"]
    assert "Pasa a 302, dividido; Pasa a 303, dividido" in trazas["Compromisos de antes"].hovertext[2]
    assert len(trazas["Compromisos de después"].x) == 7
    assert textos(figura, "relacion") == ["se divide"] and textos(figura, "titulo") == ["<b>2031</b>", "<b>2032</b>"]
    assert f"1{D}meta y 2{D}acciones" in textos(figura, "clave")
    assert "<b>Relevos del año</b>" not in textos(figura, "clave")


def test_con_pocos_compromisos_cada_uno_dice_su_nombre_y_con_muchos_solo_su_meta():
    assert "300 · Entregar 300" in " ".join(textos(dibujar(VARIADA), "nombre"))
    assert "301 · Entregar 301" in textos(dibujar(VARIADA), "nombre")
    muchas = tabla(fila("continúa", "3/3", "3/3", "misma"), *(fila("desaparece", f"3/3.{i}") for i in range(40)))
    nombres = textos(dibujar(muchas), "nombre")
    assert len(nombres) == 2 and f"40{D}acciones: todas desaparecen" in nombres[0]


def test_lo_sugerido_va_en_puntos_y_lo_que_no_cabe_se_dice():
    sugerida = tabla(fila("continúa", "3/3.1", "3/3.1", "misma", procedencia="sugerido"))
    figura = dibujar(sugerida)
    assert figura.data[0].line.dash == "dot" and "<b>Sin confirmar</b>" in textos(figura, "clave")
    demasiadas = tabla(*(fila("aparece", "", f"{i}/{i}") for i in range(100, 160)))
    assert re.match(r"\d+.metas más, en las tablas\. Fuente: POA", textos(dibujar(demasiadas), "pie")[0])


def test_de_lo_que_unas_laminas_no_traen_la_figura_no_dice_que_aparece_ni_desaparece():
    for antes, despues, verbo in ((True, False, "estaba"), (False, True, "está")):
        par = Par(dataclasses.replace(PAR.antes, es_lamina=antes), dataclasses.replace(PAR.despues, es_lamina=despues))
        faltan = tabla(
            fila("continúa", "3/3", "3/3", "misma"),
            *(fila("aparece", "", f"4/4.{i}") if antes else fila("desaparece", f"4/4.{i}") for i in range(40)),
        )
        figura = dibujar(faltan, par)
        assert f"<b>No {verbo}n en las láminas</b>" in textos(figura, "clave")
        assert f"40{D}acciones: ninguna {verbo}" in " ".join(textos(figura, "nombre"))
        lo_que_se_lee = " ".join([n.text for n in figura.layout.annotations] + [t.name for t in figura.data])
        marcas = " ".join(t for traza in figura.data for t in traza.hovertext or ())
        assert "aparece" not in lo_que_se_lee + marcas and f"No {verbo} en las láminas de 20" in marcas


def test_la_clave_de_la_figura_cabe_y_nada_se_encima():
    larga = f"30{D}metas y 130{D}acciones"
    for nombres in (("No están en las láminas", "Continúan"), ("Cambian",) * 3 + ("No estaban en las láminas",)):
        clave = {s: (n, larga) for s, n in zip(figuras.CLAVE, nombres, strict=False)}
        notas = [n for n in figuras.columnas(VARIADA, "M", ("a", "b"), clave).layout.annotations if n.name == "clave"]
        desde = [n.x * lienzo.PX for n in notas if n.text.startswith("<b>")]
        hasta = [x + 34 + lienzo.medir(n) for x, n in zip(desde, nombres, strict=True)]
        assert all(h < d for h, d in zip(hasta, [*desde[1:], lienzo.PX], strict=True))


def test_la_figura_sin_filas_es_una_frase():
    figura = figuras.columnas(VARIADA.iloc[:0], "Mensaje", ("2031", "2032"), {}, "")
    assert not figura.data and lienzo.mensaje(figura) == "Mensaje"


# ---------------------------------------------------------------- la página


def recuento(dependencia: str, par: Par) -> dict[str, list[int]]:
    """[metas, acciones] por suerte, contadas sin la base: con data/catalogos/linaje.csv y los extractos."""
    hojas = pd.read_parquet(rutas.datos() / "extractos" / "compromiso.parquet")
    hojas = hojas[hojas["dependencia"] == dependencia]
    hojas = hojas.assign(en=hojas["ejercicio"].astype(str) + "." + hojas["plan"].astype(int).astype(str))
    hojas = hojas.assign(id=hojas[["en", "dependencia", "meta_clave", "clave"]].agg("/".join, axis=1))
    nivel = dict(zip(hojas["id"], hojas["nivel"], strict=True))
    antes, despues = (set(hojas.loc[hojas["en"] == p.plan, "id"]) for p in (par.antes, par.despues))
    linaje = pd.read_csv(rutas.datos() / "catalogos" / "linaje.csv", dtype=str)
    linaje = linaje[linaje["relacion"] != "afin"]
    enlaces = list(zip(linaje["origen"], linaje["destino"], linaje["relacion"], strict=True))
    entre = [(o, d, r) for o, d, r in enlaces if o in antes and d in despues]
    continua = {o for o, _, r in entre if r in ("misma", "reformulada")}
    salen, llegan = {o for o, _, _ in entre}, {d for _, d, _ in entre}
    dentro_antes = [(o, d) for o, d, _ in enlaces if o in antes and d in antes]
    dentro_despues = [(o, d) for o, d, _ in enlaces if o in despues and d in despues]
    solos_antes = antes - salen - {o for o, _ in dentro_antes} - {d for o, d in dentro_antes if o in salen}
    solos_despues = despues - llegan - {d for _, d in dentro_despues} - {o for o, d in dentro_despues if d in llegan}
    suertes = {
        "continúa": continua,
        "cambia": salen - continua,
        "desaparece": solos_antes,
        "aparece": solos_despues,
        "relevo": (antes - salen - solos_antes) | (despues - llegan - solos_despues),
    }
    return {s: [sum(nivel[i] == n for i in ids) for n in de_planes.NIVELES] for s, ids in suertes.items()}


PARES = [(d, par) for d, suyos in consultar("planes").groupby("dependencia") for par in de_planes.pares(suyos)]


@pytest.mark.parametrize(("dependencia", "par"), PARES, ids=lambda v: v if isinstance(v, str) else v.clave)
def test_la_pagina_cuenta_lo_que_dicen_el_linaje_y_los_extractos(dependencia, par):
    filas = consultar("cambios", dependencia=dependencia, de=par.antes.plan, a=par.despues.plan)
    conteos = mensajes.contar(filas, par)
    contado = {s: [conteos[n].suerte(s) for n in de_planes.NIVELES] for s in mensajes.SUERTES}
    assert contado == recuento(dependencia, par)
    del_antes = [sum(conteos[n].suerte(s) for s in ("continúa", "cambia", "desaparece")) for n in de_planes.NIVELES]
    if (filas["lado"] != "antes").all():
        assert del_antes == [par.antes.metas, par.antes.acciones]
    at = abrir("cambios", quien=dependencia, planes=par.clave)
    revisar(at)
    partes = html(at).partes
    for suerte in mensajes.SUERTES:
        if suerte != "relevo" or sum(contado[suerte]):
            assert mensajes.titulo(suerte, par, conteos) in partes
    assert len(mensajes.parrafo(filas, par, conteos)) <= LARGO_PARRAFO
    marcas = [t for t in graficas(at)[0]["data"] if t["name"].startswith("Compromisos de")]
    assert [len(t["x"]) for t in marcas] == [sum((p.metas, p.acciones)) for p in (par.antes, par.despues)]
    assert any(e.startswith("seguir?") and "hilo=" in e for e in html(at).enlaces)


def test_solo_se_restan_metas_anuales_de_anio_entero_en_la_misma_unidad():
    for dependencia, par in PARES:
        filas = consultar("cambios", dependencia=dependencia, de=par.antes.plan, a=par.despues.plan)
        comparables = filas[filas["comparable"]]
        assert comparables["misma_unidad"].all() and (comparables["suerte"] == "continúa").all()
        assert comparables.empty or (par.antes.numero == par.despues.numero == 1)
        assert comparables[["desde_antes", "desde_despues"]].isna().all(axis=None)


def test_los_meses_de_una_meta_anual_abarcan_todo_lo_que_programa():
    for dependencia, par in PARES:
        filas = consultar("cambios", dependencia=dependencia, de=par.antes.plan, a=par.despues.plan)
        trimestres = consultar("hilo_trimestres", hilo=None, preset=None)
        programa = trimestres[trimestres["programado"] > 0].groupby("eslabon")["trimestre"].agg(["min", "max"])
        for extremo, lado in (("origen", "antes"), ("destino", "despues")):
            cortas = filas[filas[f"desde_{lado}"].notna()].join(programa, on=extremo)
            cortas = cortas[cortas["min"].notna()]
            assert (cortas["min"] >= cortas[f"desde_{lado}"]).all() and (cortas["max"] <= cortas[f"hasta_{lado}"]).all()


def test_se_sigue_exigiendo_lo_que_el_tablero_da_por_no_reportado():
    for dependencia, par in PARES:
        filas = consultar("cambios", dependencia=dependencia, de=par.antes.plan, a=par.despues.plan)
        exigidos = set(filas.loc[filas["sigue_exigido"], "origen"])
        assert par.mismo_anio or not exigidos
        trimestres = consultar("hilo_trimestres", hilo=None, preset=None)
        rige = trimestres[trimestres["en_vigor"]].merge(filas[filas["suerte"] == "desaparece"], left_on="eslabon",
                                                         right_on="origen")  # fmt: skip
        nuevos = set(filas["destino"].dropna())
        desde = trimestres.loc[trimestres["en_vigor"] & trimestres["eslabon"].isin(nuevos), "trimestre"].min()
        tarde = rige[rige["trimestre"] >= desde]
        if par.mismo_anio:
            sin = tarde[tarde["estado"] == "Sin reporte"]["eslabon"]
            assert exigidos == set(sin) - set(tarde.loc[tarde["alcanzado"].notna(), "eslabon"])
            at = abrir("cambios", quien=dependencia, planes=par.clave)
            assert leido(at).count("el tablero la sigue exigiendo y queda sin reporte.") == len(exigidos)


def test_los_filtros_viven_en_la_direccion_y_otra_dependencia_suelta_los_planes():
    (una, par), (otra, _) = PARES[0], PARES[-1]
    at = abrir("cambios", quien=una, planes=par.clave)
    assert at.selectbox(key="filtro_planes").value == par.clave
    at.selectbox(key="filtro_quien").set_value(otra).run()
    assert at.query_params["quien"] in (otra, [otra]) and "planes" not in at.query_params
    revisar(at)
    perdida = abrir("cambios", quien="nadie", planes="1999.1-2000.1")
    revisar(perdida)
    assert perdida.selectbox(key="filtro_quien").value != "nadie"


def test_de_quien_tiene_un_solo_plan_se_dice_y_se_ofrece_otra():
    planes = consultar("planes")
    solas = planes[planes.groupby("dependencia")["plan"].transform("size") == 1]
    assert len(solas)
    at = abrir("cambios", quien=solas["dependencia"].iloc[0])
    revisar(at)
    nombre, anio = solas["dependencia_corta"].iloc[0], solas["ejercicio"].iloc[0]
    assert f"De {nombre} solo hay el plan de {anio}: no hay con qué compararlo." in leido(at)
    assert any("planes=" in e for e in html(at).enlaces) and not graficas(at)


CABEZA = "origen,destino,relacion,evidencia,certeza,procedencia,hilo"


def con_linaje(datos, *enlaces: str):
    (datos / "catalogos").mkdir(exist_ok=True)
    filas = [f"{enlace},Mismo texto.,alta,sugerido,bancas" for enlace in enlaces]
    (datos / "catalogos" / "linaje.csv").write_text("\n".join([CABEZA, *filas]) + "\n", encoding="utf-8")
    construir_base(datos)


def test_dos_planes_que_nadie_ha_enlazado_no_son_todo_desaparecido(tmp_path, monkeypatch):
    hechos = Extractos()
    for anio in (2031, 2032):
        hechos.compromiso(f"{anio}T4", "parques", "100", [(5, 5)] * 4, nivel="meta")
        hechos.compromiso(f"{anio}T4", "parques", "101", [(5, 5)] * 4)
    datos = hechos.escribir(tmp_path)
    construir_base(datos)
    monkeypatch.setenv("POA_DATOS", str(datos))
    at = abrir("cambios")
    revisar(at)
    assert "nadie los ha enlazado: no se sabe qué continúa" in leido(at) and not graficas(at)
    con_linaje(datos, "2031.1/parques/100/101,2032.1/parques/100/101,misma")
    at = abrir("cambios")
    revisar(at)
    assert "1 sin confirmar" in leido(at) and "Enlace sugerido, sin confirmar" in leido(at)


def test_lo_relevado_dentro_del_anio_no_desaparece_y_lo_que_vuelve_se_sabe(tmp_path, monkeypatch):
    hechos = Extractos()
    for anio, claves in ((2031, ("101", "102", "103", "104")), (2032, ("101",)), (2033, ("101", "104"))):
        for clave in claves:
            hechos.compromiso(f"{anio}T4", "parques", clave, [(5, 5)] * 4)
    datos = hechos.escribir(tmp_path)
    uno, otro = "2031.1/parques/100", "2032.1/parques/100"
    con_linaje(
        datos,
        f"{uno}/101,{uno}/102,misma",
        f"{uno}/102,{otro}/101,misma",
        f"{uno}/104,2033.1/parques/100/104,misma",
    )
    monkeypatch.setenv("POA_DATOS", str(datos))
    filas = consultar("cambios", dependencia="parques", de="2031.1", a="2032.1")
    assert dict(zip(filas["clave_antes"], filas["suerte"], strict=True)) == {
        "102": "continúa",
        "103": "desaparece",
        "104": "desaparece",
        "101": "relevo",
    }
    assert list(filas["lado"].dropna()) == ["antes"] and not filas["comparable"].any()
    assert list(filas["en_otro_plan"].dropna()) == ["2033.1"]
    at = abrir("cambios", quien="parques", planes="2031.1-2032.1")
    revisar(at)
    assert "Vuelve en 2033, según un enlace sin confirmar." in leido(at)


def test_vuelve_y_ya_estaba_no_se_confunden(tmp_path, monkeypatch):
    hechos = Extractos()
    en = {2031: ("101", "104"), 2032: ("101", "105"), 2033: ("101", "104", "105"), 2034: ("101", "106")}
    for anio, claves in en.items():
        for clave in claves:
            hechos.compromiso(f"{anio}T4", "parques", clave, [(5, 5)] * 4)
    datos = hechos.escribir(tmp_path)
    mismas = [(f"{a}.1", "101", f"{a + 1}.1", "101") for a in (2031, 2032, 2033)]
    mismas += [("2031.1", "104", "2033.1", "104"), ("2032.1", "105", "2033.1", "105")]
    mismas += [("2032.1", "105", "2034.1", "106")]
    con_linaje(datos, *(f"{a}/parques/100/{b},{c}/parques/100/{d},misma" for a, b, c, d in mismas))
    monkeypatch.setenv("POA_DATOS", str(datos))

    def sueltas(de: int) -> dict:
        filas = consultar("cambios", dependencia="parques", de=f"{de}.1", a=f"{de + 1}.1")
        solas = filas[filas["suerte"].isin(["desaparece", "aparece"])]
        claves = solas["clave_antes"].combine_first(solas["clave_despues"])
        otros = [None if pd.isna(otro) else otro for otro in solas["en_otro_plan"]]
        assert filas.loc[~filas.index.isin(solas.index), "en_otro_plan"].isna().all()
        return dict(zip(zip(claves, solas["suerte"], strict=True), otros, strict=True))

    # lo que aparece y sigue después no «ya estaba»; lo que desaparece y venía de antes no «vuelve»
    assert sueltas(2031) == {("104", "desaparece"): "2033.1", ("105", "aparece"): None}
    assert sueltas(2032) == {("104", "aparece"): "2031.1"}
    assert sueltas(2033) == {
        ("104", "desaparece"): None,
        ("105", "desaparece"): None,
        ("106", "aparece"): "2032.1",
    }


def test_una_meta_anual_de_pocos_meses_los_dice_y_no_se_resta_de_una_de_todo_el_anio(tmp_path, monkeypatch):
    hechos = Extractos()
    for clave in ("101", "102"):
        hechos.compromiso("2031T4", "parques", clave, [(5, 5)] * 4)
    hechos.compromiso("2032T4", "parques", "101", [(7, 7)] + [(0, 0)] * 3)
    hechos.compromiso("2032T4", "parques", "102", [(7, 7)] * 4)
    datos = hechos.escribir(tmp_path)
    con_linaje(datos, *(f"2031.1/parques/100/{c},2032.1/parques/100/{c},misma" for c in ("101", "102")))
    monkeypatch.setenv("POA_DATOS", str(datos))
    filas = consultar("cambios", dependencia="parques", de="2031.1", a="2032.1")
    assert list(filas["comparable"]) == [True, True] and filas["desde_despues"].isna().all()
    for clave in ("103", "104"):
        hechos.compromiso("2032T4", "parques", clave, [(7, 7)] + [(0, 0)] * 3)
    hechos.escribir(tmp_path)
    construir_base(datos)
    filas = consultar("cambios", dependencia="parques", de="2031.1", a="2032.1")
    seguidas = filas[filas["suerte"] == "continúa"]
    assert list(seguidas["comparable"]) == [False, True] and seguidas["desde_antes"].isna().all()
    assert [None if pd.isna(t) else int(t) for t in seguidas["hasta_despues"]] == [1, None]
    at = abrir("cambios", quien="parques", planes="2031.1-2032.1")
    revisar(at)
    assert html(at).partes.count("ene–mar") == 3
