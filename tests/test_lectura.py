"""La lectura de los documentos reales contra su transcripción a mano (tests/oro) y contra su forma."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from poa import rutas
from poa.documento import documento_de_renglones
from poa.extracto import armar_extractos, leer_extractos

ORO = Path(__file__).parent / "oro"
CASILLAS = [f"{letra}{trimestre}" for trimestre in (1, 2, 3, 4) for letra in ("p", "a")]
COMPROMISOS = {
    ("poa-2018", "2018T1"): 32,
    ("poa-2022", "2022T4"): 55,
    ("poa-2023", "2023T3"): 34,
    ("poa-2024", "2024T0"): 124,
    ("poa-2025", "2025T1"): 39,
    ("poa-2025", "2025T2"): 39,
    ("poa-2025", "2025T3"): 32,
    ("poa-2025", "2025T4"): 32,
}


@pytest.fixture(scope="module")
def tablas() -> dict[str, list[dict]]:
    """Los cinco documentos releídos desde `renglon_fuente`, que es como entran al repositorio."""
    renglones = defaultdict(list)
    for fila in leer_extractos(rutas.extractos())["renglon_fuente"]:
        renglones[fila["documento"]].append((fila["renglon"], fila["texto"]))
    return armar_extractos([documento_de_renglones(nombre, suyos) for nombre, suyos in sorted(renglones.items())])


@pytest.fixture(scope="module")
def oro() -> dict[tuple, dict]:
    filas = {}
    for archivo in sorted(ORO.glob("poa-20[0-9][0-9].csv")):
        with archivo.open(encoding="utf-8", newline="") as abierto:
            for fila in csv.DictReader(abierto):
                filas[tuple(fila[c] for c in ("documento", "corte", "dependencia", "meta_clave", "clave"))] = fila
    return filas


def _cifra(texto: str) -> float | None:
    return float(texto) if texto else None


def _llave(fila: dict) -> tuple:
    return tuple(fila[c] for c in ("documento", "corte", "dependencia", "meta_clave", "clave"))


def test_estan_todos_los_compromisos_y_ninguno_de_mas(tablas):
    assert Counter((fila["documento"], fila["corte"]) for fila in tablas["compromiso"]) == COMPROMISOS
    assert len({fila["compromiso_id"] for fila in tablas["compromiso"]}) == len(tablas["compromiso"])
    assert len(tablas["avance"]) == 4 * len(tablas["compromiso"])
    assert len(tablas["presupuesto"]) == 7


def _diferencias(tablas, oro) -> list[tuple]:
    """(compromiso, columna, oro, leído, certeza) de cada cifra que no coincide con la transcripción."""
    avances = defaultdict(dict)
    for fila in tablas["avance"]:
        avances[fila["compromiso_id"]][fila["trimestre"]] = fila
    distintas = []
    for fila in tablas["compromiso"]:
        esperado = oro.get(_llave(fila))
        if esperado is None:
            continue
        for columna in ("meta_anual", "avance_absoluto"):
            if _cifra(esperado[columna]) != fila[columna]:
                distintas.append((fila["compromiso_id"], columna, esperado[columna], fila[columna], fila["certeza"]))
        for trimestre, avance in avances[fila["compromiso_id"]].items():
            for letra, columna in (("p", "programado"), ("a", "alcanzado")):
                if _cifra(esperado[f"{letra}{trimestre}"]) != avance[columna]:
                    distintas.append(
                        (
                            fila["compromiso_id"],
                            f"{columna} T{trimestre}",
                            esperado[f"{letra}{trimestre}"],
                            avance[columna],
                            avance["certeza"],
                        )
                    )
    return distintas


def test_ninguna_cifra_equivocada_se_dice_segura(tablas, oro):
    assert [una for una in _diferencias(tablas, oro) if una[-1] == "seguro"] == []


def test_las_cifras_coinciden_con_la_transcripcion(tablas, oro):
    """Las que quedan son renglones que la propia transcripción declara en duda."""
    distintas = _diferencias(tablas, oro)
    print(f"{len(distintas)} de {10 * len(oro)} cifras distintas de la transcripción: {distintas}")
    en_duda = {"/".join(llave) for llave, fila in oro.items() if fila["duda"]}
    assert {una[0] for una in distintas} <= en_duda
    assert len(distintas) <= 8


def test_los_textos_coinciden_con_la_transcripcion(tablas, oro):
    for fila in tablas["compromiso"]:
        esperado = oro.get(_llave(fila))
        if esperado is None:
            continue
        assert (fila["descripcion"] or "")[:40].strip() == esperado["descripcion_inicio"].strip(), fila["compromiso_id"]
        assert (fila["observaciones"] or "")[:30].strip() == esperado["observacion_inicio"].strip(), fila[
            "compromiso_id"
        ]
        assert (fila["unidad_medida"] or "") == esperado["unidad_medida"].strip(), fila["compromiso_id"]
        assert fila["renglon"] == int(esperado["renglon"]), fila["compromiso_id"]


def test_los_meses_coinciden_con_la_transcripcion(tablas):
    meses = {(fila["compromiso_id"].rsplit("/", 1)[1], fila["mes"]): fila for fila in tablas["avance_mensual"]}
    with (ORO / "poa-2022-acciones.csv").open(encoding="utf-8", newline="") as archivo:
        filas = list(csv.DictReader(archivo))
    assert len(filas) == 45
    for fila in filas:
        for mes in range(1, 13):
            leido = meses[fila["clave"], mes]
            esperado = tuple(_cifra(fila[f"{letra}{mes:02}"]) for letra in "prv")
            assert (leido["programado"], leido["realizado"], leido["variacion"]) == esperado, (fila["clave"], mes)


def test_el_presupuesto_coincide_con_la_transcripcion(tablas):
    with (ORO / "poa-2022-presupuesto.csv").open(encoding="utf-8", newline="") as archivo:
        esperadas = list(csv.DictReader(archivo))
    columnas = ("autorizado_inicial", "modificado", "devengado")
    leidas = [(f["programa_clave"], f["capitulo"], *(f[c] for c in columnas)) for f in tablas["presupuesto"]]
    assert leidas == [(f["programa_clave"], f["capitulo"], *(float(f[c]) for c in columnas)) for f in esperadas]


CONTRADICCIONES = [
    # compromiso, columna, impreso, usado
    ("poa-2018/2018T1/presidencia/2/2.1", "avance_absoluto", "2", "3"),
    ("poa-2023/2023T3/dif/3/303", "unidad_medida", "DEFENSA", "DESPENSA"),
    ("poa-2023/2023T3/dif/3/307", "meta_anual", "1662", "1682"),
    ("poa-2023/2023T3/dif/3/308", "meta_anual", "6482", "6492"),
    ("poa-2023/2023T3/dif/4/403", "avance_absoluto", "601", "601"),
    ("poa-2025/2025T1/bisom/500/500", "programado_t4", "9812", "9912"),
    ("poa-2025/2025T1/bisom/500/502", "avance_absoluto", "1", "0"),
    ("poa-2025/2025T2/bisom/300/301", "unidad_medida", "Número", "Nómina"),
    ("poa-2025/2025T2/bisom/300/307", "alcanzado_t2", "2", "5"),
    ("poa-2025/2025T4/bisom/300/308", "alcanzado_t3", "0", "200"),
]


@pytest.mark.parametrize("caso", CONTRADICCIONES, ids=lambda caso: f"{caso[0]} {caso[1]}")
def test_cada_contradiccion_impresa_es_un_hallazgo(tablas, caso):
    compromiso, columna, impreso, usado = caso
    suyos = [(f["columna"], f["impreso"], f["usado"]) for f in tablas["hallazgo"] if f["compromiso_id"] == compromiso]
    assert (columna, impreso, usado) in suyos


def test_lo_impreso_y_lo_usado_solo_difieren_con_hallazgo(tablas):
    con_hallazgo = {(f["compromiso_id"], f["columna"]) for f in tablas["hallazgo"]}
    for fila in tablas["avance"]:
        if fila["derivado"]:
            continue
        for columna in ("programado", "alcanzado"):
            if fila[columna] != fila[f"{columna}_impreso"]:
                assert (fila["compromiso_id"], f"{columna}_t{fila['trimestre']}") in con_hallazgo


def test_ningun_trimestre_no_exigible_trae_alcanzado(tablas):
    cortes = {fila["compromiso_id"]: int(fila["corte"][-1]) for fila in tablas["compromiso"]}
    for fila in tablas["avance"]:
        if fila["trimestre"] > cortes[fila["compromiso_id"]]:
            assert fila["alcanzado"] is None


def test_cada_compromiso_camina_a_su_renglon(tablas):
    textos = {(f["documento"], f["renglon"]): f["texto"] for f in tablas["renglon_fuente"]}
    for fila in tablas["compromiso"]:
        texto = textos[fila["documento"], fila["renglon"]]
        # Las metas de las láminas ponen su texto en la misma línea o en la siguiente; las demás, en su renglón.
        if fila["descripcion"] and fila["documento"] != "poa-2024":
            assert fila["descripcion"][:25] in " ".join(texto.replace("**", " ").split())


def test_en_2025_conviven_dos_pmd(tablas):
    pmd = {fila["compromiso_id"]: fila["pmd"] for fila in tablas["alineacion"]}
    assert pmd["poa-2025/2025T1/bisom/500/503"] == "2022-2024"
    assert pmd["poa-2025/2025T1/bisom/300/302"] == "2025-2027"
    assert pmd["poa-2025/2025T3/bisom/200/200"] == "2025-2027"


def test_el_plan_2025_se_rehizo_en_el_tercer_trimestre(tablas):
    planes = {fila["corte"]: fila["plan"] for fila in tablas["compromiso"] if fila["documento"] == "poa-2025"}
    assert planes == {"2025T1": 1, "2025T2": 1, "2025T3": 2, "2025T4": 2}


def test_la_sesion_trae_agenda_y_articulo_nueve(tablas):
    secciones = Counter(fila["seccion"] for fila in tablas["sesion"])
    assert secciones == {"orden_del_dia": 13, "articulo_9": 11}


def _estrategias_del_renglon(renglones: list[dict], fila: dict) -> list[str]:
    """Las claves de la primera celda de sus renglones de tabla que traen líneas de acción, leídas sin la lectura."""
    claves = []
    for renglon in renglones:
        if fila["renglon"] <= renglon["renglon"] <= fila["renglon_hasta"] and renglon["texto"].count("\t") >= 8:
            primera, segunda = renglon["texto"].split("\t")[:2]
            if re.search(r"\d\.\d\.\d", segunda):
                claves += re.findall(r"\d\.\d", primera)
    return list(dict.fromkeys(claves))


def test_las_estrategias_de_las_laminas_son_las_impresas_y_se_dice_si_no_son_las_de_sus_lineas(tablas):
    renglones = [r for r in tablas["renglon_fuente"] if r["documento"] == "poa-2024"]
    metas = [c for c in tablas["compromiso"] if c["documento"] == "poa-2024" and c["nivel"] == "meta"]
    otras = set()
    for meta in metas:
        impresas = _estrategias_del_renglon(renglones, meta)
        assert impresas and meta["estrategias_impresas"] == ", ".join(impresas), meta["compromiso_id"]
        lineas = {a["linea_clave"] for a in tablas["alineacion"] if a["compromiso_id"] == meta["compromiso_id"]}
        if set(impresas) != {linea.rpartition(".")[0] for linea in lineas}:
            otras.add(meta["compromiso_id"])
    dichas = {h["compromiso_id"] for h in tablas["hallazgo"] if h["regla"] == "estrategias_distintas"}
    assert len(metas) == 21 and len(otras) == 4 and dichas == otras
    assert not any(c["estrategias_impresas"] for c in tablas["compromiso"] if c["nivel"] == "accion")


def test_las_metas_impresas_juntas_dicen_cuales_son(tablas):
    juntas = [c for c in tablas["compromiso"] if c["nivel"] == "meta" and "-" in c["clave"]]
    assert [c["compromiso_id"] for c in juntas] == ["poa-2024/2024T0/desarrollo_rural/6-20/6-20"]
    assert "las metas 6, 7, 8, 11, 12, 13, 14, 15, 16, 17, 18, 19 y 20;" in juntas[0]["nota"]  # ni la 9 ni la 10
