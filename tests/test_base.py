"""La base: sus reglas sobre extractos hechos a mano, sus pruebas y cómo se publica."""

import csv
import json
import shutil

import duckdb
import pytest
import yaml

from poa import rutas
from poa.base import construir_base, revisar_base
from poa.errores import ErrorDeUsuario
from tests.extractos_hechos import Extractos

# Los vectores de la regla: (P, A) de un trimestre ya informado → estado.
VECTORES = [
    (10, 9, "Cumple"),
    (10, 8.99, "En riesgo"),
    (10, 11, "Cumple"),
    (10, 11.01, "Sobrecumple"),
    (10, 22, "Sobrecumple"),
    (10, 22.01, "Meta subestimada"),
    (10, 7, "En riesgo"),
    (10, 6.99, "Crítico"),
    (10, 0, "Sin avance"),
    (10, None, "Sin reporte"),
    (0, 5, "Avance no programado"),
    (0, 0, "Sin programación"),
    (0, None, "Sin programación"),
    (None, None, "Sin programación"),
    (None, 0, "Sin programación"),
    (None, 5, "Dato por revisar"),
    (-10, 9, "Dato por revisar"),
    (10, -1, "Dato por revisar"),
    (float("nan"), 9, "Dato por revisar"),
    (0.3, 0.33, "Cumple"),  # 0.33 / 0.3 en binario pasa de 1.1
    (1.1, 1.21, "Cumple"),
]


def agregar_vectores(x: Extractos) -> None:
    for n, (p, a, _) in enumerate(VECTORES):
        x.compromiso("2025T1", "vectores", str(101 + n), [(p, a)], meta_anual=10)


def agregar_replaneado(x: Extractos) -> None:
    """bisom 2025: dos informes bajo el plan 1 y dos bajo el 2, que deja la 307 y trae la 311."""
    def uno(corte, clave, trimestres, meta="300", **cambios):
        plan = 2 if corte >= "2025T3" else 1
        x.compromiso(corte, "bisom", clave, trimestres, meta_clave=meta, plan=plan, **cambios)

    uno("2025T1", "305", [(50, 85), (25, None), (10, None), (0, None)], acumulado_relativo_pct=100)
    uno("2025T2", "305", [(50, 85), (25, 10), (10, None), (0, None)], acumulado_relativo_pct=112)
    uno("2025T3", "305", [(None, None), (None, None), (10, 0), (0, None)], acumulado_relativo_pct=0)
    uno("2025T4", "305", [(None, None), (None, None), (10, 0), (0, 2)], acumulado_relativo_pct=20)
    uno("2025T1", "307", [(5, 5), (5, None), (2, None), (0, None)])
    uno("2025T2", "307", [(5, 5), (5, 4), (2, None), (0, None)])
    uno("2025T3", "311", [(None, None), (None, None), (4, 4), (4, None)])
    uno("2025T4", "311", [(None, None), (None, None), (4, 4), (4, 4)])
    for corte, trimestres in (("2025T1", [(10, 9)]), ("2025T2", [(10, 9), (20, 22)])):
        uno(corte, "500", (trimestres + [(20, None), (30, None), (40, None)][len(trimestres) - 1:]), "500")
    uno("2025T1", "309", [(6, 6), (6, None), (6, None), (6, None)], unidad_medida="Apoyo")
    uno("2025T3", "309", [(None, None), (None, None), (6, 6), (6, None)], unidad_medida="Persona")


