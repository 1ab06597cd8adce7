"""Cuánto tarda el taller: leer los documentos guardados y construir la base, como órdenes completas.

Uso: python bench/medir.py [VECES]. Imprime la mediana y el intervalo, en segundos de reloj.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from poa import rutas
from poa.extracto import leer_extractos


def escribir_documentos(carpeta: Path) -> list[Path]:
    """Los documentos guardados en `renglon_fuente`, otra vez como archivos de texto."""
    renglones: dict[str, list[str]] = defaultdict(list)
    for fila in sorted(leer_extractos(rutas.extractos())["renglon_fuente"], key=lambda una: una["renglon"]):
        renglones[fila["documento"]].append(fila["texto"])
    archivos = []
    for nombre, textos in sorted(renglones.items()):
        archivos.append(carpeta / f"{nombre}.txt")
        archivos[-1].write_text("\n".join(textos) + "\n", encoding="utf-8")
    return archivos


def medir(orden: list[str], veces: int) -> str:
    """«mediana (mínimo–máximo)» de una orden completa, después de una vuelta de calentamiento."""
    tiempos = []
    for _ in range(veces + 1):
        inicio = time.perf_counter()
        subprocess.run([sys.executable, "-m", "poa", *orden], check=True, capture_output=True, cwd=rutas.raiz())
        tiempos.append(time.perf_counter() - inicio)
    tiempos = tiempos[1:]
    return f"{statistics.median(tiempos):.2f} s ({min(tiempos):.2f}–{max(tiempos):.2f})"


def principal() -> None:
    veces = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as carpeta:
        archivos = escribir_documentos(Path(carpeta))
        salida = str(Path(carpeta) / "salida")
        print(
            f"poa leer, {len(archivos)} documentos: {medir(['leer', *map(str, archivos), '--salida', salida], veces)}"
        )
        datos = Path(carpeta) / "datos"
        shutil.copytree(rutas.datos(), datos, ignore=shutil.ignore_patterns("*.duckdb*", "actual.json"))
        print(f"poa construir: {medir(['--datos', str(datos), 'construir'], veces)}")


if __name__ == "__main__":
    principal()
