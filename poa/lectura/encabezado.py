"""El encabezado de una hoja: ejercicio, corte, ramo, programa, unidad ejecutora, eje y líneas de acción."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from poa.catalogos import reconocer_dependencia
from poa.documento import Renglon
from poa.lectura.leido import Encabezado
from poa.normalizar import LINEA_ACCION, lineas_de_accion, norma, texto_limpio

# Etiqueta impresa (con los errores de OCR vistos: «UNCIÓN», «SUBREUNION») → campo. El orden es el del formato.
ETIQUETAS = {
    "administrativa": r"C\.?\s*ADMINISTRATIVA",
    "ramo": r"RAMO|DEPENDENCIA",
    "programa": r"PROGRAMA",
    "proyecto": r"PROYECTO",
    "unidad": r"UNIDAD(?:ES)?\s+(?:EJECUTORAS?|RESPONSABLES?)",
    "finalidad": r"FINALIDAD",
    "subfuncion": r"SUB\s?(?:FUNCI[OÓ]N|REUNION)",
    "funcion": r"F?UNCI[OÓ]N",
    "eje": r"EJE\s+DE\s+GOBIERNO",
    "linea": r"L[IÍ]NEAS?\s+DE\s+ACCI[OÓ]N",
}
ORDEN = ["administrativa", "ramo", "programa", "unidad", "finalidad", "funcion", "subfuncion", "eje"]
ETIQUETA = re.compile(
    r"^(?:"
    + "|".join(f"(?P<{campo}>{patron})" for campo, patron in ETIQUETAS.items())
    + r")\b\s*[:\t]?\s*(?P<resto>.*)$",
    re.I | re.S,
)
CLAVE_Y_NOMBRE = re.compile(r"^(?P<clave>(?:PY)?\d[\d.]*[\dLl]|\d)\s*\.?\s*[-–]?\s*(?P<nombre>[^\W\d].*)?$", re.S)
TITULO = re.compile(r"PROGRAMA\s+OPERATIVO\s+ANUAL|A[VY]\w*AMIENTO\s+DE\s|^TMM|^TRM", re.I)
EJERCICIO = [
    re.compile(patron, re.I)
    for patron in (
        r"PROGRAMA\s+OPERATIVO\s+ANUAL\s+(20\d\d)",
        r"EJERCICIO\s+FISCAL\s+(20\d\d)",
        r"AVANCES?\s+DE\s+ACCI[OÓ]N(?:ES)?\s+(20\d\d)",
        r"\bPOAs?\s+(20\d\d)",
        r"PROGRAMAS\s+OPERATIVOS\s+ANUALES,?\s+(20\d\d)",
        r"TRIMESTRE\s+(?:DE\s+|DEL\s+)?(20\d\d)",
    )
]
PERIODOS = [
    re.compile(patron, re.I)
    for patron in (
        r"ENE(?:RO)?\s*(?:[-–/]|A)\s*MAR(?:ZO)?\b",
        r"ABR(?:IL)?\s*(?:[-–/]|A)\s*JUN(?:IO)?\b",
        r"JUL(?:IO)?\s*(?:[-–/]|A)\s*SEP(?:T(?:IEMBRE)?|TIEMBRE)?\b",
        r"OCT(?:UBRE)?\s*(?:[-–/]|A)\s*DIC(?:IEMBRE)?\b",
    )
]
ORDINALES = [
    re.compile(rf"\b(?:{ordinal})\.?\s+(?:AVANCE|TRIMESTRE|INFORME|REPORTE)\b", re.I)
    for ordinal in (r"PRIMER|1ER|1O|1|I", r"SEGUNDO|2DO|2O|2|II", r"TERCER|3ER|3O|3|III", r"CUARTO|4TO|4O|4|IV")
]
MESES = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
FECHA_CON_MES = re.compile(
    r"(?:(?P<dia>\d{1,2})\s*[-/ ]?\s*(?:de\s+)?)?\b(?P<mes>ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic)[a-z]*\.?"
    r"\s*(?:[-/ ]|de|del)*\s*(?P<anio>(?:20)?\d\d)\b",
    re.I,
)
FECHA_EN_CIFRAS = re.compile(r"\b(?P<dia>\d{1,2})[-/](?P<mes>\d{1,2})[-/](?P<anio>(?:20)?\d\d)\b")


@dataclass
class Hoja:
    """El encabezado que gobierna una tabla. `corte`: trimestre reportado, `None` si la hoja no lo dice."""

    pagina: int
    ejercicio: int | None = None
    corte: int | None = None
    dependencia: str = ""
    dependencia_impresa: str = ""
    dependencia_conocida: bool = False
    campos: dict[str, tuple[str, str]] = field(default_factory=dict)
    entradas: list[Encabezado] = field(default_factory=list)

    @property
    def lineas_declaradas(self) -> list[tuple[str, str]]:
        return [(una.clave, una.nombre) for una in self.entradas if una.campo == "linea"]


def leer_ejercicio(texto: str) -> int | None:
    """El ejercicio (año) que anuncia un título, o `None`."""
    for patron in EJERCICIO:
        hallado = patron.search(texto)
        if hallado:
            return int(hallado[1])
    return None


def leer_corte(texto: str) -> tuple[int | None, int | None]:
    """(ejercicio o `None`, trimestre reportado o `None`) que dice un texto fuera de la tabla.

    Vale el periodo («ABRIL-JUNIO 2025»), el ordinal («TERCER AVANCE») o, si no hay, la fecha del reporte:
    en el último mes de un trimestre se reporta ese; en los demás, el anterior (poa-2018: 9-abr-18 → T1).
    """
    for patrones in (PERIODOS, ORDINALES):
        for trimestre, patron in enumerate(patrones, start=1):
            hallado = patron.search(texto)
            if hallado:
                anio = re.search(r"20\d\d", texto[hallado.end() : hallado.end() + 20])
                return (int(anio[0]) if anio else None), trimestre
    hallado = FECHA_CON_MES.search(texto) or FECHA_EN_CIFRAS.search(texto)
    if not hallado:
        return None, None
    mes_texto = hallado["mes"].lower()
    mes = int(mes_texto) if mes_texto.isdigit() else MESES.index(mes_texto[:3]) + 1
    if not 1 <= mes <= 12:
        return None, None
    anio = int(hallado["anio"]) + (2000 if len(hallado["anio"]) == 2 else 0)
    trimestre = mes // 3 if mes % 3 == 0 else (mes - 1) // 3
    return (anio, trimestre) if trimestre else (anio - 1, 4)


def leer_hoja(antes: list[Renglon], despues: list[Renglon]) -> Hoja:
    """El encabezado de una tabla: los renglones que la preceden en su hoja; de los que la siguen, solo la fecha."""
    hoja = Hoja(pagina=(antes or despues)[0].pagina if antes or despues else 0)
    for renglon in antes:
        hoja.ejercicio = hoja.ejercicio or leer_ejercicio(renglon.texto)
    _fechar(hoja, antes)
    if hoja.corte is None:
        _fechar(hoja, despues)
    _leer_campos(hoja, antes)
    return hoja


def _fechar(hoja: Hoja, renglones: list[Renglon]) -> None:
    periodos, fechas = [], []
    for renglon in renglones:
        texto = texto_limpio(renglon.texto.replace("\t", " "))
        if len(texto) > 90 or ETIQUETA.match(re.sub(r"^[-•]\s*", "", texto)):
            continue
        anio, trimestre = leer_corte(texto)
        if trimestre is None:
            continue
        es_periodo = any(patron.search(texto) for patron in (*PERIODOS, *ORDINALES))
        if es_periodo or "fecha" in texto.lower() or len(texto) < 25:
            (periodos if es_periodo else fechas).append((anio, trimestre))
    if periodos or fechas:
        anio, hoja.corte = (periodos or fechas)[0]
        hoja.ejercicio = hoja.ejercicio or anio


def _leer_campos(hoja: Hoja, renglones: list[Renglon]) -> None:
    con_valor: dict[str, tuple[str, str, Renglon]] = {}
    sin_valor: list[str] = []
    sueltos: list[tuple[str, str, Renglon]] = []
    for renglon in renglones:
        texto = re.sub(r"^[-•]\s*", "", texto_limpio(renglon.texto.replace("\t", " ")))
        if TITULO.search(texto):
            continue
        hallado = ETIQUETA.match(texto)
        campo = hallado.lastgroup if hallado and hallado.lastgroup != "resto" else None
        if hallado:
            campo = next(nombre for nombre in ETIQUETAS if hallado[nombre])
        resto = hallado["resto"].strip() if hallado else texto
        clave, nombre = _clave_y_nombre(resto)
        if campo and not resto:
            sin_valor.append(campo)
        elif campo and re.match(r"(TMM|TRM|FECHA)", resto):
            continue
        elif campo and campo != "linea" and not _es_linea(clave):
            con_valor.setdefault(campo, (clave, nombre, renglon))
        elif clave and nombre:
            sueltos.append((clave, nombre, renglon))
    if con_valor:
        _recorrer_etiquetas(con_valor)
    _emparejar(sin_valor, sueltos, con_valor)
    _completar_por_clave(sueltos, con_valor)
    for campo, (clave, nombre, renglon) in con_valor.items():
        hoja.campos[campo] = (clave, nombre)
        hoja.entradas.append(Encabezado(campo, clave, nombre, renglon.pagina, renglon.numero))
    for clave, nombre, renglon in sueltos:
        if _es_linea(clave):
            clave = lineas_de_accion(clave)[0]
            hoja.entradas.append(Encabezado("linea", clave, nombre, renglon.pagina, renglon.numero))
    _reconocer_ramo(hoja, renglones)


def _clave_y_nombre(texto: str) -> tuple[str, str]:
    hallado = CLAVE_Y_NOMBRE.match(texto)
    if not hallado:
        return "", texto
    return hallado["clave"].rstrip("."), (hallado["nombre"] or "").strip()


def _es_linea(clave: str) -> bool:
    return bool(LINEA_ACCION.fullmatch(clave or ""))


def _recorrer_etiquetas(con_valor: dict[str, tuple[str, str, Renglon]]) -> None:
    """Regresa a su etiqueta los valores que el OCR corrió un lugar (poa-2023, página 5; poa-2025, página 12)."""
    presentes = [campo for campo in ORDEN if campo in con_valor]
    ramo = con_valor.get("ramo")
    programa = con_valor.get("programa")
    if ramo and programa and not reconocer_dependencia(ramo[1])[1] and reconocer_dependencia(programa[1])[1]:
        valores = [con_valor.pop(campo) for campo in presentes if campo != "administrativa"]
        con_valor.update(zip(ORDEN, valores, strict=False))
        return
    unidad, finalidad = con_valor.get("unidad"), con_valor.get("finalidad")
    if unidad and finalidad and unidad[0] and not unidad[1] and len(finalidad[0]) > 1:
        if programa and not programa[0]:
            con_valor["programa"] = (unidad[0], programa[1], programa[2])
        con_valor["unidad"] = finalidad
        con_valor.pop("finalidad")


def _emparejar(sin_valor: list[str], sueltos: list, con_valor: dict) -> None:
    """Etiquetas impresas primero y sus valores después, en bloque: la primera con el primero."""
    etiquetas = [campo for campo in dict.fromkeys(sin_valor) if campo not in con_valor and campo != "linea"]
    valores = [suelto for suelto in sueltos if not _es_linea(suelto[0])]
    if len(etiquetas) < 3 or len(valores) < len(etiquetas):
        return
    for campo, valor in zip(etiquetas, valores, strict=False):
        con_valor[campo] = valor


def _completar_por_clave(sueltos: list, con_valor: dict) -> None:
    """Los valores sueltos «54 BIENESTAR…», «511 GESTIÓN…», «54101 DIRECCIÓN» dan su clave al nombre sin clave."""
    por_cifras = {2: "ramo", 3: "programa", 5: "unidad"}
    sin_programa = "programa" not in con_valor and re.fullmatch(r"\d{3}", con_valor.get("unidad", ("",))[0])
    if sin_programa and any(len(clave) >= 3 and clave.isdigit() for clave, _, _ in sueltos):
        con_valor["programa"] = con_valor.pop("unidad")  # falta su etiqueta: cayó en la siguiente (poa-2025, T2)
    for clave, nombre, renglon in sueltos:
        if _es_linea(clave):
            continue
        ramo, programa = con_valor.get("ramo", ("",))[0], con_valor.get("programa", ("",))[0]
        if ramo and clave.startswith(ramo) and clave != programa and len(clave) > 2 and programa:
            con_valor.setdefault("unidad", (clave, nombre, renglon))
        for campo, (su_clave, su_nombre, su_renglon) in list(con_valor.items()):
            if not su_clave and norma(su_nombre) == norma(nombre):
                con_valor[campo] = (clave, su_nombre, su_renglon)
        campo = por_cifras.get(len(clave)) if clave.isdigit() else None
        if campo and (campo not in con_valor):
            con_valor[campo] = (clave, nombre, renglon)


def _reconocer_ramo(hoja: Hoja, renglones: list[Renglon]) -> None:
    nombre = hoja.campos.get("ramo", ("", ""))[1]
    if nombre:
        hoja.dependencia, hoja.dependencia_conocida = reconocer_dependencia(nombre)
        hoja.dependencia_impresa = nombre
    if hoja.dependencia_conocida:
        return
    for renglon in renglones:
        candidato = _clave_y_nombre(re.sub(r"^[-•]\s*", "", texto_limpio(renglon.texto.replace("\t", " "))))[1]
        if 4 <= len(candidato) <= 90:
            dependencia, conocida = reconocer_dependencia(candidato)
            if conocida and (not nombre or len(norma(candidato)) > 12):
                hoja.dependencia, hoja.dependencia_impresa, hoja.dependencia_conocida = dependencia, candidato, True
                return
