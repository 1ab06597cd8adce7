"""La línea de órdenes como la usa una persona: salidas, códigos y mensajes en español, nunca un rastreo."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from poa import rutas
from poa.extracto import TABLAS, leer_extractos
from tests.documentos_hechos import generar, hostiles


def poa(*argumentos: str | Path, datos: Path | None = None) -> subprocess.CompletedProcess:
    orden = [sys.executable, "-m", "poa", *(["--datos", str(datos)] if datos else []), *map(str, argumentos)]
    return subprocess.run(orden, capture_output=True, text=True, cwd=rutas.raiz(), check=False)


@pytest.fixture
def documento(tmp_path: Path) -> Path:
    ruta = tmp_path / "reporte-2025.txt"
    ruta.write_text(generar("tabla_tabs", 3, "ninguno")[0], encoding="utf-8")
    return ruta


def test_leer_escribe_las_tablas_y_nada_mas(documento, tmp_path):
    salida = tmp_path / "salida"
    resultado = poa("leer", documento, "--salida", salida)
    assert resultado.returncode == 0, resultado.stderr
    assert {ruta.name for ruta in salida.iterdir()} == {f"{tabla}.parquet" for tabla in TABLAS}
    assert {ruta.name for ruta in tmp_path.iterdir()} == {documento.name, "salida"}
    assert "metas" in resultado.stdout


def test_los_renglones_del_documento_se_guardan_tal_cual(documento, tmp_path):
    poa("leer", documento, "--salida", tmp_path / "salida")
    filas = pq.read_table(tmp_path / "salida" / "renglon_fuente.parquet").to_pylist()
    assert [fila["texto"] for fila in filas] == documento.read_text("utf-8").removesuffix("\n").split("\n")


def test_lo_que_no_se_puede_leer_se_rechaza_y_la_salida_queda_como_estaba(documento, tmp_path):
    salida = tmp_path / "salida"
    poa("leer", documento, "--salida", salida)
    antes = {ruta.name: ruta.read_bytes() for ruta in salida.iterdir()}
    malo = tmp_path / "malo.txt"
    malo.write_text("El ayuntamiento informa que la sesión se pospuso.\n" * 20, encoding="utf-8")
    resultado = poa("leer", documento, malo, "--salida", salida)
    assert resultado.returncode == 2
    assert "malo.txt" in resultado.stderr and "Traceback" not in resultado.stderr
    assert {ruta.name: ruta.read_bytes() for ruta in salida.iterdir()} == antes


@pytest.mark.parametrize("hostil", hostiles(), ids=lambda hostil: hostil[0])
def test_los_archivos_hostiles_se_leen_o_se_rechazan_con_una_oracion(hostil, tmp_path):
    nombre, contenido, esperado = hostil
    ruta = tmp_path / f"{nombre}.txt"
    ruta.write_bytes(contenido)
    resultado = poa("leer", ruta, "--salida", tmp_path / "salida")
    assert "Traceback" not in resultado.stderr + resultado.stdout
    assert resultado.returncode == (0 if esperado == "leido" else 2), resultado.stderr
    if esperado == "rechazado":
        assert not (tmp_path / "salida").exists()
        assert ruta.name in resultado.stderr.replace("\n", "")


def test_dos_archivos_con_el_mismo_nombre_no_se_confunden(documento, tmp_path):
    otra = tmp_path / "otra"
    otra.mkdir()
    (otra / documento.name).write_text(documento.read_text("utf-8"), encoding="utf-8")
    resultado = poa("leer", documento, otra / documento.name, "--salida", tmp_path / "salida")
    assert resultado.returncode == 2 and "reporte-2025" in resultado.stderr


def test_importar_agrega_construye_y_dice_que_cambio(documento, tmp_path):
    datos = tmp_path / "datos"
    resultado = poa("importar", documento, datos=datos)
    assert resultado.returncode == 0, resultado.stderr
    assert "reporte-2025: leído" in resultado.stdout
    assert (datos / "poa.duckdb").exists() and (datos / "documentos.csv").exists()
    otra_vez = poa("importar", documento, datos=datos)
    assert "ya estaba y no cambió" in otra_vez.stdout
    consulta = poa("consultar", "cumplimiento", "--formato", "csv", datos=datos)
    assert consulta.returncode == 0 and consulta.stdout.startswith("ejercicio,corte,dependencia")


def test_importar_lo_ilegible_no_toca_los_datos(documento, tmp_path):
    datos = tmp_path / "datos"
    poa("importar", documento, datos=datos)
    antes = leer_extractos(datos / "extractos")
    malo = tmp_path / "malo.txt"
    malo.write_bytes(b"%PDF-1.7 nada")
    resultado = poa("importar", malo, datos=datos)
    assert resultado.returncode == 2 and "PDF" in resultado.stderr
    assert leer_extractos(datos / "extractos") == antes


def test_el_documento_del_anio_siguiente_se_enlaza_con_sugerir_y_confirmar(documento, tmp_path):
    datos = tmp_path / "datos"
    poa("importar", documento, datos=datos)
    anio = int(pq.read_table(datos / "extractos" / "compromiso.parquet")["ejercicio"][0].as_py())
    siguiente = tmp_path / "reporte-siguiente.txt"
    siguiente.write_text(documento.read_text("utf-8").replace(str(anio), str(anio + 1)), encoding="utf-8")
    importado = poa("importar", siguiente, datos=datos)
    assert "no tiene enlaces con su plan anterior" in importado.stdout, importado.stderr
    sugerido = poa("linaje", "sugerir", datos=datos)
    assert sugerido.returncode == 0, sugerido.stderr
    planes = poa("consultar", "planes", "--formato", "csv", datos=datos).stdout.splitlines()
    assert int(planes[-1].split(",")[-1]) > 0
    unidos = "select count(*) filter (where une), count(*) from enlace"
    with duckdb.connect(str(datos / "poa.duckdb"), read_only=True) as con:
        assert con.execute(unidos).fetchone()[0] == 0  # sugerido no es confirmado
        origen, destino = con.execute("select origen, destino from enlace where relacion = 'misma' limit 1").fetchone()
    confirmado = poa("linaje", "confirmar", origen, destino, datos=datos)
    assert confirmado.returncode == 0 and "Confirmado" in confirmado.stdout
    with duckdb.connect(str(datos / "poa.duckdb"), read_only=True) as con:
        assert con.execute(unidos).fetchone()[0] == 1
    otra_vez = poa("importar", siguiente, datos=datos)  # la carpeta ya trae catálogos, y no todos
    assert otra_vez.returncode == 0 and "no tiene enlaces" not in otra_vez.stdout


@pytest.mark.parametrize(
    ("orden", "palabra"),
    [
        (["consultar", "no_existe"], "no_existe"),
        (["consultar", "cumplimiento", "--param", "corte"], "clave=valor"),
        (["consultar", "cumplimiento", "--param", "color=azul"], "color"),
    ],
)
def test_los_errores_de_uso_se_dicen_en_espanol(orden, palabra):
    resultado = poa(*orden)
    assert resultado.returncode == 2
    assert palabra in resultado.stderr and "Traceback" not in resultado.stderr


@pytest.mark.parametrize("orden", ["leer", "importar", "construir", "revisar", "linaje", "consultar", "tablero"])
def test_cada_orden_se_explica(orden):
    resultado = poa(orden, "--help")
    assert resultado.returncode == 0 and len(resultado.stdout) > 80


def test_los_datos_del_proyecto_no_tienen_errores_sin_explicar():
    resultado = poa("revisar")
    assert resultado.returncode == 0, resultado.stdout


TESORERIA = """AYUNTAMIENTO DE MEXICALI
TESORERIA MUNICIPAL
AVANCE DEL SEGUNDO TRIMESTRE
ESTIMACIÓN Y AVANCES DE ACCIÓN 2026

