"""La sesión en láminas: cada cifra contra la base, el documento de 2024 rehecho con ella y nada cortado al dibujar."""

import re
from dataclasses import fields

import pandas as pd
import pytest

from poa import formato, rutas
from poa.base import construir_base
from poa.consultas import consultar
from poa.figuras import cuadro, letra, texto
from poa.laminas import cuadros
from poa.laminas.lamina import Barras, ColumnaDeCuadro, Cuadro, Lamina, Lista, Portada
from poa.laminas.sesion import sesion
from poa.mensajes import sesion_laminas as dichos
from poa.seleccion import elegir
from tests.test_paginas_de_otros_documentos import dificil

PLAN = "2024T0"
CORTES = ("2018T1", "2022T4", "2023T3", PLAN, "2025T2", "2025T3", "2025T4")
TRIMESTRES = (1, 2, 3, 4)
DUDOSA = dichos.MARCA


def laminas(corte: str, dependencia: str | None = None) -> list[Lamina]:
    return [lamina for parte in sesion(elegir(corte=corte, dependencia=dependencia)) for lamina in parte.armar()]


@pytest.fixture(scope="module")
def por_corte() -> dict[str, list[Lamina]]:
    return {corte: laminas(corte) for corte in CORTES}


def tabla(lamina: Lamina) -> Cuadro | None:
    return next((c for c in (lamina.cuerpo, lamina.segundo) if isinstance(c, Cuadro)), None)


def llaves(lamina: Lamina) -> tuple[str, str]:
    """La dependencia y qué lámina es: («bisom», «acciones-300-1»)."""
    dependencia, _, cual = lamina.clave.partition("-")
    return dependencia, cual


def valor(celda: str) -> float | None:
    """La cifra de una celda; en blanco, ninguna."""
    escrita = celda.removesuffix(DUDOSA).replace(",", "").replace("−", "-").removesuffix(f"{formato.ESPACIO}%")
    return float(escrita) if escrita else None


def es_la_misma(celda: str, cifra: object) -> bool:
    """Si la celda dice la cifra de la base: en blanco lo que está en blanco, y lo demás con sus dos decimales."""
    if formato.es_blanco(cifra):
        return celda == ""
    escrita = valor(celda)
    return escrita is not None and abs(escrita - float(cifra)) <= 0.005000001


def cifras_de(corte: str) -> dict[str, list]:
    """Las diez cifras de cada compromiso, de las consultas que no usa el cuadro: P y A por trimestre, y el año."""
    por_trimestre = consultar("trimestres", corte=corte).set_index(["vigente_id", "trimestre"])
    anio = consultar("cumplimiento", corte=corte, periodo="acumulado").set_index("vigente_id")
    return {
        v: [
            *(por_trimestre.loc[(v, t), que] for t in TRIMESTRES for que in ("programado", "alcanzado")),
            fila["meta_anual"],
            fila["alcanzado"],
        ]
        for v, fila in anio.iterrows()
    }


def renglones_de(por_lamina: list[Lamina], corte: str) -> dict[str, list[str]]:
    """Las diez celdas de cada compromiso del corte, por su vigente_id, de las láminas META y ACCIONES."""
    halladas: dict[str, list[str]] = {}
    fichas = consultar("cumplimiento", corte=corte, periodo="acumulado")
    for lamina in por_lamina:
        dependencia, cual = llaves(lamina)
        hallado = re.fullmatch(r"(meta|acciones)-(.+?)", cual)
        suya = tabla(lamina)
        if not hallado or suya is None:
            continue
        suyas = fichas[
            (fichas["dependencia"] == dependencia) & (fichas["nivel"] == ("meta", "accion")[hallado[1] != "meta"])
        ]
        for renglon in suya.renglones:
            if hallado[1] == "meta":
                fila = suyas[suyas["clave"] == hallado[2]]
            else:
                fila = suyas[[renglon[0] == formato.etiqueta_compromiso(f) for _, f in suyas.iterrows()]]
                fila = fila[
                    [re.fullmatch(rf"acciones-{re.escape(m)}(-\d+)?", cual) is not None for m in fila["meta_clave"]]
                ]
            assert len(fila) == 1, (lamina.clave, renglon[0])
            vigente = fila["vigente_id"].iloc[0]
            assert vigente not in halladas, "un compromiso sale en dos láminas"
            halladas[vigente] = list(renglon[-10:])
    return halladas


