"""La sesión en láminas: cada cifra contra la base, con su marca y su explicación."""

import re

import pandas as pd
import pytest

from poa import formato, rutas, tema
from poa.consultas import consultar
from poa.laminas.lamina import Barras
from poa.mensajes import sesion_laminas as dichos
from tests.laminas_armadas import (
    CORTES,
    DUDOSA,
    PLAN,
    TRIMESTRES,
    armadas,
    cifras_de,
    es_la_misma,
    llaves,
    renglones_de,
    tabla,
)

# ---------------------------------------------------------------- las cifras


@pytest.mark.parametrize("corte", CORTES)
def test_cada_cifra_de_meta_y_acciones_es_la_de_la_base_y_no_falta_ningun_compromiso(corte):
    celdas, cifras = renglones_de(armadas(corte), corte), cifras_de(corte)
    assert set(celdas) == set(cifras)
    for vigente, suyas in celdas.items():
        malas = [(c, n) for c, n in zip(suyas, cifras[vigente], strict=True) if not es_la_misma(c, n)]
        assert not malas, (vigente, malas)


@pytest.mark.parametrize("corte", CORTES)
def test_la_marca_va_en_lo_que_no_es_seguro_o_no_es_lo_impreso_y_en_nada_mas(corte):
    """Contra el extracto mismo, no contra la consulta que hace el cuadro."""
    avance = pd.read_parquet(rutas.datos() / "extractos" / "avance.parquet").set_index(["compromiso_id", "trimestre"])
    de_vigente = {}
    for v in cifras_de(corte):
        de_vigente[v] = consultar("compromiso", vigente_id=v, corte=corte).set_index("trimestre")
    for vigente, celdas in renglones_de(armadas(corte), corte).items():
        for t in TRIMESTRES:
            for lugar, que in enumerate(("programado", "alcanzado")):
                fila, celda = de_vigente[vigente].loc[t], celdas[2 * (t - 1) + lugar]
                if formato.es_blanco(fila[que]):
                    assert celda == ""
                    continue
                origen = avance.loc[(fila[f"{que}_de"], t)]
                dudosa = origen["certeza"] != "seguro" or origen[que] != origen[f"{que}_impreso"]
                assert celda.endswith(DUDOSA) == (bool(dudosa) and not origen["derivado"]), (vigente, t, que)


@pytest.mark.parametrize("corte", CORTES)
def test_si_hay_marca_el_pie_dice_que_es_y_si_no_no(corte):
    for lamina in armadas(corte):
        suya = tabla(lamina)
        hay = suya is not None and any(DUDOSA in celda for renglon in suya.renglones for celda in renglon)
        assert (dichos.NOTA_MARCA in lamina.pie) == hay, lamina.clave


@pytest.mark.parametrize("corte", CORTES)
def test_lo_que_aun_no_es_exigible_va_en_blanco(corte):
    exigible = consultar("trimestres", corte=corte).set_index(["vigente_id", "trimestre"])["es_exigible"]
    celdas = renglones_de(armadas(corte), corte)
    futuras = [(v, t) for v in celdas for t in TRIMESTRES if not exigible[(v, t)]]
    assert all(celdas[v][2 * t - 1] == "" for v, t in futuras)
    assert bool(futuras) == (corte[-1] != "4")


def test_un_blanco_no_es_un_cero():
    """En el documento de 2024, Delegaciones imprime 0, 26, 13 y 0; Bienestar Social deja tres trimestres en blanco."""
    celdas = renglones_de(armadas(PLAN), PLAN)
    assert celdas["2024/desarrollo_rural/6-20/6-20.4"][:8:2] == ["0", "26", "13", "0"]
    assert celdas["2024/bisom/3/3.8"][:8:2] == ["", "", "200", ""]


def test_en_un_plan_rehecho_cada_trimestre_lleva_el_plan_que_regia_en_el():
    celdas = renglones_de(armadas("2025T4"), "2025T4")["2025/bisom/300/305"]
    assert [c.removesuffix(DUDOSA) for c in celdas] == ["50", "85", "25", "10", "10", "0", "0", "2", "85", "97"]
    con_nota = [lamina for lamina in armadas("2025T4") if dichos.NOTA_PLANES in lamina.pie]
    assert any("acciones-300" in lamina.clave for lamina in con_nota)


