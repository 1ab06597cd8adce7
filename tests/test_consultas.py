"""Las consultas: su encabezado, sus parámetros y lo que contestan."""

import math
import re
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from poa import rutas
from poa.base import construir_base
from poa.consultas import consultar, nombres_de_consultas, parametros_de
from poa.errores import ErrorDeUsuario
from tests.extractos_hechos import Extractos

CONTRATO = [
    "ejercicio",
    "corte",
    "dependencia",
    "nivel",
    "meta_clave",
    "clave",
    "descripcion",
    "unidad_medida",
    "periodo",
    "programado",
    "alcanzado",
    "cumplimiento_pct",
    "estado",
    "etiquetas",
    "regla_acumulacion",
    "meta_anual",
    "avance_anual_pct",
]
ARCHIVOS = sorted(rutas.consultas().rglob("*.sql"))
NOMBRES = nombres_de_consultas()


def extractos() -> Extractos:
    x = Extractos()
    meta = x.compromiso("2025T1", "dif", "100", [(5, 5), (5, None)], nivel="meta")
    x.compromiso("2025T1", "dif", "101", [(10, 4), (10, None)], observaciones="No se alcanzó por lluvia.")
    x.compromiso("2025T1", "dif", "102", [(10, 0), (10, None)])
    x.compromiso("2025T1", "dif", "103", [(10, 30), (10, None)])
    x.compromiso("2025T1", "dif", "104", [(10, 12), (10, None)])
    x.compromiso("2025T1", "dif", "105", [(10, None), (10, None)])
    x.compromiso("2025T2", "dif", "101", [(10, 4), (10, 20)], pagina=1)
    x.compromiso("2018T1", "imjum", "2", [(1, 1)], nivel="meta", meta_clave="2")
    x.tablas["alineacion"] += [
        {"compromiso_id": meta, "pmd": "2025-2027", "linea_clave": linea, "origen": "impresa"}
        for linea in ("9.9.9", "9.8.1", "9.8.2")
    ]
    x.tablas["hallazgo"].append(
        {
            "documento": "poa-2025",
            "compromiso_id": meta,
            "regla": "cifra_deducida",
            "severidad": "aviso",
            "columna": "alcanzado_t1",
            "impreso": "S",
            "usado": "5",
            "explicacion": "La S es un 5.",
            "pagina": 1,
            "renglon": 1,
        }
    )
    return x


@pytest.fixture(scope="module")
def datos(tmp_path_factory):
    carpeta = extractos().escribir(tmp_path_factory.mktemp("datos"))
    construir_base(carpeta)
    return carpeta


@pytest.fixture
def con_base(datos, monkeypatch):
    monkeypatch.setenv("POA_DATOS", str(datos))
    return datos


# ---------------------------------------------------------------- encabezados


@pytest.mark.parametrize("archivo", ARCHIVOS, ids=lambda a: a.stem)
def test_el_encabezado_dice_la_pregunta_y_el_grano(archivo):
    renglones = archivo.read_text("utf-8").splitlines()
    encabezado = " ".join(r[2:].strip() for r in renglones[: renglones.index("")])
    assert re.match(r"¿.+?\? .*Grano: .+\.", encabezado)
    assert max(map(len, renglones)) <= 90
    if archivo.parent.name == "pruebas":
        assert re.search(r"^-- Severidad: (error|advertencia)$", archivo.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("nombre", NOMBRES)
def test_los_parametros_del_encabezado_son_los_de_la_consulta(nombre):
    texto = (rutas.consultas() / f"{nombre}.sql").read_text("utf-8")
    dichos = re.search(r"^-- Parámetros:(.+?)^-- Cuidado:", texto, re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"\$(\w+)", dichos[1])) == parametros_de(nombre)


@pytest.mark.parametrize("nombre", NOMBRES)
def test_toda_consulta_contesta_sin_parametros_y_con_tipos_llanos(con_base, nombre):
    tabla = consultar(nombre)
    assert {str(tipo) for tipo in tabla.dtypes} <= {"int32", "int64", "float64", "bool", "object"}


# ---------------------------------------------------------------- respuestas


def test_cumplimiento_trae_las_columnas_del_contrato(con_base):
    tabla = consultar("cumplimiento", ejercicio="2025", corte="2025T1", dependencia="dif")
    assert list(tabla.columns[: len(CONTRATO)]) == CONTRATO
    assert len(tabla) == 12
    una = consultar("cumplimiento", ejercicio=2025, corte="2025T2", nivel="accion", periodo="acumulado")
    assert list(una["estado"])[:2] == ["Sobrecumple", "Sin avance"]


def test_el_resumen_cuenta_lo_mismo_que_cumplimiento(con_base):
    filtro = {"corte": "2025T1", "nivel": "accion", "periodo": "acumulado"}
    resumen = consultar("resumen_estados", **filtro)
    conteo = consultar("cumplimiento", **filtro)["estado"].value_counts()
    assert dict(zip(resumen["estado"], resumen["compromisos"], strict=True)) == conteo.to_dict()
    assert resumen["participacion_pct"].sum() == pytest.approx(100)