def agregar_reglas(x: Extractos) -> None:
    """Un informe de tercer trimestre: cómo se juntan los trimestres."""
    def uno(clave, trimestres, **cambios):
        x.compromiso("2023T3", "reglas", clave, trimestres, **cambios)

    uno("101", [(100, 100), (100, 85), (100, 91), (100, None)], meta_anual=100)
    uno("102", [(25, 20), (50, 45), (75, 81), (100, None)], meta_anual=100)
    uno("103", [(80, 80), (90, 81), (100, 90), (90, None)], meta_anual=90)
    uno("104", [(None, None), (8, 8), (None, None), (None, None)], meta_anual=5)
    uno("105", [(10, 10), (30, 30), (20, 20), (25, None)], meta_anual=50)
    uno("106", [(0, 0), (90, 81), (90, 90), (90, None)], meta_anual=90)
    uno("107", [(10, 10), (10, None), (10, 10), (10, None)])  # reporte incompleto
    uno("108", [(10, 10), (None, 5), (10, 10), (10, None)])  # A sin P
    uno("109", [(0, 0), (10, None), (10, None), (10, None)])  # nada de lo programado se reportó
    uno("110", [(20, 20), (20, 20), (20, 15), (20, 0)])  # desfase; el T4 impreso en 0 no es exigible
    uno("111", [(20, 20), (20, 20), (20, 20), (20, None)], certezas=["seguro", "seguro", "ambiguo", "seguro"])
    uno("112", [(20, 20), (20, 20), (20, None), (20, None)], certezas=["seguro", "seguro", "ambiguo", "seguro"])
    uno("3.10", [(1, 1)], meta_clave="3", nivel="accion")
    uno("3.9", [(1, 1)], meta_clave="3", nivel="accion")
    uno("3", [(1, 1)], meta_clave="3", nivel="meta")


def agregar_informes_sucesivos(x: Extractos) -> None:
    """El segundo informe cambia A1, deja en blanco una P, y nadie informa el tercer trimestre."""
    x.compromiso("2024T0", "sucesivos", "101", [(10, None), (10, None), (10, None), (10, None)])
    x.compromiso("2024T1", "sucesivos", "101", [(10, 8), (10, None), (10, None), (10, 7)])
    x.compromiso("2024T2", "sucesivos", "101", [(10, 9), (None, 10), (10, None), (10, None)], meta_anual=40)
    x.compromiso("2024T3", "sucesivos", "101", [(10, 9), (10, None), (10, None), (10, None)])
    x.compromiso("2024T0", "sucesivos", "102", [(10, None), (10, None), (10, None), (10, None)])


OBSERVACIONES = [
    (10, 5, None, "justificación ausente"),
    (10, 5, " - ", "justificación ausente"),
    (10, 10, None, ""),
    (10, 5, "No se alcanzó la meta por falta de insumos.", ""),
    (10, 5, "Se superó la meta por la alta demanda.", "justificación contradictoria"),
    (10, 5, "SE CUMPLIÓ SATISFACTORIAMENTE.", "justificación contradictoria"),
    (10, 15, "Se rebasó la acción por la demanda.", ""),
    (10, 15, "No se logró por el clima.", "justificación contradictoria"),
    (10, 15, "SE CUMPLIÓ SATISFACTORIAMENTE.", ""),
    (10, 5, "No se logró en el periodo, pero la meta anual se vio superada.", ""),
    (10, 5, "Esta acción no se supera a lo programado.", ""),
    (0, 3, None, "justificación ausente"),
    (10, None, None, ""),
]


def agregar_observaciones(x: Extractos) -> None:
    for n, (p, a, texto, _) in enumerate(OBSERVACIONES):
        x.compromiso("2022T1", "textos", str(101 + n), [(p, a)], observaciones=texto, meta_anual=10)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    x = Extractos()
    for agregar in (agregar_vectores, agregar_replaneado, agregar_reglas, agregar_informes_sucesivos,
                    agregar_observaciones):
        agregar(x)
    archivo = construir_base(x.escribir(tmp_path_factory.mktemp("datos")))
    with duckdb.connect(str(archivo), read_only=True) as con:
        yield con


def cumplimiento(con, dependencia, clave, corte, periodo="acumulado") -> dict:
    """La fila de cumplimiento de un compromiso; {} si no la hay."""
    filas = con.execute(
        "select * from cumplimiento where dependencia = ? and clave = ? and corte = ? and periodo = ?",
        [dependencia, clave, corte, periodo],
    ).fetch_arrow_table().to_pylist()
    assert len(filas) <= 1
    return filas[0] if filas else {}


