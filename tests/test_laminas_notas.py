"""Lo que dice quien expone: por qué se duda de cada cifra, con qué informe, y que todo el mazo cuente lo mismo."""

import re

import pandas as pd
import pytest

from poa import codigo, formato, rutas
from poa.consultas import consultar
from poa.figuras import calendario
from poa.laminas import cuadros, graficas, vistas
from poa.laminas.lamina import Lamina, Portada
from poa.mensajes import dependencias, notas_laminas
from poa.mensajes import sesion_laminas as dichos
from poa.seleccion import elegir
from tests.laminas_armadas import CORTES, DUDOSA, PLAN, armadas, llaves, renglones_de, tabla, valor

CON_AVANCE = [c for c in CORTES if c != PLAN]


def una(corte: str, clave: str) -> Lamina:
    return next(lamina for lamina in armadas(corte) if lamina.clave == clave)


def extracto(nombre: str) -> pd.DataFrame:
    return pd.read_parquet(rutas.datos() / "extractos" / f"{nombre}.parquet")


def dudosos(corte: str, nivel: str | None = None) -> set[str]:
    """Los compromisos con alguna cifra que no es segura, de los extractos: las que se usan, no las de otro informe."""
    avance = extracto("avance").set_index(["compromiso_id", "trimestre"])
    salen = set()
    for vigente in consultar("cumplimiento", corte=corte, periodo="acumulado", nivel=nivel)["vigente_id"]:
        for _, t in consultar("compromiso", vigente_id=vigente, corte=corte).iterrows():
            usadas = {t[f"{que}_de"] for que in ("programado", "alcanzado") if not formato.es_blanco(t[que])}
            if any(avance.loc[(de, t["trimestre"]), "certeza"] != "seguro" for de in usadas):
                salen.add(vigente)
    return salen


# ---------------------------------------------------------------- por qué se duda


@pytest.mark.parametrize("corte", CON_AVANCE)
def test_toda_cifra_marcada_se_explica_en_sus_notas(corte):
    """Por su clave y con el informe de que sale, en la misma lámina."""
    for lamina in armadas(corte):
        hallado = re.fullmatch(r"(meta|acciones)-(.+?)(-trimestres)?", llaves(lamina)[1])
        suya = tabla(lamina)
        if not hallado or suya is None:
            continue
        for renglon in suya.renglones:
            if any(celda.endswith(DUDOSA) for celda in renglon[-10:]):
                clave = hallado[2] if hallado[1] == "meta" else renglon[0].split(" · ")[0]
                assert re.search(rf"^{re.escape(clave)}, informe T\d \d{{4}}: .", lamina.notas, re.M), (corte, clave)


def test_no_se_explica_lo_que_dijo_un_informe_que_ya_no_se_usa():
    """En 2025T4, la T4 de 303 es la del plan nuevo: que la del primer informe se dedujo ya no viene al caso."""
    notas = "\n".join(lamina.notas for lamina in armadas("2025T4"))
    assert not re.search(r"^(204|205|206|404), .*no programa ningún trimestre", notas, re.M)
    assert not re.search(r"^(303|309|406), .*Programado T4", notas, re.M)
    assert re.search(r"^307, informe T2 2025: Alcanzado T2 imprime 2;.* es 5", notas, re.M)


def test_lo_de_cada_trimestre_es_del_informe_que_da_su_cifra():
    fila = {"clave": "3", "compromiso_id": "b", "corte_informe": "2025T2", "nota": None}
    impresas = pd.DataFrame(
        {
            "vigente_id": "v", "trimestre": [1, 2], "programado_de": ["a", "b"], "alcanzado_de": ["a", None],
            "programado_corte": ["2025T1", "2025T2"], "alcanzado_corte": ["2025T1", None],
            "programado_nota": ["De a. Sobra.", None], "alcanzado_nota": ["De a. Sobra.", None],
            "programado_es_dudoso": [True, False], "alcanzado_es_dudoso": False, "total_es_distinto": False,
        }
    )  # fmt: skip
    casos = (
        ("a", "programado_t1", "De a."), ("a", "programado_t2", "Ya no se usa."),
        ("b", "alcanzado_t2", "Queda en blanco."), ("a", "meta_anual", "De otro año."),
        ("b", "meta_anual", "La del último."),
    )  # fmt: skip
    hallazgos = pd.DataFrame(casos, columns=["compromiso_id", "columna", "explicacion"])
    dicho = notas_laminas.explicaciones(hallazgos, impresas, pd.DataFrame([fila | {"vigente_id": "v"}]))
    assert dicho.split("\n")[1:] == [
        "3, informe T1 2025: De a.",
        "3, informe T1 2025: Sobra.",
        "3, informe T2 2025: Queda en blanco.",
        "3, informe T2 2025: La del último.",
    ]


