"""Lo que dice una observación contra lo que dicen sus cifras: con las reales y con frases inventadas."""

import csv
import shutil
from pathlib import Path

import duckdb
import pytest
import yaml

from poa import rutas
from poa.base import construir_base
from poa.consultas import consultar
from poa.errores import ErrorDeUsuario
from tests.extractos_hechos import Extractos

ORO = Path(__file__).parent / "oro"


def leer(nombre: str) -> list[dict[str, str]]:
    with (ORO / nombre).open(encoding="utf-8", newline="") as archivo:
        return list(csv.DictReader(archivo))


def contradicciones(base: Path, preset: str | None = None) -> dict[tuple[str, str, str], tuple[str, str]]:
    """(compromiso_id, corte, periodo) → (palabras, cifras) de lo que se contradice."""
    with duckdb.connect(str(base), read_only=True) as con:
        filas = con.execute(
            "select compromiso_id, corte, periodo, contradiccion_dice, contradiccion_con "
            "from cumplimiento_segun(?) where contains(etiquetas, 'justificación contradictoria')",
            [preset],
        ).fetchall()
    return {fila[:3]: fila[3:] for fila in filas}


# ---------------------------------------------------------------- las observaciones de los documentos


@pytest.fixture(scope="module")
def reales(tmp_path_factory):
    datos = tmp_path_factory.mktemp("reales")
    shutil.copytree(rutas.raiz() / "data" / "extractos", datos / "extractos")
    return construir_base(datos)


def test_de_las_reales_se_contradicen_estas_y_ninguna_otra(reales):
    esperadas = {
        (f["compromiso_id"], f["corte"], f["periodo"]): (f["dice"], f["con"]) for f in leer("contradicciones.csv")
    }
    assert contradicciones(reales) == esperadas


def test_las_palabras_estan_en_lo_impreso(reales):
    with duckdb.connect(str(reales), read_only=True) as con:
        sueltas = con.execute(
            "select a.palabras from afirmacion as a inner join justificacion as j using (compromiso_id) "
            "where not contains(j.impreso, a.palabras)"
        ).fetchall()
        assert con.execute("select count(*) > 40 from afirmacion").fetchone()[0]
    assert sueltas == []


# ---------------------------------------------------------------- frases inventadas


INVENTADAS = leer("justificaciones.csv")


def cifras(texto: str) -> list[tuple[float | None, float | None]]:
    """'10/5 10/' → [(10, 5), (10, None)]."""
    return [tuple(float(c) if c else None for c in celda.split("/")) for celda in texto.split()]


def dependencia(n: int) -> str:
    return f"frase_{n:03}"


@pytest.fixture(scope="module")
def inventadas(tmp_path_factory):
    """Cada frase es la única acción de una dependencia; el corte es su último trimestre con avance."""
    x = Extractos()
    for n, caso in enumerate(INVENTADAS):
        trimestres = cifras(caso["cifras"])
        corte = sum(a is not None for _, a in trimestres)
        x.compromiso(f"2024T{corte}", dependencia(n), "101", trimestres, observaciones=caso["observacion"])
    base = construir_base(x.escribir(tmp_path_factory.mktemp("inventadas")))
    halladas = contradicciones(base)
    return {clave[0].split("/")[2]: dice for clave, dice in halladas.items() if clave[2] == "acumulado"}


def test_hay_frases_de_las_dos_clases():
    assert sum(bool(c["contradice"]) for c in INVENTADAS) >= 120 <= sum(not c["contradice"] for c in INVENTADAS)


@pytest.mark.parametrize("n", [n for n, c in enumerate(INVENTADAS) if not c["contradice"]])
def test_no_se_acusa_a_quien_dice_la_verdad(inventadas, n):
    assert inventadas.get(dependencia(n)) is None, INVENTADAS[n]["observacion"]


@pytest.mark.parametrize("n", [n for n, c in enumerate(INVENTADAS) if c["contradice"]])
def test_se_dice_que_palabras_contradicen(inventadas, n):
    caso = INVENTADAS[n]
    dice, con = inventadas.get(dependencia(n), ("", ""))
    assert caso["contradice"] in dice, caso["observacion"]
    assert all(palabras in caso["observacion"] for palabras in dice.split(" … "))
    assert " de " in con and con.endswith(" %)")


# ---------------------------------------------------------------- con qué cifras


def base_de(tmp_path, *compromisos) -> dict[str, tuple[str, str]]:
    """clave/corte/periodo → (palabras, cifras), de compromisos (corte, clave, trimestres, observación, cambios)."""
    x = Extractos()
    for corte, clave, trimestres, texto, cambios in compromisos:
        x.compromiso(corte, "bisom", clave, trimestres, observaciones=texto, **cambios)
    halladas = contradicciones(construir_base(x.escribir(tmp_path)))
    return {f"{c.split('/')[-1]} {corte} {periodo}": dice for (c, corte, periodo), dice in halladas.items()}