# ---------------------------------------------------------------- las cifras


@pytest.mark.parametrize("corte", CORTES)
def test_cada_cifra_de_meta_y_acciones_es_la_de_la_base_y_no_falta_ningun_compromiso(por_corte, corte):
    celdas, cifras = renglones_de(por_corte[corte], corte), cifras_de(corte)
    assert set(celdas) == set(cifras)
    for vigente, suyas in celdas.items():
        malas = [(c, n) for c, n in zip(suyas, cifras[vigente], strict=True) if not es_la_misma(c, n)]
        assert not malas, (vigente, malas)


@pytest.mark.parametrize("corte", CORTES)
def test_la_marca_va_en_lo_que_no_es_seguro_o_no_es_lo_impreso_y_en_nada_mas(por_corte, corte):
    """Contra el extracto mismo, no contra la consulta que hace el cuadro."""
    avance = pd.read_parquet(rutas.datos() / "extractos" / "avance.parquet").set_index(["compromiso_id", "trimestre"])
    de_vigente = {}
    for v in cifras_de(corte):
        de_vigente[v] = consultar("compromiso", vigente_id=v, corte=corte).set_index("trimestre")
    for vigente, celdas in renglones_de(por_corte[corte], corte).items():
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
def test_si_hay_marca_el_pie_dice_que_es_y_si_no_no(por_corte, corte):
    for lamina in por_corte[corte]:
        suya = tabla(lamina)
        hay = suya is not None and any(DUDOSA in celda for renglon in suya.renglones for celda in renglon)
        assert (dichos.NOTA_MARCA in lamina.pie) == hay, lamina.clave


@pytest.mark.parametrize("corte", CORTES)
def test_lo_que_aun_no_es_exigible_va_en_blanco(por_corte, corte):
    exigible = consultar("trimestres", corte=corte).set_index(["vigente_id", "trimestre"])["es_exigible"]
    celdas = renglones_de(por_corte[corte], corte)
    futuras = [(v, t) for v in celdas for t in TRIMESTRES if not exigible[(v, t)]]
    assert all(celdas[v][2 * t - 1] == "" for v, t in futuras)
    assert bool(futuras) == (corte[-1] != "4")


def test_un_blanco_no_es_un_cero(por_corte):
    """En el documento de 2024, Delegaciones imprime 0, 26, 13 y 0; Bienestar Social deja tres trimestres en blanco."""
    celdas = renglones_de(por_corte[PLAN], PLAN)
    assert celdas["2024/desarrollo_rural/6-20/6-20.4"][:8:2] == ["0", "26", "13", "0"]
    assert celdas["2024/bisom/3/3.8"][:8:2] == ["", "", "200", ""]


def test_en_un_plan_rehecho_cada_trimestre_lleva_el_plan_que_regia_en_el(por_corte):
    celdas = renglones_de(por_corte["2025T4"], "2025T4")["2025/bisom/300/305"]
    assert [c.removesuffix(DUDOSA) for c in celdas] == ["50", "85", "25", "10", "10", "0", "0", "2", "85", "97"]
    con_nota = [lamina for lamina in por_corte["2025T4"] if dichos.NOTA_PLANES in lamina.pie]
    assert any("acciones-300" in lamina.clave for lamina in con_nota)