# ---------------------------------------------------------------- los totales


@pytest.mark.parametrize("corte", CORTES)
def test_un_total_que_no_es_el_impreso_lleva_marca_y_se_dicen_los_dos(corte):
    impresos = extracto("compromiso").set_index("compromiso_id")["avance_absoluto_impreso"]
    fichas = consultar("cumplimiento", corte=corte, periodo="acumulado").set_index("vigente_id")
    notas = "\n".join(lamina.notas for lamina in armadas(corte))
    for vigente, celdas in renglones_de(armadas(corte), corte).items():
        fila = fichas.loc[vigente]
        impreso = impresos[fila["compromiso_id"]]
        es_replaneado = "reprogramada" in formato.texto(fila["etiquetas"], "")
        if es_replaneado or not celdas[-1] or formato.es_blanco(impreso) or abs(valor(celdas[-1]) - impreso) <= 0.005:
            continue
        assert celdas[-1].endswith(DUDOSA), vigente
        dichas = re.findall(rf"^{re.escape(fila['clave'])}, .*(?:total R|vance absoluto).*$", notas, re.M)
        ambos = {formato.numero(impreso), celdas[-1].removesuffix(DUDOSA)}
        assert any(all(re.search(rf"\b{n}\b", dicha) for n in ambos) for dicha in dichas), (vigente, dichas)
    if corte == "2022T4":
        assert renglones_de(armadas(corte), corte)["2022/presidencia/1/1.2"][-1] == f"62.79{DUDOSA}"
        assert "1.2, informe T4 2022: el total R, 62.79, es el promedio" in notas and "imprime 89.27" in notas


def test_el_pie_dice_que_total_es_un_promedio_y_solo_de_sus_renglones():
    assert (
        "El total R de 1.2, 1.3 y 1.4 es el promedio de los trimestres." in una("2022T4", "presidencia-acciones-1").pie
    )
    de_la_10 = [ln for ln in armadas("2022T4") if ln.clave.startswith("presidencia-acciones-10")]
    for lamina in de_la_10:
        claves = {renglon[0].split(" · ")[0] for renglon in tabla(lamina).renglones}
        assert ("10.1 y 10.2 es el promedio" in lamina.pie) == ({"10.1", "10.2"} <= claves)
    assert "El total R es el promedio de los trimestres." in una("2018T1", "presidencia-meta-1").pie
    assert not any("El total R" in ln.pie for ln in armadas("2025T4"))
    de_plan = [ln for ln in armadas(PLAN) if "El total R" in ln.pie]
    assert not de_plan, "en un plan no hay ninguna R"


def test_el_avance_anual_dice_contra_que_es_si_no_es_el_del_total():
    meta = una("2018T1", "presidencia-meta-1")
    assert meta.cuerpo.puntos[1][1].endswith("25\xa0%, contra lo programado en todos los trimestres del año")
    assert not any("contra lo programado" in str(ln.cuerpo) for ln in armadas("2025T4"))


# ---------------------------------------------------------------- todo cuenta lo mismo


@pytest.mark.parametrize("corte", CON_AVANCE)
def test_alertas_calidad_cuadros_y_notas_cuentan_los_mismos_dudosos(corte):
    en_cuadros = {
        v for v, celdas in renglones_de(armadas(corte), corte).items() if any(c.endswith(DUDOSA) for c in celdas[:8])
    }
    assert en_cuadros == dudosos(corte)
    rotulos = {r[0]: r for r in tabla(una(corte, "calidad")).renglones}
    de_calidad = sum(
        int(rotulos[que][n]) for que in ("Cifras reconstruidas", "Cifras con dos lecturas") for n in (1, 2)
    )
    assert de_calidad == len(en_cuadros)
    for nivel in ("accion", "meta"):
        suyos = dudosos(corte, nivel)
        fuera = consultar("alertas", corte=corte, nivel=nivel, periodo="acumulado")
        esperadas = int(fuera["vigente_id"].isin(suyos).sum())
        laminas = [ln for ln in armadas(corte) if f"-alertas-{formato.nivel(nivel, 2)}" in ln.clave and tabla(ln)]
        renglones = [renglon for lamina in laminas for renglon in tabla(lamina).renglones]
        if laminas and len(renglones) == len(fuera):
            otros = fuera["total_impreso"].notna() & ~fuera["vigente_id"].isin(suyos)
            marcados = sum(any(c.endswith(DUDOSA) for c in renglon[2:4]) for renglon in renglones)
            assert marcados == esperadas + int(otros.sum())
            for n, que in ((esperadas, "cifras reconstruidas o ambiguas"), (otros.sum(), "un total distinto del")):
                assert (f"{n}{formato.ESPACIO}con {que}" in laminas[0].notas) == bool(n)


