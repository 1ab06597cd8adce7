"""Las láminas de la sesión: el documento de 2024 rehecho con ellas, su orden y lo que no puede fallar."""

import re

import pandas as pd
import pytest

from poa import formato, rutas
from poa.consultas import consultar
from poa.laminas import cuadros
from poa.laminas.sesion import sesion
from poa.mensajes import sesion_laminas as dichos
from poa.seleccion import elegir
from tests.laminas_armadas import CORTES, PLAN, TRIMESTRES, armadas, es_la_misma, llano, llaves, tabla

# ---------------------------------------------------------------- el documento de 2024, rehecho


def extracto(nombre: str) -> pd.DataFrame:
    leido = pd.read_parquet(rutas.datos() / "extractos" / f"{nombre}.parquet")
    return leido[leido.get("documento", leido.get("compromiso_id")).str.startswith("poa-2024")]


def test_el_orden_del_dia_y_las_atribuciones_son_los_impresos():
    sesion_ = extracto("sesion")
    orden = [ln for ln in armadas(PLAN) if ln.clave.startswith("orden-del-dia")]
    puntos = [p for lamina in orden for _, p in lamina.cuerpo.puntos]
    assert puntos == list(sesion_.loc[sesion_["seccion"] == "orden_del_dia", "texto"])
    articulo = [ln for ln in armadas(PLAN) if ln.clave.startswith("articulo-9")]
    assert {ln.titulo for ln in articulo} == {"ARTÍCULO 9.- ATRIBUCIONES INDELEGABLES"}
    assert [p for ln in articulo for _, p in ln.cuerpo.puntos] == list(
        sesion_.loc[sesion_["seccion"] == "articulo_9", "texto"]
    )
    portada = armadas(PLAN)[0].cuerpo.renglones
    assert portada[0] == "Presentación del POA 2024"
    assert "SUBCOMITÉ DE DESARROLLO HUMANO Y BIENESTAR SOCIAL" in portada
    assert "3. Actualización de integrantes ante la Junta Directiva" in [ln.titulo for ln in armadas(PLAN)]


def test_las_dependencias_van_en_el_orden_del_documento():
    portadillas = [ln.titulo for ln in armadas(PLAN) if ln.clave.endswith("-portadilla")]
    incisos = [p for s, p in dichos.orden_del_dia(consultar("sesion", corte=PLAN), 2024, [])[1] if s]
    assert len(portadillas) == len(incisos) == 7
    for nombre, inciso in zip(portadillas, incisos, strict=True):
        palabras = {w for w in llano(nombre).split() if len(w) > 3}
        assert palabras & set(llano(inciso).replace(",", "").split()), (nombre, inciso)


def test_cada_meta_y_accion_de_2024_se_rehace_con_su_texto_unidad_alineacion_y_calendario():
    compromisos, avances, lineas = (extracto(t) for t in ("compromiso", "avance", "alineacion"))
    vistos = 0
    for lamina in armadas(PLAN):
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
                assert renglon[0] == suyo["estrategias_impresas"]
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
def test_las_laminas_de_2024_dicen_lo_que_se_lee_en_el_documento(caso):
    dependencia, clave, empieza, acaba, unidad, lineas, plan, total = caso
    suyos = [
        renglon
        for lamina in armadas(PLAN)
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
def test_la_sesion_va_en_orden_y_cada_lamina_tiene_su_nombre(corte):
    todas = armadas(corte)
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


def test_sin_orden_del_dia_impreso_se_pone_el_de_las_dependencias_del_corte():
    (orden,) = (ln for ln in armadas("2025T4") if ln.clave == "orden-del-dia")
    assert [p for s, p in orden.cuerpo.puntos if s] == ["a) Bienestar Social Municipal"]
    assert "BISOM" not in " ".join(armadas("2025T4")[0].cuerpo.renglones)
    assert not any(ln.clave.startswith(("punto", "articulo")) for ln in armadas("2025T4"))


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
def test_quien_expone_tiene_de_donde_sale_cada_compromiso(corte):
    fichas = consultar("cumplimiento", corte=corte, periodo="acumulado")
    notas = {}
    for lamina in armadas(corte):
        if re.search(r"-(meta|acciones)-", lamina.clave):
            dependencia = llaves(lamina)[0]
            notas[dependencia] = notas.get(dependencia, "") + "\n" + lamina.notas
    for _, f in fichas.iterrows():
        nombre = f"{formato.mayuscula(formato.nivel(f['nivel']))} {f['clave']}: {formato.prosa(f['documento'])}"
        assert f"{nombre}, p. {f['pagina']}, r. {f['renglon']}" in notas[f["dependencia"]]
