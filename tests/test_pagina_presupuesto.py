"""La página Presupuesto: lo que dice, lo que dibuja y lo que enseña, contra sus consultas."""

import re

import pandas as pd
import pytest

from poa import formato
from poa.base import construir_base
from poa.consultas import consultar
from poa.figuras import lienzo
from poa.figuras import presupuesto as figuras
from poa.mensajes import presupuesto as mensajes
from tests.extractos_hechos import Extractos
from tests.test_paginas import abrir, elementos, graficas, html, leido, revisar, vistas

PIE = "Fuente: POA 2022, Presidencia · Corte: cuarto trimestre de 2022 · Umbrales: CONEVAL 90–110 %"
PASOS = ["autorizado_inicial", "modificado", "devengado"]


def renglon(clave: str, capitulo: str | None, nombre: str | None, inicial, modificado, devengado) -> dict:
    return {
        "ejercicio": 2030,
        "dependencia": "dif",
        "programa_clave": clave,
        "programa": f"PROGRAMA {clave}",
        "capitulo": capitulo,
        "descripcion": nombre,
        "autorizado_inicial": inicial,
        "modificado": modificado,
        "devengado": devengado,
        "ampliacion": modificado - inicial,
        "devengado_pct": 100 * devengado / modificado if modificado else float("nan"),
        "ampliacion_pct": 100 * (modificado - inicial) / inicial if inicial else float("nan"),
        "documento": "poa-2030",
        "renglon": None if capitulo is None else int(clave) * 100 + int(capitulo[0]),
    }


def tabla(*programas: list[tuple]) -> pd.DataFrame:
    """Por programa, capítulos (nombre, inicial, modificado, devengado); delante, su total."""
    filas = []
    for lugar, capitulos in enumerate(programas, start=1):
        clave = f"{lugar:03}"
        filas.append(renglon(clave, None, None, *(sum(c[paso] for c in capitulos) for paso in (1, 2, 3))))
        filas += [renglon(clave, f"{n}0000", *c) for n, c in enumerate(capitulos, start=1)]
    return pd.DataFrame(filas).astype({"capitulo": object, "descripcion": object, "renglon": "Int64"})


DOS = tabla(
    [("SERVICIOS PERSONALES", 1e6, 1.2e6, 1.2e6), ("MATERIALES Y SUMINISTROS", 100_000.0, 90_000.0, 45_000.0)],
    [("SERVICIOS PERSONALES", 4e6, 4e6, 3.8e6), ("INVERSIONES", 0.0, 2.5e6, 2.5e6)],
)


def sin_duros(texto: str) -> str:
    return texto.replace(formato.ESPACIO, " ")


# ---------------------------------------------------------------- lo que dice


def test_el_mensaje_dice_cuanto_se_devengo_y_cuanto_crecio():
    assert sin_duros(mensajes.mensaje(DOS, ["DIF"], 2030)) == (
        "DIF devengó 96.9 % de los 7.8 millones de pesos modificados; el presupuesto creció 52.7 % sobre lo autorizado"
    )
    igual = tabla([("SERVICIOS", 1e6, 1e6, 0.0)])
    assert sin_duros(mensajes.mensaje(igual, ["DIF", "IMMM"], 2030)) == (
        "DIF e IMMM devengaron 0 % del millón de pesos modificado; el presupuesto no cambió en el año"
    )
    menos = tabla([("SERVICIOS", 4000.0, 3000.0, 3000.0)])
    assert sin_duros(mensajes.mensaje(menos, ["DIF"], 2030)) == (
        "DIF devengó 100 % de los 3 mil pesos modificados; el presupuesto bajó 25 % sobre lo autorizado"
    )
    nuevo = tabla([("SERVICIOS", 0.0, 3000.0, 1500.0)])
    assert mensajes.mensaje(nuevo, ["DIF"], 2030).endswith("; no tenía autorizado inicial")
    en_blanco = tabla([("SERVICIOS", 10.0, float("nan"), float("nan"))])
    assert mensajes.mensaje(en_blanco, ["DIF"], 2030) == ("DIF no imprime cuánto se devengó del presupuesto de 2030")