def test_los_indicadores_separan_banda_indice_exceso_y_cobertura(con_base):
    fila = consultar("indicadores", corte="2025T1", nivel="accion", periodo="acumulado").iloc[0]
    assert fila[["total", "evaluables", "cumplen", "debajo", "excedidos"]].tolist() == [5, 4, 0, 2, 2]
    assert fila["indice_acotado_pct"] == pytest.approx((40 + 0 + 100 + 100) / 4)
    assert (fila["en_banda_pct"], fila["excedidos_pct"], fila["cobertura_pct"]) == (0, 50, 80)


def test_los_extremos_van_del_mas_lejano_al_mas_cercano(con_base):
    tabla = consultar("extremos", corte="2025T1", nivel="accion", periodo="acumulado", limite="1")
    assert list(zip(tabla["lado"], tabla["clave"], tabla["de_cuantos"], strict=True)) == [
        ("debajo", "102", 2),
        ("encima", "103", 2),
    ]
    assert tabla["observaciones"].tolist() == [None, None]


def test_la_cobertura_no_existe_donde_no_se_exige(con_base):
    tabla = consultar("cobertura", corte="2025T1", nivel="accion").set_index("trimestre")
    columnas = ["programados", "reportados", "sin_reporte", "cobertura_pct"]
    assert tabla.loc[1, columnas].tolist() == [5, 4, 1, 80]
    assert tabla["cobertura_pct"].isna().tolist() == [False, True, True, True]


def test_los_compromisos_llevan_sus_trimestres_en_columnas(con_base):
    fila = consultar("compromisos", corte="2025T1", nivel="meta", dependencia="dif").iloc[0]
    assert (fila["programado_t1"], fila["alcanzado_t1"], fila["estado_t2"]) == (5, 5, "Aún no exigible")
    assert (fila["pmd"], fila["lineas"]) == ("2025-2027", "9.8.1, 9.8.2, 9.9.9")


def test_un_compromiso_se_busca_por_cualquiera_de_sus_informes(con_base):
    por_informe = consultar("compromiso", compromiso_id="poa-2025/2025T1/dif/100/101")
    por_anio = consultar("compromiso", vigente_id="2025/dif/100/101", corte="2025T2")
    assert por_informe.equals(por_anio)
    assert por_informe["alcanzado_corte"].tolist() == ["2025T2", "2025T2", None, None]
    informes = consultar("compromiso_informes", vigente_id="2025/dif/100/101")
    assert informes["corte"].tolist() == ["2025T1"] * 4 + ["2025T2"] * 4
    acumulado = consultar("compromiso_acumulado", compromiso_id="poa-2025/2025T1/dif/100/101")
    assert acumulado["alcanzado"].tolist() == [4, 24]


def test_la_procedencia_llega_al_renglon_impreso(con_base):
    tabla = consultar("procedencia", compromiso_id="poa-2025/2025T1/dif/100/100")
    assert tabla["papel"].tolist() == ["compromiso", "hallazgo"]
    assert tabla["texto"].tolist() == ["100.- Acción 100"] * 2
    assert tabla["explicacion"].tolist() == [None, "La S es un 5."]
    assert len(consultar("hallazgos", severidad="aviso", ejercicio="2025")) == 1
    assert consultar("hallazgos", documento="poa-2018").empty


def test_un_entero_que_falta_no_vuelve_decimales_a_los_demas(con_base):
    tabla = consultar("compromiso", compromiso_id="poa-2025/2025T1/dif/100/101")
    assert [repr(renglon) for renglon in tabla["alcanzado_renglon"]] == ["7", "7", "None", "None"]


def test_la_linea_sin_nombre_impreso_lo_dice(con_base):
    with duckdb.connect(str(con_base / "poa.duckdb"), read_only=True) as con:
        fila = con.execute("select nombre, tiene_nombre from pmd_linea where clave = '9.9.9'").fetchone()
    assert fila == ("nombre no impreso en las fuentes", False)


def test_los_umbrales_se_mueven_sin_tocar_la_configuracion(con_base):
    propio = consultar("umbral", preset="60-85.5-120-250").iloc[0]
    assert propio[["preset", "critico", "maximo", "meta_pequena", "es_propio"]].tolist() == [
        "Propios 85.5–120",
        60,
        120,
        6,
        True,
    ]
    estados = {
        preset: consultar("cumplimiento", corte="2025T1", periodo="trimestre", preset=preset)
        .set_index("clave")["estado"][["101", "104"]]
        .tolist()
        for preset in (None, "30-85-115-220", "30-40-120-220")
    }
    assert estados == {
        None: ["Crítico", "Sobrecumple"],
        "30-85-115-220": ["En riesgo", "Sobrecumple"],
        "30-40-120-220": ["Cumple", "Cumple"],
    }


