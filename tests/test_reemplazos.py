"""Un informe posterior corrige un trimestre ya informado: vale lo último y la diferencia se dice, una sola vez."""

from __future__ import annotations

from pathlib import Path

import pytest

from poa.base import construir_base
from poa.consultas import consultar
from poa.extracto import escribir_extractos, leer_documentos
from poa.laminas.sesion import sesion
from poa.seleccion import elegir

REGLA = "informe_posterior_distinto"
MESES = {1: "ENERO-MARZO", 2: "ABRIL-JUNIO", 3: "JULIO-SEPTIEMBRE", 4: "OCTUBRE-DICIEMBRE"}


def documento(carpeta: Path, nombre: str, trimestre: int, alcanzados: str) -> Path:
    """Un informe de Tesorería con dos compromisos; `alcanzados`, los de la acción 101 hasta su trimestre."""
    cifras = [*alcanzados.split(), "", "", "", ""][:4]
    suma = sum(float(c) for c in cifras if c)
    celdas = "\t".join(f"10\t{cifra}" for cifra in cifras)
    texto = f"""XXV AYUNTAMIENTO DE MEXICALI DE BAJA CALIFORNIA
PROGRAMA OPERATIVO ANUAL 2026

TMM-F004

FECHA: {MESES[trimestre]} 2026

AVANCE FÍSICO PROGRAMÁTICO

RAMO:\t52 DESARROLLO INTEGRAL DE LA FAMILIA
PROGRAMA\t511 GESTIÓN ADMINISTRATIVA
UNIDAD EJECUTORA\t54102 DIRECCION
FINALIDAD\t2 DESARROLLO SOCIAL
LÍNEAS DE ACCIÓN\t4.1.6 MEJORA REGULATORIA

LINEA DE ACCIÓN P.M.D.\tMETAS Y ACCIONES\tUNIDAD MEDIDA\tMETA ANUAL\tPERIODO\t\t\t\t\t\t\t\tAVANCE ABSOLUTO\tACUMULADO RELATIVO\tOBSERVACIONES
\t\t\t\tENE-MAR\t\tABR-JUN\t\tJUL-SEP\t\tOCT-DIC\t\t\t\t
\t\t\t\tP\tA\tP\tA\tP\tA\tP\tA\t\t\t
4.1.6\t100.- Coordinar los programas de la familia.\tInforme\t4\t1\t1\t1\t\t1\t\t1\t\t1\t25%\t
4.1.6\t101.- Entregar despensas a familias.\tDespensa\t40\t{celdas}\t{suma:g}\t{suma * 2.5:.0f}%\t
"""  # noqa: E501
    ruta = carpeta / f"{nombre}.txt"
    ruta.write_text(texto, encoding="utf-8")
    return ruta


def diferencias(rutas: list[Path]) -> list[tuple[str, str, str]]:
    """(documento, columna, explicación) de cada hallazgo de la regla."""
    hallazgos = leer_documentos(rutas)["hallazgo"]
    return [(h["documento"], h["columna"], h["explicacion"]) for h in hallazgos if h["regla"] == REGLA]


def test_la_diferencia_va_en_el_informe_que_da_la_cifra(tmp_path):
    rutas = [
        documento(tmp_path, "t1", 1, "9"),
        documento(tmp_path, "t2", 2, "7 10"),
        documento(tmp_path, "t3", 3, "7 10 8"),
    ]
    assert diferencias(rutas) == [
        ("t2", "alcanzado_t1", "Alcanzado T1: el informe 2026T1 decía 9; vale este, que dice 7."),
        ("t3", "alcanzado_t1", "Alcanzado T1: el informe 2026T1 decía 9; vale este, que dice 7."),
    ]
    assert diferencias(rutas[::-1]) == diferencias(rutas), "depende del orden en que se dan los documentos"


def test_dos_informes_del_mismo_corte_tambien_y_sin_diferencia_no_se_dice_nada(tmp_path):
    rutas = [documento(tmp_path, "t2", 2, "9 10"), documento(tmp_path, "t2-corrige", 2, "9 6")]
    assert diferencias(rutas) == [
        ("t2-corrige", "alcanzado_t2", "Alcanzado T2: otro informe 2026T2 decía 10; vale este, que dice 6.")
    ]
    assert diferencias([documento(tmp_path, "t1", 1, "9"), rutas[0]]) == []


@pytest.mark.parametrize("corte", ["2026T2", "2026T3"])
def test_lo_leen_las_notas_y_ninguna_prueba_lo_acusa_otra_vez(tmp_path, monkeypatch, corte):
    rutas = [
        documento(tmp_path, "t1", 1, "9"),
        documento(tmp_path, "t2", 2, "7 10"),
        documento(tmp_path, "t3", 3, "7 10 8"),
    ]
    datos = tmp_path / "datos"
    monkeypatch.setenv("POA_DATOS", str(datos))
    escribir_extractos(leer_documentos(rutas), datos / "extractos")
    construir_base(datos)

    assert not consultar("infracciones", prueba=REGLA).shape[0]
    notas = "\n".join(lamina.notas for parte in sesion(elegir(corte)) for lamina in parte.armar())
    informe = f"T{corte[-1]} 2026"
    assert f"101, informe {informe}: Alcanzado T1: el informe del primer trimestre de 2026 decía 9;" in notas
    assert f"archivo «t{corte[-1]}»" in notas, "el archivo se nombra como se busca"
