"""Cómo se escriben en español de México las cifras, fechas, cortes y palabras del tablero.

Funciones puras de valor a texto. Regla de la casa: lo que falta se escribe con una raya (—) o con
su propia frase; nunca sale de aquí «None», «nan» ni una clave interna.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from typing import Any

RAYA = "—"
ESPACIO = "\u00a0"  # espacio duro: la cifra no se separa de su unidad al cortar el renglón
UNION = "\u2060"  # no se ve: impide cortar el renglón tras un guion
_PALABRA_MAS_LARGA = 30  # letras

MESES = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
MESES_LARGOS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
DIAS = ("domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado")
ORDINALES = ("", "primer", "segundo", "tercer", "cuarto")
_NO_SE_ESCRIBEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
TRIMESTRES = ("", "ene–mar", "abr–jun", "jul–sep", "oct–dic")
ACUMULADOS = ("", "ene–mar", "ene–jun", "ene–sep", "ene–dic")

NIVELES = {"meta": ("meta", "metas"), "accion": ("acción", "acciones")}
PERIODOS = {
    "trimestre": "solo el trimestre",
    "acumulado": "acumulado al corte",
    "ambos": "solo y acumulado",
}
CERTEZAS = {
    "seguro": ("Seguro", "La cifra se lee tal como la ordena la hoja."),
    "reconstruido": (
        "Reconstruido",
        "La cifra necesitó una identidad del documento, otro informe del mismo compromiso o una corrección.",
    ),
    "ambiguo": ("Ambiguo", "Quedan en pie dos lecturas; la nota da las dos."),
}
# La de varias cifras juntas, de mejor a peor: también puede no ser lo que el informe imprime.
CERTEZAS_JUNTAS = {
    "seguro": CERTEZAS["seguro"],
    "distinto": ("Distinto", "El informe imprime otro total."),
    "reconstruido": CERTEZAS["reconstruido"],
    "ambiguo": CERTEZAS["ambiguo"],
}
SEVERIDADES = {"error": "Error", "advertencia": "Advertencia", "aviso": "Aviso"}
REGLAS = {
    "suma": "se suman los trimestres",
    "constante": "el mismo valor cada trimestre; se promedia",
    "último valor": "vale el último trimestre",
    "promedio": "se promedian los trimestres",
    "única": "se programa una sola vez",
    "indeterminada": "sin regla de acumulación; no se calcula cumplimiento",
}
# Nombres de las columnas del extracto como los lee una persona en la tarjeta «de dónde sale».
COLUMNAS = {
    "programado": "Programado",
    "alcanzado": "Alcanzado",
    "meta_anual": "Meta anual",
    "avance_absoluto": "Avance absoluto",
    "acumulado_relativo_pct": "Acumulado relativo",
    "unidad_medida": "Unidad de medida",
    "clave": "Clave",
    "descripcion": "Descripción",
    "observaciones": "Observaciones",
    "linea_clave": "Línea de acción",
    "variacion": "Variación",
    "realizado": "Realizado",
    "meta_clave": "Meta",
    "dependencia": "Dependencia",
    "corte": "Corte",
    "ejercicio": "Ejercicio",
    "programa": "Programa",
    "unidad": "Unidad ejecutora",
    "pmd": "PMD",
    "autorizado_inicial": "Autorizado inicial",
    "modificado": "Modificado",
    "devengado": "Devengado",
}
# Las hojas están en mayúsculas; estas palabras no bajan al pasarlas a mayúsculas y minúsculas.
_SIGLAS = (
    "DIF BISOM IMMM IMJUM POA PMD COPLADEMM CONAC CONEVAL SEVAC SIGG PROFECO DESOM FORTAMUN CURP RFC UBR CAM CDC "
    "SIPINNA PBR SED MIR B.C. XXII XXIII XXIV XXV II III IV"
)
SIGLAS = frozenset(_SIGLAS.split())
NOMBRES_PROPIOS = frozenset(
    [
        "Mexicali",
        "California",
        "México",
        "Ayuntamiento",
        "Cabildo",
        "Tesorería",
        "Constitución",
        "Felipe",
        "Facebook",
        "Internet",
        "Navidad",
        "Estados",
        "Unidos",
    ]
)


def es_blanco(valor: Any) -> bool:
    """Cierto si el valor es un hueco: None, NaN, NA de pandas o texto vacío."""
    if valor is None:
        return True
    if isinstance(valor, str):
        return valor.strip() == "" or valor.strip().lower() in {"none", "nan", "<na>"}
    try:
        return bool(valor != valor)  # NaN es lo único distinto de sí mismo
    except TypeError:  # pd.NA no se deja comparar
        return True


def texto(valor: Any, si_falta: str = RAYA) -> str:
    """El texto sin espacios de sobra, o `si_falta` cuando es un hueco."""
    return si_falta if es_blanco(valor) else re.sub(r"\s+", " ", str(valor)).strip()


def admisible(valor: str) -> str:
    """El texto sin los signos de control que ni XML ni una hoja de cálculo admiten, ni los que voltean la escritura."""
    return _NO_SE_ESCRIBEN.sub("", valor)


def numero(valor: Any, decimales: int | None = None, si_falta: str = RAYA) -> str:
    """1234.5 → «1,234.5». Sin `decimales`: los que tenga, hasta dos; hasta seis si con dos parecería cero."""
    if es_blanco(valor):
        return si_falta
    cifra = float(valor)
    if math.isinf(cifra):
        return si_falta
    hasta = 6 if 0 < abs(cifra) < 0.005 else 2
    escrito = f"{cifra:,.{hasta if decimales is None else decimales}f}"
    if decimales is None:
        escrito = escrito.rstrip("0").rstrip(".")
    if set(escrito) <= set("-0.,"):
        escrito = escrito.lstrip("-")
    return escrito.replace("-", "−")


def con_signo(valor: Any, si_falta: str = RAYA) -> str:
    """Una diferencia: 12 → «+12»; −81 → «−81»; 0 → «0»."""
    escrito = numero(valor, si_falta=si_falta)
    return f"+{escrito}" if not es_blanco(valor) and float(valor) > 0 and escrito != "0" else escrito


def decimal_fiel(valor: float) -> float:
    """Redondea a un decimal sin tocar ni cruzar un medio punto que el valor exacto no toca (89.96 → 89.9).

    Los umbrales van de medio en medio punto; así la cifra escrita queda del mismo lado que la exacta de
    todos ellos, sean cuales sean los que se elijan.
    """
    valor = round(valor, 11)  # 0.21 entre 0.07 no es 299.99999999999994
    redondo, medio = round(valor, 1), round(valor * 2) / 2
    if valor < medio <= redondo:
        return round(math.floor(valor * 10) / 10, 1)
    if redondo <= medio < valor:
        return round(math.ceil(valor * 10) / 10, 1)
    return redondo


def porcentaje(valor: Any, si_falta: str = RAYA) -> str:
    """Un cumplimiento: 89.96 → «89.9 %». Un decimal (ninguno si es entero), sin cruzar un umbral al redondear."""
    if es_blanco(valor) or math.isinf(float(valor)):
        return si_falta
    return numero(decimal_fiel(float(valor))) + ESPACIO + "%"


def parte(valor: Any, si_falta: str = RAYA) -> str:
    """Una parte o una media que no se compara con umbrales: 89.96 → «90 %», con el redondeo de siempre."""
    if es_blanco(valor) or math.isinf(float(valor)):
        return si_falta
    return numero(round(float(valor), 1)) + ESPACIO + "%"


def pesos(valor: Any, si_falta: str = RAYA) -> str:
    """1234.5 → «$1,234.50»."""
    return si_falta if es_blanco(valor) else ("−$" if float(valor) < 0 else "$") + f"{abs(float(valor)):,.2f}"


def millones(valor: Any, si_falta: str = RAYA) -> str:
    """Pesos en pocas letras: 16591101.29 → «16.6 M»; menos de 50,000, en miles («−7.8 mil»), que 0.0 no es cifra."""
    if es_blanco(valor):
        return si_falta
    pesos_ = float(valor)
    if abs(pesos_) < 50_000:
        return numero(pesos_ / 1000, 1) + ESPACIO + "mil" if round(pesos_ / 1000, 1) else "0"
    return numero(pesos_ / 1e6, 1) + ESPACIO + "M"


def cantidad(valor: Any, unidad_medida: Any, si_falta: str = RAYA) -> str:
    """La cifra con su unidad de medida al lado, como se imprime: el plural no se adivina."""
    if es_blanco(valor):
        return si_falta
    return ESPACIO.join(parte for parte in (numero(valor), unidad(unidad_medida)) if parte)


def fecha(dia: date | None, si_falta: str = RAYA) -> str:
    """2018-04-09 → «9 abr 2018»."""
    return si_falta if es_blanco(dia) else f"{dia.day} {MESES[dia.month - 1]} {dia.year}"


def partir_corte(corte: Any) -> tuple[int, int] | None:
    """'2018T1' → (2018, 1); 0 es «solo plan». None si no es un corte."""
    hallado = re.fullmatch(r"(\d{4})T([0-4])", texto(corte, ""))
    return (int(hallado[1]), int(hallado[2])) if hallado else None


def corte(valor: Any) -> str:
    """'2018T1' → «primer trimestre de 2018»; '2024T0' → «plan de 2024»."""
    partes = partir_corte(valor)
    if partes is None:
        return "corte sin nombre"
    anio, trimestre = partes
    return f"plan de {anio}" if trimestre == 0 else f"{ORDINALES[trimestre]} trimestre de {anio}"


def corte_corto(valor: Any) -> str:
    """'2018T1' → «T1 2018»; '2024T0' → «Plan 2024»."""
    partes = partir_corte(valor)
    if partes is None:
        return RAYA
    anio, trimestre = partes
    return f"Plan {anio}" if trimestre == 0 else f"T{trimestre} {anio}"


def corte_archivo(valor: Any) -> str:
    """'2025T3' → «2025-T3», para nombres de archivo."""
    partes = partir_corte(valor)
    if partes is None:
        return "sin-corte"
    return f"{partes[0]}-plan" if partes[1] == 0 else f"{partes[0]}-T{partes[1]}"


def pmd(valor: Any) -> str:
    """'2025-2027' → «PMD 2025–2027»; el lapso no se corta al final de un renglón."""
    return f"PMD{ESPACIO}{texto(valor, 'sin nombre').replace('-', '–' + UNION)}"


def columna(valor: Any) -> str:
    """El nombre que se lee de una columna del extracto: 'alcanzado_t2' → «Alcanzado, abr–jun»."""
    nombre = texto(valor, "")
    hallado = re.fullmatch(r"(.+?)_?(?:t|trimestre_?)?([1-4])", nombre)
    if nombre not in COLUMNAS and hallado and hallado[1] in COLUMNAS:
        return f"{COLUMNAS[hallado[1]]}, {TRIMESTRES[int(hallado[2])]}"
    return COLUMNAS.get(nombre, mayuscula(nombre.replace("_", " ")) or RAYA)


def prosa(valor: Any, si_falta: str = RAYA) -> str:
    """Una nota o explicación guardada con los datos, con sus cortes, documentos y columnas por su nombre."""
    escrito = texto(valor, si_falta)
    escrito = re.sub(r"\b(reporte|informe) (?=\d{4}T[0-4]\b)", r"\1 del ", escrito)
    escrito = re.sub(r"\b\d{4}T[0-4]\b", lambda m: corte(m[0]), escrito)
    escrito = re.sub(r"\bpoa-(\d{4})\b", r"POA \1", escrito)
    return re.sub(r"\b[a-z]+(?:_[a-z0-9]+)+\b", lambda m: columna(m[0]).lower(), escrito)


def plural(n: int, uno: str, varios: str) -> str:
    """(1, 'meta', 'metas') → «1 meta»; (1200, 'meta', 'metas') → «1,200 metas»."""
    return f"{numero(n)}{ESPACIO}{uno if n == 1 else varios}"


def lista(partes: Iterable[str], conjuncion: str = "y") -> str:
    """['a', 'b', 'c'] → «a, b y c»; «e» ante i- o hi-, «u» ante o- u ho-."""
    partes = [p for p in partes if p]
    if len(partes) < 2:
        return "".join(partes)
    ultima = sin_acentos(partes[-1].lower())
    if conjuncion == "y" and re.match(r"h?i(?![ae])", ultima):
        conjuncion = "e"
    elif conjuncion == "o" and re.match(r"h?o", ultima):
        conjuncion = "u"
    return ", ".join(partes[:-1]) + f" {conjuncion} {partes[-1]}"


def nivel(valor: Any, n: int = 1) -> str:
    """('accion', 2) → «acciones»."""
    uno, varios = NIVELES.get(texto(valor, ""), ("compromiso", "compromisos"))
    return uno if n == 1 else varios


def contar(n: int, valor: Any) -> str:
    """(21, 'accion') → «21 acciones»."""
    return plural(n, *NIVELES.get(texto(valor, ""), ("compromiso", "compromisos")))


def sin_acentos(valor: str) -> str:
    """Quita acentos y deja las letras."""
    return "".join(c for c in unicodedata.normalize("NFD", valor) if not unicodedata.combining(c))


def nombre_archivo(*partes: Any) -> str:
    """('2025-T3', 'BISOM', 'variación') → «2025-T3_bisom_variacion»."""
    limpias = (re.sub(r"[^A-Za-z0-9-]+", "-", sin_acentos(texto(p, ""))).strip("-") for p in partes)
    return "_".join(p if re.match(r"\d{4}-", p) else p.lower() for p in limpias if p)


def mayuscula(valor: str) -> str:
    """Sube solo la primera letra: «primer trimestre» → «Primer trimestre»."""
    return valor[:1].upper() + valor[1:]


def _palabra(palabra: str) -> str:
    desnuda = palabra.strip('(),.;:«»"/-')
    if desnuda.upper() in SIGLAS:
        return palabra
    propia = desnuda.capitalize()
    return palabra.lower().replace(desnuda.lower(), propia) if propia in NOMBRES_PROPIOS else palabra.lower()


def minusculas(valor: Any) -> str:
    """Baja a minúsculas un texto impreso en mayúsculas, salvo siglas y nombres propios conocidos.

    De uno impreso en minúsculas solo baja la primera letra.
    """
    escrito = texto(valor, "")
    letras = [c for c in escrito if c.isalpha()]
    if not letras:
        return escrito
    if sum(c.isupper() for c in letras) >= 0.7 * len(letras):
        return " ".join(_palabra(p) for p in escrito.split(" "))
    primera, _, resto = escrito.partition(" ")
    return f"{_palabra(primera)} {resto}".strip() if primera[1:].islower() else escrito


def unidad(valor: Any, si_falta: str = "") -> str:
    """Una unidad de medida en minúsculas, salvo siglas: «Servicios Otorgados» → «servicios otorgados»."""
    escrito = texto(valor, "")
    return " ".join(_palabra(p) for p in escrito.split(" ")) if escrito else si_falta


def oracion(valor: Any, si_falta: str = RAYA) -> str:
    """Un texto impreso, en mayúsculas y minúsculas, para leerse en pantalla; la tarjeta da el impreso."""
    escrito = minusculas(valor)
    if not escrito:
        return si_falta
    # tras una sigla con puntos, como «C.D.H.I.», no empieza otra oración
    return re.sub(r"(^|(?<!\.\w)[.!?]\s+)([a-záéíóúñ])", lambda m: m[1] + m[2].upper(), mayuscula(escrito))


def recortar(valor: Any, largo: int) -> str:
    """Acorta en una palabra completa y lo dice con «…»; si por ella se perdería casi todo, a media palabra."""
    escrito = texto(valor)
    if len(escrito) <= largo:
        return escrito
    corte_en = escrito.rfind(" ", 0, largo)
    return escrito[: corte_en if corte_en > largo // 3 else largo - 1].rstrip(" ,.;:") + "…"


def partir(valor: str, ancho: int, renglones: int | None = None, salto: str = "<br>") -> str:
    """Parte un texto en renglones de a lo más `ancho` letras; lo que no cabe en `renglones` acaba en «…».

    Sale listo para una figura: `salto` es suyo y lo demás se lee como está escrito («<18 años>», «A & B»).
    """
    filas: list[str] = []
    for palabra in _palabras(valor, ancho):
        if filas and len(filas[-1]) + 1 + len(palabra) <= ancho:
            filas[-1] += " " + palabra
        else:
            filas.append(palabra)
    if renglones and len(filas) > renglones:
        resto = " ".join(filas[renglones - 1 :])
        filas = filas[: renglones - 1] + [recortar(resto, ancho)]
    return salto.join(escape(fila, quote=False) for fila in filas)


def _palabras(valor: str, ancho: int) -> Iterable[str]:
    """Las palabras de un texto; una de más letras que cualquiera del español, en pedazos que caben."""
    for palabra in valor.split(" "):
        if len(palabra) <= max(ancho, _PALABRA_MAS_LARGA):
            yield palabra
        else:
            yield from (palabra[i : i + ancho] for i in range(0, len(palabra), ancho))


def etiqueta_compromiso(fila: Mapping[str, Any], largo: int | None = None) -> str:
    """«302 · Entregar despensas…»: la clave impresa y la descripción de un compromiso."""
    descripcion = oracion(fila.get("descripcion"), "sin descripción impresa")
    return f"{texto(fila.get('clave'))} · {recortar(descripcion, largo) if largo else descripcion}"
