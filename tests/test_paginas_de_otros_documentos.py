"""Las páginas con documentos que no son los del proyecto: otros años, otras dependencias y cifras difíciles."""

import pytest

from poa.base import construir_base
from poa.consultas import consultar
from poa.importacion import importar_documentos
from tests.documentos_hechos import generar
from tests.extractos_hechos import Extractos
from tests.test_paginas import PAGINAS, abrir, elementos, graficas, html, leido, revisar, vistas

# Varias dependencias en un mismo corte, una con dinero y con meses, otra con sus cuatro informes del año.
HECHOS = (("tabla_tabs", 17), ("tesoreria", 30), ("tabla_varios", 38))
CORTE, RARA = "2031T2", "instituto_de_cosas_raras"
HOSTIL = "<script>alert(1)</script> <b>negritas</b> **a** $x^2$ =1+1 & "
LARGO = "X" * 200
UNA_LINEA = ("1.1", "1.1.1", "1.1.1.2", "7", "10.20.30.40")


def dificil() -> Extractos:
    """Un informe con lo que un documento puede traer de peor: huecos, textos hostiles y cifras enormes o ínfimas."""
    hechos, nadie = Extractos(), float("nan")
    casos = [
        ([], {}),
        ([(5, None), (5, None)], {}),
        ([(10, 9), (10, 11)], {"unidad_medida": None, "unidad_medida_impresa": None, "descripcion": None}),
        ([(10, -3), (10, 2)], {}),
        ([(nadie, 3), (3, 3)], {}),
        ([(None, 5)], {}),
        ([(0, 5), (0, 0)], {"observaciones": "SE SUPERÓ LA META"}),
        ([(1e12, 1e12), (1e12, 3e12)], {}),
        ([(0.001, 0.0004), (0.00001, 0.5)], {}),
        ([(100, 100), (100, 90), (100, None), (100, None)], {"meta_anual": 100.0}),
        ([(25, 25), (50, 40), (75, None), (100, None)], {"meta_anual": 100.0}),
        ([(3, 2), (7, 9), (11, None), (5, None)], {"meta_anual": 9.0, "certezas": ["ambiguo"] * 4}),
        ([(10, 5), (10, 30)], dict.fromkeys(("descripcion", "unidad_medida", "observaciones", "programa"), HOSTIL)),
        ([(10, 5), (10, 30)], dict.fromkeys(("descripcion", "unidad_medida", "observaciones", "programa"), LARGO)),
    ]
    for lugar, (trimestres, cambios) in enumerate(casos):
        ident = hechos.compromiso(CORTE, RARA, str(101 + lugar), trimestres, unidad=f"UNIDAD {lugar}", **cambios)
        linea = {"pmd": "2025-2027", "linea_clave": UNA_LINEA[lugar % len(UNA_LINEA)], "origen": "impresa"}
        hechos.tablas["alineacion"].append({"compromiso_id": ident, **linea})
        for mes in range(1, 7):
            meses = {"programado": 1.0, "realizado": None if lugar % 2 else 2.0, "certeza": "seguro"}
            hechos.tablas["avance_mensual"].append({"compromiso_id": ident, "mes": mes, **meses})
        importe = {"autorizado_inicial": 0.0, "modificado": 1e6 * lugar, "devengado": None if lugar % 3 else 5.0}
        hechos.tablas["presupuesto"].append(
            {"documento": "poa-2031", "ejercicio": 2031, "dependencia": RARA, "programa_clave": str(lugar)}
            | {"programa": cambios.get("programa"), "capitulo": "10000", "descripcion": cambios.get("descripcion")}
            | {"pagina": 1, "renglon": lugar + 1, **importe}
        )
    hechos.compromiso(CORTE, RARA, "100", [(10, 5), (10, 12)], nivel="meta")
    hechos.compromiso(CORTE, "solo_metas", "100", [(5, 5), (5, 2)], nivel="meta")
    for trimestres, dependencia in (([(10, None)] * 4, "sin_reporte"), ([(0, 0), (0, None)], "sin_programacion")):
        hechos.compromiso(CORTE, dependencia, "101", trimestres)
        hechos.compromiso(CORTE, dependencia, "102", trimestres)
    # en solo_metas lo único evaluable no imprime su línea; lo que la imprime no se puede evaluar
    suya = hechos.compromiso(CORTE, "solo_metas", "200", [(5, None)], nivel="meta", meta_clave="200")
    linea = {"pmd": "2025-2027", "linea_clave": "4.1.1", "origen": "impresa"}
    hechos.tablas["alineacion"].append({"compromiso_id": suya, **linea})
    hechos.compromiso("2032T0", RARA, "101", [(5, None)] * 4)
    return hechos