@pytest.mark.parametrize("corte", [c for c in CORTES if c != PLAN])
def test_las_alertas_llevan_sus_cifras_y_su_motivo_del_mas_lejano_al_mas_cercano(por_corte, corte):
    for nivel in ("accion", "meta"):
        fuera = consultar("alertas", corte=corte, nivel=nivel, periodo="acumulado")
        suyas = [ln for ln in por_corte[corte] if f"-alertas-{formato.nivel(nivel, 2)}" in ln.clave and tabla(ln)]
        renglones = [renglon for lamina in suyas for renglon in tabla(lamina).renglones]
        estados = [estado for lamina in suyas for estado in tabla(lamina).estados]
        assert len(suyas) <= 4
        for renglon, estado, (_, fila) in zip(renglones, estados, fuera.iterrows(), strict=False):
            compromiso, palabra, p, a, pct, motivo = renglon
            assert compromiso.startswith(f"{fila['clave']} ·") and palabra == estado == fila["estado"]
            assert es_la_misma(p, fila["programado"]) and es_la_misma(a, fila["alcanzado"])
            assert pct == formato.porcentaje(fila["cumplimiento_pct"], "")
            if formato.es_blanco(fila["observaciones"]):
                assert motivo == dichos.SIN_MOTIVO
            else:
                impreso = formato.oracion(fila["observaciones"])
                assert impreso[:60] in motivo and impreso in suyas[0].notas
        faltan = len(fuera) - len(renglones)
        assert faltan >= 0 and all((dichos.y_mas(faltan, "Alertas") in ln.pie) == bool(faltan) for ln in suyas)
        if len(suyas) < 4:
            assert not faltan


@pytest.mark.parametrize("corte", CORTES)
def test_las_graficas_llevan_los_valores_de_la_base(por_corte, corte):
    filas = consultar("cumplimiento", corte=corte, periodo="acumulado")
    por_trimestre = consultar("trimestres", corte=corte)
    for lamina in por_corte[corte]:
        dependencia, cual = llaves(lamina)
        if not isinstance(lamina.cuerpo, Barras):
            continue
        barras, suyas = lamina.cuerpo, filas[filas["dependencia"] == dependencia]
        assert all(len(serie) == len(barras.categorias) for serie in barras.series.values())
        assert set(barras.colores) == set(barras.series)
        if cual == "estados":
            n = {e: sum(v or 0 for v in serie) for e, serie in barras.series.items()}
            assert {e.split(" ", 1)[1]: k for e, k in n.items()} == suyas["estado"].value_counts().to_dict()
        elif cual == "variacion":
            de_base = set(suyas.loc[suyas["nivel"] == "accion", "cumplimiento_pct"].dropna())
            assert set(barras.series["% del plan"]) <= de_base
        elif hallado := re.fullmatch(r"meta-(.+)-trimestres", cual):
            mios = por_trimestre[(por_trimestre["nivel"] == "meta") & (por_trimestre["clave"] == hallado[1])]
            mios = mios[mios["dependencia"] == dependencia]
            for serie, columna in (("Programado", "programado"), ("Alcanzado", "alcanzado")):
                assert [v for v in barras.series[serie] if v is not None] == list(mios[columna].dropna())
        else:
            raise AssertionError(f"gráfica sin comprobar: {lamina.clave}")


def test_en_solo_plan_el_cuadro_lleva_lo_programado_de_cada_trimestre(por_corte):
    fichas, cifras = consultar("cumplimiento", corte=PLAN, periodo="acumulado", nivel="accion"), cifras_de(PLAN)
    de_plan = [ln for ln in por_corte[PLAN] if ln.clave.endswith("-plan")]
    assert len(de_plan) == 7
    for lamina in de_plan:
        suyas = fichas[fichas["dependencia"] == llaves(lamina)[0]]
        for renglon, vigente in zip(lamina.cuerpo.renglones, suyas["vigente_id"], strict=False):
            esperadas = [*cifras[vigente][:8:2], cifras[vigente][8]]
            assert all(es_la_misma(c, n) for c, n in zip(renglon[1:6], esperadas, strict=True))


def test_la_calidad_cuenta_lo_que_dice_la_base(por_corte):
    for corte, todas in por_corte.items():
        lamina = next(ln for ln in todas if ln.clave == "calidad")
        renglones = {r[0]: r for r in lamina.cuerpo.renglones}
        filas = consultar("cumplimiento", corte=corte, periodo="acumulado")
        metas, acciones = (int((filas["nivel"] == n).sum()) for n in ("meta", "accion"))
        assert renglones["En el corte"][1:3] == [str(metas), str(acciones)]
        for que, cuales in (
            ("Sin reporte", filas["estado"] == "Sin reporte"),
            ("Sin el motivo que deben imprimir", filas["etiquetas"].str.contains("justificación ausente")),
        ):
            for lugar, nivel in ((1, "meta"), (2, "accion")):
                assert renglones[que][lugar] == formato.numero(int((cuales & (filas["nivel"] == nivel)).sum()))


