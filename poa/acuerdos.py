"""Los acuerdos que se apuntan en la sesión: un CSV en la carpeta de los datos, aparte de los extractos.

Se escribe de una vez (archivo aparte y cambio de nombre) y con candado, porque varios navegadores apuntan a la vez.
Nada se borra: lo que se enmienda se tacha con su fecha. Lo que una hoja de cálculo tomaría por fórmula lleva un
apóstrofo, que al leer se quita.
"""

from __future__ import annotations

import csv
import io
import math
import os
import re
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from poa import formato, formulas, rutas, tema
from poa.errores import ErrorDeUsuario, motivo

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
    import msvcrt

LARGO_TEXTO = 600  # letras: dos o tres frases, que se leen en voz alta
INICIALES = (2, 5)
_ESPERA = 10.0  # segundos por el candado


@dataclass(frozen=True)
class Acuerdo:
    """Un acuerdo y la cifra vigente al apuntarlo.

    `eslabon` es el compromiso en su plan ('2025.1/bisom/300/305'); `compromiso_id`, su último informe al corte
    (documento, página y renglón); `programado` y `alcanzado`, lo acumulado al corte en la unidad del compromiso, con
    la `certeza` de la peor de sus cifras, y `cumplimiento_pct` en %, con los umbrales de `preset`. Lo que no se sabe
    es None. `corrige`: el acuerdo que enmienda. Con `tachado`, ya no vale desde esa fecha.
    """

    acuerdo: str
    fecha: datetime
    iniciales: str
    texto: str
    corte: str
    eslabon: str
    compromiso_id: str
    nivel: str
    descripcion: str | None
    unidad_medida: str | None
    programado: float | None
    alcanzado: float | None
    cumplimiento_pct: float | None
    estado: str | None
    certeza: str | None
    preset: str | None
    documento: str | None
    pagina: int | None
    renglon: int | None
    corrige: str | None = None
    tachado: datetime | None = None
    tachado_por: str | None = None

    @property
    def plan(self) -> str:
        """«2025.1»: el ejercicio y cuál de sus planes."""
        return self.eslabon.split("/")[0]

    @property
    def dependencia(self) -> str:
        """La dependencia, como en la base."""
        return self.eslabon.split("/")[1]

    @property
    def meta_clave(self) -> str:
        """La meta del compromiso; la suya, si es una meta."""
        return self.eslabon.split("/")[2]

    @property
    def clave(self) -> str:
        """La clave del compromiso."""
        return self.eslabon.split("/", 3)[3]

    @property
    def vigente_id(self) -> str:
        """El compromiso en su año, sea cual sea el plan: '2025/bisom/300/305'."""
        return self.eslabon.replace(self.plan, self.plan.split(".")[0], 1)


COLUMNAS = tuple(campo.name for campo in fields(Acuerdo))
_FECHAS, _CIFRAS, _ENTEROS = (
    ("fecha", "tachado"),
    ("programado", "alcanzado", "cumplimiento_pct"),
    ("pagina", "renglon"),
)
_OBLIGATORIAS = ("acuerdo", "fecha", "iniciales", "texto", "corte", "eslabon", "compromiso_id", "nivel")


def archivo() -> Path:
    """Dónde se guardan los acuerdos."""
    return rutas.datos() / "acuerdos.csv"


def leer(corte: str | None = None, con_tachados: bool = False) -> list[Acuerdo]:
    """Los acuerdos apuntados, del más antiguo al último; solo los de un corte si se da.

    Sin archivo, ninguno. ErrorDeUsuario si no se puede leer o está dañado: dice en qué renglón y no lo toca.
    """
    todos = [_acuerdo(fila, renglon) for renglon, fila in _leer_filas()[1]]
    return [a for a in todos if corte in (None, a.corte) and (con_tachados or a.tachado is None)]


def en_orden(acuerdos: Iterable[Acuerdo], dependencias: Sequence[str] = ()) -> list[Acuerdo]:
    """Los acuerdos como van impresos sus compromisos: por dependencia, en el orden dado, y clave (9 antes que 10)."""
    lugares = {dependencia: lugar for lugar, dependencia in enumerate(dependencias)}

    def lugar(a: Acuerdo) -> tuple:
        meta, suya = ([int(n) for n in re.findall(r"\d+", clave)] for clave in (a.meta_clave, a.clave))
        return lugares.get(a.dependencia, len(lugares)), a.dependencia, meta, a.nivel != "meta", suya, a.fecha

    return sorted(acuerdos, key=lugar)


