"""Del archivo recibido a renglones con su página: lo único que se sabe antes de juzgar qué dice."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from poa.errores import ErrorDeUsuario, motivo

TAMANO_MAXIMO = 16 * 1024 * 1024  # bytes; el mayor de los cinco documentos recibidos pesa 64 KB
RENGLON_MAXIMO = 200_000  # caracteres; el renglón más largo recibido tiene 660
VACIOS_ENTRE_PAGINAS = 3  # los documentos separan sus páginas con tres o más renglones vacíos

FIRMAS_AJENAS = {
    b"%PDF": "un PDF",
    b"\x89PNG": "una imagen PNG",
    b"\xff\xd8\xff": "una imagen JPEG",
    b"GIF8": "una imagen GIF",
    b"PK\x03\x04": "un archivo comprimido o de Office",
    b"\xd0\xcf\x11\xe0": "un documento de Office antiguo",
    b"PAR1": "un Parquet",
    b"\x1f\x8b": "un archivo comprimido",
    b"SQLite format 3": "una base SQLite",
    b"\x7fELF": "un programa",
    b"MZ": "un programa",
}
# Las codificaciones de un equipo de oficina en español; otra sería adivinar.
CODIFICACIONES_DE_OFICINA = ["cp1252", "mac_roman", "cp850"]
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


@dataclass(frozen=True)
class Renglon:
    """Un renglón del documento. `numero` y `pagina` cuentan desde 1; `texto` tal como se recibió."""

    numero: int
    pagina: int
    texto: str


@dataclass(frozen=True)
class Documento:
    """Un documento recibido: `nombre` es el del archivo sin extensión; `sha256` el de sus bytes."""

    nombre: str
    archivo: str
    sha256: str
    renglones: tuple[Renglon, ...]

    @property
    def paginas(self) -> list[list[Renglon]]:
        """Los renglones agrupados por página, en su orden."""
        paginas: dict[int, list[Renglon]] = {}
        for renglon in self.renglones:
            paginas.setdefault(renglon.pagina, []).append(renglon)
        return list(paginas.values())


def abrir_documento(ruta: Path) -> Documento:
    """Lee un archivo de texto y lo devuelve como `Documento`.

    Lanza `ErrorDeUsuario` si no existe, está vacío, pesa de más o no es texto.
    """
    ruta = Path(ruta)
    if not ruta.is_file():
        raise ErrorDeUsuario(f"{ruta}: no existe ese archivo. Revise la ruta y el nombre.")
    tamano = ruta.stat().st_size
    if tamano == 0:
        raise ErrorDeUsuario(f"{ruta.name}: el archivo está vacío. Vuelva a exportar el texto del documento.")
    if tamano > TAMANO_MAXIMO:
        raise ErrorDeUsuario(
            f"{ruta.name}: pesa {tamano / 1024 / 1024:,.0f} MB y el texto de un POA no pasa de "
            f"{TAMANO_MAXIMO // 1024 // 1024} MB. Revise que sea el texto del documento y no otra cosa."
        )
    try:
        contenido = ruta.read_bytes()
    except OSError as error:
        raise ErrorDeUsuario(f"{ruta.name}: no se pudo abrir ({motivo(error)}).") from None
    texto = _decodificar(ruta.name, contenido)
    return Documento(
        nombre=ruta.stem,
        archivo=ruta.name,
        sha256=hashlib.sha256(contenido).hexdigest(),
        renglones=tuple(_paginar(ruta.name, texto.removesuffix("\n").split("\n"))),
    )


def documento_de_renglones(nombre: str, renglones: list[tuple[int, str]]) -> Documento:
    """Rehace un `Documento` con los renglones (número, texto) de `renglon_fuente`, sin su archivo."""
    lineas = [texto for _, texto in sorted(renglones)]
    huella = hashlib.sha256("\n".join(lineas).encode()).hexdigest()
    return Documento(nombre, f"{nombre}.txt", huella, tuple(_paginar(nombre, lineas)))


def _decodificar(nombre: str, contenido: bytes) -> str:
    for firma, cosa in FIRMAS_AJENAS.items():
        if contenido.startswith(firma):
            raise ErrorDeUsuario(
                f"{nombre}: es {cosa}, no texto. Exporte primero el texto del documento (OCR) y lea ese archivo."
            )
    texto = _texto_unicode(nombre, contenido)
    extranos = len(CONTROL.findall(texto))
    if extranos > max(20, len(texto) // 100):
        raise ErrorDeUsuario(
            f"{nombre}: contiene datos binarios ({extranos:,} caracteres de control); no es el texto de un documento."
        )
    texto = CONTROL.sub("", texto).replace("\r\n", "\n").replace("\r", "\n")
    if not texto.strip():
        raise ErrorDeUsuario(f"{nombre}: el archivo solo tiene renglones vacíos; no hay nada que leer.")
    if re.match(r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<(!doctype\s+html|html|head|body)\b", texto[:2000], re.I | re.S):
        raise ErrorDeUsuario(
            f"{nombre}, renglón 1: es una página web (HTML), no el texto de un POA. Guarde el documento como texto."
        )
    return texto


def _texto_unicode(nombre: str, contenido: bytes) -> str:
    """Los bytes como texto: marca de orden, UTF-8, UTF-16 sin marca o la codificación de oficina más probable."""
    for marca, codificacion in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if contenido.startswith(marca):
            return contenido.decode(codificacion, errors="replace")
    muestra = contenido[:4096]
    for codificacion, ceros in (("utf-16-le", muestra[1::2]), ("utf-16-be", muestra[0::2])):
        # En español casi todo carácter cabe en un byte: el otro byte de UTF-16 es cero.
        if len(ceros) > 4 and ceros.count(0) > 0.8 * len(ceros):
            return contenido.decode(codificacion, errors="replace")
    try:
        return contenido.decode("utf-8")
    except UnicodeDecodeError:
        mejor = from_bytes(contenido, cp_isolation=CODIFICACIONES_DE_OFICINA).best()
    if mejor is None:
        raise ErrorDeUsuario(f"{nombre}: no es texto en una codificación conocida (UTF-8, UTF-16 o Windows-1252).")
    return str(mejor)


def _paginar(nombre: str, lineas: list[str]) -> list[Renglon]:
    renglones: list[Renglon] = []
    pagina, vacios, hay_texto = 1, 0, False
    for numero, linea in enumerate(lineas, start=1):
        if len(linea) > RENGLON_MAXIMO:
            raise ErrorDeUsuario(
                f"{nombre}, renglón {numero}: mide {len(linea):,} caracteres; un documento de POA va en renglones. "
                "Vuelva a exportar el texto respetando los saltos de línea."
            )
        salto = "\f" in linea
        if not linea.strip():
            vacios += 1
        else:
            if hay_texto and (vacios >= VACIOS_ENTRE_PAGINAS or salto):
                pagina += 1
            vacios, hay_texto = 0, True
        renglones.append(Renglon(numero, pagina, linea))
    return renglones
