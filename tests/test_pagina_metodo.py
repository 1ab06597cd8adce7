"""La página Método: sus reglas son las que calculan, y lo que enseña es lo que dicen sus consultas."""

import csv
import re
from types import SimpleNamespace

import pandas as pd
import pytest

from poa import formato, rutas, tema
from poa.componentes import metodo as cuadros
from poa.consultas import consultar
from poa.figuras import sensibilidad as figuras
from poa.mensajes import metodo as mensajes
from tests.test_paginas import abrir, graficas, html, leido, revisar

PIE = "Fuente: POA 2030, DIF"
UMBRAL = SimpleNamespace(
    rotulo="Uno 90–110 %", critico=70.0, minimo=90.0, maximo=110.0, meta_subestimada=220.0, meta_pequena=9.0
)
JUEGOS = ("Uno 90–110", "Dos 95–105", "Tres 85–115")


def sensibilidad(*compromisos: tuple[str, ...], dependencias: str = "dif", juegos=JUEGOS) -> pd.DataFrame:
    """Una fila por compromiso y juego; cada compromiso es la lista de sus estados, uno por juego."""
    filas = [
        {
            "corte": "2030T1",
            "dependencia": dependencias.split()[i % len(dependencias.split())],
            "nivel": "accion",
            "clave": str(301 + i),
            "periodo": "acumulado",
            "descripcion": "ENTREGAR",
            "unidad_medida": "DESPENSA",
            "programado": 10.0,
            "alcanzado": 9.0,
            "cumplimiento_pct": None if estado == "Aún no exigible" else 90.0,
            "preset": juego,
            "es_propio": False,
            "preset_orden": orden,
            "estado": estado,
            "vigente_id": f"2030/dif/300/{301 + i}",
            "compromiso_id": f"poa-2030/2030T1/dif/300/{301 + i}",
            "cambia": len(set(estados)) > 1,
        }
        for i, estados in enumerate(compromisos)
        for orden, (juego, estado) in enumerate(zip(juegos, estados, strict=True))
    ]
    return pd.DataFrame(filas)


CAMBIAN = sensibilidad(
    ("Cumple", "En riesgo", "Cumple"),
    ("En riesgo", "En riesgo", "Cumple"),
    ("Cumple", "Cumple", "Cumple"),
    ("Sin reporte", "Sin reporte", "Sin reporte"),
)
FIJOS = sensibilidad(("Cumple",) * 3, ("Crítico",) * 3)
SOLO_PLAN = sensibilidad(("Aún no exigible",) * 3)


def sin_duros(texto: str) -> str:
    return texto.replace(formato.ESPACIO, " ").replace("\u2060", "")


# ---------------------------------------------------------------- lo que dice


@pytest.mark.parametrize(
    ("filas", "nivel", "dicho"),
    [
        (CAMBIAN, "accion", "Con los tres juegos de umbrales cambian de estado 2 de 4 acciones; 2 nunca cambian"),
        (CAMBIAN.head(9), "meta", "Con los tres juegos de umbrales cambian de estado 2 de 3 metas; 1 nunca cambia"),
        (CAMBIAN.head(3), "meta", "Con los tres juegos de umbrales cambia de estado 1 de 1 meta"),
        (FIJOS, "accion", "Con los tres juegos de umbrales, ninguna de las 2 acciones cambia de estado"),
        (FIJOS.head(3), "meta", "Con los tres juegos de umbrales, la única meta no cambia de estado"),
        (FIJOS.head(0), "meta", "No hay metas para esta selección"),
    ],
)
def test_el_mensaje_dice_cuantos_cambian(filas, nivel, dicho):
    assert sin_duros(mensajes.mensaje(filas, nivel)) == dicho


def test_el_parrafo_dice_los_umbrales_quienes_cambian_y_cuantos_cumplen():
    principio = (
        "Con los umbrales en vigor, Uno 90–110 %, cumple lo que alcanza de 90 a 110 % de lo programado; por debajo "
        "de 70 % es crítico y por encima de 220 % la meta está subestimada. "
    )
    final = " Mover los umbrales no cambia ninguna cifra, solo cómo se llama."
    casos = (
        (
            CAMBIAN,
            "Con otros umbrales solo cambian de estado las acciones 301 y 302. En la banda quedan 2 con Uno 90–110, "
            "1 con Dos 95–105 y 3 con Tres 85–115.",
        ),
        (
            CAMBIAN.tail(9),
            "Con otros umbrales solo cambia de estado la acción 302. En la banda quedan 1 con Uno 90–110, "
            "1 con Dos 95–105 y 2 con Tres 85–115.",
        ),
        (
            FIJOS,
            "Ninguna acción cambia de estado con otros umbrales. En la banda quedan 1 con cualquiera de ellos.",
        ),
        (SOLO_PLAN, "Ninguna acción cambia de estado con otros umbrales: todavía no es exigible."),
        (
            sensibilidad(("Cumple", "En riesgo", "Cumple"), ("Cumple",) * 3, dependencias="dif imjum"),
            "Cambia de estado con otros umbrales 1 de 2 acciones. En la banda quedan 2 con Uno 90–110, "
            "1 con Dos 95–105 y 2 con Tres 85–115.",
        ),
    )
    for filas, dicho in casos:
        assert sin_duros(mensajes.parrafo(filas, "accion", UMBRAL)) == principio + dicho + final
    assert sin_duros(mensajes.parrafo(FIJOS.head(0), "accion", UMBRAL)) == principio.strip() + final