def test_el_parrafo_nombra_el_capitulo_mayor_y_los_que_no_tenian_inicial():
    assert sin_duros(mensajes.parrafo(DOS, ["DIF"], 2030)) == (
        "En 2030, DIF tuvo 5.1 millones de pesos autorizados al inicio y 7.8 millones después de sus "
        "modificaciones; devengó 7.5 millones, 96.9 % de lo modificado. El capítulo con más dinero es servicios "
        "personales (programa 002): 4 millones modificados, de los que devengó 95 %. El capítulo inversiones no "
        "tenía autorizado inicial y terminó con 2.5 millones."
    )
    dos_nuevos = tabla([("A", 0.0, 1e6, 1e6), ("B", 0.0, 500.0, 500.0)])
    assert "No tenían autorizado inicial 2 capítulos, que terminaron con 1 millón." in sin_duros(
        mensajes.parrafo(dos_nuevos, ["DIF", "IMMM"], 2030)
    )


def test_sin_presupuesto_hay_su_frase():
    assert mensajes.sin_presupuesto(2025) == "Ningún documento del POA 2025 imprime presupuesto"
    assert mensajes.parrafo_sin(2025, ["DIF"], 0) == (
        "Ningún documento del POA 2025 imprime presupuesto de DIF. De cada programa se puede leer cuántas metas y "
        "acciones comprometió; todavía no hay avance que evaluar."
    )
    assert "Lo que sí se puede leer es el avance físico" in mensajes.parrafo_sin(2025, [], 3)


def test_la_figura_dice_quien_gano_y_quien_devengo_menos():
    assert sin_duros(mensajes.figura(DOS)) == (
        "El capítulo inversiones ganó 2.5 millones; el que menos devengó, materiales y suministros: 50 %"
    )
    largo = "TRANSFERENCIAS, ASIGNACIONES, SUBSIDIOS Y OTRAS AYUDAS A LA POBLACION"
    largos = tabla([(largo, 1e6, 5e5, 1e5), (f"MAS {largo}", 1e6, 1e6, 1e6)])
    assert sin_duros(mensajes.figura(largos)) == (
        "El capítulo transferencias, asignaciones… perdió 500 mil y es el que menos devengó: 20 %"
    )
    assert mensajes.figura(tabla([("A", 1e6, 1e6, 9e5)])).startswith("A devengó 90")
    assert mensajes.figura(DOS[DOS["capitulo"].isna()]) == "Sin capítulos que mostrar"


def test_metas_y_acciones_tienen_su_cobertura_aparte():
    indicador = pd.DataFrame({"nivel": ["meta", "accion", "accion"], "esperados": [0, 4, 2], "reportados": [0, 3, 2]})
    assert mensajes.cobertura(indicador) == [
        ("Metas con reporte:", "ninguna exigible"),
        ("Acciones con reporte:", "5 de 6"),
    ]


# ---------------------------------------------------------------- lo que dibuja


