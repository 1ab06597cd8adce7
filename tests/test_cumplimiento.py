"""Las reglas del cumplimiento, por el SQL de verdad, sobre extractos hechos a mano."""

import duckdb
import pytest

from poa.base import construir_base
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
        pendientes = [(20, None), (30, None), (40, None)][len(trimestres) - 1 :]
        uno(corte, "500", trimestres + pendientes, "500")
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
    dudoso = ["seguro", "seguro", "ambiguo", "seguro"]
    uno("111", [(20, 20), (20, 20), (20, 20), (20, None)], certezas=dudoso)
    uno("112", [(20, 20), (20, 20), (20, None), (20, None)], certezas=dudoso)
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


def agregar_otra_numeracion(x: Extractos) -> None:
    """Un plan numerado por láminas y un informe numerado de otro modo."""
    x.compromiso("2024T0", "numeros", "3.2", [(3, None)], meta_clave="3", documento="laminas")
    x.compromiso("2024T1", "numeros", "302", [(3, 3)], meta_clave="300")


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
    (10, 5, "No se logró en el periodo, pero la meta anual se vio superada.", "justificación contradictoria"),
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
    for agregar in (
        agregar_vectores,
        agregar_replaneado,
        agregar_reglas,
        agregar_informes_sucesivos,
        agregar_otra_numeracion,
        agregar_observaciones,
    ):
        agregar(x)
    archivo = construir_base(x.escribir(tmp_path_factory.mktemp("datos")))
    with duckdb.connect(str(archivo), read_only=True) as con:
        yield con


def cumplimiento(con, dependencia, clave, corte, periodo="acumulado") -> dict:
    """La fila de cumplimiento de un compromiso; {} si no la hay."""
    filas = (
        con.sql(
            "select * from cumplimiento where dependencia = ? and clave = ? and corte = ? and periodo = ?",
            params=[dependencia, clave, corte, periodo],
        )
        .to_arrow_table()
        .to_pylist()
    )
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
        return dict(
            base.execute(
                "select clave, estado from cumplimiento_segun(?) where dependencia = 'vectores' "
                "and periodo = 'trimestre' and clave in ('101', '103')",
                [preset],
            ).fetchall()
        )

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
        (50, 85, "Sobrecumple"),
        (25, 10, "Crítico"),
        (10, 0, "Sin avance"),
        (0, 2, "Avance no programado"),
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
        "Cumple",
        "Cumple",
        "Sin reporte",
        "Aún no exigible",
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
        assert (fila["estado"], fila["meta_anual"]) == ("Aún no exigible", 40)
        assert fila["programado"] is fila["avance_anual_pct"] is None


def test_lo_que_nadie_informa_aun_no_es_exigible(base):
    assert [t[2] for t in trimestres(base, "sucesivos", "101", "2024T3")][2:] == ["Aún no exigible"] * 2
    assert cumplimiento(base, "sucesivos", "101", "2024T3", "trimestre")["estado"] == "Aún no exigible"
    assert trimestres(base, "sucesivos", "102", "2024T2")[1] == (10, None, "Sin reporte")


def test_el_plan_numerado_de_otro_modo_no_se_arrastra(base):
    assert cumplimiento(base, "numeros", "3.2", "2024T0")["estado"] == "Aún no exigible"
    assert not cumplimiento(base, "numeros", "3.2", "2024T1")
    assert cumplimiento(base, "numeros", "302", "2024T1")["estado"] == "Cumple"


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
        "select clave from cumplimiento where dependencia = 'reglas' and meta_clave = '3' and periodo = 'acumulado'"
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
