"""Los totales, contados dos veces: lo que muestran las consultas y lo que sale de los extractos por otro camino.

Aquí no se lee la base. Cada compromiso del año se vuelve a armar desde los Parquet, con fracciones
exactas, por las reglas del dominio; después se compara con lo que contestan las consultas, renglón por
renglón y conteo por conteo. Si no coinciden, uno de los dos caminos se equivoca.
"""

from fractions import Fraction
from functools import cache

import pandas as pd
import pytest

from poa import rutas
from poa.consultas import consultar

TRIMESTRES = (1, 2, 3, 4)
GRUPO = ["ejercicio", "corte", "dependencia", "nivel", "periodo"]
COMPROMISO = ["ejercicio", "dependencia", "meta_clave", "clave"]
RENGLON = [*COMPROMISO, "corte", "periodo"]
BANDA = "CONEVAL 90–110"
EVALUABLES = {"Sin avance", "Crítico", "En riesgo", "Cumple", "Sobrecumple", "Meta subestimada"}
DEBAJO = {"Sin avance", "Crítico", "En riesgo"}
EXCEDIDOS = {"Sobrecumple", "Meta subestimada"}


def leer(tabla: str) -> pd.DataFrame:
    return pd.read_parquet(rutas.datos() / "extractos" / f"{tabla}.parquet")


def trimestre_de(corte: str) -> int:
    """El trimestre de un corte: 3 para 2023T3; 0 si solo trae el plan."""
    return int(corte[-1])


def exacta(cifra: float) -> Fraction | None:
    """La cantidad sin error binario; None si está en blanco.

    Las cifras traen hasta dos decimales o son la media de tres meses: 93.666… es 281/3.
    """
    if pd.isna(cifra):
        return None
    fraccion = Fraction(cifra).limit_denominator(300)
    assert float(fraccion) == pytest.approx(cifra, rel=1e-12), f"{cifra} trae más decimales de los que aquí se leen"
    return fraccion


@cache
def informes() -> tuple[dict, ...]:
    """Una entrada por compromiso que imprime un informe, del corte más antiguo al más nuevo.

    P, A y certeza llevan el trimestre por llave.
    """
    avances = dict(list(leer("avance").groupby("compromiso_id")))
    todos = leer("compromiso").sort_values(["corte", "compromiso_id"]).to_dict("records")
    for fila in todos:
        trimestres = avances[fila["compromiso_id"]].to_dict("records")
        fila["anual"] = exacta(fila["meta_anual"])
        fila["P"] = {t["trimestre"]: exacta(t["programado"]) for t in trimestres}
        fila["A"] = {t["trimestre"]: exacta(t["alcanzado"]) for t in trimestres}
        fila["certeza_de"] = {t["trimestre"]: t["certeza"] for t in trimestres}
    return tuple(todos)


def vistas():
    """Cada ejercicio, dependencia y corte, con los informes conocidos hasta entonces."""
    for ejercicio, dependencia, corte in sorted({(i["ejercicio"], i["dependencia"], i["corte"]) for i in informes()}):
        del_anio = [i for i in informes() if (i["ejercicio"], i["dependencia"]) == (ejercicio, dependencia)]
        yield ejercicio, dependencia, corte, [i for i in del_anio if i["corte"] <= corte]


def por_compromiso(conocidos: list[dict]) -> dict[tuple[str, str], list[dict]]:
    """Los informes de cada compromiso. El que un informe posterior ya no imprime sigue siendo del año."""
    grupos: dict[tuple[str, str], list[dict]] = {}
    for informe in conocidos:
        grupos.setdefault((informe["meta_clave"], informe["clave"]), []).append(informe)
    return grupos