@pytest.mark.parametrize("corte", [c for c in CORTES if c != PLAN])
def test_las_alertas_llevan_sus_cifras_y_su_motivo_del_mas_lejano_al_mas_cercano(corte):
    for nivel in ("accion", "meta"):
        fuera = consultar("alertas", corte=corte, nivel=nivel, periodo="acumulado")
        suyas = [ln for ln in armadas(corte) if f"-alertas-{formato.nivel(nivel, 2)}" in ln.clave and tabla(ln)]
        renglones = [renglon for lamina in suyas for renglon in tabla(lamina).renglones]
        estados = [estado for lamina in suyas for estado in tabla(lamina).estados]
        assert len(suyas) <= 4
        con_motivo = bool(fuera["observaciones"].notna().any())
        assert {len(renglon) for renglon in renglones} <= {6 if con_motivo else 5}, "sin motivos no va su columna"
        for renglon, estado, (_, fila) in zip(renglones, estados, fuera.iterrows(), strict=False):
            compromiso, palabra, p, a, pct = renglon[:5]
            assert compromiso.startswith(f"{fila['clave']} ·") and palabra == estado == fila["estado"]
            assert es_la_misma(p, fila["programado"]) and es_la_misma(a, fila["alcanzado"])
            a_medias = "reporte incompleto" in formato.texto(fila["etiquetas"], "")
            assert pct == formato.porcentaje(fila["cumplimiento_pct"], "") + (f"{formato.ESPACIO}*" if a_medias else "")
            if formato.es_blanco(fila["observaciones"]):
                assert renglon[5:] == ([dichos.SIN_MOTIVO] if con_motivo else [])
            else:
                motivo, impreso = renglon[5], formato.oracion(fila["observaciones"])
                assert impreso[:60] in motivo
                assert sum(f"{fila['clave']}: {impreso}" in lamina.notas for lamina in suyas) == 1
        pequenas = [n >= min(tabla(ln).rotulos, default=99) for ln in suyas for n in range(len(tabla(ln).renglones))]
        assert pequenas == list(fuera["es_pequena"].head(len(pequenas))), "las pequeñas van bajo su rótulo"
        faltan = len(fuera) - len(renglones)
        assert faltan >= 0
        con_resto = [ln.clave for ln in suyas if f"Y {faltan} más" in ln.pie]
        assert con_resto == ([suyas[-1].clave] if faltan else [])  # lo que no cupo se dice una vez, al final
        if len(suyas) < 4:
            assert not faltan


@pytest.mark.parametrize("corte", CORTES)
def test_las_graficas_llevan_los_valores_de_la_base(corte):
    filas = consultar("cumplimiento", corte=corte, periodo="acumulado")
    por_trimestre = consultar("trimestres", corte=corte)
    for lamina in armadas(corte):
        dependencia, cual = llaves(lamina)
        if not isinstance(lamina.cuerpo, Barras):
            continue
        barras, suyas = lamina.cuerpo, filas[filas["dependencia"] == dependencia]
        assert all(len(serie) == len(barras.categorias) for serie in barras.series.values())
        assert {*barras.colores, *barras.estados} == set(barras.series)
        assert all(nombre == tema.rotulo_estado(estado) for nombre, estado in barras.estados.items())
        if cual == "estados":
            n = {e: sum(v or 0 for v in serie) for e, serie in barras.series.items()}
            assert {e.split(" ", 1)[1]: k for e, k in n.items()} == suyas["estado"].value_counts().to_dict()
        elif cual == "variacion":
            acciones = suyas[suyas["nivel"] == "accion"].set_index("clave")
            for categoria, *valores in zip(barras.categorias, *barras.series.values(), strict=True):
                fila = acciones.loc[categoria.split(" · ")[0].removesuffix(DUDOSA)]
                dichos_ = {serie: pct for serie, pct in zip(barras.series, valores, strict=True) if pct is not None}
                assert dichos_ == {tema.rotulo_estado(fila["estado"]): fila["cumplimiento_pct"]}
                assert categoria.endswith("*") == ("reporte incompleto" in formato.texto(fila["etiquetas"], ""))
            assert ("* " in lamina.pie) == any(c.endswith("*") for c in barras.categorias)
            hay_marca = any(f"{DUDOSA} ·" in c for c in barras.categorias)
            assert (dichos.NOTA_LLEVA in lamina.pie) == hay_marca
        elif hallado := re.fullmatch(r"meta-(.+)-trimestres", cual):
            mios = por_trimestre[(por_trimestre["nivel"] == "meta") & (por_trimestre["clave"] == hallado[1])]
            mios = mios[mios["dependencia"] == dependencia]
            anio = suyas[(suyas["nivel"] == "meta") & (suyas["clave"] == hallado[1])].iloc[0]
            nombres = [categoria.split("\n")[0] for categoria in barras.categorias]
            cuentan = mios["es_exigible"] & mios[["programado", "alcanzado"]].notna().any(axis=1)
            assert nombres == [*formato.TRIMESTRES[1:], *(["Acumulado"] if cuentan.sum() > 1 else [])]
            filas_ = [*(f for _, f in mios.sort_values("trimestre").iterrows()), anio][: len(nombres)]
            for lugar, fila in enumerate(filas_):
                pct = formato.porcentaje(fila["cumplimiento_pct"], "")
                dicho = barras.categorias[lugar].split("\n")[1].removesuffix(f"{formato.ESPACIO}*")
                assert dicho == " ".join(filter(None, (tema.rotulo_estado(fila["estado"]), pct)))
                for serie, columna in (("Programado", "programado"), ("Alcanzado", "alcanzado")):
                    valor = barras.series[serie][lugar]
                    assert formato.es_blanco(fila[columna]) if valor is None else valor == fila[columna]
            a_medias = len(nombres) > 4 and "reporte incompleto" in formato.texto(anio["etiquetas"], "")
            assert barras.categorias[-1].endswith("*") == ("* " in lamina.pie) == a_medias
            planes = list(mios.sort_values("trimestre")["plan"])
            rehecho = [n for n in range(1, 4) if planes[n] != planes[n - 1]]
            assert [n for n, dicho in barras.separadas.items() if dicho] == rehecho
        else:
            raise AssertionError(f"gráfica sin comprobar: {lamina.clave}")