def test_un_blanco_no_vuelve_dudosa_a_otra_cifra():
    """En 2025T4, el renglón de 404 imprime 40 y 15; lo que se rehízo son blancos de un plan que ya no rige."""
    vista = {"corte": "2025T4"}
    filas = consultar("cumplimiento", periodo="acumulado", **vista)
    certezas = dependencias.certezas(filas, consultar("trimestres", **vista))
    assert certezas["2025/bisom/400/404"] == "seguro" and certezas["2025/bisom/200/205"] == "ambiguo"


# ---------------------------------------------------------------- las gráficas


@pytest.mark.parametrize(("corte", "clave", "dice"), [
    ("2022T4", "presidencia-meta-8-trimestres", "Trae cifras con dos lecturas."),
    ("2025T4", "bisom-meta-100-trimestres", "Trae cifras reconstruidas."),
    ("2025T4", "bisom-meta-200-trimestres", ""),
])  # fmt: skip
def test_la_grafica_de_un_compromiso_dice_si_alguna_cifra_suya_no_es_segura(corte, clave, dice):
    lamina = una(corte, clave)
    assert lamina.pie.startswith(dice or "Fuente")
    assert lamina.dibujar().layout.meta["pie"] == lamina.pie


def test_lo_que_solo_es_del_dibujo_no_va_en_el_pie_de_la_tabla():
    de_plan = [lamina for lamina in armadas(PLAN) if lamina.clave.endswith("-plan")]
    assert all(calendario.CADA_BARRA in lamina.dibujar().layout.meta["pie"] for lamina in de_plan)
    assert not any(calendario.CADA_BARRA in lamina.pie for lamina in de_plan)
    for lamina in de_plan:
        n = len(tabla(lamina).renglones)
        fuera = re.search(r"Se muestran las primeras (\d+)", lamina.pie)
        assert fuera is None or int(fuera[1]) == n


def test_la_grafica_de_trimestres_trae_tambien_lo_acumulado():
    (lamina,) = graficas.trimestres(elegir(corte="2025T2", dependencia="bisom"))
    solos = list(formato.TRIMESTRES[1:])
    dichas = [c.replace(formato.UNION, "") for c in lamina.cuerpo.categorias]
    assert dichas == [*solos, "acum. ene–mar", "acum. ene–jun"]
    filas = consultar("trimestres", corte="2025T2", nivel="accion")
    al_corte = filas.loc[filas["trimestre"] == 2, "estado_acumulado"].value_counts()
    assert {e.split(" ", 1)[1]: n[-1] for e, n in lamina.cuerpo.series.items() if n[-1]} == al_corte.to_dict()
    (plan,) = graficas.trimestres(elegir(corte=PLAN, dependencia="dif"))
    assert plan.cuerpo.categorias == solos


def test_la_grafica_de_alertas_lleva_las_que_su_figura_dibuja():
    for corte in CON_AVANCE:
        seleccion = elegir(corte=corte)
        for lamina in graficas.alertas(seleccion):
            hay = len(consultar("alertas", corte=corte, nivel="accion", periodo="acumulado"))
            fuera = re.search(r"Se muestran (\d+)", lamina.pie)
            assert len(lamina.cuerpo.categorias) == (int(fuera[1]) if fuera else hay)


# ---------------------------------------------------------------- a dónde lleva y qué presenta


@pytest.mark.parametrize("corte", CORTES)
def test_el_codigo_de_meta_y_acciones_abre_su_paso_de_la_sesion(corte):
    vistos = 0
    for lamina in armadas(corte):
        dependencia, cual = llaves(lamina)
        if hallado := re.fullmatch(r"(?:meta|acciones)-(.+?)(?:-\d+)?", cual):
            if lamina.clave.endswith("-trimestres"):
                continue
            pagina, dados = codigo.leer(lamina.codigo)
            claves = consultar("cumplimiento", corte=corte, dependencia=dependencia, periodo="acumulado")["meta_clave"]
            assert pagina == "sesion" and (dados["corte"], dados["dependencia"]) == (corte, dependencia)
            assert dados["paso"].startswith(f"{dependencia}/") and dados["paso"].split("/")[1] in set(claves)
            assert dados["paso"].split("/")[1] in (hallado[1], hallado[0].split("-", 1)[1])
            vistos += 1
    assert vistos