@pytest.fixture(scope="module")
def importados(tmp_path_factory):
    """Una carpeta de datos con documentos hechos, leídos e importados como los de verdad."""
    carpeta = tmp_path_factory.mktemp("importados")
    archivos = [carpeta / f"{formato_.replace('_', '-')}-{semilla}.txt" for formato_, semilla in HECHOS]
    for archivo, hecho in zip(archivos, HECHOS, strict=True):
        archivo.write_text(generar(*hecho)[0], encoding="utf-8")
    with pytest.MonkeyPatch.context() as entorno:
        entorno.setenv("POA_DATOS", str(carpeta / "datos"))
        importar_documentos(archivos)
    return carpeta / "datos"


@pytest.fixture(scope="module")
def hechos_a_mano(tmp_path_factory):
    datos = dificil().escribir(tmp_path_factory.mktemp("dificil"))
    construir_base(datos)
    return datos


@pytest.mark.parametrize("pagina", PAGINAS)
def test_las_paginas_abren_con_documentos_de_otras_dependencias_y_anios(importados, monkeypatch, pagina):
    monkeypatch.setenv("POA_DATOS", str(importados))
    cortes = consultar("cortes")
    assert cortes["corte"].nunique() >= 4 and cortes.groupby("corte")["dependencia"].nunique().max() >= 3
    ultimo = [v for v in vistas() if v["corte"] == cortes["corte"].max()]
    for lugar, vista in enumerate(ultimo):
        otros = {"nivel": ("accion", "meta")[lugar % 2], "periodo": ("acumulado", "trimestre")[lugar // 2 % 2]}
        revisar(abrir(pagina, **vista, **otros, preset="60-85-120-250" if lugar % 2 else "CONEVAL 90–110"))


@pytest.mark.parametrize("pagina", PAGINAS)
def test_las_paginas_abren_con_cifras_y_textos_dificiles(hechos_a_mano, monkeypatch, pagina):
    monkeypatch.setenv("POA_DATOS", str(hechos_a_mano))
    for vista in vistas():
        at = abrir(pagina, **vista, nivel="meta" if vista["dependencia"] == "solo_metas" else "accion")
        revisar(at)
        assert "<b>negritas" not in "".join(e.proto.body for e in elementos(at._tree) if e.type == "html")
        for grafica in graficas(at):
            trazo = grafica["layout"]
            textos = [trazo["title"]["text"], *(a["text"] for a in trazo.get("annotations", []))]
            textos += [str(traza.get(campo, "")) for traza in grafica["data"] for campo in ("text", "hovertext")]
            textos += [str(trazo.get("yaxis", {}).get("ticktext", ""))]
            assert not any("<script" in texto or "<b>negritas" in texto for texto in textos)


def test_cada_compromiso_dificil_tiene_su_vista_y_su_tarjeta(hechos_a_mano, monkeypatch):
    monkeypatch.setenv("POA_DATOS", str(hechos_a_mano))
    for ident in consultar("cumplimiento", corte=CORTE, dependencia=RARA, periodo="acumulado")["compromiso_id"]:
        at = abrir("dependencias", compromiso=ident, tarjeta="1")
        assert not at.exception and "Observación impresa" in html(at).partes


def test_una_dependencia_que_no_esta_en_el_catalogo_se_escribe_como_las_demas(hechos_a_mano, monkeypatch):
    monkeypatch.setenv("POA_DATOS", str(hechos_a_mano))
    assert "Instituto de Cosas Raras" in leido(abrir("dependencias", corte=CORTE, dependencia=RARA))


def test_una_base_sin_informes_dice_que_hacer(tmp_path, monkeypatch):
    construir_base(Extractos().escribir(tmp_path))
    monkeypatch.setenv("POA_DATOS", str(tmp_path))
    for pagina in PAGINAS:
        at = abrir(pagina)
        assert not at.exception and "poa importar ARCHIVO" in leido(at)