def test_en_solo_plan_el_cuadro_lleva_lo_programado_de_cada_trimestre():
    fichas, cifras = consultar("cumplimiento", corte=PLAN, periodo="acumulado", nivel="accion"), cifras_de(PLAN)
    de_plan = [ln for ln in armadas(PLAN) if ln.clave.endswith("-plan")]
    assert len(de_plan) == 7
    for lamina in de_plan:
        suyas = fichas[fichas["dependencia"] == llaves(lamina)[0]]
        for renglon, vigente in zip(lamina.cuerpo.renglones, suyas["vigente_id"], strict=False):
            esperadas = [*cifras[vigente][:8:2], cifras[vigente][8]]
            assert all(es_la_misma(c, n) for c, n in zip(renglon[1:6], esperadas, strict=True))


def test_lo_que_el_informe_no_imprime_de_la_alineacion_no_deja_columnas_vacias():
    """En 2022 ninguna acción imprime líneas; de las diez metas, solo cinco traen alineación."""
    de_2022 = [ln for ln in armadas("2022T4") if re.fullmatch(r"(meta|acciones)-[\d-]+", llaves(ln)[1])]
    for lamina in de_2022:
        titulos = [c.titulo for c in tabla(lamina).columnas if not c.es_cifra]
        if "-acciones-" in lamina.clave:
            assert titulos == ["Acción", "Unidad de medida"]
        else:
            assert all(tabla(lamina).renglones[0][: len(titulos)]), "dice que no se imprime"
    assert sum(tabla(ln).renglones[0][0] == "No impresa" for ln in de_2022) == 5
    con_lineas = [tabla(ln) for ln in armadas("2025T4") if "-acciones-" in ln.clave and "alertas" not in ln.clave]
    assert all("Líneas de acción" in [c.titulo for c in t.columnas] for t in con_lineas)


def test_si_cabe_el_motivo_va_completo():
    """Los diez de BISOM en 2025 caben enteros en sus cuatro láminas, aunque pasen del mínimo que se garantiza."""
    fuera = consultar("alertas", corte="2025T4", nivel="accion", periodo="acumulado").set_index("clave")
    suyas = [tabla(ln) for ln in armadas("2025T4") if "-alertas-acciones" in ln.clave]
    motivos = {r[0].split(" ·")[0]: r[5] for t in suyas for r in t.renglones}
    assert all(motivos[c].endswith(formato.oracion(m)) for c, m in fuera["observaciones"].items())


def test_la_calidad_cuenta_lo_que_dice_la_base():
    for corte, todas in ((c, armadas(c)) for c in CORTES):
        lamina = next(ln for ln in todas if ln.clave == "calidad")
        renglones = {r[0]: r for r in lamina.cuerpo.renglones}
        filas = consultar("cumplimiento", corte=corte, periodo="acumulado")
        metas, acciones = (int((filas["nivel"] == n).sum()) for n in ("meta", "accion"))
        assert renglones["En el corte"][1:3] == [str(metas), str(acciones)]
        for que, cuales in (
            ("Sin reporte", filas["estado"] == "Sin reporte"),
            ("Sin el motivo que deben", filas["etiquetas"].str.contains("justificación ausente")),
        ):
            if corte == PLAN:
                assert que not in renglones and not cuales.any(), "de un plan no se esperan reportes"
                continue
            for lugar, nivel in ((1, "meta"), (2, "accion")):
                assert renglones[que][lugar] == formato.numero(int((cuales & (filas["nivel"] == nivel)).sum()))