def test_cada_informe_se_juzga_con_su_propio_plan(tmp_path):
    """La suma del año (97 de 85) no salva al que dice haber superado 10 con 2."""
    anual = "La acción no se logró en el periodo, no obstante, la meta anual se vio superada."
    nuevo, vacio = {"plan": 2}, (None, None)
    halladas = base_de(
        tmp_path,
        ("2025T2", "305", [(50, 85), (25, 10), (10, None), (0, None)], anual, {}),
        ("2025T4", "305", [vacio, vacio, (10, 0), (0, 2)], anual, nuevo),
        ("2025T2", "306", [(36, 42), (36, 49), (36, None), (36, None)], "Se supera la acción.", {}),
        ("2025T4", "306", [vacio, vacio, (36, 54), (36, 28)], anual, nuevo),
    )
    suyas = ("la meta anual se vio superada", "en su propio plan lleva 2 de 10 (20 %)")
    assert halladas == {"305 2025T4 acumulado": suyas, "305 2025T4 trimestre": suyas}


def test_quien_va_adelantado_no_puede_decir_que_no_alcanza(tmp_path):
    """Hasta el corte pasa de la banda; del trimestre, que sí quedó corto, dice la verdad."""
    texto, adelantado = "No se alcanza la meta por falta de insumos.", [(10, 30), (10, 5)]
    halladas = base_de(
        tmp_path,
        ("2025T2", "101", adelantado, texto, {}),
        ("2025T2", "102", adelantado, "En el trimestre no se alcanza la meta.", {}),
        ("2025T2", "103", [(10, 16), (10, 5)], texto, {}),
        ("2025T2", "104", [(10, 2), (10, 15)], "Se superó la meta.", {}),
    )
    assert halladas == {
        "101 2025T2 acumulado": ("No se alcanza la meta", "van 35 de 20 programados al corte (175 %)"),
    }


def test_la_observacion_vieja_se_juzga_con_las_cifras_de_su_informe(tmp_path):
    halladas = base_de(
        tmp_path,
        ("2025T1", "101", [(10, 4), (10, None)], "Se superó la meta.", {}),
        ("2025T2", "102", [(10, 4), (10, 4)], None, {}),
    )
    assert halladas["101 2025T1 acumulado"][1] == "van 4 de 10 programados al corte (40 %)"
    assert halladas["101 2025T2 acumulado"][1] == "en su último informe, van 4 de 10 programados al corte (40 %)"


@pytest.mark.parametrize(
    ("trimestres", "cambios"),
    [
        ([(10, 5)], {"certezas": ["ambiguo"] * 4}),
        ([(10, 15), (10, 2)], {"certezas": ["ambiguo", "seguro", "seguro", "seguro"]}),
        ([(None, 5)], {}),
        ([(10, -5)], {}),
        ([(0, 5)], {"meta_anual": None}),
        ([(10, 5), (10, None)], {"corte": "2025T2"}),
    ],
    ids=["ambigua", "acumulado ambiguo", "sin programa", "negativa", "P en cero", "sin reporte"],
)
def test_la_cifra_dudosa_o_que_falta_no_acusa(tmp_path, trimestres, cambios):
    corte = cambios.pop("corte", f"2025T{len(trimestres)}")
    # otro compromiso informa el trimestre, que así es exigible
    otro = (corte, "102", [(10, 10), (10, 10)], None, {})
    assert base_de(tmp_path, (corte, "101", trimestres, "Se superó la meta.", cambios), otro) == {}


def test_que_se_cumpliera_depende_de_la_banda(tmp_path):
    x = Extractos()
    x.compromiso("2025T1", "dif", "101", [(100, 88)], observaciones="Se cumplió la meta.")
    base = construir_base(x.escribir(tmp_path))
    assert contradicciones(base)
    assert not contradicciones(base, "Amplio 85–115")
    assert not contradicciones(base, "70-80-120-220")


def test_una_tasa_se_compara_con_su_media(tmp_path):
    tasa = [(100, 90), (100, 80), (100, None), (100, None)]
    halladas = base_de(tmp_path, ("2025T2", "101", tasa, "Se rebasó la meta.", {"meta_anual": 100}))
    assert halladas["101 2025T2 acumulado"][1] == (
        "en el trimestre alcanzó 80 de 100 programados (80 %) y van 85 de 100 programados al corte (85 %)"
    )


@pytest.mark.parametrize(
    ("texto", "acusa"),
    [
        ("La acción referente a eventos fue sobrepasada.", False),
        ("Se superaron las acciones de difusión.", False),
        ("Se superó la acción 102.", False),
        ("Se superó la meta 100.", True),
        ("Se superó la meta 2024.", True),
        ("Se cumplió con todas las metas y acciones programadas.", True),
    ],
)
def test_lo_que_se_dice_de_otro_compromiso_no_cuenta(tmp_path, texto, acusa):
    halladas = base_de(
        tmp_path,
        ("2025T1", "100", [(10, 5)], texto, {"nivel": "meta"}),
        ("2025T1", "102", [(10, 10)], None, {}),
    )
    assert bool(halladas) == acusa