def test_la_figura_dice_con_que_juego_cumplen_mas():
    assert sin_duros(mensajes.figura(CAMBIAN, "accion")) == "Con Tres 85–115 cumplen 3 acciones; con Dos 95–105, 1"
    assert sin_duros(mensajes.figura(FIJOS, "meta")) == "Con cualquiera de los umbrales cumple 1 meta"
    assert mensajes.figura(SOLO_PLAN, "meta") == "Sin cumplimiento que comparar, los umbrales no cambian nada"


def test_bajo_cada_barra_se_dice_que_cambia():
    todos = mensajes.compromisos(CAMBIAN)
    notas = [sin_duros(mensajes.diferencia(todos, juego, JUEGOS[0])) for juego in JUEGOS]
    assert notas == ["umbrales en vigor", "1 estado distinto: 301", "1 estado distinto: 302"]
    assert mensajes.diferencia(mensajes.compromisos(FIJOS), JUEGOS[1], JUEGOS[0]) == "ningún estado distinto"


def test_hay_una_barra_por_juego_en_el_orden_de_los_estados():
    notas = dict(zip(JUEGOS, ("umbrales en vigor", "1 estado distinto", "2 estados distintos"), strict=True))
    figura = figuras.barras(CAMBIAN, "Mensaje", "accion", JUEGOS[0], notas, PIE)
    assert [t.name for t in figura.data] == ["◆ En riesgo", "● Cumple", "? Sin reporte"]
    assert list(figura.data[1].x) == [2, 1, 3]
    assert [list(c) for c in figura.data[0].customdata] == [[JUEGOS[0], "En riesgo"], [JUEGOS[1], "En riesgo"]]
    assert sin_duros(figura.layout.yaxis.ticktext[0]) == "<b>Uno<br>90–110 %</b>"
    assert [a.text for a in figura.layout.annotations if a.name == "nota"] == list(notas.values())
    vacia = figuras.barras(CAMBIAN.head(0), "Mensaje", "meta", JUEGOS[0], {}, PIE)
    assert not vacia.data and vacia.layout.annotations[-1].name == "vacia"


# ---------------------------------------------------------------- las reglas en palabras


def test_cada_estado_tiene_su_condicion_con_los_umbrales_que_se_usan():
    estados = consultar("estados")
    assert set(estados["estado"]) == set(tema.ESTADOS)
    condiciones = {e: sin_duros(mensajes.condicion(e, UMBRAL)) for e in estados["estado"]}
    assert len(set(condiciones.values())) == len(condiciones)
    assert condiciones["Cumple"] == "c de 90 % a 110 %, los dos incluidos"
    assert condiciones["Crítico"] == "c menor que 70 %"
    assert condiciones["En riesgo"] == "c de 70 % a menos de 90 %"
    juntos = SimpleNamespace(**vars(UMBRAL) | {"critico": 90.0, "meta_subestimada": 110.0})
    assert mensajes.condicion("En riesgo", juntos).startswith("no ocurre")
    assert mensajes.condicion("Sobrecumple", juntos).startswith("no ocurre")
    assert mensajes.condicion("Otro", UMBRAL) == "sin regla escrita"


def test_toda_regla_senal_y_frase_de_la_base_tiene_palabras():
    assert set(consultar("reglas")["regla"]) <= set(formato.REGLAS) == set(mensajes.INFERENCIA)
    etiquetas = set("; ".join(consultar("cumplimiento")["etiquetas"]).split("; ")) - {""}
    assert etiquetas <= set(mensajes.senales(UMBRAL))
    assert set(consultar("afirmaciones")["dice"]) == set(mensajes.DICHOS)


