"""El linaje: qué compromiso es el mismo de un plan a otro, y lo que los enlaces del proyecto sostienen."""

import csv
from collections import Counter, defaultdict

import duckdb
import pandas as pd
import pytest

from poa import rutas
from poa.base import construir_base, revisar_base
from poa.consultas import consultar
from poa.errores import ErrorDeUsuario
from tests.extractos_hechos import Extractos

COLUMNAS = ("origen", "destino", "relacion", "evidencia", "certeza", "procedencia", "hilo")


def enlace(origen, destino, relacion="misma", procedencia="confirmado", hilo="uno", certeza="alta"):
    return dict(zip(COLUMNAS, (origen, destino, relacion, "porque sí", certeza, procedencia, hilo), strict=True))


def construir(carpeta, *enlaces):
    """Una dependencia con plan de 2024 y dos planes en 2025, otra en 2024, y los enlaces dados."""
    x = Extractos()
    x.compromiso("2024T0", "bisom", "1.1", [(3, None)] * 4, meta_clave="1", descripcion="Entregar apoyos")
    x.compromiso(
        "2024T0", "bisom", "1.2", [(4, None)] * 4, meta_clave="1", descripcion="Dar pláticas", unidad_medida="Plática"
    )
    x.compromiso("2024T0", "dif", "7.1", [(9, None)] * 4, meta_clave="7", descripcion="Entregar ayudas")
    primero, segundo = {"unidad_medida": "INFORMES", "plan": 1}, {"unidad_medida": "informe", "plan": 2}
    x.compromiso("2025T1", "bisom", "101", [(5, 6), (5, None), (5, None), (5, None)], **primero)
    x.compromiso("2025T2", "bisom", "101", [(5, 6), (5, 4), (5, None), (5, None)], **primero, descripcion="Acc")
    x.compromiso("2025T3", "bisom", "101", [(None, None), (None, None), (2, 1), (2, None)], **segundo)
    x.compromiso("2025T3", "bisom", "102", [(None, None), (None, None), (3, 3), (3, None)], **segundo)
    x.escribir(carpeta)
    (carpeta / "catalogos").mkdir(exist_ok=True)
    with (carpeta / "catalogos" / "linaje.csv").open("w", encoding="utf-8", newline="") as archivo:
        escritor = csv.DictWriter(archivo, COLUMNAS)
        escritor.writeheader()
        escritor.writerows(enlaces)
    return construir_base(carpeta)


def filas(base, consulta):
    with duckdb.connect(str(base), read_only=True) as con:
        return con.execute(consulta).fetchall()


# ---------------------------------------------------------------- eslabones


def test_hay_un_eslabon_por_compromiso_y_plan(tmp_path):
    hallados = dict(filas(construir(tmp_path), "select eslabon, descripcion from eslabon"))
    assert hallados == {
        "2024.1/bisom/1/1.1": "Entregar apoyos",
        "2024.1/bisom/1/1.2": "Dar pláticas",
        "2024.1/dif/7/7.1": "Entregar ayudas",
        "2025.1/bisom/100/101": "Acción 101",  # el segundo informe lo imprime cortado
        "2025.2/bisom/100/101": "Acción 101",
        "2025.2/bisom/100/102": "Acción 102",
    }


def test_cada_plan_conserva_su_p_y_solo_el_que_rige_tiene_a(tmp_path):
    base = construir(tmp_path)
    consulta = "select programado, alcanzado, en_vigor from eslabon_trimestre where eslabon = '{}' order by trimestre"
    assert filas(base, consulta.format("2025.1/bisom/100/101")) == [
        (5, 6, True),
        (5, 4, True),
        (5, None, False),
        (5, None, False),
    ]
    assert filas(base, consulta.format("2025.2/bisom/100/101")) == [
        (None, None, False),
        (None, None, False),
        (2, 1, True),
        (2, None, True),
    ]
    assert filas(base, consulta.format("2024.1/bisom/1/1.1")) == [(3, None, True)] * 4