Ramo: 01 - PRESIDENCIA
Programa: 010 - GESTION
Meta: 1 - ATENDER A LA CIUDADANIA

| 1 - ENTREGAR APOYOS | APOYO | 7 | 2 | | 1 | 0 | 1 | | 0 | 0 | 1 | 0 | 2 | | PROGRAMADO |
| | | 3 | 2 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | REALIZADO |
| | | (4) | 0 | 0 | (1) | 0 | 0 | 0 | 0 | 0 | (1) | 0 | (2) | 0 | VARIACION |

Ramo: 52 - DIF MUNICIPAL
Programa: 522 - ASISTENCIA
Meta: 1 - CUIDAR A LAS FAMILIAS

| 1 - PAGAR | NOMINA | 12 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 | PROGRAMADO |
| | | 6 | 1 | 1 | 1 | 1 | 1 | 1 | | | | | | | REALIZADO |
| | | (6) | 0 | 0 | 0 | 0 | 0 | 0 | | | | | | | VARIACION |
"""
SOLO_PRESUPUESTO = """TESORERIA MUNICIPAL
IDENTIFICACIÓN DE PROGRAMAS PARA EL EJERCICIO FISCAL 2026
RAMO: 01 - PRESIDENCIA
PROGRAMA: 010 - GESTION
| PRESUPUESTO POR CATEGORÍA PROGRAMÁTICA | | PRESUPUESTO DE EGRESOS | | |
| 10000 | SERVICIOS PERSONALES | | $ 1,350.92 | $ (39.59) |
"""


def test_un_archivo_de_tesoreria_puede_traer_varios_ramos_y_meses_no_exigibles(tmp_path):
    (tmp_path / "t.txt").write_text(TESORERIA, encoding="utf-8")
    assert poa("leer", tmp_path / "t.txt", "--salida", tmp_path / "s").returncode == 0
    tablas = leer_extractos(tmp_path / "s")
    acciones = {fila["dependencia"]: fila for fila in tablas["compromiso"] if fila["nivel"] == "accion"}
    assert set(acciones) == {"presidencia", "dif"}
    avances = [fila for fila in tablas["avance"] if fila["compromiso_id"] == acciones["presidencia"]["compromiso_id"]]
    assert [(fila["programado"], fila["alcanzado"]) for fila in avances] == [(3, 2), (1, 1), (1, None), (2, None)]


def test_un_archivo_puede_traer_solo_presupuesto_y_cada_importe_queda_en_su_columna(tmp_path):
    (tmp_path / "p.txt").write_text(SOLO_PRESUPUESTO, encoding="utf-8")
    resultado = poa("leer", tmp_path / "p.txt", "--salida", tmp_path / "s")
    assert resultado.returncode == 0, resultado.stderr
    (fila,) = leer_extractos(tmp_path / "s")["presupuesto"]
    assert (fila["autorizado_inicial"], fila["modificado"], fila["devengado"]) == (None, 1350.92, -39.59)