# ---------------------------------------------------------------- el documento de 2024, rehecho


def extracto(nombre: str) -> pd.DataFrame:
    leido = pd.read_parquet(rutas.datos() / "extractos" / f"{nombre}.parquet")
    return leido[leido.get("documento", leido.get("compromiso_id")).str.startswith("poa-2024")]


def llano(escrito: object) -> str:
    return re.sub(r"\s+", " ", str(escrito)).strip().lower()


def test_el_orden_del_dia_y_las_atribuciones_son_los_impresos(por_corte):
    sesion_ = extracto("sesion")
    orden = [ln for ln in por_corte[PLAN] if ln.clave.startswith("orden-del-dia")]
    puntos = [p for lamina in orden for _, p in lamina.cuerpo.puntos]
    assert puntos == list(sesion_.loc[sesion_["seccion"] == "orden_del_dia", "texto"])
    articulo = [ln for ln in por_corte[PLAN] if ln.clave.startswith("articulo-9")]
    assert {ln.titulo for ln in articulo} == {"ARTÍCULO 9.- ATRIBUCIONES INDELEGABLES"}
    assert [p for ln in articulo for _, p in ln.cuerpo.puntos] == list(
        sesion_.loc[sesion_["seccion"] == "articulo_9", "texto"]
    )
    portada = por_corte[PLAN][0].cuerpo.renglones
    assert portada[0] == "Presentación del POA 2024"
    assert "SUBCOMITÉ DE DESARROLLO HUMANO Y BIENESTAR SOCIAL" in portada
    assert "3. Actualización de integrantes ante la Junta Directiva" in [ln.titulo for ln in por_corte[PLAN]]


def test_las_dependencias_van_en_el_orden_del_documento(por_corte):
    portadillas = [ln.titulo for ln in por_corte[PLAN] if ln.clave.endswith("-portadilla")]
    incisos = [p for s, p in dichos.orden_del_dia(consultar("sesion", corte=PLAN), 2024, [])[1] if s]
    assert len(portadillas) == len(incisos) == 7
    for nombre, inciso in zip(portadillas, incisos, strict=True):
        palabras = {w for w in llano(nombre).split() if len(w) > 3}
        assert palabras & set(llano(inciso).replace(",", "").split()), (nombre, inciso)


def test_cada_meta_y_accion_de_2024_se_rehace_con_su_texto_unidad_alineacion_y_calendario(por_corte):
    compromisos, avances, lineas = (extracto(t) for t in ("compromiso", "avance", "alineacion"))
    vistos = 0
    for lamina in por_corte[PLAN]:
        dependencia, cual = llaves(lamina)
        if not (hallado := re.fullmatch(r"(meta|acciones)-(.+?)", cual)):
            continue
        for renglon in tabla(lamina).renglones:
            es_meta = hallado[1] == "meta"
            clave = hallado[2] if es_meta else renglon[0].split(" · ")[0]
            suyos = compromisos[(compromisos["dependencia"] == dependencia) & (compromisos["clave"] == clave)]
            suyo = suyos[suyos["nivel"] == ("meta" if es_meta else "accion")]
            assert len(suyo) == 1, (lamina.clave, clave)
            suyo, vistos = suyo.iloc[0], vistos + 1
            suyas = lineas.loc[lineas["compromiso_id"] == suyo["compromiso_id"], "linea_clave"]
            p = avances[avances["compromiso_id"] == suyo["compromiso_id"]].set_index("trimestre")["programado"]
            if es_meta:
                descripcion, unidad = (dicho for _, dicho in lamina.cuerpo.puntos)
                assert renglon[0].split(", ") == list(
                    dict.fromkeys(".".join(c.split(".")[:2]) for c in renglon[1].split(", "))
                )
                assert unidad.startswith("Unidad de medida: ")
                unidad = unidad.removeprefix("Unidad de medida: ").split(" · ")[0]
            else:
                descripcion, unidad = renglon[0].split(" · ", 1)[1], renglon[1]
            assert llano(descripcion) == llano(suyo["descripcion"])
            assert llano(unidad) == llano(suyo["unidad_medida"])
            assert sorted(renglon[1 if es_meta else 2].split(", ")) == sorted(suyas)
            assert all(es_la_misma(renglon[-10 + 2 * (t - 1)], p[t]) for t in TRIMESTRES)
            assert es_la_misma(renglon[-2], suyo["meta_anual"])
            assert all(celda == "" for celda in renglon[-9::2]), "el plan no trae R"
    assert vistos == len(compromisos) == 124