def test_el_anio_dice_si_es_solo_plan_o_incompleto(tmp_path):
    hallados = filas(construir(tmp_path), "select distinct ejercicio, es_solo_plan, es_incompleto from eslabon")
    assert set(hallados) == {(2024, True, False), (2025, False, True)}


# ---------------------------------------------------------------- qué une y qué corta


@pytest.mark.parametrize(
    ("relacion", "procedencia", "une"),
    [
        ("misma", "confirmado", True),
        ("reformulada", "confirmado", True),
        ("misma", "sugerido", False),
        ("cambia_unidad", "confirmado", False),
        ("dividida", "confirmado", False),
        ("fusionada", "confirmado", False),
    ],
)
def test_solo_une_lo_confirmado_como_el_mismo(tmp_path, relacion, procedencia, une):
    base = construir(tmp_path, enlace("2024.1/bisom/1/1.1", "2025.1/bisom/100/101", relacion, procedencia))
    assert filas(base, "select une from enlace") == [(une,)]
    tramos = dict(filas(base, "select eslabon, tramo from hilo_de"))
    assert (tramos["2025.1/bisom/100/101"] == "2024.1/bisom/1/1.1") is une


def test_la_unidad_se_compara_sin_acentos_ni_numero(tmp_path):
    base = construir(tmp_path, enlace("2024.1/bisom/1/1.1", "2025.1/bisom/100/101"))  # Informe, INFORMES
    assert filas(base, "select misma_unidad from enlace") == [(True,)]


def test_lo_que_se_divide_comparte_hilo_y_no_tramo(tmp_path):
    base = construir(
        tmp_path,
        enlace("2024.1/bisom/1/1.1", "2025.1/bisom/100/101"),
        enlace("2025.1/bisom/100/101", "2025.2/bisom/100/101", "dividida"),
        enlace("2025.1/bisom/100/101", "2025.2/bisom/100/102", "dividida"),
        enlace("2024.1/dif/7/7.1", "2025.2/bisom/100/102", "afin"),
    )
    hallados = {e: (h, t) for e, h, t in filas(base, "select eslabon, hilo, tramo from hilo_de")}
    assert hallados == {
        "2024.1/bisom/1/1.1": ("uno", "2024.1/bisom/1/1.1"),
        "2025.1/bisom/100/101": ("uno", "2024.1/bisom/1/1.1"),
        "2025.2/bisom/100/101": ("uno", "2025.2/bisom/100/101"),
        "2025.2/bisom/100/102": ("uno", "2025.2/bisom/100/102"),
        "2024.1/dif/7/7.1": ("uno", "2024.1/dif/7/7.1"),
        "2024.1/bisom/1/1.2": ("2024.1/bisom/1/1.2", "2024.1/bisom/1/1.2"),
    }
    assert filas(base, "select desde, hasta, ejercicios, eslabones from hilo where hilo = 'uno'") == [
        (2024, 2025, 2, 5)
    ]


@pytest.mark.parametrize(
    ("enlaces", "dice"),
    [
        ([enlace("2024.1/bisom/1/1.1", "2025.1/bisom/100/101", "gemela")], "ninguna de las seis"),
        ([enlace("2024.1/bisom/1/1.1", "2025.1/bisom/100/101", procedencia="quizá")], "procedencia"),
        ([enlace("2024.1/bisom/1/1.1", "2025.1/bisom/100/101", hilo="")], "de qué hilo"),
        ([enlace("2025.1/bisom/100/101", "2024.1/bisom/1/1.1")], "de un plan anterior"),
        ([enlace("2024.1/bisom/1/1.1", "2024.1/bisom/1/1.1")], "son el mismo"),
        ([enlace("2024.1/bisom/1/1.1", "2025.1/bisom/100/101", certeza="altísima")], "certeza"),
        (
            [
                enlace("2025.2/bisom/100/101", "2025.2/bisom/100/102"),
                enlace("2025.2/bisom/100/102", "2025.2/bisom/100/101"),
            ],
            "al revés",
        ),
        (
            [
                enlace("2024.1/bisom/1/1.1", "2025.1/bisom/100/101", hilo="uno"),
                enlace("2025.1/bisom/100/101", "2025.2/bisom/100/101", hilo="dos"),
            ],
            "un solo hilo",
        ),
        ([enlace("2024.1/dif/7/7.1", "2025.1/bisom/100/101")], "dependencias distintas"),
        ([enlace("2024.1/bisom/1/1.1", "2025.1/bisom/100/101", "afin")], "misma dependencia"),
        ([enlace("2024.1/bisom/1/1.2", "2025.1/bisom/100/101")], "cambia_unidad"),
        ([enlace("2024.1/bisom/1/1.1", "2025.1/bisom/100/101")] * 2, "dos veces"),
        (
            [enlace("2025.1/bisom/100/101", f"2025.2/bisom/100/{clave}") for clave in ("101", "102")],
            "seguiría en dos",
        ),
    ],
)
def test_un_enlace_imposible_impide_publicar_y_dice_por_que(tmp_path, enlaces, dice):
    with pytest.raises(ErrorDeUsuario, match=dice) as error:
        construir(tmp_path, *enlaces)
    assert "enlace_imposible" in str(error.value)