def trimestres(con, dependencia, clave, corte) -> list[tuple]:
    return con.execute(
        "select programado, alcanzado, estado from cumplimiento_trimestre "
        "where dependencia = ? and clave = ? and corte = ? order by trimestre",
        [dependencia, clave, corte],
    ).fetchall()


# ---------------------------------------------------------------- estado


@pytest.mark.parametrize("n", range(len(VECTORES)), ids=lambda n: f"{VECTORES[n][0]}-{VECTORES[n][1]}")
@pytest.mark.parametrize("periodo", ["trimestre", "acumulado"])
def test_estado_de_los_vectores(base, n, periodo):
    fila = cumplimiento(base, "vectores", str(101 + n), "2025T1", periodo)
    assert fila["estado"] == VECTORES[n][2]


def test_el_preset_mueve_la_banda(base):
    def estados(preset):
        return dict(base.execute(
            "select clave, estado from cumplimiento_segun(?) where dependencia = 'vectores' "
            "and periodo = 'trimestre' and clave in ('101', '103')", [preset],
        ).fetchall())

    assert estados("Estricto 95–105") == {"101": "En riesgo", "103": "Sobrecumple"}
    assert estados("Amplio 85–115") == estados(None) == {"101": "Cumple", "103": "Cumple"}


def test_el_porcentaje_solo_existe_donde_se_puede_juzgar(base):
    filas = base.execute(
        "select estado, count(cumplimiento_pct), count(*) from cumplimiento group by estado"
    ).fetchall()
    evaluables = {"Sin avance", "Crítico", "En riesgo", "Cumple", "Sobrecumple", "Meta subestimada"}
    assert all(con_razon == (n if estado in evaluables else 0) for estado, con_razon, n in filas)


# ---------------------------------------------------------------- vigente y replaneación


def test_el_anio_replaneado_suma_sus_trimestres(base):
    fila = cumplimiento(base, "bisom", "305", "2025T4")
    assert (fila["programado"], fila["alcanzado"], fila["meta_anual"]) == (85, 97, 85)
    assert fila["cumplimiento_pct"] == pytest.approx(9700 / 85)
    assert (fila["estado"], fila["informe_relativo_pct"]) == ("Sobrecumple", 20)
    assert "reprogramada" in fila["etiquetas"].split("; ")
    assert trimestres(base, "bisom", "305", "2025T4") == [
        (50, 85, "Sobrecumple"), (25, 10, "Crítico"), (10, 0, "Sin avance"), (0, 2, "Avance no programado"),
    ]


def test_antes_de_replanear_vale_el_primer_plan(base):
    fila = cumplimiento(base, "bisom", "305", "2025T2")
    assert (fila["programado"], fila["alcanzado"], fila["meta_anual"]) == (75, 95, 85)
    assert "reprogramada" not in fila["etiquetas"]
    assert not cumplimiento(base, "bisom", "311", "2025T2")


def test_lo_que_el_plan_nuevo_deja_ya_no_se_exige(base):
    fila = cumplimiento(base, "bisom", "307", "2025T4")
    assert (fila["programado"], fila["alcanzado"], fila["meta_anual"]) == (10, 9, 10)
    assert trimestres(base, "bisom", "307", "2025T4")[2:] == [(None, None, "Sin programación")] * 2


def test_lo_que_el_plan_nuevo_trae_empieza_con_el(base):
    fila = cumplimiento(base, "bisom", "311", "2025T4")
    assert (fila["programado"], fila["alcanzado"], fila["meta_anual"]) == (8, 8, 8)
    assert "reprogramada" not in fila["etiquetas"]
    assert trimestres(base, "bisom", "311", "2025T4")[0] == (None, None, "Sin programación")


