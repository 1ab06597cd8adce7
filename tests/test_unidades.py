"""Ninguna consulta junta unidades distintas: cambiar la unidad de un compromiso no mueve ningún agregado.

Si de un compromiso se dicen kilos en vez de toneladas, sus cifras se multiplican por mil y su
cumplimiento es el mismo. Una suma, una media o un máximo entre compromisos sí cambiarían.
"""

import shutil

import duckdb
import pandas as pd
import pytest

from poa import rutas
from poa.base import construir_base
from poa.consultas import consultar, nombres_de_consultas, parametros_de

FACTOR = 1024  # potencia de dos: no agrega decimales que redondear
DE_UNA_UNIDAD = ("programado", "alcanzado", "realizado", "variacion", "meta_anual", "avance_absoluto")
# Lo que una cantidad mayor sí cambia en su propio compromiso, y lo que se dice con esas cifras.
PROPIO = ("etiquetas", "es_pequena", "lugar", "contradiccion_con", "diferencia", "total", "total_impreso")
EN_PESOS = {"presupuesto"}  # los pesos son una sola unidad


def cambiar_unidades(extractos, carpeta) -> None:
    """Copia los extractos con un compromiso de cada dos (por su identidad en el año) en otra unidad."""
    shutil.copytree(extractos, carpeta / "extractos")
    cambia = (
        "compromiso_id in (select compromiso_id from viejo_compromiso where "
        "hash(ejercicio, dependencia, meta_clave, clave) % 2 = 0)"
    )
    with duckdb.connect() as con:
        con.execute(f"create table viejo_compromiso as from '{extractos}/compromiso.parquet'")
        for tabla in ("compromiso", "avance", "avance_mensual"):
            columnas = [c for c, *_ in con.execute(f"describe from '{extractos}/{tabla}.parquet'").fetchall()]
            otras = ", ".join(
                f"if({cambia}, {c} * {FACTOR}, {c}) as {c}"
                for c in columnas
                if any(c.startswith(cantidad) for cantidad in DE_UNA_UNIDAD) and not c.endswith("_pct")
            )
            con.execute(
                f"copy (select * replace ({otras}) from '{extractos}/{tabla}.parquet') "
                f"to '{carpeta}/extractos/{tabla}.parquet' (format parquet)"
            )


@pytest.fixture(scope="module")
def otra_base(tmp_path_factory):
    carpeta = tmp_path_factory.mktemp("unidades")
    cambiar_unidades(rutas.extractos(), carpeta)
    shutil.copytree(rutas.datos() / "catalogos", carpeta / "catalogos")
    shutil.copy(rutas.documentos(), carpeta)
    construir_base(carpeta)
    return carpeta


def pares(nombre: str, otra_base, monkeypatch) -> tuple[pd.DataFrame, pd.DataFrame]:
    una = consultar(nombre)
    monkeypatch.setenv("POA_DATOS", str(otra_base))
    return una, consultar(nombre)


def test_la_otra_base_si_tiene_otras_cantidades(otra_base, monkeypatch):
    una, otra = pares("cumplimiento", otra_base, monkeypatch)
    con_cifra = una["programado"] > 0
    razon = (otra["programado"] / una["programado"])[con_cifra]
    assert set(razon) == {1, FACTOR}
    assert 0.3 < (razon == FACTOR).mean() < 0.7


@pytest.mark.parametrize("nombre", [n for n in nombres_de_consultas() if n not in EN_PESOS])
def test_cambiar_de_unidad_no_mueve_ningun_agregado(nombre, otra_base, monkeypatch):
    una, otra = pares(nombre, otra_base, monkeypatch)
    es_de_un_compromiso = {"compromiso_id", "vigente_id"} & set(una.columns)
    quitar = [
        c
        for c in una.columns
        if es_de_un_compromiso and (c in PROPIO or any(q in c for q in DE_UNA_UNIDAD)) and not c.endswith("_pct")
    ]
    llave = [c for c in ("vigente_id", "compromiso_id", "corte", "periodo", "nivel_pmd", "clave_pmd") if c in una]
    if es_de_un_compromiso:
        una, otra = (t.sort_values(llave, kind="stable", ignore_index=True) for t in (una, otra))
    pd.testing.assert_frame_equal(una.drop(columns=quitar), otra.drop(columns=quitar), rtol=1e-6)


def test_la_prueba_ve_una_suma_entre_unidades(otra_base):
    suma = "select sum(programado) from cumplimiento"
    resultados = set()
    for carpeta in (rutas.datos(), otra_base):
        with duckdb.connect(str(carpeta / "poa.duckdb"), read_only=True) as con:
            resultados.add(con.execute(suma).fetchone())
    assert len(resultados) == 2


def test_solo_los_pesos_se_dejan_fuera():
    assert set(nombres_de_consultas()) >= EN_PESOS
    assert all(not parametros_de(n) & {"compromiso_id", "vigente_id"} for n in EN_PESOS)