def test_la_portadilla_dice_los_programas_y_las_unidades_impresas():
    immm = una(PLAN, "immm-portadilla").cuerpo
    assert isinstance(immm, Portada)
    assert immm.renglones[2].startswith("Programas: 722 Alcanzando la igualdad sustantiva")
    assert "723 Estación de justicia" in immm.renglones[2]
    assert immm.renglones[3] == "Unidad ejecutora: Dirección General"
    assert len(una(PLAN, "dif-portadilla").cuerpo.renglones) == 3, "donde no se imprimen, no van"
    muchas = pd.DataFrame(
        {"programa_clave": [str(n) for n in range(40)], "programa": "PROGRAMA " + "LARGO " * 30, "unidad": None}
    )
    (dicho,) = dichos.programas(muchas)
    assert len(dicho) < 210 and dicho.endswith("y 39 más")


def test_donde_no_se_imprime_nada_no_se_dice_que_fue_cero():
    for corte, clave in (("2025T2", "bisom-meta-400"), ("2022T4", "presidencia-meta-1")):
        titulo = una(corte, clave).titulo
        assert "no imprime lo programado ni lo alcanzado" in titulo and "no programó" not in titulo


def test_el_motivo_que_falta_solo_se_dice_de_quien_lo_debe():
    for corte in CON_AVANCE:
        filas = consultar("cumplimiento", corte=corte, periodo="acumulado", nivel="meta")
        for _, fila in filas.iterrows():
            notas = una(corte, f"{fila['dependencia']}-meta-{fila['clave']}").notas
            assert ("no imprime el motivo" in notas) == (
                "justificación ausente" in formato.texto(fila["etiquetas"], "")
            )


@pytest.mark.parametrize(("corte", "se_imprimen"), [(PLAN, True), ("2025T4", False)])
def test_las_estrategias_que_el_documento_no_imprime_son_las_de_sus_lineas_y_se_dice(corte, se_imprimen):
    vistas_ = 0
    for lamina in armadas(corte):
        if re.fullmatch(r"meta-[^-]+", llaves(lamina)[1]) and tabla(lamina) is not None:
            escritas, lineas = tabla(lamina).renglones[0][:2]
            assert ("no imprime estrategias" in lamina.notas) == (bool(escritas) and not se_imprimen)
            if not se_imprimen:
                assert escritas.split(", ") == list(dict.fromkeys(c.rpartition(".")[0] for c in lineas.split(", ")))
            vistas_ += 1
    assert vistas_


def test_las_estrategias_impresas_que_no_son_las_de_sus_lineas_se_explican():
    distintas = {ln.clave for ln in armadas(PLAN) if "Las estrategias impresas" in ln.notas and "meta-" in ln.clave}
    assert distintas == {
        "dif-meta-3",
        "dif-meta-4",
        "imjum-meta-1",
        "imjum-meta-4",
    }  # poa-2024, r. 469, 586, 1287 y 1395


def test_la_marca_de_la_figura_va_en_los_renglones_dudosos_que_caben():
    seleccion = elegir(corte="2025T4", dependencia="bisom")
    figura = vistas.compromisos(seleccion).figura
    dibujados = set(vistas.renglones(figura))
    filas = consultar("cumplimiento", corte="2025T4", periodo="acumulado", nivel="accion")
    certezas = cuadros.certezas(seleccion)
    filas = filas[filas["compromiso_id"].isin(dibujados)]
    esperadas = {c for c, v in zip(filas["clave"], filas["vigente_id"], strict=True) if certezas[v] != "seguro"}
    nombres = {t.removesuffix(DUDOSA) for traza in figura.data if traza.name == "Compromiso" for t in (
        re.sub(r"<[^>]*>", "", texto).split(" ")[0] for texto in traza.text
    ) if t.endswith(DUDOSA)}  # fmt: skip
    assert nombres == esperadas and esperadas


@pytest.mark.parametrize("corte", CON_AVANCE)
def test_la_figura_de_las_alertas_marca_lo_dudoso_y_lo_incompleto(corte):
    seleccion = elegir(corte=corte)
    figura = vistas.alertas(seleccion).figura
    filas = consultar("alertas", **seleccion.consulta("corte", "dependencia", "nivel", "periodo", "preset"))
    filas = filas[filas["compromiso_id"].isin(vistas.renglones(figura))]
    otros = set(filas.loc[filas["total_impreso"].notna(), "vigente_id"])
    suyos = dudosos(corte, seleccion.nivel) & set(filas["vigente_id"]) | otros
    escritos = [n.text for n in figura.layout.annotations if n.name == "renglon"]
    assert sum(DUDOSA in texto for texto in escritos) == len(suyos)
    assert (dichos.NOTA_LLEVA in figura.layout.meta["pie"]) == bool(suyos)
    a_medias = {f["clave"] for _, f in filas.iterrows() if "reporte incompleto" in formato.texto(f["etiquetas"], "")}
    assert sum(texto.endswith("*") for texto in escritos) == len(a_medias)
    assert ("* Reporte incompleto." in figura.layout.meta["pie"]) == bool(a_medias)