# Leído a mano en el documento: dependencia, clave, principio y fin de la descripción, unidad, líneas, P y total.
A_MANO = (
    ("bisom", "3.8", "apoyo en la formación", "proceso formativo y educativo.", "apoyo", "2.1.5", "||200|", "200"),
    ("bisom", "5.10", "promoción de la adopción", "sociedad en general.", "espacio adoptados", "3.8.4", "|4||2", "6"),
    (
        "dif", "3.3", "contribuir en la distribución", "programa alimentario estatal.", None, "2.1.1, 2.1.5",
        "9,960|9,960|9,960|9,960", "39,840",
    ),
    ("dif", "3.5", "contribuir al", "estímulos económicos.", "becas", None, "|5,744|5,744|5,744", "17,232"),
    ("immm", "3.2", "contribuir a disminuir", "género en mexicali.", "informe", "5.1.1, 5.1.2", "1|1|1|1", "4"),
    ("desarrollo_rural", "5.4", "asistir y", "de actividades.", "informe", "4.1.6", "|50||50", "100"),
    (
        "servicios_medicos", "12.2", "brindar asistencia médica", "seguridad pública.", "consulta médica", "2.5.4",
        "1,650|2,550|3,600|3,300", "11,100",
    ),
    ("imjum", "5.2", "recepción de documentos", "jóvenes beneficiados.", "expediente", "2.1.5", "240||232|", "472"),
    ("derechos_humanos", "1.3", "celebrar", "los derechos humanos.", "convenio", "1.3.4", "3|3|3|3", "12"),
)  # fmt: skip


@pytest.mark.parametrize("caso", A_MANO, ids=[f"{c[0]}-{c[1]}" for c in A_MANO])
def test_las_laminas_de_2024_dicen_lo_que_se_lee_en_el_documento(por_corte, caso):
    dependencia, clave, empieza, acaba, unidad, lineas, plan, total = caso
    suyos = [
        renglon
        for lamina in por_corte[PLAN]
        if lamina.clave.startswith(f"{dependencia}-acciones")
        for renglon in tabla(lamina).renglones
        if renglon[0].startswith(f"{clave} · ")
    ]
    assert len(suyos) == 1
    (renglon,) = suyos
    descripcion = llano(renglon[0].split(" · ", 1)[1])
    assert descripcion.startswith(empieza) and descripcion.endswith(acaba)
    assert unidad is None or renglon[1] == unidad
    assert lineas is None or renglon[2] == lineas
    assert renglon[3:11:2] == plan.split("|") and renglon[11] == total


# ---------------------------------------------------------------- el orden y lo que no puede fallar


@pytest.mark.parametrize("corte", CORTES)
def test_la_sesion_va_en_orden_y_cada_lamina_tiene_su_nombre(por_corte, corte):
    todas = por_corte[corte]
    claves = [lamina.clave for lamina in todas]
    assert claves[:2] == ["portada", "asistencia"] and claves[-2:] == ["calidad", "cierre"]
    assert len(set(claves)) == len(claves)
    archivos = [lamina.archivo for lamina in todas]
    assert len({a.lower() for a in archivos}) == len(archivos)
    assert all(re.fullmatch(r"\d{4}-(T[1-4]|plan)_[a-z0-9-]+_[A-Za-z0-9_-]+", a) for a in archivos)
    hay = {llaves(lamina)[1].split("-")[0] for lamina in todas}
    contra_el_plan = {"estados", "variacion", "alertas"}
    assert (contra_el_plan & hay, "plan" in hay) == ((set(), True) if corte == PLAN else (contra_el_plan, False))