@pytest.mark.parametrize(
    "texto",
    [
        "Se superó la meta. No se alcanzó la meta.",
        "Se superó la meta de talleres; no se cumplió la meta de asesorías.",
        "La meta no se alcanzó aunque la acción se rebasó.",
        "Se superó la meta, ya que las brigadas llegaron. Se alcanzó el 80 % de la meta.",
    ],
)
@pytest.mark.parametrize("alcanzado", [5, 15])
def test_quien_dice_las_dos_cosas_no_contradice(tmp_path, texto, alcanzado):
    assert base_de(tmp_path, ("2025T1", "101", [(10, alcanzado)], texto, {})) == {}


def test_las_palabras_se_toman_como_se_imprimen(tmp_path):
    texto = "  POR LLUVIA ,\n la  Acción NO  SE\tALCANZÓ ."
    halladas = base_de(tmp_path, ("2025T1", "101", [(10, 12.5)], texto, {}))
    assert halladas["101 2025T1 trimestre"] == (
        "la Acción NO SE ALCANZÓ",
        "van 12.5 de 10 programados al corte (125 %)",
    )


def test_cada_trimestre_nombrado_se_juzga_con_el_suyo(tmp_path):
    texto = "En el primer trimestre no se alcanzó la meta; en el segundo trimestre se superó."
    halladas = base_de(tmp_path, ("2025T2", "101", [(10, 15), (10, 15)], texto, {}))
    assert halladas["101 2025T2 trimestre"] == (
        "no se alcanzó la meta",
        "en el primer trimestre alcanzó 15 de 10 programados (150 %)",
    )


def test_varias_afirmaciones_se_citan_juntas(tmp_path):
    texto = "Se superó la meta del trimestre; la meta anual fue rebasada."
    halladas = base_de(tmp_path, ("2025T2", "101", [(10, 4), (10, 3), (10, None)], texto, {}))
    assert halladas["101 2025T2 acumulado"] == (
        "Se superó la meta del trimestre … la meta anual fue rebasada",
        "en el trimestre alcanzó 3 de 10 programados (30 %); "
        "lleva 7 de 30 de la meta anual (23.3 %) y van 7 de 20 programados al corte (35 %)",
    )


# ---------------------------------------------------------------- la consulta y los patrones


def test_la_consulta_dice_donde_mas_esta_la_misma_observacion(tmp_path, monkeypatch):
    copiada = "A raíz de la reactivación se atendió un número mayor de gestiones a las programadas."
    x = Extractos()
    for clave, alcanzado in (("4", 8), ("5", 12), ("10", 9)):
        x.compromiso(
            "2022T4",
            "presidencia",
            clave,
            [(10, alcanzado)],
            meta_clave=clave,
            nivel="meta",
            observaciones=copiada.upper() if clave == "10" else copiada,
        )
    x.compromiso("2022T4", "presidencia", "6", [(10, 5)], observaciones="Meta cumplida.")
    x.compromiso("2022T4", "presidencia", "7", [(10, 5)], observaciones="Meta cumplida.")
    construir_base(x.escribir(tmp_path))
    monkeypatch.setenv("POA_DATOS", str(tmp_path))
    tabla = consultar("contradicciones", periodo="acumulado", corte="2022T4")
    assert dict(zip(tabla["clave"], tabla["tambien_en"], strict=True)) == {
        "4": "5, 10",
        "10": "4, 5",
        "6": None,
        "7": None,
    }
    assert tabla["estado"].tolist() == ["En riesgo", "Cumple", "Crítico", "Crítico"]
    assert consultar("contradicciones", nivel="accion", preset="Amplio 85–115")["preset"].nunique() == 1


def reglas_con(tmp_path, cambiar) -> Path:
    reglas = yaml.safe_load((rutas.raiz() / "data" / "justificacion.yml").read_text("utf-8"))
    cambiar(reglas)
    x = Extractos()
    x.compromiso("2025T1", "dif", "101", [(10, 5)], observaciones="Se superó la meta.")
    datos = x.escribir(tmp_path)
    (datos / "justificacion.yml").write_text(yaml.safe_dump(reglas, sort_keys=False), "utf-8")
    return datos


def test_sin_patrones_nadie_afirma_nada(tmp_path):
    base = construir_base(reglas_con(tmp_path, lambda reglas: reglas.clear()))
    assert contradicciones(base) == {}


@pytest.mark.parametrize(
    ("patron", "mensaje"),
    [("{pieza_que_no_esta} meta", "pieza_que_no_esta.*`piezas`"), ("se (supero", "080_justificacion")],
)
def test_un_patron_mal_escrito_se_explica(tmp_path, patron, mensaje):
    datos = reglas_con(tmp_path, lambda reglas: reglas["supera"].append(patron))
    with pytest.raises(ErrorDeUsuario, match=mensaje):
        construir_base(datos)
    assert not (datos / "actual.json").exists()