def test_la_unidad_que_no_informa_conserva_su_plan(base):
    assert [t[2] for t in trimestres(base, "bisom", "500", "2025T3")] == [
        "Cumple", "Cumple", "Sin reporte", "Aún no exigible",
    ]
    fila = cumplimiento(base, "bisom", "500", "2025T4")
    assert (fila["programado"], fila["alcanzado"], fila["corte_informe"]) == (30, 31, "2025T2")
    assert "reporte incompleto" in fila["etiquetas"]
    assert cumplimiento(base, "bisom", "500", "2025T4", "trimestre")["estado"] == "Sin reporte"


def test_dos_planes_en_unidades_distintas_no_se_suman(base):
    fila = cumplimiento(base, "bisom", "309", "2025T3")
    assert (fila["regla_acumulacion"], fila["estado"]) == ("indeterminada", "Dato por revisar")
    assert fila["programado"] is fila["cumplimiento_pct"] is fila["meta_anual"] is None


def test_el_informe_posterior_reemplaza_y_su_blanco_no_borra(base):
    assert trimestres(base, "sucesivos", "101", "2024T1")[0] == (10, 8, "En riesgo")
    assert trimestres(base, "sucesivos", "101", "2024T2")[:2] == [(10, 9, "Cumple"), (10, 10, "Cumple")]
    assert trimestres(base, "sucesivos", "101", "2024T3")[1] == (10, 10, "Cumple")


def test_cada_cifra_dice_de_que_informe_sale(base):
    filas = base.execute(
        "select programado_de, alcanzado_de from vigente "
        "where vigente_id = '2024/sucesivos/100/101' and corte = '2024T3' order by trimestre"
    ).fetchall()
    assert filas[1] == ("poa-2024/2024T3/sucesivos/100/101", "poa-2024/2024T2/sucesivos/100/101")
    assert filas[2] == ("poa-2024/2024T3/sucesivos/100/101", None)


def test_el_plan_solo_no_exige_nada(base):
    for periodo in ("trimestre", "acumulado"):
        fila = cumplimiento(base, "sucesivos", "101", "2024T0", periodo)
        assert (fila["estado"], fila["programado"], fila["avance_anual_pct"]) == ("Aún no exigible", None, None)
        assert fila["meta_anual"] == 40


def test_lo_que_nadie_informa_aun_no_es_exigible(base):
    assert [t[2] for t in trimestres(base, "sucesivos", "101", "2024T3")][2:] == ["Aún no exigible"] * 2
    assert cumplimiento(base, "sucesivos", "101", "2024T3", "trimestre")["estado"] == "Aún no exigible"
    assert trimestres(base, "sucesivos", "102", "2024T2")[1] == (10, None, "Sin reporte")


def test_un_cero_adelantado_no_cuenta(base):
    assert trimestres(base, "reglas", "110", "2023T3")[3] == (20, None, "Aún no exigible")
    assert trimestres(base, "sucesivos", "101", "2024T1")[3] == (10, None, "Aún no exigible")


# ---------------------------------------------------------------- acumulación


@pytest.mark.parametrize(
    ("clave", "regla", "programado", "alcanzado", "avance_anual"),
    [
        ("101", "constante", 100, 92, 69),
        ("102", "último valor", 75, 81, 81),
        ("103", "promedio", 90, 251 / 3, 251 / 3.6),
        ("104", "única", 8, 8, 100),
        ("105", "indeterminada", None, None, None),
        ("106", "constante", 90, 85.5, 171 / 2.7),
        ("110", "suma", 60, 55, 68.75),
    ],
)
def test_regla_de_acumulacion(base, clave, regla, programado, alcanzado, avance_anual):
    fila = cumplimiento(base, "reglas", clave, "2023T3")
    assert fila["regla_acumulacion"] == regla
    esperado = {"programado": programado, "alcanzado": alcanzado, "avance_anual_pct": avance_anual}
    assert {columna: fila[columna] for columna in esperado} == pytest.approx(esperado)


def test_sin_regla_no_hay_razon(base):
    fila = cumplimiento(base, "reglas", "105", "2023T3")
    assert (fila["estado"], fila["cumplimiento_pct"]) == ("Dato por revisar", None)
    assert cumplimiento(base, "reglas", "105", "2023T3", "trimestre")["estado"] == "Cumple"