def test_dentro_de_un_plan_el_destino_puede_llevar_un_numero_menor(tmp_path):
    base = construir(tmp_path, enlace("2025.2/bisom/100/102", "2025.2/bisom/100/101", "reformulada"))
    assert filas(base, "select une from enlace") == [(True,)]


def test_sin_unidad_impresa_no_hay_con_que_unir_y_no_estorba(tmp_path):
    x = Extractos()
    for anio in (2024, 2025):
        x.compromiso(f"{anio}T1", "bisom", "101", [(1, 1)], unidad_medida=None)
    x.escribir(tmp_path)
    (tmp_path / "catalogos").mkdir()
    with (tmp_path / "catalogos" / "linaje.csv").open("w", encoding="utf-8", newline="") as archivo:
        escritor = csv.DictWriter(archivo, COLUMNAS)
        escritor.writeheader()
        escritor.writerow(enlace("2024.1/bisom/100/101", "2025.1/bisom/100/101"))
    assert filas(construir_base(tmp_path), "select une from enlace") == [(False,)]


@pytest.mark.parametrize(("codificacion", "separador"), [("latin-1", ","), ("utf-16", ","), ("utf-8", ";")])
def test_un_csv_de_otra_codificacion_o_separador_se_dice(tmp_path, codificacion, separador):
    construir(tmp_path)
    ruta = tmp_path / "catalogos" / "linaje.csv"
    ruta.write_text(separador.join(COLUMNAS) + "\nreunión,á,misma,,,,\n", encoding=codificacion)
    with pytest.raises(ErrorDeUsuario, match="CSV UTF-8"):
        construir_base(tmp_path)


def test_una_division_hacia_uno_solo_se_avisa(tmp_path):
    base = construir(tmp_path, enlace("2025.1/bisom/100/101", "2025.2/bisom/100/102", "dividida"))
    assert [(i.prueba, i.severidad) for i in revisar_base(base)] == [("enlace_incompleto", "advertencia")]


def test_un_enlace_a_quien_no_existe_se_avisa_y_no_estorba(tmp_path):
    base = construir(tmp_path, enlace("2024.1/bisom/1/1.1", "2025.1/bisom/900/999"))
    assert [(i.prueba, i.severidad) for i in revisar_base(base)] == [("enlace_roto", "advertencia")]
    assert filas(base, "select * from enlace") == []


