"""Agregar documentos a los datos: se leen junto con los que ya están, y todo cambia a la vez o nada cambia."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from poa import rutas
from poa.base import construir_base
from poa.documento import Documento, abrir_documento, documento_de_renglones
from poa.errores import ErrorDeUsuario
from poa.extracto import Tablas, armar_extractos, escribir_extractos, leer_extractos
from poa.lectura import reconocer_formato

COLUMNAS_DE_DOCUMENTO = (
    "documento",
    "archivo",
    "sha256",
    "formato",
    "ejercicio",
    "cortes",
    "dependencias",
    "paginas",
    "renglones",
)


@dataclass
class Cambio:
    """Lo que una importación cambió, en oraciones, y los hallazgos de los documentos importados."""

    lineas: list[str] = field(default_factory=list)
    hallazgos: list[dict] = field(default_factory=list)


def importar_documentos(archivos: list[Path], avisar=lambda cosa: None) -> Cambio:
    """Lee los archivos con los documentos ya guardados, reescribe `data/` y reconstruye la base.

    Sin archivos, relee los guardados (por ejemplo, después de corregir un catálogo).
    Los guardados se releen de `renglon_fuente`: un reporte nuevo puede resolver la duda de uno anterior.
    `ErrorDeUsuario` si alguno no se puede leer; los datos quedan entonces como estaban.
    """
    datos = rutas.datos()
    previos = leer_extractos(rutas.extractos())
    registro = _leer_registro()
    documentos = {documento.nombre: documento for documento in _guardados(previos, registro)}
    nuevos: dict[str, Documento] = {}
    for archivo in archivos:
        avisar(Path(archivo).name)
        documento = abrir_documento(Path(archivo))
        if documento.nombre in nuevos:
            raise ErrorDeUsuario(f"Hay dos archivos llamados «{documento.nombre}»: cambie el nombre de uno.")
        nuevos[documento.nombre] = documento
    iguales = {
        nombre
        for nombre, documento in nuevos.items()
        if documentos.get(nombre, documento).sha256 == documento.sha256 and nombre in documentos
    }
    documentos |= nuevos
    if not documentos:
        raise ErrorDeUsuario("Aún no hay documentos guardados: dé al menos un archivo.")
    avisar("y conciliando")
    tablas = armar_extractos(list(documentos.values()))
    _publicar(datos, tablas, list(documentos.values()))
    return _comparar(previos, tablas, nuevos, iguales)


def _leer_registro() -> dict[str, dict[str, str]]:
    ruta = rutas.documentos()
    if not ruta.is_file():
        return {}
    with ruta.open(encoding="utf-8", newline="") as archivo:
        return {fila["documento"]: fila for fila in csv.DictReader(archivo)}


def _guardados(previos: Tablas, registro: dict[str, dict[str, str]]) -> list[Documento]:
    renglones: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for fila in previos["renglon_fuente"]:
        renglones[fila["documento"]].append((fila["renglon"], fila["texto"]))
    salidas = []
    for nombre, suyos in renglones.items():
        documento = documento_de_renglones(nombre, suyos)
        fila = registro.get(nombre)
        if fila:
            documento = Documento(nombre, fila["archivo"], fila["sha256"], documento.renglones)
        salidas.append(documento)
    return salidas


def _publicar(datos: Path, tablas: Tablas, documentos: list[Documento]) -> None:
    """Construye todo en una carpeta aparte y solo si la base pasa sus pruebas cambia la de datos."""
    datos.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".importacion-", dir=datos) as carpeta:
        ensayo = Path(carpeta)
        escribir_extractos(tablas, ensayo / "extractos")
        _escribir_registro(ensayo / "documentos.csv", tablas, documentos)
        for nombre in ("catalogos", "diccionario.csv", "umbrales.yml", "justificacion.yml", "excepciones.csv"):
            if (datos / nombre).is_dir():
                shutil.copytree(datos / nombre, ensayo / nombre)
            elif (datos / nombre).is_file():
                shutil.copy(datos / nombre, ensayo / nombre)
        construir_base(ensayo)
        escribir_extractos(tablas, datos / "extractos")
        (ensayo / "documentos.csv").replace(datos / "documentos.csv")
    construir_base(datos)


def _escribir_registro(ruta: Path, tablas: Tablas, documentos: list[Documento]) -> None:
    with ruta.open("w", encoding="utf-8", newline="") as archivo:
        escritor = csv.DictWriter(archivo, COLUMNAS_DE_DOCUMENTO, lineterminator="\n")
        escritor.writeheader()
        for documento in sorted(documentos, key=lambda uno: uno.nombre):
            suyos = [fila for fila in tablas["compromiso"] if fila["documento"] == documento.nombre]
            escritor.writerow(
                {
                    "documento": documento.nombre,
                    "archivo": documento.archivo,
                    "sha256": documento.sha256,
                    "formato": reconocer_formato(documento),
                    "ejercicio": "|".join(sorted({str(fila["ejercicio"]) for fila in suyos})),
                    "cortes": "|".join(sorted({fila["corte"] for fila in suyos})),
                    "dependencias": "|".join(sorted({fila["dependencia"] for fila in suyos})),
                    "paginas": documento.renglones[-1].pagina,
                    "renglones": len(documento.renglones),
                }
            )


def _comparar(previos: Tablas, tablas: Tablas, nuevos: dict[str, Documento], iguales: set[str]) -> Cambio:
    cambio = Cambio()
    antes = {fila["compromiso_id"]: fila for fila in previos["compromiso"]}
    avances_antes = {(fila["compromiso_id"], fila["trimestre"]): fila for fila in previos["avance"]}
    for nombre in nuevos:
        suyos = [fila for fila in tablas["compromiso"] if fila["documento"] == nombre]
        ahora = {fila["compromiso_id"] for fila in suyos}
        agregados = len(ahora - antes.keys())
        quitados = sum(fila["documento"] == nombre and clave not in ahora for clave, fila in antes.items())
        estado = "ya estaba y no cambió" if nombre in iguales else "leído"
        no_estan = f"{quitados} que ya no {'está' if quitados == 1 else 'están'}"
        cambio.lineas.append(
            f"{nombre}: {estado}; {_plural(len(suyos), 'compromiso')} ({_plural(agregados, 'nuevo')}, {no_estan})."
        )
    distintos = [
        fila["compromiso_id"]
        for fila in tablas["avance"]
        if (previo := avances_antes.get((fila["compromiso_id"], fila["trimestre"]))) is not None
        and (previo["programado"], previo["alcanzado"]) != (fila["programado"], fila["alcanzado"])
    ]
    if not nuevos:
        leidos = {fila["documento"] for fila in tablas["compromiso"]}
        releyeron = "Se releyó" if len(leidos) == 1 else "Se releyeron"
        cambio.lineas.append(
            f"{releyeron} {_plural(len(leidos), 'documento')} de los guardados: "
            f"{_plural(len(tablas['compromiso']), 'compromiso')}."
        )
    if distintos:
        cuales = sorted(set(distintos))
        cambia = "que ya estaba cambia" if len(cuales) == 1 else "que ya estaban cambian"
        cambio.lineas.append(f"{_plural(len(cuales), 'compromiso')} {cambia} de cifras: {', '.join(cuales[:10])}")
    cambio.hallazgos = [fila for fila in tablas["hallazgo"] if fila["documento"] in nuevos or not nuevos]
    return cambio


def _plural(n: int, uno: str) -> str:
    return f"{n} {uno}" if n == 1 else f"{n} {uno}s"