def test_se_acumula_lo_entregado(base):
    fila = cumplimiento(base, "reglas", "107", "2023T3")
    assert (fila["programado"], fila["alcanzado"], fila["estado"]) == (20, 20, "Cumple")
    assert "reporte incompleto" in fila["etiquetas"]


def test_un_avance_sin_programa_pide_revision(base):
    assert cumplimiento(base, "reglas", "108", "2023T3")["estado"] == "Dato por revisar"


def test_sin_nada_entregado_no_hay_reporte(base):
    fila = cumplimiento(base, "reglas", "109", "2023T3")
    assert (fila["programado"], fila["alcanzado"], fila["estado"]) == (20, None, "Sin reporte")
    assert "reporte incompleto" not in fila["etiquetas"]


def test_lo_ambiguo_sin_cifra_no_se_acusa_de_falta_de_reporte(base):
    assert trimestres(base, "reglas", "111", "2023T3")[2][2] == "Cumple"
    assert trimestres(base, "reglas", "112", "2023T3")[2][2] == "Dato por revisar"


def test_las_claves_son_texto_y_se_ordenan_como_numeros(base):
    claves = base.execute(
        "select clave from cumplimiento where dependencia = 'reglas' and meta_clave = '3' "
        "and periodo = 'acumulado'"
    ).fetchall()
    assert [clave for (clave,) in claves] == ["3", "3.9", "3.10"]


# ---------------------------------------------------------------- etiquetas


def test_desfase_de_calendario_y_meta_pequena(base):
    for periodo in ("trimestre", "acumulado"):
        assert "desfase de calendario" in cumplimiento(base, "reglas", "110", "2023T3", periodo)["etiquetas"]
    assert cumplimiento(base, "reglas", "3.9", "2023T3")["etiquetas"] == "meta pequeña"
    assert cumplimiento(base, "vectores", "101", "2025T1")["etiquetas"] == ""


@pytest.mark.parametrize("n", range(len(OBSERVACIONES)))
def test_justificacion(base, n):
    etiquetas = cumplimiento(base, "textos", str(101 + n), "2022T1")["etiquetas"].split("; ")
    assert [e for e in etiquetas if e.startswith("justificación")] == [e for e in [OBSERVACIONES[n][3]] if e]


# ---------------------------------------------------------------- diccionario y catálogos


def test_el_diccionario_y_la_base_dicen_lo_mismo(base):
    with rutas.diccionario().open(encoding="utf-8", newline="") as archivo:
        filas = list(csv.DictReader(archivo))
    escrito = {(f["tabla"], f["columna"]): (f["tipo"], f["descripcion"]) for f in filas}
    assert len(escrito) == len(filas)
    hallado = base.execute(
        "select table_name, column_name, data_type, comment from duckdb_columns() where not internal"
    ).fetchall()
    assert {(t, c): (tipo, comentario) for t, c, tipo, comentario in hallado} == escrito
    assert all(f["descripcion"] and f["fuente"] for f in filas)


def test_cada_tabla_dice_su_grano(base):
    with (rutas.raiz() / "data" / "tablas.csv").open(encoding="utf-8", newline="") as archivo:
        escrito = {fila["tabla"]: fila["descripcion"] for fila in csv.DictReader(archivo)}
    hallado = dict(base.execute(
        "select table_name, comment from duckdb_tables() union all "
        "select view_name, comment from duckdb_views() where not internal"
    ).fetchall())
    assert hallado == escrito
    assert all("Una fila por" in descripcion or "una fila por" in descripcion for descripcion in escrito.values())


def test_la_dependencia_desconocida_tambien_tiene_nombre(base):
    fila = base.execute("select nombre, en_catalogo from dependencia where dependencia = 'textos'").fetchone()
    assert fila == ("TEXTOS", False)


# ---------------------------------------------------------------- pruebas de los datos