def plan_en_vigor(de_la_meta: list[dict], trimestre: int) -> int:
    """El plan que rige el trimestre: cada uno, desde el corte en que se imprime por primera vez.

    Se decide por meta, porque el POA se rehace hoja por hoja: una acción que su meta replaneada ya no
    trae dejó de estar programada, pero la meta cuya hoja no llegó conserva el plan que tenía, y lo que
    falta de ella es el reporte.
    """
    desde: dict[int, int] = {}
    for informe in de_la_meta:
        desde.setdefault(informe["plan"], trimestre_de(informe["corte"]))
    return max((plan for plan, inicio in desde.items() if inicio <= trimestre), default=min(desde))


def ultima(informes_propios: list[dict], columna: str, trimestre: int) -> Fraction | None:
    """La cifra del informe más nuevo que la trae: un blanco no reemplaza lo ya informado."""
    return next((i[columna][trimestre] for i in reversed(informes_propios) if i[columna][trimestre] is not None), None)


def regla_de(propios: list[dict]) -> str:
    """Cómo se juntan los trimestres, inferido solo de P: se prueba cada plan que la trae y deben coincidir.

    Último valor, promedio y única no aparecen en los documentos: si uno los trae, «otra» no coincidirá
    con la regla de la consulta y aquí faltará su agregado.
    """
    reglas = set()
    for plan in {i["plan"] for i in propios}:
        del_plan = [i for i in propios if i["plan"] == plan]
        programado = [p for t in TRIMESTRES if (p := ultima(del_plan, "P", t)) is not None]
        anual = next((i["anual"] for i in reversed(del_plan) if i["anual"] is not None), None)
        # un trimestre con P = 0 no contradice un porcentaje constante: la acción que empieza en el
        # segundo trimestre programa 0, 90, 90, 90 para 90 % anual
        con_plan = [p for p in programado if p > 0]
        if programado and sum(programado) == anual:
            reglas.add("suma")
        elif programado:
            reglas.add("constante" if con_plan and set(con_plan) == {anual} else "otra")
    return reglas.pop() if len(reglas) == 1 else "indeterminada"


def agregado(cifras: dict[int, tuple[Fraction | None, Fraction | None]], regla: str):
    """P y A de los trimestres entregados (los que traen A); sin ninguno, la P que se esperaba y A en blanco."""
    entregados = [pa for pa in cifras.values() if pa[1] is not None] or list(cifras.values())
    if regla == "constante":  # la media es de los trimestres en que hubo algo programado
        entregados = [pa for pa in entregados if pa[0]] or entregados
    programado = [p for p, _ in entregados if p is not None]
    alcanzado = [a for _, a in entregados if a is not None]
    entre = len(entregados) if regla == "constante" else 1
    return (sum(programado) / entre if programado else None, sum(alcanzado) / entre if alcanzado else None)


def estado_de(p: Fraction | None, a: Fraction | None) -> str:
    """La tabla de estados del dominio desde «Dato por revisar», con la banda 90–110; gana el primero."""
    # el cero sin P no es un avance que revisar: es «Sin programación», como el cero con P = 0
    if (p is None and a is not None and a != 0) or (p or 0) < 0 or (a or 0) < 0:
        return "Dato por revisar"
    if p and a is None:
        return "Sin reporte"
    if not p:
        return "Avance no programado" if a else "Sin programación"
    if a == 0:
        return "Sin avance"
    porcentaje = a / p * 100
    if porcentaje < 90:
        return "Crítico" if porcentaje < 70 else "En riesgo"
    if porcentaje <= 110:
        return "Cumple"
    return "Sobrecumple" if porcentaje <= 220 else "Meta subestimada"