def apuntar(
    fila: Mapping[str, Any], eslabon: str, corte: str, texto: str, iniciales: str, preset: str | None = None
) -> Acuerdo:
    """Apunta un acuerdo sobre un compromiso y lo devuelve.

    `fila`: una de la consulta cumplimiento, acumulada a `corte`, con la peor `certeza` de sus cifras; `eslabon`: el
    suyo. ErrorDeUsuario si el texto está vacío o pasa de LARGO_TEXTO letras, si las iniciales no son de 2 a 5 letras o
    si no se pudo guardar; entonces el archivo queda como estaba.
    """
    nuevo = Acuerdo(
        acuerdo=uuid.uuid4().hex[:12],
        fecha=_ahora(),
        iniciales=_iniciales(iniciales),
        texto=_texto(texto),
        corte=corte,
        eslabon=eslabon,
        preset=preset,
        **{campo: _sin_hueco(fila[campo]) for campo in _DE_LA_FILA},
    )
    _reescribir(lambda filas: [*filas, _a_fila(nuevo)])
    return nuevo


_DE_LA_FILA = ("compromiso_id", "nivel", "descripcion", "unidad_medida", "programado", "alcanzado")
_DE_LA_FILA += ("cumplimiento_pct", "estado", "certeza", "documento", "pagina", "renglon")


def tachar(acuerdo: str, iniciales: str) -> None:
    """Tacha un acuerdo con su fecha y las iniciales de quien lo hace; en el archivo se queda.

    ErrorDeUsuario si no existe, si ya estaba tachado o si las iniciales no valen.
    """
    quien, cuando = _iniciales(iniciales), _ahora()
    _reescribir(lambda filas: _con_tachado(filas, acuerdo, quien, cuando))


def corregir(acuerdo: str, texto: str, iniciales: str) -> Acuerdo:
    """Tacha un acuerdo y apunta en su lugar otro con el texto nuevo y la misma cifra; devuelve el nuevo.

    Los mismos errores que `apuntar` y `tachar`.
    """
    quien, nuevo, cuando = _iniciales(iniciales), _texto(texto), _ahora()
    cambio = {"acuerdo": uuid.uuid4().hex[:12], "fecha": cuando.isoformat(), "iniciales": quien, "corrige": acuerdo}

    def enmendar(filas: list[dict[str, str]]) -> list[dict[str, str]]:
        tachadas = _con_tachado(filas, acuerdo, quien, cuando)
        vieja = next(f for f in filas if f["acuerdo"] == acuerdo)
        return [*tachadas, vieja | cambio | {"texto": formulas.proteger(nuevo)}]

    filas = _reescribir(enmendar)
    return _acuerdo(filas[-1], len(filas) + 1)


def _con_tachado(filas: Sequence[dict[str, str]], acuerdo: str, quien: str, cuando: datetime) -> list[dict[str, str]]:
    suya = [f for f in filas if f["acuerdo"] == acuerdo]
    if not suya:
        raise ErrorDeUsuario("Ese acuerdo ya no está en el archivo. Vuelva a abrir la página.")
    if suya[0]["tachado"]:
        raise ErrorDeUsuario("Ese acuerdo ya estaba tachado. Vuelva a abrir la página.")
    marca = {"tachado": cuando.isoformat(), "tachado_por": quien}
    return [f | marca if f["acuerdo"] == acuerdo else f for f in filas]


# ---------------------------------------------------------------- lo que se admite


def _ahora() -> datetime:
    return datetime.now().astimezone().replace(microsecond=0)


def _texto(escrito: str) -> str:
    # ni caracteres de control ni mitades de letra: el archivo se tiene que poder volver a leer
    limpio = (escrito or "").replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "ignore").decode()
    limpio = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]", "", limpio).strip(" \n")
    if not limpio.strip():
        raise ErrorDeUsuario("Escriba el acuerdo antes de guardarlo.")
    if len(limpio) > LARGO_TEXTO:
        raise ErrorDeUsuario(f"El acuerdo tiene {len(limpio)} letras y caben {LARGO_TEXTO}. Acórtelo.")
    return limpio


def _iniciales(escritas: str) -> str:
    letras = re.sub(r"[\s.]", "", escritas or "").upper()
    minimo, maximo = INICIALES
    if not letras.isalpha() or not minimo <= len(letras) <= maximo:
        raise ErrorDeUsuario(f"Escriba las iniciales de quien lo apunta: de {minimo} a {maximo} letras.")
    return letras


def _sin_hueco(valor: Any) -> Any:
    return None if formato.es_blanco(valor) else valor


# ---------------------------------------------------------------- de fila a acuerdo y de vuelta


def _a_fila(acuerdo: Acuerdo) -> dict[str, str]:
    fila = {}
    for columna in COLUMNAS:
        valor = getattr(acuerdo, columna)
        if valor is None:
            fila[columna] = ""
        elif columna in _FECHAS:
            fila[columna] = valor.isoformat()
        elif columna in _CIFRAS:
            fila[columna] = repr(float(valor))
        elif columna in _ENTEROS:
            fila[columna] = str(int(valor))
        else:
            fila[columna] = formulas.proteger(str(valor))
    return fila


