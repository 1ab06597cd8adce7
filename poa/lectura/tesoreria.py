"""Lector del formato de Tesorería: presupuesto por capítulo, metas por trimestre y acciones por mes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process

from poa.catalogos import reconocer_dependencia, reconocer_pmd
from poa.documento import Documento, Renglon
from poa.lectura.celdas import SEPARADOR, partir
from poa.lectura.encabezado import Hoja, leer_corte, leer_ejercicio
from poa.lectura.leido import Celda, Encabezado, Hallazgo, Leido
from poa.normalizar import cantidad, lineas_de_accion, norma, texto_limpio

RAMO = re.compile(r"^\s*RAMO\s*:?\s*(?P<clave>\d+)?\s*[-–]?\s*(?P<nombre>.+)$", re.I)
PROGRAMA = re.compile(r"^\s*PROGRAMA\s*:?\s*(?P<clave>\d+)\s*[-–]?\s*(?P<nombre>.+)$", re.I)
UNIDAD = re.compile(r"^\s*UNIDAD\s+(?:RESPONSABLE|EJECUTORA)\s*:?\s*(?P<clave>\d+)?\s*[-–]?\s*(?P<nombre>.+)$", re.I)
META = re.compile(r"^\s*META\s*:?\s*(?P<clave>\d+)\s*[-–.]+\s*(?P<nombre>.+)$", re.I)
ACCION = re.compile(r"^\s*(?P<clave>\d+)\s*[-–.]+\s*(?P<nombre>\S.+)$", re.S)
OBSERVACIONES = re.compile(r"OBSERVACI[OÓ]N|JUSTIFICACI[OÓ]N", re.I)
LINEA_DE_META = re.compile(r"^\s*(?P<clave>\d{1,2}\.\d{1,2}\.\d{1,2})\.?\s+(?P<nombre>\S.+)$")
FILAS_DE_MES = ("programado", "realizado", "variacion")
PARECIDO_DE_META = 80
LARGO_DE_DESCRIPCION = 3
COLUMNAS_ANTES_DEL_TOTAL = 2  # descripción y unidad
COLUMNAS_ANTES_DE_TRIMESTRES = 4  # descripción, unidad, total programado y total real


@dataclass
class MetaImpresa:
    """Una tabla de meta por trimestre; su número se sabe después, por su texto."""

    descripcion: str
    unidad: str
    programado: float | None
    realizado: float | None
    celdas: list[Celda]
    renglon: Renglon
    lineas: list[tuple[str, str]] = field(default_factory=list)
    observaciones: str = ""
    renglon_hasta: int = 0


@dataclass
class AccionImpresa:
    """Una acción con sus tres filas de meses, cada una con su total."""

    clave: str
    descripcion: str
    unidad: str
    renglon: Renglon
    filas: dict[str, list[float | None]] = field(default_factory=dict)  # total y meses, con sus blancos
    renglon_hasta: int = 0


@dataclass
class Lugar:
    """El ramo, programa, unidad y meta bajo los que se está leyendo."""

    programa: tuple[str, str] = ("", "")
    unidad: tuple[str, str] = ("", "")
    meta: str = ""
    dependencia: str = ""  # la del último ramo leído: un archivo puede traer varios


def es_tesoreria(documento: Documento) -> bool:
    """Si el documento trae metas, acciones o presupuesto en el formato de Tesorería."""
    texto = "\n".join(renglon.texto for renglon in documento.renglones).upper()
    tablas = "METAS ESPERADAS POR TRIMESTRE" in texto or ("PROGRAMADO" in texto and "REALIZADO" in texto)
    return tablas or "PRESUPUESTO POR CATEGOR" in texto


def leer_tesoreria(documento: Documento) -> tuple[list[Leido], list[Hoja], list[dict]]:
    """Las metas y acciones, los encabezados y las filas de presupuesto (un diccionario por capítulo)."""
    hoja = _leer_hoja(documento)
    lugar = Lugar()
    metas: list[tuple[Lugar, MetaImpresa]] = []
    acciones: list[tuple[Lugar, AccionImpresa]] = []
    nombres: dict[tuple[str, str], tuple[str, Renglon, Lugar]] = {}
    presupuesto: list[dict] = []
    espera_observacion = False
    for renglon in documento.renglones:
        celdas = partir(renglon.texto)
        if celdas is None:
            texto = texto_limpio(renglon.texto)
            if not texto:
                continue
            if espera_observacion and not _es_rotulo(texto):
                if metas:
                    metas[-1][1].observaciones = texto
                espera_observacion = False
                continue
            espera_observacion = bool(OBSERVACIONES.search(texto)) and len(texto) < 60
            _situar(lugar, texto, renglon, nombres, hoja)
            linea = LINEA_DE_META.match(texto)
            if linea and metas:
                _anotar_linea(metas[-1][1], linea["clave"], linea["nombre"], hoja, renglon)
            continue
        limpias = [texto_limpio(celda) for celda in celdas]
        if all(SEPARADOR.match(celda) or not celda for celda in limpias):
            continue
        if _leer_capitulo(limpias, lugar, hoja, documento, renglon, presupuesto):
            continue
        if _leer_mes(limpias, lugar, renglon, acciones):
            continue
        _leer_trimestre(limpias, lugar, renglon, metas, hoja)
    return _armar(documento, hoja, metas, acciones, nombres), [hoja], presupuesto


def _es_rotulo(texto: str) -> bool:
    return any(patron.match(texto) for patron in (RAMO, PROGRAMA, UNIDAD, META)) or texto.upper().startswith(
        "AYUNTAMIENTO"
    )


def _leer_hoja(documento: Documento) -> Hoja:
    hoja = Hoja(1)
    for renglon in documento.renglones:
        if partir(renglon.texto) is not None:
            continue
        texto = texto_limpio(renglon.texto)
        hoja.ejercicio = hoja.ejercicio or leer_ejercicio(texto)
        if hoja.corte is None and len(texto) < 60 and "TRIMESTRE" in texto.upper():
            hoja.corte = leer_corte(texto)[1]
        ramo = RAMO.match(texto)
        if ramo and not hoja.dependencia:
            hoja.dependencia, hoja.dependencia_conocida = reconocer_dependencia(ramo["nombre"])
            hoja.dependencia_impresa = ramo["nombre"]
            hoja.entradas.append(
                Encabezado("ramo", ramo["clave"] or "", ramo["nombre"], renglon.pagina, renglon.numero)
            )
    if hoja.corte is None:
        hoja.corte = 4 if any("CIERRE" in renglon.texto.upper() for renglon in documento.renglones) else None
    return hoja


def _situar(lugar: Lugar, texto: str, renglon: Renglon, nombres: dict, hoja: Hoja) -> None:
    ramo, programa, unidad, meta = RAMO.match(texto), PROGRAMA.match(texto), UNIDAD.match(texto), META.match(texto)
    if ramo:
        lugar.dependencia = reconocer_dependencia(ramo["nombre"])[0]
    if programa:
        if (programa["clave"], programa["nombre"]) not in {(una.clave, una.nombre) for una in hoja.entradas}:
            hoja.entradas.append(
                Encabezado("programa", programa["clave"], programa["nombre"], renglon.pagina, renglon.numero)
            )
        lugar.programa = (programa["clave"], programa["nombre"])
    elif unidad:
        lugar.unidad = (unidad["clave"] or "", unidad["nombre"])
    elif meta:
        lugar.meta = meta["clave"]
        copia = replace(lugar)
        nombres.setdefault((lugar.dependencia, lugar.programa[0], meta["clave"]), (meta["nombre"], renglon, copia))


def _leer_capitulo(
    celdas: list[str], lugar: Lugar, hoja: Hoja, documento: Documento, renglon: Renglon, presupuesto: list[dict]
) -> bool:
    """Una fila de capítulo: clave de cuatro o cinco cifras, descripción y al menos dos importes en pesos."""
    llenas = [celda for celda in celdas if celda]
    if len(llenas) < 3 or not re.fullmatch(r"\d{4,5}", llenas[0]) or cantidad(llenas[1]) is not None:
        return False
    if not any("$" in celda or "." in celda or "," in celda for celda in llenas[2:]):
        return False
    primera = celdas.index(llenas[1]) + 1  # cada importe en su columna: una celda vacía no recorre a las demás
    importes = ([cantidad(celda) for celda in celdas[primera : primera + 3]] + [None] * 3)[:3]
    presupuesto.append(
        {
            "documento": documento.nombre,
            "ejercicio": hoja.ejercicio,
            "dependencia": lugar.dependencia or hoja.dependencia,
            "programa_clave": lugar.programa[0],
            "programa": lugar.programa[1],
            "capitulo": llenas[0],
            "descripcion": llenas[1],
            "autorizado_inicial": importes[0],
            "modificado": importes[1],
            "devengado": importes[2],
            "pagina": renglon.pagina,
            "renglon": renglon.numero,
        }
    )
    return True


def _leer_mes(celdas: list[str], lugar: Lugar, renglon: Renglon, acciones: list[tuple[Lugar, AccionImpresa]]) -> bool:
    """Una fila PROGRAMADO, REALIZADO o VARIACION: total y doce meses."""
    rotulo = next((norma(celda) for celda in reversed(celdas) if celda), "")
    if rotulo not in FILAS_DE_MES:
        return False
    primera = next((celda for celda in celdas if celda), "")
    hallada = ACCION.match(primera)
    if hallada and re.search(r"[A-Za-zÁÉÍÓÚÑáéíóúñ]{3}", hallada["nombre"]):
        textos = [celda for celda in celdas[1:] if celda and cantidad(celda) is None and norma(celda) != rotulo]
        accion = AccionImpresa(hallada["clave"], hallada["nombre"], textos[0] if textos else "", renglon)
        acciones.append((replace(lugar), accion))
    if not acciones:
        return True
    accion = acciones[-1][1]
    fin = max(i for i, celda in enumerate(celdas) if norma(celda) == rotulo)
    inicio = COLUMNAS_ANTES_DEL_TOTAL
    while inicio < fin and celdas[inicio] and cantidad(celdas[inicio]) is None:
        inicio += 1
    accion.renglon_hasta = renglon.numero
    accion.filas[rotulo] = [cantidad(celda) for celda in celdas[inicio:fin]]
    return True


def _leer_trimestre(celdas: list[str], lugar: Lugar, renglon: Renglon, metas: list, hoja: Hoja) -> None:
    """Una fila de la tabla de metas por trimestre: descripción y totales, sus cifras, o su línea de acción."""
    rotulos = {"PROG.", "REAL", "PROG", "REAL."}
    if "CALENDARIZACI" in " ".join(celdas).upper() or [c.upper() for c in celdas[2:4]] == ["PROG.", "REAL"]:
        return
    textos = [
        i
        for i, celda in enumerate(celdas)
        if re.search(r"[A-Za-zÁÉÍÓÚÑáéíóúñ]{3}", celda) and celda.upper() not in rotulos
    ]
    claves = [celda for celda in celdas if lineas_de_accion(celda) and len(celda) < 12]
    if claves and metas:
        nombre = next((celdas[i] for i in textos if celdas[i] not in claves), "")
        _anotar_linea(metas[-1][1], lineas_de_accion(claves[0])[0], nombre, hoja, renglon)
        return
    if textos and len(celdas[textos[0]]) > LARGO_DE_DESCRIPCION:
        ultimo = textos[1] if len(textos) > 1 else textos[0]
        total = next((i for i in range(ultimo + 1, len(celdas)) if cantidad(celdas[i]) is not None), None)
        if total is None:
            return
        resto = celdas[total + 2 :]
        if any(celda.upper() in rotulos for celda in resto):
            resto = []
        unidad = celdas[ultimo] if ultimo != textos[0] else ""
        realizado = cantidad(celdas[total + 1]) if total + 1 < len(celdas) else None
        meta = MetaImpresa(celdas[textos[0]], unidad, cantidad(celdas[total]), realizado, _cifras(resto), renglon)
        metas.append((replace(lugar, meta=""), meta))
        return
    espera = metas and not any(celda.valor is not None for celda in metas[-1][1].celdas)
    if espera and not textos and renglon.numero <= metas[-1][1].renglon.numero + 2:
        cifras = _cifras(celdas[COLUMNAS_ANTES_DE_TRIMESTRES:])
        if any(celda.valor is not None for celda in cifras):
            metas[-1][1].celdas = cifras
            metas[-1][1].renglon_hasta = renglon.numero


def _cifras(celdas: list[str]) -> list[Celda]:
    return [Celda(celda, cantidad(celda)) for celda in celdas]


def _anotar_linea(meta: MetaImpresa, clave: str, nombre: str, hoja: Hoja, renglon: Renglon) -> None:
    if clave not in [conocida for conocida, _ in meta.lineas]:
        meta.lineas.append((clave, nombre))
        hoja.entradas.append(Encabezado("linea", clave, nombre, renglon.pagina, renglon.numero))


def _armar(documento: Documento, hoja: Hoja, metas: list, acciones: list, nombres: dict) -> list[Leido]:
    """Une cada tabla de meta con su número por el texto y agrega las metas que solo se nombran."""
    pmd, _ = reconocer_pmd(hoja.ejercicio or 0, hoja.lineas_declaradas)
    comunes = {
        "documento": documento.nombre,
        "ejercicio": hoja.ejercicio or 0,
        "corte": hoja.corte if hoja.corte is not None else -1,
        "pmd": pmd,
    }
    leidos, usadas = [], set()
    textos = {clave: norma(nombre) for clave, (nombre, _, _) in nombres.items()}
    for numero, (lugar, meta) in enumerate(metas, start=1):
        suyas = [clave for clave in textos if clave not in usadas and clave[0] == lugar.dependencia]
        del_programa = {clave: textos[clave] for clave in suyas}
        hallada = process.extractOne(
            norma(meta.descripcion), del_programa, scorer=fuzz.ratio, score_cutoff=PARECIDO_DE_META
        )
        clave = hallada[2] if hallada else (lugar.dependencia, lugar.programa[0], f"s{numero}")
        usadas.add(clave)
        leido = Leido(
            **comunes,
            dependencia=lugar.dependencia or hoja.dependencia,
            nivel="meta",
            meta_clave=clave[2],
            clave=clave[2],
            clave_impresa="" if not hallada else clave[2],
            descripcion=meta.descripcion,
            unidad_medida=meta.unidad,
            pagina=meta.renglon.pagina,
            renglon=meta.renglon.numero,
            renglon_hasta=meta.renglon_hasta,
            meta_impresa=meta.programado,
            observaciones=meta.observaciones,
            lineas=[linea for linea, _ in meta.lineas],
            programa_clave=lugar.programa[0],
            programa=lugar.programa[1],
            unidad_clave=lugar.unidad[0],
            unidad=lugar.unidad[1],
            posicion=f"{documento.nombre}/metas",
            celdas=meta.celdas,
            absoluto_impreso=meta.realizado,
        )
        if not hallada:
            nota = "El documento no numera esta meta y ninguna página de acciones lleva su texto."
            leido.notas.append(nota)
            leido.hallazgos.append(
                Hallazgo("meta_sin_numero", "advertencia", nota, "clave", "", clave[2], leido.renglon, leido.pagina)
            )
        leidos.append(leido)
    for clave, (nombre, renglon, lugar) in nombres.items():
        if clave not in usadas:
            leidos.append(
                Leido(
                    **comunes,
                    dependencia=lugar.dependencia or hoja.dependencia,
                    nivel="meta",
                    meta_clave=clave[2],
                    clave=clave[2],
                    clave_impresa=clave[2],
                    descripcion=nombre,
                    unidad_medida="",
                    pagina=renglon.pagina,
                    renglon=renglon.numero,
                    programa_clave=lugar.programa[0],
                    programa=lugar.programa[1],
                    sin_cifras=True,
                    posicion=f"{documento.nombre}/metas",
                )
            )
    for lugar, accion in acciones:
        leidos.append(
            Leido(
                **comunes,
                dependencia=lugar.dependencia or hoja.dependencia,
                nivel="accion",
                meta_clave=lugar.meta,
                clave=f"{lugar.meta}.{accion.clave}",
                clave_impresa=accion.clave,
                descripcion=accion.descripcion,
                unidad_medida=accion.unidad,
                pagina=accion.renglon.pagina,
                renglon=accion.renglon.numero,
                renglon_hasta=accion.renglon_hasta,
                programa_clave=lugar.programa[0],
                programa=lugar.programa[1],
                posicion=f"{documento.nombre}/acciones",
                meses=accion.filas,
            )
        )
    return leidos