@cache
def derivado() -> pd.DataFrame:
    """Una fila por ejercicio, dependencia, compromiso, corte y periodo; las cifras, en Fraction o None."""
    filas = []
    for ejercicio, dependencia, corte, conocidos in vistas():
        ultimo = trimestre_de(corte)
        exigibles = [t for t in TRIMESTRES if t <= ultimo and any(i["A"][t] is not None for i in conocidos)]
        for (meta_clave, clave), propios in por_compromiso(conocidos).items():
            de_la_meta = [i for i in conocidos if i["meta_clave"] == meta_clave]
            regla = regla_de(propios)
            cifras, dudosos = {}, set()
            for t in exigibles:
                del_plan = [i for i in propios if i["plan"] == plan_en_vigor(de_la_meta, t)]
                cifras[t] = ultima(del_plan, "P", t), ultima(propios, "A", t)
                if del_plan and del_plan[-1]["certeza_de"][t] == "ambiguo" and None in cifras[t]:
                    dudosos.add(t)
            for periodo in ("trimestre", "acumulado"):
                juntos = {t: pa for t, pa in cifras.items() if periodo == "acumulado" or t == ultimo}
                p, a = agregado(juntos, regla)
                if not juntos:
                    estado = "Aún no exigible"
                elif set(juntos) <= dudosos:
                    # dos lecturas del mismo renglón, una con cifra y otra en blanco: no se puede decir que no
                    # hubiera nada que reportar; el acumulado sí se decide con los otros trimestres entregados
                    estado = "Dato por revisar"
                else:
                    estado = estado_de(p, a)
                filas.append(
                    {
                        "ejercicio": ejercicio,
                        "dependencia": dependencia,
                        "meta_clave": meta_clave,
                        "clave": clave,
                        "nivel": propios[-1]["nivel"],
                        "corte": corte,
                        "periodo": periodo,
                        "programado": p,
                        "alcanzado": a,
                        "cumplimiento_pct": a / p * 100 if estado in EVALUABLES else None,
                        "estado": estado,
                        "regla_acumulacion": regla,
                    }
                )
    return pd.DataFrame(filas)


def conteo(filas: pd.DataFrame, grupo: list[str], columna: str | None = None) -> dict:
    agrupadas = filas.groupby(grupo)
    return (agrupadas[columna].sum() if columna else agrupadas.size()).astype(int).to_dict()


def producto() -> pd.DataFrame:
    filas = consultar("cumplimiento")
    assert set(filas["preset"]) == {BANDA}
    return filas


def test_cada_compromiso_es_una_fila_por_corte_y_periodo():
    assert not producto().duplicated(RENGLON).any()
    assert set(producto().set_index(RENGLON).index) == set(derivado().set_index(RENGLON).index)


def coinciden(nuestra: object, suya: object) -> bool:
    if isinstance(nuestra, Fraction):  # la consulta corta en seis decimales el ruido binario de las medias
        return float(nuestra) == pytest.approx(suya, rel=0, abs=1e-6)
    return nuestra == suya or (nuestra is None and pd.isna(suya))


@pytest.mark.parametrize(
    "columna", ["estado", "nivel", "regla_acumulacion", "programado", "alcanzado", "cumplimiento_pct"]
)
def test_cada_renglon_coincide(columna):
    propio = derivado().set_index(RENGLON)[columna]
    suyo = producto().set_index(RENGLON)[columna].reindex(propio.index)
    pares = zip(propio.items(), suyo, strict=True)
    distintos = [(llave, nuestra, suya) for (llave, nuestra), suya in pares if not coinciden(nuestra, suya)]
    assert distintos == []


def test_los_conteos_por_estado_coinciden():
    assert conteo(producto(), [*GRUPO, "estado"]) == conteo(derivado(), [*GRUPO, "estado"])


def test_el_resumen_de_estados_cuenta_lo_mismo():
    resumen = consultar("resumen_estados")
    assert conteo(resumen, [*GRUPO, "estado"], "compromisos") == conteo(derivado(), [*GRUPO, "estado"])
    totales = conteo(derivado(), GRUPO)
    assert resumen.groupby(GRUPO)["total"].unique().map(list).to_dict() == {k: [n] for k, n in totales.items()}


@pytest.mark.parametrize(
    ("columna", "estados"),
    [("evaluables", EVALUABLES), ("cumplen", {"Cumple"}), ("debajo", DEBAJO), ("excedidos", EXCEDIDOS)],
)
def test_los_indicadores_cuentan_lo_mismo(columna, estados):
    propio = derivado().assign(cuenta=lambda d: d["estado"].isin(estados))
    assert conteo(consultar("indicadores"), GRUPO, columna) == conteo(propio, GRUPO, "cuenta")


