"""Lector de las láminas del subcomité: una META y sus ACCIONES por lámina, con P y R por trimestre y total anual."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from poa.catalogos import pmd_de_ejercicio, reconocer_dependencia
from poa.documento import Documento, Renglon
from poa.lectura.celdas import celda_de_cifra
from poa.lectura.encabezado import Hoja, leer_corte, leer_ejercicio
from poa.lectura.lamina_corte import fechar
from poa.lectura.leido import Celda, Encabezado, Hallazgo, Leido
from poa.normalizar import (
    estrategias,
    lineas_de_accion,
    porcentaje,
    separar_clave,
    son_lineas_de_accion,
    texto_limpio,
)

PRESENTACION = re.compile(r"^\W*(?:PRESENTACI[OÓ]N|AVANCES?)\s+(?:DE\s+|DEL\s+)*POA\s+(20\d\d)", re.I)
META = re.compile(r"^\W*META\b\s*(?P<numeros>[\d,\s.]*(?:\by\b\s*\d+)?)\s*[:.\-]*\s*(?P<resto>.*)$", re.I | re.S)
NUMEROS_DE_META = re.compile(r"^[\d\s,]+(?:y\s*\d+)?\s*$", re.I)
UNIDAD = re.compile(r"\bUNIDAD\s+DE\s+MEDIDA\b\s*:?\s*(?P<resto>.*)$", re.I | re.S)
TITULO_DE_TABLA = re.compile(r"TRIMESTRE.*TRIMESTRE|^\W*(?:ESTRATEGIAS|L[IÍ]NEAS?\s+DE\s+ACCI[OÓ]N)\b", re.I | re.S)
AVANCE = re.compile(r"^\W*PORCENTAJE\b[^:]*:?\s*(?P<resto>.*)$", re.I)
ROTULOS = re.compile(r"^\W*(?:PROGRAMACI[OÓ]N\s+ANUAL|ACCIONES?|GOBIERNO|DE\s+MEXICALI|ALINEACI[OÓ]N)\b", re.I)
FECHA_DE_PORTADA = re.compile(r"^(?:ENE|FEB|MAR|ABR|MAY|JUN|JUL|AGO|SEP|OCT|NOV|DIC)\w*\s+(?:DE\s+)?20\d\d$", re.I)
PROGRAMA = re.compile(r"^\W*PROGRAMA\W*$", re.I)
UNIDADES_EJECUTORAS = re.compile(r"^\W*UNIDAD(?:ES)?\s+EJECUTORAS?\W*$", re.I)
ACCION_PROPIA = re.compile(r"^\d+$")
ORDEN_DEL_DIA = re.compile(r"^\W*(?:\d+\s*\.|[a-z]\)|ORDEN\s+DEL\s+D[IÍ]A)", re.I)
HOJAS_DE_PORTADA = 2  # el nombre de la dependencia está en la portada o en las dos láminas siguientes
LARGO_DE_SIGLA = 8  # «IMMM», «IMJUM»
MINIMO_DE_CELDAS = 8


@dataclass
class Bloque:
    """Lo impreso de una meta o una acción antes de interpretarlo."""

    nivel: str
    clave_impresa: str
    renglon: Renglon
    textos: list[str] = field(default_factory=list)
    unidad: str = ""
    espera_unidad: bool = False
    filas: list[tuple[Renglon, list[str]]] = field(default_factory=list)
    relativo: float | None = None
    espera_relativo: bool = False


@dataclass
class Situacion:
    """Dónde va la lectura: qué dependencia presenta, en qué programa y bajo qué meta."""

    ejercicio: int = 0
    corte: int = 0
    dependencia: str = ""
    hoja: Hoja | None = None  # la de la dependencia que se presenta
    espera_dependencia: bool = False
    programa: tuple[str, str] = ("", "")
    unidad: str = ""
    espera: str = ""
    pagina: int = 0
    meta_clave: str = ""


def es_lamina(documento: Documento) -> bool:
    """Si el documento presenta láminas con tablas de P y R."""
    renglones = [renglon.texto for renglon in documento.renglones]
    presenta = any(META.match(texto) or PRESENTACION.match(texto) for texto in renglones)
    return presenta and any(_es_titulo(texto.split("\t")) for texto in renglones if "\t" in texto)


def leer_laminas(documento: Documento) -> tuple[list[Leido], list[Hoja]]:
    """Las metas y acciones de las láminas y un encabezado por dependencia presentada."""
    situacion = Situacion()
    for renglon in documento.renglones:
        situacion.ejercicio = situacion.ejercicio or leer_ejercicio(renglon.texto) or 0
    leidos: list[Leido] = []
    hojas: list[Hoja] = []
    bloque: Bloque | None = None
    for renglon in documento.renglones:
        nuevo = _seguir(situacion, bloque, renglon, hojas)
        if nuevo is not bloque:
            _cerrar(documento, situacion, bloque, leidos)
            bloque = nuevo
            if bloque is not None and bloque.nivel == "meta":
                situacion.meta_clave = _clave_de_meta(bloque.clave_impresa)
    _cerrar(documento, situacion, bloque, leidos)
    fechar(leidos, hojas)
    return leidos, hojas


def _seguir(situacion: Situacion, bloque: Bloque | None, renglon: Renglon, hojas: list[Hoja]) -> Bloque | None:
    """El bloque al que pertenece el renglón: el mismo, uno nuevo, o ninguno."""
    celdas = [texto_limpio(celda) for celda in renglon.texto.split("\t")]
    texto = texto_limpio(renglon.texto.replace("\t", " "))
    if not texto:
        return bloque
    presentacion = PRESENTACION.match(texto)
    if presentacion:
        situacion.ejercicio, situacion.espera_dependencia = int(presentacion[1]), True
        situacion.pagina, situacion.hoja = renglon.pagina, None
        situacion.programa, situacion.unidad, situacion.espera = ("", ""), "", ""
        return None
    if situacion.espera_dependencia and not META.match(texto) and len(celdas) == 1:
        if renglon.pagina > situacion.pagina + HOJAS_DE_PORTADA or ORDEN_DEL_DIA.match(texto):
            situacion.espera_dependencia = False
        elif FECHA_DE_PORTADA.match(texto):
            situacion.espera_dependencia = situacion.hoja is None
        elif not ROTULOS.match(texto):
            _presentar(situacion, texto, renglon, hojas)
        return bloque
    if META.match(texto):
        situacion.espera_dependencia = False
    if (len(celdas) >= MINIMO_DE_CELDAS or _es_fila_apretada(celdas)) and not _abre_accion(celdas, bloque):
        if bloque is not None and not _es_titulo(celdas):
            _agregar_fila(bloque, renglon, celdas)
        return bloque
    if bloque is not None and bloque.espera_unidad and not UNIDAD.search(texto):
        _tomar_texto(bloque, texto)  # la unidad puede llamarse «Programa»
        return bloque
    if PROGRAMA.match(texto) or UNIDADES_EJECUTORAS.match(texto):
        situacion.espera = "programa" if PROGRAMA.match(texto) else "unidad"
        return bloque
    if situacion.espera and not META.match(texto) and not ROTULOS.match(texto) and len(celdas) == 1:
        _anotar_programa(situacion, texto)
        return bloque
    meta = META.match(texto)
    if meta and (meta["numeros"].strip() or len(texto) < 8):
        situacion.espera = ""
        nuevo = Bloque("meta", meta["numeros"].strip(" .:"), renglon)
        _tomar_texto(nuevo, meta["resto"])
        return nuevo
    accion = separar_clave(celdas[0])
    if accion and situacion.dependencia and _es_accion(accion, situacion, bloque):
        situacion.espera = ""
        nuevo = Bloque("accion", accion[0], renglon)
        _tomar_texto(nuevo, celdas[0])
        if len(celdas) > 1:
            _tomar_texto(nuevo, " ".join(celdas[1:]).strip())
        return nuevo
    if bloque is not None:
        _tomar_texto(bloque, texto)
        if bloque.nivel == "meta":
            situacion.meta_clave = _clave_de_meta(bloque.clave_impresa)
    return bloque


def _abre_accion(celdas: list[str], bloque: Bloque | None) -> bool:
    """Un renglón de tabla cuya primera celda trae clave y texto, o la unidad en otra columna, no es de cifras."""
    if separar_clave(celdas[0]) and not son_lineas_de_accion(celdas[0]):
        return True
    llenas = [celda for celda in celdas if celda]
    return len(llenas) == 1 and bool(re.search(r"[A-Za-zÁÉÍÓÚÑáéíóúñ]{3}", llenas[0])) and not celdas[0]


def _es_fila_apretada(celdas: list[str]) -> bool:
    """Una fila de tabla que perdió sus celdas vacías: varias cifras y nada de texto."""
    cifras = sum(celda_de_cifra(celda).valor is not None for celda in celdas)
    con_letras = any(re.search(r"[A-Za-zÁÉÍÓÚÑáéíóúñ]{3}", celda) for celda in celdas)
    return len(celdas) >= 3 and cifras >= 2 and not con_letras


def _es_accion(accion: tuple[str, str, str], situacion: Situacion, bloque: Bloque | None) -> bool:
    """Si el renglón abre una acción; con la tabla del bloque por leer, «2.5 millones…» sigue la descripción."""
    if not situacion.meta_clave or re.match(r"^\d{4}", accion[1]):
        return False
    de_otra_meta = "." in accion[1] and accion[1].rsplit(".", 1)[0] != situacion.meta_clave
    return not (de_otra_meta and bloque is not None and bloque.textos and not bloque.filas)


def _es_titulo(celdas: list[str]) -> bool:
    llenas = [celda for celda in celdas if celda and not son_lineas_de_accion(celda)]
    if llenas and all(celda.upper() in {"P", "R", "A"} for celda in llenas):
        return not any(son_lineas_de_accion(celda) for celda in celdas)
    return bool(TITULO_DE_TABLA.search(" ".join(celdas)))


def _presentar(situacion: Situacion, texto: str, renglon: Renglon, hojas: list[Hoja]) -> None:
    """Toma el nombre de la dependencia; una sigla o un nombre partido esperan al nombre completo."""
    anio, corte = leer_corte(texto)
    if corte and re.search(r"TRIMESTRE|-", texto):
        situacion.corte = max(situacion.corte, corte)
        if hojas:
            hojas[-1].corte = situacion.corte
        return
    dependencia, conocida = reconocer_dependencia(texto)
    actual = situacion.hoja
    if actual is not None:
        era_sigla = not actual.dependencia_conocida and len(actual.dependencia_impresa) <= LARGO_DE_SIGLA
        if not (conocida and not actual.dependencia_conocida or era_sigla and len(texto) > LARGO_DE_SIGLA):
            return
        hojas.remove(actual)
    situacion.dependencia, situacion.meta_clave = dependencia, ""
    situacion.hoja = Hoja(renglon.pagina, situacion.ejercicio, situacion.corte, dependencia, texto, conocida)
    situacion.hoja.entradas.append(Encabezado("ramo", "", texto, renglon.pagina, renglon.numero))
    hojas.append(situacion.hoja)


def _anotar_programa(situacion: Situacion, texto: str) -> None:
    if situacion.espera == "unidad":
        situacion.unidad, situacion.espera = texto.rstrip("."), ""
        return
    hallado = re.match(r"^(\d{2,4})\s*[.\-–]*\s*(.+)$", texto)
    if hallado:
        situacion.programa = (hallado[1], hallado[2])
    elif situacion.programa[1] and not situacion.programa[1].endswith("."):
        situacion.programa = (situacion.programa[0], f"{situacion.programa[1]} {texto}")
    else:
        situacion.programa = ("", texto)


def _tomar_texto(bloque: Bloque, texto: str) -> None:
    """Reparte un texto del bloque: números de meta, descripción, unidad o porcentaje de avance."""
    texto = texto_limpio(texto)
    if not texto:
        return
    if bloque.nivel == "meta" and not bloque.textos and NUMEROS_DE_META.match(texto):
        bloque.clave_impresa = f"{bloque.clave_impresa} {texto}".strip()
        return
    avance = None if bloque.espera_unidad else AVANCE.match(texto)
    if avance:
        bloque.relativo, bloque.espera_relativo = porcentaje(avance["resto"]), not avance["resto"]
        return
    if bloque.espera_relativo and porcentaje(texto) is not None:
        bloque.relativo, bloque.espera_relativo = porcentaje(texto), False
        return
    unidad = UNIDAD.search(texto)
    if unidad:
        antes = texto[: unidad.start()].strip()
        if antes:
            bloque.textos.append(antes)
        _tomar_unidad(bloque, unidad["resto"])
        return
    if ROTULOS.match(texto) or TITULO_DE_TABLA.search(texto):
        if bloque.espera_unidad and len(bloque.textos) > 1:
            bloque.unidad = bloque.textos.pop()  # el valor quedó antes de su rótulo
        bloque.espera_unidad = False
        return
    if bloque.espera_unidad:
        _tomar_unidad(bloque, texto)
    elif not bloque.filas:
        bloque.textos.append(texto)


def _tomar_unidad(bloque: Bloque, texto: str) -> None:
    bloque.espera_unidad = not texto
    if texto:
        bloque.unidad = texto


def _agregar_fila(bloque: Bloque, renglon: Renglon, celdas: list[str]) -> None:
    llenas = [celda for celda in celdas if celda]
    con_letras = [celda for celda in llenas if re.search(r"[A-Za-zÁÉÍÓÚÑáéíóúñ]{3}", celda)]
    if con_letras:
        for celda in con_letras:
            _tomar_texto(bloque, celda)
        return
    bloque.espera_unidad = False
    bloque.filas.append((renglon, celdas))


def _clave_de_meta(impresa: str) -> str:
    """«3» → «3»; «6,7,8,11,12 … 19 y 20» → «6-20»."""
    numeros = re.findall(r"\d+", impresa)
    return f"{numeros[0]}-{numeros[-1]}" if len(numeros) > 1 else "".join(numeros[:1])


def _cerrar(documento: Documento, situacion: Situacion, bloque: Bloque | None, leidos: list[Leido]) -> None:
    if bloque is None or not (bloque.filas or bloque.textos) or not situacion.dependencia:
        return
    descripcion = " ".join(bloque.textos)
    clave = situacion.meta_clave
    if bloque.nivel == "accion":
        separada = separar_clave(descripcion)
        if separada is None or not bloque.filas and not bloque.unidad:
            return
        _, clave, descripcion = separada
        clave = clave.rstrip(".")
        if ACCION_PROPIA.match(clave):
            clave = f"{situacion.meta_clave}.{clave}"
    impresas, lineas, cifras = _interpretar_filas(bloque)
    renglon = bloque.renglon
    leido = Leido(
        documento=documento.nombre,
        ejercicio=situacion.ejercicio,
        corte=situacion.corte,
        dependencia=situacion.dependencia,
        nivel=bloque.nivel,
        meta_clave=situacion.meta_clave,
        clave=clave,
        clave_impresa=bloque.clave_impresa,
        descripcion=descripcion.strip(),
        unidad_medida=bloque.unidad.strip(" .:"),
        pagina=renglon.pagina,
        renglon=renglon.numero,
        renglon_hasta=max((fila.numero for fila, _ in bloque.filas), default=0),
        celdas=cifras,
        lineas=lineas,
        estrategias=impresas,
        programa_clave=situacion.programa[0],
        programa=situacion.programa[1],
        unidad=situacion.unidad,
        posicion="lamina",
        relativo_impreso=bloque.relativo,
        cortado=not any(celda.valor is not None for celda in cifras),
    )
    leido.pmd = pmd_de_ejercicio(situacion.ejercicio)
    if bloque.nivel == "accion" and "." in clave and clave.rsplit(".", 1)[0] != situacion.meta_clave:
        leido.meta_clave = clave.rsplit(".", 1)[0]
    _comparar_estrategias(leido)
    if bloque.nivel == "meta" and len(numeros := re.findall(r"\d+", bloque.clave_impresa)) > 1:
        juntas = f"{', '.join(numeros[:-1])} y {numeros[-1]}"
        leido.notas.append(f"El documento imprime juntas las metas {juntas}; aquí llevan una clave: {clave}.")
    leidos.append(leido)


def _comparar_estrategias(leido: Leido) -> None:
    """Dice si las estrategias que imprime la lámina no son las de sus líneas de acción."""
    de_lineas = sorted({clave.rpartition(".")[0] for clave in leido.lineas}, key=_orden)
    if not leido.estrategias or not de_lineas or set(leido.estrategias) == set(de_lineas):
        return
    impresas, usadas = ", ".join(leido.estrategias), ", ".join(de_lineas)
    explicacion = (
        f"Las estrategias impresas ({impresas}) no son las de las líneas de acción impresas a su lado ({usadas}). "
        "Los ejes del tablero cuentan por las líneas."
    )
    lugar = (leido.renglon_hasta or leido.renglon, leido.pagina)
    leido.hallazgos.append(
        Hallazgo("estrategias_distintas", "aviso", explicacion, "estrategias_impresas", impresas, usadas, *lugar)
    )


def _orden(clave: str) -> list[int]:
    return [int(parte) for parte in clave.split(".")]


def _interpretar_filas(bloque: Bloque) -> tuple[list[str], list[str], list[Celda]]:
    """(estrategias, líneas de acción, celdas de cifra de la fila que más trae) de la tabla de un bloque.

    Solo la tabla de una meta imprime estrategias, en la columna de antes de las líneas.
    """
    suyas: list[str] = []
    lineas: list[str] = []
    cifras: list[Celda] = []
    columnas_de_claves = 2 if bloque.nivel == "meta" else 1
    for _, celdas in bloque.filas:
        for celda in celdas:
            lineas += [clave for clave in lineas_de_accion(celda) if clave not in lineas]
        if bloque.nivel == "meta" and celdas and son_lineas_de_accion(celdas[0]):
            suyas += [clave for clave in estrategias(celdas[0]) if clave not in suyas]
        leidas = [
            Celda("") if son_lineas_de_accion(celda) or celda.upper() in {"P", "R", "A"} else celda_de_cifra(celda)
            for celda in celdas[columnas_de_claves:]
        ]
        if sum(celda.valor is not None for celda in leidas) > sum(celda.valor is not None for celda in cifras):
            cifras = leidas
    return suyas, lineas, cifras