def test_las_laminas_de_un_anio_con_informes_no_cuentan_dos_veces(tmp_path, monkeypatch):
    """El ciclo de cada año: en febrero, láminas que numeran 3.1; en abril, un informe que numera 301."""
    x = Extractos()
    texto = {"descripcion": "Entregar apoyos"}
    x.compromiso("2024T4", "bisom", "101", [(1, 1)] * 4, **texto)
    x.compromiso("2025T0", "bisom", "3.1", [(2, None)] * 4, meta_clave="3", documento="laminas", **texto)
    x.compromiso("2025T0", "bisom", "3.2", [(2, None)] * 4, meta_clave="3", documento="laminas")
    x.compromiso("2025T1", "bisom", "301", [(2, 2), (2, None), (2, None), (2, None)], meta_clave="300", **texto)
    x.escribir(tmp_path)
    (tmp_path / "catalogos").mkdir()
    with (tmp_path / "catalogos" / "linaje.csv").open("w", encoding="utf-8", newline="") as archivo:
        escritor = csv.DictWriter(archivo, COLUMNAS)
        escritor.writeheader()
        escritor.writerow(enlace("2024.1/bisom/100/101", "2025.1/bisom/3/3.1"))
        escritor.writerow(enlace("2025.1/bisom/3/3.1", "2025.1/bisom/300/301", "reformulada"))
    construir_base(tmp_path)
    monkeypatch.setenv("POA_DATOS", str(tmp_path))
    planes = consultar("planes").set_index("plan")
    assert planes.loc["2025.1", "acciones"] == 1 and not planes.loc["2025.1", "es_lamina"]
    cambios = consultar("cambios", dependencia="bisom", de="2024.1", a="2025.1")
    assert cambios[["suerte", "origen", "destino", "relacion"]].values.tolist() == [
        ["continúa", "2024.1/bisom/100/101", "2025.1/bisom/300/301", "reformulada"]
    ]


# ---------------------------------------------------------------- los enlaces del proyecto


def del_catalogo(nombre):
    with rutas.catalogo(nombre).open(encoding="utf-8", newline="") as archivo:
        return list(csv.DictReader(archivo))


@pytest.fixture(scope="module")
def p_de():
    """P por trimestre de cada eslabón: {eslabón: {trimestre: P}}, solo lo programado."""
    tabla = consultar("hilo_trimestres")
    p = defaultdict(dict)
    for fila in tabla[tabla["programado"] > 0].itertuples():
        p[fila.eslabon][fila.trimestre] = fila.programado
    return p


def test_los_enlaces_del_proyecto_existen_y_traen_evidencia():
    linaje = del_catalogo("linaje")
    enlaces = consultar("hilo_enlaces")
    assert len(enlaces) == len(linaje) > 100
    assert all(len(e["evidencia"]) > 20 and e["certeza"] in {"alta", "media", "baja"} for e in linaje)


def test_todos_los_hilos_tienen_un_nombre_y_son_un_solo_grupo():
    linaje, nombres = del_catalogo("linaje"), [n["hilo"] for n in del_catalogo("hilo")]
    assert sorted({e["hilo"] for e in linaje}) == sorted(nombres)
    hilo_de = defaultdict(set)
    for e in linaje:
        hilo_de[e["origen"]].add(e["hilo"])
        hilo_de[e["destino"]].add(e["hilo"])
    assert {e: h for e, h in hilo_de.items() if len(h) > 1} == {}


def test_lo_afin_y_lo_que_cambia_de_unidad_nunca_se_une():
    enlaces = consultar("hilo_enlaces")
    cortados = enlaces[~enlaces["relacion"].isin(["misma", "reformulada"])]
    assert len(cortados) > 20
    assert not cortados["une"].any()
    unidos = enlaces[enlaces["une"]]
    assert unidos["misma_unidad"].all() and not unidos["cambia_dependencia"].any()
    tramos = consultar("hilo").set_index("eslabon")["tramo"]
    for fila in cortados.itertuples():
        assert tramos[fila.origen] != tramos[fila.destino]


def test_un_tramo_no_mezcla_dependencia_ni_unidad():
    eslabones = consultar("hilo")
    por_tramo = eslabones.groupby("tramo")[["dependencia", "unidad_comparable"]].nunique()
    assert por_tramo["dependencia"].max() == 1
    assert por_tramo["unidad_comparable"].max() == 1