def base_minima(tmp_path, cambiar=None):
    """Dos informes en regla de una dependencia del catálogo, con lo que `cambiar` les haga antes de escribir."""
    x = Extractos()
    x.compromiso("2025T1", "dif", "100", [(5, 5), (5, None)], nivel="meta", avance_absoluto=5,
                 avance_absoluto_impreso=5, acumulado_relativo_pct=50)
    x.compromiso("2025T1", "dif", "101", [(10, 10), (10, None), (10, None), (10, None)])
    x.compromiso("2025T2", "dif", "101", [(10, 10), (10, 9), (10, None), (10, None)])
    if cambiar:
        cambiar(x.tablas)
    return x.escribir(tmp_path)


def fijar(tabla, fila, **cambios):
    """Un cambio para `base_minima`: columnas de una fila de un extracto."""
    return lambda tablas: tablas[tabla][fila].update(cambios)


def quitar(tabla, fila):
    return lambda tablas: tablas[tabla].pop(fila)


def repetir(tabla, fila):
    return lambda tablas: tablas[tabla].append(dict(tablas[tabla][fila]))


MES = {"compromiso_id": "poa-2025/2025T1/dif/100/101", "mes": 1, "certeza": "seguro"}
ERRORES = {
    "clave_repetida": repetir("avance", 0),
    "clave_vacia": fijar("compromiso", 0, certeza=None),
    "cuatro_trimestres": quitar("avance", 3),
    "identificador_compuesto": fijar("compromiso", 1, ejercicio=2024),
    "listas_cerradas": fijar("avance", 0, certeza="casi"),
    "referencia_rota": lambda tablas: tablas["avance_mensual"].append(MES | {"compromiso_id": "nadie"}),
    "renglon_existe": fijar("compromiso", 2, renglon=99),
}
ADVERTENCIAS = {
    "acumulado_relativo": fijar("compromiso", 0, acumulado_relativo_pct=75),
    "cantidad_imposible": fijar("avance", 4, alcanzado=-1, alcanzado_impreso=-1),
    "impreso_sin_explicar": fijar("avance", 4, alcanzado_impreso=None),
    "informe_posterior_distinto": fijar("avance", 8, alcanzado=7, alcanzado_impreso=7),
    "suma_alcanzado": fijar("compromiso", 0, avance_absoluto=4, avance_absoluto_impreso=4, acumulado_relativo_pct=40),
    "suma_programado": fijar("compromiso", 1, meta_anual=50, meta_anual_impresa=50),
    "variacion_mensual": lambda tablas: tablas["avance_mensual"].append(
        MES | {"programado": 3, "realizado": 5, "variacion": 1}
    ),
}
# Lo que la base deduce siempre bien; si fallaran, la culpa sería de queries/base.
SOLO_DE_LA_BASE = {"estado_por_compromiso", "trimestres_en_vigor"}


def test_cada_prueba_tiene_su_falla_sembrada():
    pruebas = {archivo.stem for archivo in (rutas.consultas() / "pruebas").glob("*.sql")}
    assert pruebas == ERRORES.keys() | ADVERTENCIAS.keys() | SOLO_DE_LA_BASE


def test_lo_que_esta_en_regla_no_se_senala(tmp_path):
    assert revisar_base(construir_base(base_minima(tmp_path))) == []


@pytest.mark.parametrize("prueba", sorted(ERRORES))
def test_un_error_impide_publicar(tmp_path, prueba):
    datos = base_minima(tmp_path, ERRORES[prueba])
    with pytest.raises(ErrorDeUsuario, match=prueba):
        construir_base(datos)
    assert sorted(p.name for p in datos.iterdir()) == ["extractos"]


@pytest.mark.parametrize("prueba", sorted(ADVERTENCIAS))
def test_una_advertencia_se_guarda(tmp_path, prueba):
    base = construir_base(base_minima(tmp_path, ADVERTENCIAS[prueba]))
    assert {i.prueba for i in revisar_base(base)} == {prueba}
    with duckdb.connect(str(base), read_only=True) as con:
        assert con.execute("select distinct prueba, severidad from infraccion").fetchall() == [(prueba, "advertencia")]