def test_con_una_dependencia_solo_van_sus_laminas_y_las_de_toda_sesion():
    partes = [parte.clave for parte in sesion(elegir(corte=PLAN, dependencia="imjum"))]
    sueltas = {"portada", "orden-del-dia", "calidad", "cierre"}
    assert {p for p in partes if not p.startswith("imjum-")} == sueltas
    assert partes[0] == "portada" and partes[-1] == "cierre"


def test_sin_orden_del_dia_impreso_se_pone_el_de_las_dependencias_del_corte(por_corte):
    (orden,) = (ln for ln in por_corte["2025T4"] if ln.clave == "orden-del-dia")
    assert [p for s, p in orden.cuerpo.puntos if s] == ["a) Bienestar Social Municipal"]
    assert "BISOM" not in " ".join(por_corte["2025T4"][0].cuerpo.renglones)
    assert not any(ln.clave.startswith(("punto", "articulo")) for ln in por_corte["2025T4"])


def test_una_parte_que_falla_no_pierde_a_las_demas(monkeypatch):
    def falla(*_):
        raise RuntimeError("no se pudo")

    partes = sesion(elegir(corte="2025T4"))
    monkeypatch.setattr(cuadros, "meta", falla)
    armadas, fallidas = [], []
    for parte in partes:
        try:
            armadas += parte.armar()
        except RuntimeError:
            fallidas.append(parte.clave)
    assert fallidas == [f"bisom-meta-{n}" for n in (100, 200, 300, 400, 500)]
    assert any(lamina.clave == "cierre" for lamina in armadas)


@pytest.mark.parametrize("corte", CORTES)
def test_quien_expone_tiene_de_donde_sale_cada_compromiso(por_corte, corte):
    fichas = consultar("cumplimiento", corte=corte, periodo="acumulado")
    notas = {}
    for lamina in por_corte[corte]:
        if re.search(r"-(meta|acciones)-", lamina.clave):
            dependencia = llaves(lamina)[0]
            notas[dependencia] = notas.get(dependencia, "") + "\n" + lamina.notas
    for _, f in fichas.iterrows():
        nombre = f"{formato.mayuscula(formato.nivel(f['nivel']))} {f['clave']}: {formato.prosa(f['documento'])}"
        assert f"{nombre}, p. {f['pagina']}, r. {f['renglon']}" in notas[f["dependencia"]]


# ---------------------------------------------------------------- el dibujo


def textos_de(lamina: Lamina) -> list[str]:
    cuerpos = [c for c in (lamina.cuerpo, lamina.segundo) if c is not None]
    dichos_ = [lamina.titulo, lamina.subtitulo, lamina.pie, lamina.codigo, lamina.notas, lamina.archivo]
    for cuerpo in cuerpos:
        if isinstance(cuerpo, Portada):
            dichos_ += cuerpo.renglones
        elif isinstance(cuerpo, Lista):
            dichos_ += [p for _, p in cuerpo.puntos]
        elif isinstance(cuerpo, Cuadro):
            dichos_ += [c for renglon in cuerpo.renglones for c in renglon]
            dichos_ += [x for c in cuerpo.columnas for x in (c.titulo, c.grupo)]
        else:
            dichos_ += [*cuerpo.categorias, *cuerpo.series, cuerpo.unidad]
    return dichos_


@pytest.mark.parametrize("corte", CORTES)
def test_nada_sale_con_claves_internas_ni_huecos_escritos(por_corte, corte):
    for lamina in por_corte[corte]:
        visible = "\n".join(t for t in textos_de(lamina) if t not in (lamina.codigo, lamina.archivo))
        assert not re.search(r"\b(None|nan|NaN|NaT|accion_|meta_clave|poa-\d{4})\b", visible), lamina.clave
        assert not lamina.titulo.endswith(".")


_figuras: dict[int, tuple] = {}  # cada lámina se dibuja una sola vez


