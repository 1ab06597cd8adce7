"""Lector de la tabla programado / alcanzado por trimestre (formato TMM-F004), con tabuladores o con barras."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from poa.catalogos import reconocer_pmd
from poa.documento import Documento, Renglon
from poa.lectura.celdas import Partes, es_titulo, partir, repartir_papeles
from poa.lectura.encabezado import Hoja, leer_hoja
from poa.lectura.leido import Celda, Hallazgo, Leido
from poa.normalizar import clave_con_letra, lineas_de_accion, son_lineas_de_accion, texto_limpio

SIN_NOMBRE = "sin_nombre"  # la dependencia que ninguna hoja nombra
META_PERDIDA = 4.0  # costo de suponer que la meta anual no se imprimió
CELDAS_DE_TABLA = 6  # un renglón de encabezado con tabuladores («RAMO:→01→PRESIDENCIA») tiene tres


@dataclass
class Tabla:
    """Una tabla impresa: su encabezado y los renglones de compromiso en su orden."""

    hoja: Hoja
    numero: int
    filas: list[tuple[Renglon, Partes]] = field(default_factory=list)
    lineas_sueltas: list[tuple[int, list[str]]] = field(default_factory=list)  # (índice de fila, claves)


def es_tabla_pa(documento: Documento) -> bool:
    """Si el documento trae al menos un renglón de compromiso en una tabla P/A."""
    return any(tabla.filas for tabla in _tablas(documento))


def leer_tabla_pa(documento: Documento) -> tuple[list[Leido], list[Hoja]]:
    """Las metas y acciones de todas las tablas del documento y los encabezados de sus hojas."""
    tablas = [tabla for tabla in _tablas(documento) if tabla.filas]
    _heredar_encabezados(tablas)
    estilo_letra = any(
        clave_con_letra(partes.clave_impresa) for tabla in tablas for _, partes in tabla.filas if partes.clave
    )
    leidos: list[Leido] = []
    for tabla in tablas:
        hermanas = [otra for otra in tablas if otra.hoja.dependencia == tabla.hoja.dependencia]
        estilo_punto = any("." in partes.clave for otra in hermanas for _, partes in otra.filas)
        leidos += _leer_filas(documento, tabla, estilo_letra, estilo_punto)
    return leidos, [tabla.hoja for tabla in tablas]


def _tablas(documento: Documento) -> list[Tabla]:
    """Las tablas del documento. Una termina donde vuelve a haber renglones de encabezado o acaba la hoja."""
    tablas: list[Tabla] = []
    for pagina in documento.paginas:
        antes: list[Renglon] = []
        actual: Tabla | None = None
        de_la_pagina: list[tuple[Tabla, list[Renglon]]] = []
        for renglon in pagina:
            celdas = partir(renglon.texto)
            if celdas is None or len(celdas) < CELDAS_DE_TABLA:
                if renglon.texto.strip():
                    antes.append(renglon)
                continue
            if es_titulo(celdas):
                continue
            partes = repartir_papeles(celdas)
            if partes is None:
                _guardar_lineas_sueltas(actual, celdas, antes, renglon)
                continue
            if actual is None or _es_encabezado(antes):
                actual = Tabla(leer_hoja(antes, []), len(tablas) + len(de_la_pagina) + 1)
                de_la_pagina.append((actual, list(antes)))
                antes = []
            actual.filas.append((renglon, partes))
        for tabla, encabezado in de_la_pagina:
            if tabla.hoja.corte is None:  # la fecha puede haber quedado después de su tabla
                tabla.hoja.corte = leer_hoja(encabezado, antes).corte
        tablas += [tabla for tabla, _ in de_la_pagina]
    return tablas


def _es_encabezado(renglones: list[Renglon]) -> bool:
    texto = " ".join(renglon.texto.upper() for renglon in renglones)
    return len(renglones) >= 3 and bool(
        re.search(r"\bRAMO\b|\bDEPENDENCIA\b|UNIDAD\s+(EJECUTORA|RESPONSABLE)\b.*FINALIDAD|FINALIDAD", texto)
    )


def _guardar_lineas_sueltas(tabla: Tabla | None, celdas: list[str], antes: list[Renglon], renglon: Renglon) -> None:
    """Un renglón con solo claves de línea sigue al anterior (poa-2025, renglones 743 y 744); lo demás es encabezado."""
    llenas = [celda for celda in celdas if celda]
    if tabla and tabla.filas and llenas and all(son_lineas_de_accion(celda) for celda in llenas):
        tabla.lineas_sueltas.append((len(tabla.filas) - 1, lineas_de_accion(" ".join(llenas))))
    elif llenas and len(llenas) <= 3:
        antes.append(Renglon(renglon.numero, renglon.pagina, " ".join(llenas)))


def _heredar_encabezados(tablas: list[Tabla]) -> None:
    """Da a la hoja sin fecha, ejercicio o ramo los de la hoja que le toca.

    La que no dice su corte sigue a la anterior, salvo que repita claves ya vistas en él: entonces empieza
    el reporte siguiente.
    """
    ejercicios = [tabla.hoja.ejercicio for tabla in tablas if tabla.hoja.ejercicio]
    ejercicio = max(set(ejercicios), key=ejercicios.count) if ejercicios else None
    vistas: dict[tuple, set[str]] = {}
    anterior: Hoja | None = None
    for posicion, tabla in enumerate(tablas):
        hoja = tabla.hoja
        claves = {partes.clave for _, partes in tabla.filas if partes.clave}
        siguiente = next((otra for otra in tablas[posicion + 1 :] if otra.hoja.corte is not None), None)
        hoja.ejercicio = hoja.ejercicio or (anterior.ejercicio if anterior else None) or ejercicio
        if hoja.corte is None:
            hoja.corte = _corte_heredado(claves, anterior, siguiente, vistas)
        if not hoja.dependencia_conocida:
            vecina = anterior or next((otra.hoja for otra in tablas if otra.hoja.dependencia), None)
            parece_otra = hoja.campos.get("ramo", ("", ""))[1]
            if (
                vecina
                and vecina.dependencia
                and (not parece_otra or vecina.dependencia_conocida and len(parece_otra) < 4)
            ):
                hoja.dependencia, hoja.dependencia_impresa = vecina.dependencia, vecina.dependencia_impresa
                hoja.dependencia_conocida = vecina.dependencia_conocida
        if not hoja.campos and anterior:
            hoja.campos = dict(anterior.campos)  # hoja de continuación sin encabezado (poa-2025, página 11)
        vistas.setdefault((hoja.ejercicio, hoja.corte), set()).update(claves)
        anterior = hoja


def _corte_heredado(
    claves: set[str], anterior: Hoja | None, siguiente: Tabla | None, vistas: dict[tuple, set[str]]
) -> int | None:
    """El corte de una hoja sin fecha, según las claves que repite de la anterior y de la siguiente con fecha."""
    if anterior is None or anterior.corte is None:
        return siguiente.hoja.corte if siguiente else None
    if not claves & vistas.get((anterior.ejercicio, anterior.corte), set()):
        return anterior.corte
    if siguiente and not claves & {partes.clave for _, partes in siguiente.filas}:
        return siguiente.hoja.corte
    return min(anterior.corte + 1, 4)  # repite las claves de ambas: es el reporte que sigue al anterior


def _leer_filas(documento: Documento, tabla: Tabla, estilo_letra: bool, estilo_punto: bool) -> list[Leido]:
    hoja = tabla.hoja
    sueltas: dict[int, list[str]] = {}
    for indice, claves in tabla.lineas_sueltas:
        sueltas.setdefault(indice, []).extend(claves)
    pmd, pmd_por_nombre = reconocer_pmd(hoja.ejercicio or 0, hoja.lineas_declaradas)
    leidos: list[Leido] = []
    anterior: Leido | None = None
    for indice, (renglon, partes) in enumerate(tabla.filas):
        notas, hallazgos = [], []
        if not partes.clave:
            partes.clave = _clave_por_lugar(anterior, estilo_letra)
            nota = f"El documento no imprime su clave; se usa {partes.clave} por el lugar que ocupa en la tabla."
            notas.append(nota)
            hallazgos.append(
                Hallazgo("clave_por_lugar", "aviso", nota, "clave", "", partes.clave, renglon.numero, renglon.pagina)
            )
        nivel, meta_clave = nivel_y_meta(partes.clave, partes.clave_impresa, estilo_letra, estilo_punto)
        lineas = lineas_de_accion(partes.lineas)
        lineas += [clave for clave in sueltas.get(indice, []) if clave not in lineas]
        anterior = Leido(
            documento=documento.nombre,
            ejercicio=hoja.ejercicio or 0,
            corte=hoja.corte if hoja.corte is not None else -1,
            dependencia=hoja.dependencia or SIN_NOMBRE,
            nivel=nivel,
            meta_clave=meta_clave,
            clave=partes.clave,
            clave_impresa=partes.clave_impresa,
            descripcion=partes.descripcion,
            unidad_medida=partes.unidad,
            pagina=renglon.pagina,
            renglon=renglon.numero,
            meta_impresa=partes.meta,
            celdas=partes.cifras,
            observaciones=texto_limpio(partes.observaciones),
            lineas=lineas,
            pmd=pmd,
            pmd_por_nombre=pmd_por_nombre,
            programa_clave=hoja.campos.get("programa", ("", ""))[0],
            programa=hoja.campos.get("programa", ("", ""))[1],
            unidad_clave=hoja.campos.get("unidad", ("", ""))[0],
            unidad=hoja.campos.get("unidad", ("", ""))[1],
            posicion=f"{documento.nombre}/{tabla.numero}",
            notas=notas,
            hallazgos=hallazgos,
            alternativas=_sin_meta(partes),
            cortado=partes.meta is None and not any(celda.valor is not None for celda in partes.cifras),
        )
        leidos.append(anterior)
    return leidos


def _sin_meta(partes: Partes) -> list:
    """Otra manera de partir el renglón: que su meta anual se haya perdido y la primera cifra sea ya P1."""
    if partes.meta is None:
        return []
    return [(None, [Celda(partes.meta_texto, partes.meta), *partes.cifras], META_PERDIDA)]


def nivel_y_meta(clave: str, impresa: str, estilo_letra: bool, estilo_punto: bool) -> tuple[str, str]:
    """(nivel, clave de su meta) según la numeración: 1 / 1.1 (2018), 100 / 101 (2025) o M.1 / 101 (2023)."""
    if clave_con_letra(impresa):
        return "meta", clave
    if "." in clave:
        return "accion", clave.rsplit(".", 1)[0]
    numero = int(clave)
    if numero < 100 or estilo_punto and not estilo_letra:
        return "meta", clave
    if estilo_letra:
        return "accion", str(numero // 100)
    return ("meta", clave) if numero % 100 == 0 else ("accion", str(numero // 100 * 100))


def _clave_por_lugar(anterior: Leido | None, estilo_letra: bool) -> str:
    """La clave que toca después de la anterior: M.1 → 101, 101 → 102, 1.1 → 1.2."""
    if anterior is None:
        return "1" if estilo_letra else "100"
    if anterior.nivel == "meta":
        if estilo_letra:
            return str(int(anterior.clave) * 100 + 1)
        return str(int(anterior.clave) + 1) if int(anterior.clave) >= 100 else f"{anterior.clave}.1"
    cabeza, _, cola = anterior.clave.rpartition(".")
    siguiente = str(int(cola) + 1)
    return f"{cabeza}.{siguiente}" if cabeza else siguiente