def test_los_indicadores_en_palabras_dan_lo_que_la_consulta():
    indicador = consultar("indicadores", corte="2025T4", nivel="accion", periodo="acumulado")
    fila, dichos = indicador.iloc[0], {n: sin_duros(d) for n, _, d in mensajes.indicadores(indicador, "accion", UMBRAL)}
    assert dichos["En banda"].startswith(f"{fila['cumplen']} de {fila['evaluables']} acciones")
    assert dichos["Índice acotado"] == sin_duros(
        f"{formato.parte(fila['indice_acotado_pct'])}, media de {fila['evaluables']} acciones"
    )
    vacios = [d for _, _, d in mensajes.indicadores(consultar("indicadores", corte="2024T0"), "meta", UMBRAL)]
    assert vacios == ["ninguna evaluable todavía"] * 3 + ["ninguna exigible todavía"]


def test_el_diccionario_cubre_los_extractos_y_cumplimiento_y_se_lee_sin_claves():
    tabla = consultar("diccionario")
    with (rutas.raiz() / "data" / "tablas.csv").open(encoding="utf-8", newline="") as archivo:
        extractos = {f["tabla"] for f in csv.DictReader(archivo) if f["clase"] == "extracto"}
    assert set(tabla["tabla"]) == extractos | {"cumplimiento"}
    assert tabla["descripcion"].notna().all()
    nombres = [mensajes.nombre(c) for c in tabla["columna"]]
    assert not [n for n in nombres if "_" in n]
    assert (mensajes.nombre("compromiso_id"), mensajes.nombre("renglon_hasta")) == (
        "Compromiso (identificador)",
        "Renglón hasta",
    )
    assert mensajes.prosa("la de unidad_medida en poa-2030") == "la de unidad de medida en POA 2030"


# ---------------------------------------------------------------- la página


@pytest.mark.parametrize(
    ("corte", "nivel", "preset"),
    [
        ("2018T1", "meta", None),
        ("2022T4", "accion", None),
        ("2024T0", "accion", None),
        ("2025T4", "accion", "60-85-120-250"),
    ],
)
def test_la_pagina_dice_quienes_cambian_y_cuenta_lo_mismo_que_las_consultas(corte, nivel, preset):
    at = abrir("metodo", corte=corte, nivel=nivel, **({"preset": preset} if preset else {}))
    revisar(at)
    filas = consultar("sensibilidad", corte=corte, nivel=nivel, periodo="acumulado", preset=preset)
    todos = mensajes.compromisos(filas)
    assert f"{mensajes.mensaje(filas, nivel)}." in html(at).partes
    juegos = mensajes.juegos(filas)
    assert len(juegos) == len(consultar("presets")) + bool(preset)
    del_dibujo = {
        (juego, t["name"].split(" ", 1)[1]): n
        for t in graficas(at)[0]["data"]
        for juego, n in zip(t["y"], t["x"], strict=True)
    }
    assert del_dibujo == filas.groupby(["preset", "estado"]).size().to_dict()
    partes = html(at).partes
    for clave in todos.loc[todos["cambia"], "clave"]:
        assert clave in partes
    for _, fila in consultar("estados", corte=corte, nivel=nivel, periodo="acumulado", preset=preset).iterrows():
        assert fila["estado"] in partes
        if fila["compromisos"]:
            assert any(f"{fila['clave']} · " in p for p in partes)


def test_un_tramo_abre_los_compromisos_que_suma_con_los_umbrales_de_su_barra():
    for preset in consultar("presets")["preset"]:
        filas = consultar("cumplimiento", corte="2022T4", nivel="accion", periodo="acumulado", preset=preset)
        n = int((filas["estado"] == "Cumple").sum())
        at = abrir("metodo", corte="2022T4", grupo=preset, estado="Cumple")
        revisar(at)
        lista = "".join(html(at).partes).split("Compromisos que suman esta cifra")[1]
        assert len(re.findall(r"Página [\d,]+, renglón", lista)) == n


def test_el_indice_lleva_a_secciones_que_existen():
    at = abrir("metodo", corte="2025T4")
    anclas = {e[1:] for e in html(at).enlaces if e.startswith("#")}
    assert anclas == set(cuadros.SECCIONES)
    cuerpo = "".join(e.proto.body for e in at.main if e.type == "html")
    assert all(f"id='{ancla}'" in cuerpo for ancla in anclas)


def test_los_documentos_van_con_sus_cifras_y_sus_hallazgos():
    texto = leido(abrir("metodo", corte="2025T4"))
    documentos = consultar("documentos")
    for _, fila in documentos.iterrows():
        assert fila["archivo"] in texto
    hallazgos = consultar("hallazgos")
    assert documentos[["errores", "advertencias", "avisos"]].sum().sum() == len(hallazgos)
    assert sin_duros(f"{len(hallazgos)} hallazgos de la lectura") in sin_duros(texto)
    for motivo in consultar("excepciones")["motivo"]:
        assert formato.prosa(motivo) in texto