def test_metas_y_acciones_son_las_impresas_hasta_el_corte():
    impresas = {
        (ejercicio, corte, dependencia, nivel, periodo): len(
            {(i["meta_clave"], i["clave"], i["nivel"]) for i in conocidos if i["nivel"] == nivel}
        )
        for ejercicio, dependencia, corte, conocidos in vistas()
        for nivel in {i["nivel"] for i in conocidos}
        for periodo in ("trimestre", "acumulado")
    }
    assert conteo(producto(), GRUPO) == impresas
    assert conteo(consultar("indicadores"), GRUPO, "total") == impresas


# --- el Plan Municipal de Desarrollo -----------------------------------------


def alineados() -> pd.DataFrame:
    """Una fila por corte, compromiso y línea del último informe que lo imprime; sin línea, pmd en blanco."""
    ultimos = pd.DataFrame(
        [
            {
                "corte": corte,
                "compromiso": (ejercicio, dependencia, *clave),
                "nivel": propios[-1]["nivel"],
                "compromiso_id": propios[-1]["compromiso_id"],
            }
            for ejercicio, dependencia, corte, conocidos in vistas()
            for clave, propios in por_compromiso(conocidos).items()
        ]
    )
    return ultimos.merge(leer("alineacion"), on="compromiso_id", how="left")


def conteo_por_clave(numeros: int, columna: str) -> pd.DataFrame:
    """Compromisos distintos por corte, pmd, nivel y los primeros `numeros` de su línea; sin línea, vacíos."""
    filas = alineados()
    filas[columna] = filas["linea_clave"].str.split(".").str[:numeros].str.join(".")
    filas = filas.fillna({"pmd": "", columna: ""})
    return filas.groupby(["corte", "pmd", columna, "nivel"])["compromiso"].nunique().rename("n").reset_index()


def conteo_por_eje() -> pd.DataFrame:
    """Columnas corte, pmd, eje, nivel, n: un compromiso con varias líneas cuenta una vez en su eje."""
    return conteo_por_clave(1, "eje")


def totales_de_ejes(nivel_pmd: str, periodo: str) -> dict:
    filas = consultar("ejes", periodo=periodo).fillna({"pmd": "", "clave_pmd": ""})
    return conteo(filas[filas["nivel_pmd"] == nivel_pmd], ["corte", "pmd", "clave_pmd", "nivel"], "total")


@pytest.mark.parametrize("periodo", ["trimestre", "acumulado"])
@pytest.mark.parametrize(("nivel_pmd", "numeros"), [("eje", 1), ("estrategia", 2), ("linea", 3)])
def test_la_consulta_de_ejes_cuenta_lo_mismo(nivel_pmd, numeros, periodo):
    propio = conteo_por_eje() if nivel_pmd == "eje" else conteo_por_clave(numeros, nivel_pmd)
    assert totales_de_ejes(nivel_pmd, periodo) == conteo(propio, ["corte", "pmd", nivel_pmd, "nivel"], "n")


def test_un_compromiso_de_varias_lineas_cuenta_una_vez_en_su_eje():
    filas = alineados().dropna(subset="linea_clave")
    filas["eje"] = filas["linea_clave"].str.split(".").str[0]
    lineas = conteo(filas, ["corte", "pmd", "eje", "nivel"])
    totales = totales_de_ejes("eje", "acumulado")
    repetidos = {eje for eje, n in lineas.items() if n > totales[eje]}
    assert repetidos, "ningún compromiso tiene dos líneas en un eje: esta prueba no prueba nada"
    compromisos = conteo(filas.drop_duplicates(["corte", "pmd", "eje", "compromiso"]), ["corte", "pmd", "eje", "nivel"])
    assert {eje: totales[eje] for eje in repetidos} == {eje: compromisos[eje] for eje in repetidos}