def test_la_figura_lleva_los_tres_pasos_y_los_dos_paneles():
    figura = figuras.barras(DOS, "Mensaje", PIE)
    assert [t.name for t in figura.data] == [
        *("Modificado", "Devengado", "Autorizado inicial", "Autorizado inicial", "Cifra"),
        *("Variación", "Cifra", "Variación", "Cifra"),
    ]
    modificado, devengado, inicial = figura.data[:3]
    assert list(modificado.x) == [1.2e6, 90_000, 4e6, 2.5e6]
    assert (modificado.marker.color, devengado.marker.color) == ("#FFFFFF", "#1B2430")
    assert list(inicial.x) == [1e6, 100_000, 4e6, None]  # un inicial de cero no tiene raya
    assert [sin_duros(t).strip() for t in figura.data[4].text] == ["1.2 M", "45.0 mil", "3.8 M", "2.5 M"]
    assert list(figura.data[5].x) == pytest.approx([0, -50, -5, 0])
    assert [re.sub("<.*?>", "", sin_duros(t)).strip() for t in figura.data[8].text] == [
        "+0.2 M, +17.3 %",
        "+0.2 M, +20 %",
        "−10.0 mil, −10 %",
        "+2.5 M, +62.5 %",
        "sin cambio",
        "+2.5 M, sin autorizado inicial",
    ]
    assert [a.text for a in figura.layout.annotations if a.name == "renglon"] == [
        "PROGRAMA 001",
        "Servicios personales",
        "Materiales y suministros",
        "PROGRAMA 002",
        "Servicios personales",
        "Inversiones",
    ]
    assert list(modificado.customdata)[:2] == ["poa-2030/101", "poa-2030/102"]
    assert "$1,200,000.00 (+20 % sobre lo autorizado)" in sin_duros(modificado.hovertext[0])
    por_punto = [
        (e.range[1] - e.range[0]) / (e.domain[1] - e.domain[0]) for e in (figura.layout.xaxis2, figura.layout.xaxis3)
    ]
    assert por_punto[0] == pytest.approx(por_punto[1])  # los dos paneles, a la misma escala


def test_si_no_caben_los_capitulos_va_una_barra_por_programa_y_a_lo_mas_quince():
    programas = [[("SERVICIOS", 1e6, (i + 1) * 1e6, 1e6), ("OBRA", 1e6, 1e6, 1e6)] for i in range(17)]
    figura = figuras.barras(tabla(*programas), "Mensaje", PIE)
    assert len(figura.data[0].y) == lienzo.RENGLONES_MAXIMO
    assert "15 programas mayores y 2 más" in figura.layout.meta["pie"]
    assert "»" in figura.data[8].text[-1]  # una ampliación de más de 100 % se corta y lleva su marca
    medio = figuras.barras(tabla(*programas[:6]), "Mensaje", PIE)
    assert "los capítulos van en la tabla" in medio.layout.meta["pie"]
    assert [a.text for a in medio.layout.annotations if a.name == "renglon"][0] == "Programa 001"


def test_con_varias_dependencias_cada_programa_dice_de_quien_es():
    dos = tabla([("SERVICIOS", 1e6, 1e6, 1e6)], [("SERVICIOS", 1e6, 1e6, 1e6)])
    dos["dependencia"] = ["dif", "dif", "imac", "imac"]
    nombres = {"dif": "DIF", "imac": "Instituto de Arte <y> Cultura"}
    rotulos = [a.text for a in figuras.barras(dos, "M", PIE, nombres).layout.annotations if a.name == "renglon"]
    assert rotulos[::2] == ["DIF · PROGRAMA 001", "Instituto de Arte &lt;y&gt; Cultura · PROGRAMA 002"]
    una = figuras.barras(dos.head(2), "M", PIE, nombres)
    assert [a.text for a in una.layout.annotations if a.name == "renglon"][0] == "PROGRAMA 001"


def test_sin_filas_la_figura_dice_por_que():
    figura = figuras.barras(DOS.head(0), "Mensaje", PIE)
    assert not figura.data and figura.layout.annotations[-1].name == "vacia"


# ---------------------------------------------------------------- la consulta


@pytest.fixture
def dos_informes(tmp_path, monkeypatch):
    x = Extractos()
    for corte, documento in (("2030T1", "poa-2030"), ("2030T2", "poa-2030-b")):
        x.compromiso(corte, "dif", "101", [(10, 10), (10, 10)], documento=documento)
    for documento, devengado in (("poa-2030", 10.1), ("poa-2030-b", 20.2)):
        x.tablas["presupuesto"].append(
            {
                "documento": documento,
                "ejercicio": 2030,
                "dependencia": "dif",
                "programa_clave": "010",
                "programa": "PROGRAMA",
                "capitulo": "10000",
                "descripcion": "SERVICIOS",
                "autorizado_inicial": 0.0,
                "modificado": 100.0,
                "devengado": devengado,
                "pagina": 1,
                "renglon": 1,
            }
        )
    construir_base(x.escribir(tmp_path))
    monkeypatch.setenv("POA_DATOS", str(tmp_path))


