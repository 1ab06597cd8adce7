"""Los enlaces guardados: data/catalogos/linaje.csv y, para no volver a sugerirlos, linaje_rechazado.csv.

Los dos archivos se editan también a mano: aquí solo se tocan los renglones de que se trata y los demás
quedan tal cual. Todo cambio se escribe de una vez y reconstruye la base; si no se puede, no cambia nada.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process

from poa import rutas
from poa.base import construir_base, construir_en_memoria, mensaje_de_columnas
from poa.errores import ErrorDeUsuario
from poa.linaje.afines import sugerir_afines
from poa.linaje.parecido import VACIAS
from poa.linaje.planes import Eslabon, leer_eslabones
from poa.linaje.sugeridor import Sugerencia, sugerir
from poa.normalizar import norma, slug

COLUMNAS = ("origen", "destino", "relacion", "evidencia", "certeza", "procedencia", "hilo")
COLUMNAS_DE_RECHAZO = ("origen", "destino", "motivo")

# desde qué puntaje es alta y desde cuál media
CERTEZAS = ((0.95, "alta"), (0.8, "media"))
PALABRAS_DE_HILO = 5
Fila = dict[str, str]
Avisar = Callable[[str], None]


@dataclass
class _Archivo:
    """Un CSV renglón por renglón: de cada fila, sus valores y el texto con que está escrita."""

    ruta: Path
    columnas: tuple[str, ...]
    filas: list[Fila]
    textos: list[str]
    encabezado: str
    salto: str = "\n"

    def escribir_fila(self, fila: Fila) -> str:
        escrito = io.StringIO()
        csv.DictWriter(escrito, self.columnas, restval="", lineterminator=self.salto).writerow(fila)
        return escrito.getvalue()

    def agregar(self, fila: Fila) -> None:
        self.filas.append(fila)
        self.textos.append(self.escribir_fila(fila))

    def cambiar(self, indice: int, **cambios: str) -> None:
        self.filas[indice] |= cambios
        self.textos[indice] = self.escribir_fila(self.filas[indice])

    def quitar(self, indice: int) -> None:
        del self.filas[indice], self.textos[indice]

    @property
    def contenido(self) -> str:
        return "".join(
            texto if texto.endswith(("\n", "\r")) else texto + self.salto for texto in [self.encabezado, *self.textos]
        )


def ruta_de_enlaces() -> Path:
    """El linaje.csv de la carpeta de datos vigente."""
    return rutas.datos() / "catalogos" / "linaje.csv"


def ruta_de_rechazados() -> Path:
    """El linaje_rechazado.csv de la carpeta de datos vigente."""
    return rutas.datos() / "catalogos" / "linaje_rechazado.csv"


def leer_enlaces() -> list[Fila]:
    """Los enlaces guardados, en el orden del archivo; ninguno si no hay archivo."""
    return _abrir(ruta_de_enlaces(), COLUMNAS).filas


def proponer(
    *, sin_catalogo: bool = False, afines: bool = False, avisar: Avisar = lambda cosa: None
) -> list[Sugerencia]:
    """Las sugerencias nuevas para los extractos vigentes, sin las ya guardadas ni las rechazadas.

    `sin_catalogo` hace como si no hubiera enlaces ni rechazos guardados. Tampoco se propone lo que
    contradice a un enlace confirmado: otro destino en el mismo plan, u otro origen.
    """
    return _proponer(_leer_eslabones(avisar), sin_catalogo, afines, avisar)


def _leer_eslabones(avisar: Avisar) -> list[Eslabon]:
    avisar("los extractos")
    with construir_en_memoria(rutas.datos()) as con:
        return leer_eslabones(con)


def _proponer(eslabones: list[Eslabon], sin_catalogo: bool, afines: bool, avisar: Avisar) -> list[Sugerencia]:
    guardados = [] if sin_catalogo else leer_enlaces()
    rechazos = [] if sin_catalogo else _abrir(ruta_de_rechazados(), COLUMNAS_DE_RECHAZO).filas
    rechazados = frozenset((fila["origen"], fila["destino"]) for fila in rechazos)
    sugerencias = sugerir(eslabones, rechazados, avisar)
    if afines:
        sugerencias += sugerir_afines(eslabones, rechazados, avisar)
    pares = {(fila["origen"], fila["destino"]) for fila in guardados}
    firmes = [fila for fila in guardados if fila["procedencia"] == "confirmado" and fila["relacion"] != "afin"]
    return [
        una
        for una in sugerencias
        if (una.origen, una.destino) not in pares and not any(_contradice(una, fila) for fila in firmes)
    ]


def _contradice(una: Sugerencia, firme: Fila) -> bool:
    if una.relacion == "afin" or (una.relacion == firme["relacion"] and una.relacion in ("dividida", "fusionada")):
        return False
    mismo_origen = una.origen == firme["origen"] and _plan(una.destino) == _plan(firme["destino"])
    mismo_destino = una.destino == firme["destino"] and _plan(una.origen) == _plan(firme["origen"])
    return mismo_origen or mismo_destino


def _plan(eslabon: str) -> str:
    return "/".join(eslabon.split("/")[:2])


def escribir_sugerencias(sugerencias: Iterable[Sugerencia], ruta: Path) -> None:
    """Escribe `origen, destino, relacion, puntaje, razones` en `ruta`, de una vez."""
    escrito = io.StringIO()
    escritor = csv.writer(escrito, lineterminator="\n")
    escritor.writerow(("origen", "destino", "relacion", "puntaje", "razones"))
    escritor.writerows((s.origen, s.destino, s.relacion, s.puntaje, s.razones) for s in sugerencias)
    _escribir(ruta, escrito.getvalue())


def agregar_sugerencias(
    *, sin_catalogo: bool = False, afines: bool = False, avisar: Avisar = lambda cosa: None
) -> list[Sugerencia]:
    """Agrega a linaje.csv las sugerencias nuevas, como `sugerido`, y reconstruye la base. Devuelve las agregadas."""
    eslabones = _leer_eslabones(avisar)
    archivo = _abrir(ruta_de_enlaces(), COLUMNAS)
    guardadas = {(fila["origen"], fila["destino"]) for fila in archivo.filas}
    nuevas = [
        una for una in _proponer(eslabones, sin_catalogo, afines, avisar) if (una.origen, una.destino) not in guardadas
    ]
    hilos = _Hilos(archivo, {e.id: e for e in eslabones})
    orden = {e.id: lugar for lugar, e in enumerate(eslabones)}
    for una in sorted(nuevas, key=lambda s: (s.relacion == "afin", orden[s.origen], orden[s.destino])):
        archivo.agregar(
            {
                "origen": una.origen,
                "destino": una.destino,
                "relacion": una.relacion,
                "evidencia": una.razones,
                "certeza": next((certeza for desde, certeza in CERTEZAS if una.puntaje >= desde), "baja"),
                "procedencia": "sugerido",
                "hilo": hilos.del_enlace(una),
            }
        )
    if nuevas:
        _guardar(archivo, avisar=avisar)
    return nuevas


class _Hilos:
    """El hilo de cada eslabón: el que ya tiene o uno nuevo, con las primeras palabras de lo que se compromete."""

    def __init__(self, archivo: _Archivo, eslabones: dict[str, Eslabon]):
        self.archivo = archivo
        self.eslabones = eslabones
        self.de: dict[str, str] = {}
        for fila in archivo.filas:
            for punta in (fila["origen"], fila["destino"]):
                if fila["hilo"] and (fila["relacion"] != "afin" or punta not in self.de):
                    self.de[punta] = fila["hilo"]
        self.usados = set(self.de.values())

    def del_enlace(self, una: Sugerencia) -> str:
        """El hilo de un enlace nuevo. Si junta dos que ya tenían nombre, queda el del origen en todos sus renglones."""
        hilo = self.de.get(una.origen) or self.de.get(una.destino) or self._nuevo(self.eslabones[una.origen])
        self.de.setdefault(una.origen, hilo)
        if una.relacion != "afin":
            otro = self.de.setdefault(una.destino, hilo)
            if otro != hilo:
                self._fundir(otro, hilo)
        return hilo

    def _fundir(self, viejo: str, hilo: str) -> None:
        for indice, fila in enumerate(self.archivo.filas):
            if fila["hilo"] == viejo:
                self.archivo.cambiar(indice, hilo=hilo)
        self.de |= {eslabon: hilo for eslabon, suyo in self.de.items() if suyo == viejo}

    def _nuevo(self, eslabon: Eslabon) -> str:
        dichas = [p for p in norma(eslabon.descripcion).split() if p not in VACIAS and not p.isdigit()]
        nombre = slug(" ".join(dichas[:PALABRAS_DE_HILO]) or f"{eslabon.dependencia} {eslabon.clave}")
        propio = f"{nombre}_{eslabon.dependencia}"
        candidatos = [nombre, propio, f"{propio}_{slug(eslabon.clave)}"]
        hilo = next((c for c in candidatos if c not in self.usados), None)
        numero = 2
        while hilo is None or hilo in self.usados:
            hilo = f"{candidatos[-1]}_{numero}"
            numero += 1
        self.usados.add(hilo)
        return hilo


def confirmar(origen: str, destino: str, relacion: str | None = None, avisar: Avisar = lambda cosa: None) -> str:
    """Pasa un enlace a `confirmado` (y le cambia la relación si se da). Devuelve la oración de lo que pasó."""
    archivo = _abrir(ruta_de_enlaces(), COLUMNAS)
    indice = _buscar(archivo, origen, destino)
    if indice is None:
        raise ErrorDeUsuario(_no_existe(archivo, origen, destino))
    fila = archivo.filas[indice]
    if fila["procedencia"] == "confirmado" and relacion in (None, fila["relacion"]):
        return f"El enlace {origen} → {destino} ya estaba confirmado como «{fila['relacion']}»."
    archivo.cambiar(indice, procedencia="confirmado", relacion=relacion or fila["relacion"])
    _guardar(archivo, avisar=avisar)
    return f"Confirmado: {origen} → {destino} ({archivo.filas[indice]['relacion']})."


def confirmar_hilo(hilo: str, avisar: Avisar = lambda cosa: None) -> str:
    """Confirma todos los enlaces sugeridos de un hilo. Devuelve la oración de lo que pasó."""
    archivo = _abrir(ruta_de_enlaces(), COLUMNAS)
    suyos = [i for i, fila in enumerate(archivo.filas) if fila["hilo"] == hilo]
    if not suyos:
        parecidos = process.extract(hilo, {fila["hilo"] for fila in archivo.filas if fila["hilo"]}, limit=3)
        pista = f" Hilos parecidos: {', '.join(p[0] for p in parecidos)}." if parecidos else ""
        raise ErrorDeUsuario(f"No hay enlaces del hilo «{hilo}» en {archivo.ruta}.{pista}")
    pendientes = [i for i in suyos if archivo.filas[i]["procedencia"] != "confirmado"]
    for indice in pendientes:
        archivo.cambiar(indice, procedencia="confirmado")
    if not pendientes:
        return f"Todo el hilo «{hilo}» ya estaba confirmado."
    _guardar(archivo, avisar=avisar)
    cuantos = "1 enlace confirmado" if len(pendientes) == 1 else f"{len(pendientes)} enlaces confirmados"
    return f"{cuantos} del hilo «{hilo}»."


def rechazar(origen: str, destino: str, motivo: str, avisar: Avisar = lambda cosa: None) -> str:
    """Quita un enlace de linaje.csv y lo recuerda con su motivo, para no volver a sugerirlo."""
    if not motivo.strip():
        raise ErrorDeUsuario("Diga con --motivo por qué no es el mismo compromiso: es lo que se recuerda.")
    archivo = _abrir(ruta_de_enlaces(), COLUMNAS)
    rechazos = _abrir(ruta_de_rechazados(), COLUMNAS_DE_RECHAZO)
    indice = _buscar(archivo, origen, destino)
    previo = _buscar(rechazos, origen, destino)
    if indice is None and previo is None:
        conocidos = {e.id for e in _leer_eslabones(avisar)}
        if not {origen, destino} <= conocidos:
            raise ErrorDeUsuario(_no_existe(archivo, origen, destino, conocidos))
    if previo is None:
        rechazos.agregar({"origen": origen, "destino": destino, "motivo": motivo.strip()})
    else:
        rechazos.cambiar(previo, motivo=motivo.strip())
    if indice is not None:
        archivo.quitar(indice)
        _guardar(archivo, rechazos, avisar=avisar)
    else:
        _guardar(rechazos, avisar=avisar)
    return f"Rechazado: {origen} → {destino}. No se volverá a sugerir."


# ---------------------------------------------------------------- archivos


def _buscar(archivo: _Archivo, origen: str, destino: str) -> int | None:
    return next((i for i, f in enumerate(archivo.filas) if (f["origen"], f["destino"]) == (origen, destino)), None)


def _no_existe(archivo: _Archivo, origen: str, destino: str, conocidos: set[str] | None = None) -> str:
    """La oración de que un enlace no está, con los parecidos; o de que un eslabón no existe, con los suyos."""
    if conocidos is not None:
        perdido = origen if origen not in conocidos else destino
        parecidos = [p[0] for p in process.extract(perdido, conocidos, limit=3)]
        return f"No hay ningún compromiso «{perdido}» en los datos. Parecidos: {', '.join(parecidos) or 'ninguno'}."
    escritos = [f"{fila['origen']} → {fila['destino']}" for fila in archivo.filas]
    suyos = [e for e in escritos if {origen, destino} & set(e.split(" → "))]
    parecidos = suyos[:3] or [p[0] for p in process.extract(f"{origen} → {destino}", escritos, limit=3)]
    pista = f" Parecidos: {'; '.join(parecidos)}." if parecidos else " Sugiera primero con `poa linaje sugerir`."
    return f"El enlace {origen} → {destino} no está en {archivo.ruta}.{pista}"


def _abrir(ruta: Path, columnas: tuple[str, ...]) -> _Archivo:
    """El CSV con el texto de cada fila; uno vacío con su encabezado si no existe."""
    if not ruta.is_file():
        return _Archivo(ruta, columnas, [], [], ",".join(columnas) + "\n")
    try:
        crudo = ruta.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ErrorDeUsuario(f"{ruta} no está en UTF-8: guárdelo como CSV UTF-8.") from error
    renglones = crudo.splitlines(keepends=True)
    lector = csv.reader(io.StringIO(crudo.removeprefix("\ufeff"), newline=""))
    registros, antes = [], 0
    for valores in lector:
        registros.append((valores, "".join(renglones[antes : lector.line_num])))
        antes = lector.line_num
    encabezado = registros[0][0] if registros else []
    if faltan := [columna for columna in columnas if columna not in encabezado]:
        raise ErrorDeUsuario(mensaje_de_columnas(ruta, faltan, encabezado))
    filas, textos = [], []
    for valores, texto in registros[1:]:
        if any(valores):
            filas.append(dict(zip(encabezado, valores + [""] * len(encabezado), strict=False)))
            textos.append(texto)
    salto = "\r\n" if registros[0][1].endswith("\r\n") else "\n"
    return _Archivo(ruta, tuple(encabezado), filas, textos, registros[0][1], salto)


def _escribir(ruta: Path, contenido: str) -> None:
    aparte = ruta.with_name(f"{ruta.name}.nuevo")
    try:
        aparte.write_bytes(contenido.encode("utf-8"))
        os.replace(aparte, ruta)
    except FileNotFoundError as error:
        raise ErrorDeUsuario(f"No existe la carpeta {ruta.parent}: créela o elija otra para {ruta.name}.") from error
    except OSError as error:
        raise ErrorDeUsuario(f"No se puede escribir {ruta}. Revise sus permisos y que no esté abierto.") from error
    finally:
        if aparte.is_file():
            aparte.unlink()


def _guardar(*archivos: _Archivo, avisar: Avisar) -> None:
    """Escribe los archivos y reconstruye la base; si la base no se puede construir, los deja como estaban."""
    previos = {a.ruta: a.ruta.read_bytes() if a.ruta.is_file() else None for a in archivos}
    try:
        for archivo in archivos:
            archivo.ruta.parent.mkdir(parents=True, exist_ok=True)
            _escribir(archivo.ruta, archivo.contenido)
        avisar("la base")
        construir_base(rutas.datos())
    except ErrorDeUsuario:
        for ruta, contenido in previos.items():
            if contenido is None:
                ruta.unlink(missing_ok=True)
            else:
                ruta.write_bytes(contenido)
        raise