def test_se_dice_que_compromisos_cambian_con_los_umbrales(con_base):
    tabla = consultar("sensibilidad", corte="2025T1", periodo="trimestre", preset="30-40-120-220")
    assert tabla.groupby("clave")["preset"].nunique().unique().tolist() == [4]
    cambian = set(tabla.loc[tabla["cambia"], "clave"])
    assert cambian == {"101", "104"}
    sin_propios = consultar("sensibilidad", corte="2025T1", periodo="trimestre")
    assert set(sin_propios["preset"]) == set(consultar("presets")["preset"])


def test_las_alertas_van_de_la_mas_lejana_a_la_mas_cercana_y_las_pequenas_aparte(con_base):
    tabla = consultar("alertas", corte="2025T1", nivel="accion", periodo="trimestre")
    assert list(zip(tabla["clave"], tabla["lugar"], tabla["es_pequena"], tabla["justificacion"], strict=True)) == [
        ("102", 1, False, "ausente"),
        ("103", 2, False, "ausente"),
        ("101", 3, False, "impresa"),
        ("104", 4, False, "ausente"),
    ]
    assert tabla["distancia"].tolist() == pytest.approx(
        [float("nan"), math.log2(3), math.log2(2.5), math.log2(1.2)], nan_ok=True
    )


def test_un_compromiso_de_varias_lineas_cuenta_una_vez_en_su_eje(con_base):
    ejes = consultar("ejes", corte="2025T2", nivel="meta", periodo="acumulado").set_index("clave_pmd")["total"]
    assert ejes[["9", "9.9", "9.9.9", "9.8", "9.8.1", "9.8.2"]].tolist() == [1, 1, 1, 1, 1, 1]
    sin_linea = consultar("ejes", corte="2025T2", nivel="accion", periodo="acumulado")
    assert sin_linea["pmd"].tolist() == [None] * 3
    assert sin_linea["total"].tolist() == [5] * 3


# ---------------------------------------------------------------- errores y concurrencia


@pytest.mark.parametrize(
    ("nombre", "parametros", "mensaje"),
    [
        ("cumplimientos", {}, "No existe.*¿Quiso decir «cumplimiento».*Disponibles: [a-z]+, "),
        ("../base/010_reglas", {}, "No existe la consulta"),
        ("cortes", {"zona": 1}, "«cortes» no usa «zona».*Parámetros disponibles: dependencia, ejercicio"),
        ("cumplimiento", {"preset": "Laxo"}, "No hay umbrales «Laxo»: dé el nombre de un preset"),
        ("indicadores", {"preset": "70-90-95-220"}, "No hay umbrales «70-90-95-220»"),
        ("cortes", {"ejercicio": "dos mil"}, "no admite esos valores.*ejercicio=dos mil"),
    ],
)
def test_lo_que_no_se_puede_preguntar_se_explica(con_base, nombre, parametros, mensaje):
    with pytest.raises(ErrorDeUsuario, match=mensaje):
        consultar(nombre, **parametros)


@pytest.mark.parametrize("puntero", [None, "no es json", '{"archivo": "poa-que-no-esta.duckdb"}'])
def test_sin_base_se_dice_como_construirla(tmp_path, monkeypatch, puntero):
    monkeypatch.setenv("POA_DATOS", str(tmp_path))
    if puntero:
        (tmp_path / "actual.json").write_text(puntero, "utf-8")
    with pytest.raises(ErrorDeUsuario, match="poa construir"):
        consultar("cortes")


def test_se_ve_la_base_nueva_sin_reabrir_nada(tmp_path, monkeypatch):
    monkeypatch.setenv("POA_DATOS", str(tmp_path))
    x = extractos()
    construir_base(x.escribir(tmp_path))
    antes = consultar("cortes")
    x.compromiso("2025T3", "dif", "101", [(10, 4), (10, 20), (10, 10)])
    construir_base(x.escribir(tmp_path))
    assert len(consultar("cortes")) == len(antes) + 1


def test_quien_cambia_su_copia_no_cambia_la_de_los_demas(con_base):
    mia = consultar("cortes")
    mia.loc[0, "corte"] = "otro"
    del mia["plan"]
    assert consultar("cortes").loc[0, "corte"] == "2018T1"
    assert "plan" in consultar("cortes")


def test_muchos_hilos_reciben_lo_mismo(con_base):
    def contar(n):
        # el límite cambia en cada llamada para que ninguna salga de la memoria
        extremos = consultar("extremos", limite=1000 + n)
        return len(extremos), len(consultar("cumplimiento", periodo="acumulado"))

    with ThreadPoolExecutor(8) as hilos:
        assert set(hilos.map(contar, range(200))) == {contar(0)}