def test_cada_corte_lleva_el_dinero_de_su_informe_y_no_la_suma_de_todos(dos_informes):
    devengado = {
        corte: consultar("presupuesto", corte=corte)["devengado"].tolist()
        for corte in ("2030T1", "2030T2", "2029T1", None)
    }
    assert devengado == {
        "2030T1": [10.1, 10.1],
        "2030T2": [20.2, 20.2],
        "2029T1": [],
        None: [10.1, 10.1, 20.2, 20.2],
    }
    assert consultar("presupuesto", corte="2030T1")["ampliacion_pct"].isna().all()
    assert consultar("presupuesto", corte="2030T1")["texto"].tolist() == [None, "101.- Acción 101"]


# ---------------------------------------------------------------- la página


CON_DINERO = sorted(set(consultar("presupuesto")["ejercicio"]))


@pytest.mark.parametrize("vista", [v for v in vistas() if v["dependencia"] == "todas"], ids=lambda v: v["corte"])
def test_la_pagina_ensena_los_pesos_exactos_o_dice_que_no_hay(vista):
    at = abrir("presupuesto", **vista)
    revisar(at)
    pagina = html(at)
    tabla = consultar("presupuesto", corte=vista["corte"])
    if tabla.empty:
        anio = vista["corte"][:4]
        assert f"Ningún documento del POA {anio} imprime presupuesto." in leido(at)
        assert not graficas(at)
        for ejercicio in CON_DINERO:
            assert any(f"ejercicio={ejercicio}&" in e for e in pagina.enlaces if e.startswith("presupuesto"))
        return
    for _, fila in tabla.iterrows():
        assert all(formato.pesos(fila[paso]) in pagina.partes for paso in PASOS)
    suma = tabla[tabla["capitulo"].notna()]
    assert all(formato.pesos(suma[paso].sum()) in pagina.partes for paso in PASOS)
    lugares = [p for p in pagina.partes if p.startswith("Página ")]
    assert len(lugares) == len(suma)


def test_cada_importe_abre_el_renglon_en_que_esta_impreso():
    for _, fila in consultar("presupuesto").dropna(subset=["capitulo"]).iterrows():
        corte = consultar("cortes", ejercicio=int(fila["ejercicio"]))["corte"].iloc[0]
        at = abrir("presupuesto", corte=corte, grupo=f"{fila['documento']}/{fila['renglon']}", tarjeta="1")
        revisar(at)
        assert any(fila["capitulo"] in p and "$" in p for p in html(at).partes if "|" in p)


def test_el_avance_fisico_cuenta_lo_mismo_que_la_consulta_y_cada_conteo_abre_su_lista():
    for corte in ("2018T1", "2022T4"):
        programas = consultar("programas", corte=corte, periodo="acumulado")
        partes = html(abrir("presupuesto", corte=corte, periodo="trimestre")).partes
        for _, fila in programas[programas["cumplen"] > 0].iterrows():
            assert f"{fila['cumplen']} de {fila['evaluables']}" in partes
        fila = programas[programas["excedidos"] > 0].iloc[-1]
        grupo = f"{fila['dependencia']}/{fila['programa_clave']}"
        at = abrir("presupuesto", corte=corte, estado="Rebasan el plan", grupo=grupo, nivel=fila["nivel"])
        revisar(at)
        titulo = f"Rebasan el plan: {formato.contar(fila['excedidos'], fila['nivel'])}"
        assert titulo in [e.proto.dialog.title for e in elementos(at._tree) if e.type == "dialog"]