def dibujado(lamina: Lamina) -> tuple[list, float, float]:
    """Las anotaciones que caen en el dibujo, y el ancho y el alto de él."""
    if id(lamina) not in _figuras:
        _figuras[id(lamina)] = lamina, lamina.dibujar()  # con ella guardada, su id no se repite
    figura = _figuras[id(lamina)][1]
    margen = figura.layout.margin
    notas = [n for n in figura.layout.annotations if n.xref == "x" and n.yref == "y"]
    return notas, 800 - margen.l - margen.r, 450 - margen.t - margen.b


def revisar_dibujo(lamina: Lamina) -> None:
    """Ningún texto sale del dibujo ni se encima con otro, y la letra no baja de 14 px (12 en el pie y los iconos)."""
    notas, ancho, alto = dibujado(lamina)
    cajas = []
    for n in notas:
        renglones = re.sub(r"<(?!br)[^>]*>", "", n.text).split("<br>")
        assert n.font.size >= (12 if n.name in ("clave", "pie") else 14), (lamina.clave, n.text)
        if n.name in ("clave", "pie"):
            continue
        mide = max(
            letra.medir(r.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"), n.font.size)
            for r in renglones
        )
        x0 = {"left": n.x, "right": n.x - mide, "center": n.x - mide / 2}[n.xanchor]
        caja = (x0, n.y, x0 + mide, n.y + len(renglones) * n.font.size * letra.RENGLON)
        assert caja[0] >= -1 and caja[2] <= ancho + 1 and caja[1] >= -1 and caja[3] <= alto + 1, (
            lamina.clave,
            n.text,
            caja,
        )
        cajas.append((caja, n.text))
    for lugar, (a, uno) in enumerate(cajas):
        for b, otro in cajas[lugar + 1 :]:
            se_toca = a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 1 and b[1] < a[3] - 1
            assert not se_toca, (lamina.clave, uno, otro)


@pytest.mark.parametrize("corte", CORTES)
def test_ningun_texto_del_dibujo_se_sale_ni_se_encima(por_corte, corte):
    propias = [ln for ln in por_corte[corte] if not isinstance(ln.cuerpo, Barras) and not ln.clave.endswith("-plan")]
    assert len(propias) > 8
    for lamina in propias:
        revisar_dibujo(lamina)


@pytest.mark.parametrize("corte", CORTES)
def test_toda_celda_de_meta_y_acciones_se_dibuja_completa(por_corte, corte):
    for lamina in por_corte[corte]:
        suya = tabla(lamina)
        if suya is None or not re.search(r"-(meta|acciones)-", lamina.clave):
            continue
        en_dibujo = {llano(n.text.replace("<br>", " ").replace("&amp;", "&")) for n in dibujado(lamina)[0]}
        puntos = [p for _, p in lamina.cuerpo.puntos] if isinstance(lamina.cuerpo, Lista) else []
        celdas = {llano(c) for renglon in suya.renglones for c in renglon if c} | {llano(p) for p in puntos}
        assert celdas <= en_dibujo, (lamina.clave, celdas - en_dibujo)


def test_la_palabra_de_un_estado_lleva_su_icono(por_corte):
    lamina = next(ln for ln in por_corte["2025T4"] if "-alertas-acciones-1" in ln.clave)
    notas, _, _ = dibujado(lamina)
    assert [n.text for n in notas if n.name == "clave"] == ["▼"] * len(tabla(lamina).renglones)


@pytest.fixture(scope="module")
def dificiles(tmp_path_factory):
    datos = dificil().escribir(tmp_path_factory.mktemp("dificil"))
    construir_base(datos)
    return datos


def test_documentos_con_huecos_textos_hostiles_y_cifras_enormes_dan_laminas_que_se_leen(dificiles, monkeypatch):
    monkeypatch.setenv("POA_DATOS", str(dificiles))
    cortes = consultar("cortes")
    for corte in sorted(set(cortes["corte"])):
        todas = laminas(corte)
        assert set(cortes.loc[cortes["corte"] == corte, "dependencia"]) <= {llaves(ln)[0] for ln in todas}
        for lamina in todas:
            if not isinstance(lamina.cuerpo, Barras) and not lamina.clave.endswith("-plan"):
                revisar_dibujo(lamina)
            figura = lamina.dibujar()
            escrito = " ".join(str(n.text) for n in figura.layout.annotations) + str(figura.layout.title.text)
            assert "<script" not in escrito and "<b>negritas" not in escrito
            assert not re.search(r"\b(None|nan|NaT)\b", " ".join(textos_de(lamina)))


# ---------------------------------------------------------------- el cuadro, con casos hechos


def hecho(renglones: list[list[str]], entera: bool = False) -> Cuadro:
    anchos = cuadro.anchos(["Qué", "Cuánto"], ["", ""], [False, True], renglones, 0 if entera else None)
    columnas = [
        ColumnaDeCuadro("Qué", anchos[0], es_entera=entera),
        ColumnaDeCuadro("Cuánto", anchos[1], es_cifra=True),
    ]
    return Cuadro(columnas, renglones)


@pytest.mark.parametrize("entera", [False, True])
def test_repartir_no_pierde_ni_desordena_renglones_y_todas_las_laminas_caben(entera):
    tabla_ = hecho([["palabra " * (1 + 17 * (n % 5)), str(n)] for n in range(40)], entera)
    libre = cuadro.alto_libre("Un mensaje")
    paginas = cuadro.repartir(tabla_, libre)
    assert [lugar for pagina in paginas for lugar in pagina] == list(range(40))
    assert all(cuadro.alto(tabla_, pagina) <= libre for pagina in paginas)
    assert len(paginas[0]) <= cuadro.cuantos_caben(tabla_, libre)
    assert len(cuadro.repartir(tabla_, libre, a_lo_mas=2)) == 2


def test_un_renglon_que_no_cabe_ni_solo_se_dibuja_cortado_y_lo_dice():
    tabla_ = hecho([["palabra " * 2000, "1"], ["otro", "2"]])
    assert cuadro.repartir(tabla_, cuadro.alto_libre("Un mensaje")) == [[0], [1]]
    figura = cuadro.dibujar(cuadros.con(tabla_, [0]), "Un mensaje")
    (larga,) = (n.text for n in figura.layout.annotations if n.text.startswith("palabra"))
    assert larga.endswith("…") and larga.count("<br>") < 20


def test_los_anchos_suman_el_dibujo_y_una_cifra_nunca_se_parte():
    for renglones in ([["corto", "1"]], [["largo " * 80, "1,000,000,000,000"]], [["", ""]], [["X" * 300, "3†"]]):
        tabla_ = hecho(renglones)
        assert sum(c.ancho for c in tabla_.columnas) == pytest.approx(1)
        assert tabla_.columnas[1].ancho * 752 >= letra.medir(renglones[0][1], 14)


def test_diez_cifras_que_no_caben_juntas_se_parten_tras_una_coma_y_ninguna_se_encima():
    enorme = "1,000,000,000,000"
    titulos = ["Acción", *["P"] * 10]
    anchos = cuadro.anchos(titulos, [""] * 11, [False, *[True] * 10], [["Entregar despensas", *[enorme] * 10]])
    columnas = [ColumnaDeCuadro(t, a, es_cifra=bool(n)) for n, (t, a) in enumerate(zip(titulos, anchos, strict=True))]
    figura = cuadro.dibujar(Cuadro(columnas, [["Entregar despensas", *[enorme] * 10]]), "Un mensaje")
    dibujadas = [n for n in figura.layout.annotations if n.text.startswith("1,")]
    assert [n.text.replace("<br>", "") for n in dibujadas] == [enorme] * 10
    orillas = [(n.x - max(letra.medir(r, 14) for r in n.text.split("<br>")), n.x) for n in dibujadas]
    assert all(una[1] <= otra[0] for una, otra in zip(orillas, orillas[1:], strict=False))


def test_una_lista_larga_pide_varias_laminas_y_ninguna_pierde_puntos():
    puntos = [(n % 2, f"{n}. " + "palabra " * 20) for n in range(30)]
    paginas = texto.repartir(puntos, "Un mensaje")
    assert len(paginas) > 1 and [p for pagina in paginas for p in pagina] == puntos


def test_la_lamina_tiene_los_campos_que_se_escriben_en_la_presentacion():
    assert {f.name for f in fields(Lamina)} >= {"titulo", "subtitulo", "cuerpo", "segundo", "pie", "codigo", "notas"}