@pytest.mark.parametrize("relacion", ["dividida", "fusionada"])
def test_lo_dividido_y_lo_fusionado_con_certeza_cuadra_trimestre_a_trimestre(relacion, p_de):
    uno, varios = ("origen", "destino") if relacion == "dividida" else ("destino", "origen")
    grupos = defaultdict(list)
    for e in del_catalogo("linaje"):
        if e["relacion"] == relacion and e["certeza"] == "alta":
            grupos[e[uno]].append(e[varios])
    assert grupos
    for solo, partes in grupos.items():
        suma = Counter()
        for parte in partes:
            suma.update(p_de[parte])
        comunes = suma.keys() & p_de[solo].keys()
        if comunes:
            assert {t: suma[t] for t in comunes} == {t: p_de[solo][t] for t in comunes}, solo
        else:  # uno sigue al otro en el año: lo que programa un trimestre es lo de cualquier otro
            assert set(p_de[solo].values()) == set(suma.values()), solo


def test_lo_que_tiene_el_mismo_texto_y_otras_cifras_no_se_enlaza(p_de):
    """Dos compromisos de un plan con el mismo texto siguen, cada uno, al de sus cifras."""
    eslabones = consultar("hilo").set_index("eslabon")
    unidos = consultar("hilo_enlaces").query("une")
    llave = ["ejercicio", "plan", "dependencia", "descripcion"]
    gemelos = eslabones[eslabones.duplicated(llave, keep=False) & (eslabones["meta_anual"] > 1000)]
    vistos = unidos[unidos["origen"].isin(gemelos.index)]
    assert len(vistos) >= 2
    for fila in vistos.itertuples():
        assert p_de[fila.origen] == p_de[fila.destino]


def test_en_un_anio_de_un_plan_las_cifras_son_las_de_cumplimiento():
    llave = ["ejercicio", "corte", "dependencia", "meta_clave", "clave"]
    cifras = ["programado", "alcanzado", "cumplimiento_pct"]
    eslabones = consultar("hilo").query("planes == 1").set_index(llave)
    acumulado = consultar("cumplimiento", periodo="acumulado").set_index(llave)
    assert len(eslabones) > 200
    pd.testing.assert_frame_equal(eslabones[cifras], acumulado.loc[eslabones.index, cifras])


# ---------------------------------------------------------------- búsqueda


@pytest.mark.parametrize(
    ("texto", "hilo"),
    [
        ("apoyos a personas en situación de vulnerabilidad", "apoyos"),
        ("APOYO bulnerabilidad", "apoyos"),
        ("servicios personales", "servicios-personales"),
        ("nómina", "servicios-personales"),
        ("emprendedora", "cultura-emprendedora"),
        ("emprendedroes", "emprendedores"),
        ("anteproyecto presupuesto", "anteproyecto-de-presupuesto"),
        ("padron de vienes muebles", "padron-de-bienes"),
        ("3.10 apoyo", "emprendedores"),
    ],
)
def test_se_encuentra_sin_acentos_en_plural_y_con_una_letra_mal(texto, hilo):
    hallados = consultar("hilos", texto=texto)
    assert hilo in list(hallados["hilo"])[:2]


@pytest.mark.parametrize("texto", ["xilófono", "de la", "9999", "%", "'';--"])
def test_lo_que_no_esta_no_se_encuentra(texto):
    assert consultar("hilos", texto=texto).empty


def test_sin_palabras_primero_lo_que_llega_mas_lejos():
    hilos = consultar("hilos")
    alcance = hilos["hasta"] - hilos["desde"]
    assert alcance.is_monotonic_decreasing
    assert hilos["hilo"].is_unique
    assert int(hilos["eslabones"].sum()) == len(consultar("hilo"))


def test_la_busqueda_se_puede_limitar_a_una_dependencia_y_a_una_unidad():
    hilos = consultar("hilos", texto="apoyo", dependencia="presidencia", unidad="Apoyos")
    assert set(hilos["dependencia"]) == {"presidencia"}
    assert {u.lower() for u in hilos["unidad_medida"]} == {"apoyo"}


def test_un_hilo_se_pide_por_su_nombre_un_eslabon_o_un_renglon_impreso():
    por_nombre = consultar("hilo", hilo="apoyos")
    un_eslabon, un_impreso = por_nombre.iloc[-1][["eslabon", "compromiso_id"]]
    for pedido in (un_eslabon, un_impreso):
        assert list(consultar("hilo", hilo=pedido)["eslabon"]) == list(por_nombre["eslabon"])
    assert consultar("hilo", hilo="ninguno").empty