def _acuerdo(fila: Mapping[str, str], renglon: int) -> Acuerdo:
    dados: dict[str, Any] = {}
    try:
        for columna in COLUMNAS:
            escrito = formulas.desproteger(fila[columna])
            if escrito == "":
                dados[columna] = None
            elif columna in _FECHAS:
                dados[columna] = datetime.fromisoformat(escrito).astimezone()
            elif columna in _CIFRAS:
                dados[columna] = float(escrito)
            elif columna in _ENTEROS:
                dados[columna] = int(escrito)
            else:
                dados[columna] = escrito
        if not _se_entiende(dados):
            raise ValueError
    except ValueError:
        raise _danado(f"en el renglón {renglon} falta un dato o no se entiende") from None
    return Acuerdo(**dados)


def _se_entiende(dados: Mapping[str, Any]) -> bool:
    """Si lo leído es de un acuerdo: lo que alguien escriba a mano en el archivo se revisa como lo apuntado."""
    return (
        all(dados[columna] is not None for columna in _OBLIGATORIAS)
        and all(dados[columna] is None or math.isfinite(dados[columna]) for columna in _CIFRAS)
        and re.fullmatch(r"\d{4}\.\d+(/[^/]+){2}/.+", dados["eslabon"]) is not None
        and formato.partir_corte(dados["corte"]) is not None
        and dados["nivel"] in formato.NIVELES
        and dados["estado"] in (None, *tema.ESTADOS)
        and dados["certeza"] in (None, *formato.CERTEZAS_JUNTAS)
    )


# ---------------------------------------------------------------- el archivo


def _leer_filas() -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Las columnas del archivo, también las que alguien le haya agregado, y sus filas con su renglón."""
    try:
        crudo = archivo().read_bytes()
    except FileNotFoundError:
        return list(COLUMNAS), []
    except OSError as error:
        raise ErrorDeUsuario(f"No se pueden leer los acuerdos de {archivo()}: {motivo(error)}.") from error
    try:
        texto = crudo.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _danado("no está en UTF-8; si lo guardó otra aplicación, elija «CSV UTF-8»") from None
    if not texto.strip():
        return list(COLUMNAS), []
    lector = csv.reader(io.StringIO(texto, newline=""), strict=True)
    try:
        columnas = next(lector)
        if not set(COLUMNAS) <= set(columnas):
            raise _danado("su primer renglón no son las columnas de los acuerdos")
        filas = []
        for celdas in lector:
            if celdas and len(celdas) != len(columnas):
                raise _danado(f"el renglón {lector.line_num} no tiene {len(columnas)} celdas")
            if celdas:
                filas.append((lector.line_num, dict(zip(columnas, celdas, strict=True))))
    except csv.Error:
        raise _danado(f"el renglón {lector.line_num} no se puede separar en celdas") from None
    return columnas, filas


def _danado(que: str) -> ErrorDeUsuario:
    return ErrorDeUsuario(
        f"El archivo de acuerdos está dañado y no se tocó: {que}. Ábralo y corríjalo, o póngalo en otra carpeta para "
        f"empezar uno nuevo: {archivo()}"
    )


def _reescribir(cambiar: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> list[dict[str, str]]:
    """Lee, cambia y vuelve a escribir el archivo entero sin que otro se meta en medio; devuelve las filas que dejó."""
    with _candado():
        columnas, numeradas = _leer_filas()
        for renglon, fila in numeradas:
            _acuerdo(fila, renglon)  # de un archivo dañado no se escribe otro
        filas = cambiar([fila for _, fila in numeradas])
        salida = io.StringIO(newline="")
        escritor = csv.DictWriter(salida, columnas, restval="", quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
        escritor.writeheader()
        escritor.writerows(filas)
        _publicar(salida.getvalue().encode("utf-8-sig"))  # con la marca que Excel pide para los acentos
    return filas


def _publicar(contenido: bytes) -> None:
    destino = archivo().resolve()
    aparte = destino.with_name(f"{destino.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        with open(aparte, "wb") as salida:
            salida.write(contenido)
            salida.flush()
            os.fsync(salida.fileno())
        if destino.exists():
            shutil.copymode(destino, aparte)
        os.replace(aparte, destino)
    except OSError as error:
        with suppress(OSError):
            aparte.unlink()
        raise ErrorDeUsuario(
            f"No se pudo guardar en {destino}: {motivo(error)}. Lo demás sigue como estaba."
        ) from error


@contextmanager
def _candado() -> Iterator[None]:
    """Solo uno escribe a la vez, sea otro hilo u otro proceso; el candado se suelta aunque el proceso muera."""
    ruta = archivo().with_suffix(".candado")
    try:
        abierto = open(ruta, "a+b")  # noqa: SIM115, lo cierra el with de abajo
    except OSError as error:
        raise ErrorDeUsuario(f"No se pudo guardar en {ruta.parent}: {motivo(error)}.") from error
    with abierto:
        limite = time.monotonic() + _ESPERA
        while not _tomar(abierto.fileno()):
            if time.monotonic() > limite:
                raise ErrorDeUsuario("Alguien más está guardando un acuerdo y no termina. Vuelva a intentarlo.")
            time.sleep(0.02)
        yield


def _tomar(numero: int) -> bool:
    try:
        if fcntl:
            fcntl.flock(numero, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            msvcrt.locking(numero, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True