def test_la_excepcion_explicada_no_se_senala(tmp_path):
    datos = base_minima(tmp_path, ADVERTENCIAS["suma_programado"])
    (datos / "excepciones.csv").write_text(
        "prueba,compromiso_id,motivo\nsuma_programado,poa-2025/2025T1/dif/100/101,El documento lo imprime así.\n", "utf-8"
    )
    assert revisar_base(construir_base(datos)) == []


# ---------------------------------------------------------------- publicación


def test_se_publica_con_dos_nombres(tmp_path):
    base = construir_base(base_minima(tmp_path))
    assert json.loads((tmp_path / "actual.json").read_text("utf-8")) == {"archivo": base.name}
    for archivo in (base, tmp_path / "poa.duckdb"):
        with duckdb.connect(str(archivo), read_only=True) as con:
            assert con.execute("select count(*) from cumplimiento").fetchone() == (8,)


def test_la_base_nueva_no_estorba_a_quien_lee_la_anterior(tmp_path):
    primera = construir_base(base_minima(tmp_path))
    with duckdb.connect(str(primera), read_only=True) as con:
        segunda = construir_base(base_minima(tmp_path, quitar("hallazgo", slice(0)) and None))
        tercera = construir_base(tmp_path)
        assert con.execute("select count(*) from compromiso").fetchone() == (3,)
    assert sorted(p.name for p in tmp_path.glob("poa-*")) == [segunda.name, tercera.name]
    assert (tmp_path / "poa.duckdb").samefile(tercera)


def test_sin_enlaces_se_copia(tmp_path, monkeypatch):
    def sin_enlaces(*_):
        raise OSError("este sistema de archivos no admite enlaces")

    monkeypatch.setattr("os.link", sin_enlaces)
    base = construir_base(base_minima(tmp_path))
    assert (tmp_path / "poa.duckdb").read_bytes() == base.read_bytes()


@pytest.mark.parametrize(
    ("danar", "mensaje"),
    [
        (lambda carpeta: (carpeta / "avance.parquet").unlink(), "Faltan extractos.*avance.parquet"),
        (lambda carpeta: (carpeta / "avance.parquet").write_bytes(b"nada"), "no es un archivo Parquet"),
        (lambda carpeta: shutil.copy(carpeta / "sesion.parquet", carpeta / "avance.parquet"), "falta compromiso_id"),
        (lambda carpeta: duckdb.sql(
            f"copy (select * replace (renglon::double as renglon) from '{carpeta}/sesion.parquet') "
            f"to '{carpeta}/sesion.parquet'"), "renglon es DOUBLE y debe ser INTEGER"),
    ],
)
def test_un_extracto_malo_se_explica_y_no_toca_nada(tmp_path, danar, mensaje):
    antes = construir_base(base_minima(tmp_path))
    danar(tmp_path / "extractos")
    with pytest.raises(ErrorDeUsuario, match=mensaje):
        construir_base(tmp_path)
    assert json.loads((tmp_path / "actual.json").read_text("utf-8")) == {"archivo": antes.name}
    assert not list(tmp_path.glob("*.nuevo*"))


@pytest.mark.parametrize(
    "cambiar",
    [
        lambda reglas: reglas.update(predeterminado="otro"),
        lambda reglas: reglas["presets"][0].pop("critico"),
        lambda reglas: reglas.update(presets=None),
    ],
)
def test_las_reglas_mal_escritas_se_explican(tmp_path, cambiar):
    reglas = yaml.safe_load((rutas.raiz() / "data" / "umbrales.yml").read_text("utf-8"))
    cambiar(reglas)
    datos = base_minima(tmp_path)
    (datos / "umbrales.yml").write_text(yaml.safe_dump(reglas), "utf-8")
    with pytest.raises(ErrorDeUsuario, match="umbrales.yml"):
        construir_base(datos)
