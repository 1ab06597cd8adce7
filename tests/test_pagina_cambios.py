"""Cambios de plan: la figura, y la página contra un recuento hecho con el linaje y los extractos."""

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
    cuantos = mensajes.clave(filas, mensajes.contar(filas, par))
    return figuras.columnas(filas, "Mensaje", (par.antes.nombre, par.despues.nombre), cuantos, "Fuente: POA")


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
            assert mensajes.titulo(suerte, conteos) in partes
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
    assert "Vuelve en 2033." in leido(at)
