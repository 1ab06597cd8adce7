"""Portada de cada página de la tabla P/A: título, fecha, ramo, programa, líneas de acción y firmas."""

from dataclasses import dataclass, field
from random import Random

from . import vocabulario as voc

MES_CORTO = {1: "mar", 2: "jun", 3: "sep", 4: "dic"}
MES_DESPUES = {1: "abr", 2: "jul", 3: "oct", 4: "ene"}
PERIODO = {1: "ENERO-MARZO", 2: "ABRIL-JUNIO", 3: "JULIO-SEPTIEMBRE", 4: "OCTUBRE-DICIEMBRE"}


@dataclass
class Portada:
    """Lo que dice el encabezado de una unidad ejecutora; vale para todas sus páginas."""

    anio: int
    trimestre: int
    ramo: tuple[str, str]
    programa: tuple[str, str]
    unidad: tuple[str, str]
    finalidad: tuple[str, str]
    funcion: tuple[str, str]
    subfuncion: tuple[str, str]
    eje: tuple[str, str]
    lineas: list[tuple[str, str]] = field(default_factory=list)


def hacer_portada(
    rng: Random, anio: int, trimestre: int, ramo: tuple[str, str], numero: int, catalogo: list[str]
) -> Portada:
    """Sortea el encabezado de la unidad ejecutora `numero` (1, 2, …) de un ramo."""
    return Portada(
        anio,
        trimestre,
        ramo,
        rng.choice(voc.PROGRAMAS),
        (f"{ramo[0]}{rng.randint(1, 2)}{numero:02d}", rng.choice(voc.UNIDADES_EJECUTORAS)),
        rng.choice(voc.FINALIDADES),
        rng.choice(voc.FUNCIONES),
        rng.choice(voc.SUBFUNCIONES),
        (str(rng.randint(1, 4)), rng.choice(voc.EJES)),
        [(clave, rng.choice(voc.NOMBRES_DE_LINEA)) for clave in catalogo],
    )


def leer_mal(rng: Random, texto: str) -> str:
    """Cambia una palabra del título por una mala lectura vista en los documentos."""
    presentes = [bien for bien in voc.MALAS_LECTURAS if bien in texto]
    if not presentes:
        return texto
    bien = rng.choice(presentes)
    return texto.replace(bien, rng.choice(voc.MALAS_LECTURAS[bien]), 1)


def titulo(rng: Random, portada: Portada, estilo: str, danio: str) -> list[str]:
    """Arma el título de la página en el estilo '2018', '2023' o '2025'."""
    romano, arabigo = voc.ayuntamiento(portada.anio)
    if estilo == "2018":
        lineas = ["AYUNTAMIENTO DE MEXICALI, B.C.  ", f"PROGRAMA OPERATIVO ANUAL {portada.anio}"]
    elif estilo == "2023":
        lineas = [
            f"{arabigo} AYUNTAMIENTO DE MEXICALI DE BAJA CALIFORNIA",
            f"PROGRAMA OPERATIVO ANUAL {portada.anio}",
            f"{voc.ORDINALES[portada.trimestre]} AVANCE PROGRAMÁTICO",
        ]
    else:
        lineas = [
            f"{romano} AYUNTAMIENTO DE MEXICALI DE BAJA CALIFORNIA",
            f"PROGRAMA OPERATIVO ANUAL {portada.anio}",
        ]
    if danio != "ninguno" and rng.random() < 0.4:
        lineas[0] = leer_mal(rng, lineas[0])
    if danio != "ninguno" and rng.random() < 0.4:
        lineas = ["**" + lineas[0].strip(), *lineas[1:-1], lineas[-1] + "**"]
    return lineas


def fecha(rng: Random, portada: Portada, estilo: str, danio: str) -> list[str]:
    """Arma la línea de la fecha; en 2018 es el día del informe, un mes después del corte."""
    t, anio = portada.trimestre, portada.anio
    if estilo == "2018":
        return [f"FECHA: {rng.randint(2, 12)}-{MES_DESPUES[t]}-{(anio + (t == 4)) % 100:02d}"]
    if estilo == "2023":
        dicho = f"{MES_CORTO[t]}-{anio % 100:02d}"
        return [f"Fecha: **{dicho}**" if rng.random() < 0.6 else f"Fecha: {dicho}"]
    dicho = f"{PERIODO[t]} {anio}"
    if danio == "fuerte" and rng.random() < 0.3:
        return [PERIODO[t].title(), "", "FECHA:"]
    return ["FECHA:", "", dicho] if danio != "ninguno" and rng.random() < 0.3 else [f"FECHA: {dicho}"]


def campos(portada: Portada) -> list[tuple[str, str, str]]:
    """Devuelve (rótulo, clave, nombre) del encabezado, en el orden impreso."""
    return [
        ("RAMO:", *portada.ramo),
        ("PROGRAMA", *portada.programa),
        ("UNIDAD EJECUTORA", *portada.unidad),
        ("FINALIDAD", *portada.finalidad),
        ("FUNCIÓN", *portada.funcion),
        ("SUBFUNCIÓN", *portada.subfuncion),
    ]


def cuerpo_en_tabs(portada: Portada) -> list[str]:
    """Rótulo, clave y nombre separados por tabulador (poa-2018)."""
    lineas = ["\t".join(campo) for campo in campos(portada)]
    for i, (clave, nombre) in enumerate(portada.lineas):
        lineas.append(f"{'' if i else 'LÍNEAS DE ACCIÓN'}\t{clave}\t{nombre}")
    return lineas


def cuerpo_en_renglones(portada: Portada) -> list[str]:
    """Rótulo y valor en un mismo renglón de texto (poa-2025, poa-2023)."""
    lineas = [f"{rotulo.rstrip(':')}: {clave} {nombre}" for rotulo, clave, nombre in campos(portada)]
    lineas.append(f"EJE DE GOBIERNO: {portada.eje[0]} {portada.eje[1]}")
    for i, (clave, nombre) in enumerate(portada.lineas):
        lineas.append(f"{' ' if i else 'LÍNEAS DE ACCIÓN: '}{clave} {nombre}")
    return lineas


def cuerpo_en_bloques(portada: Portada, separador: str, guion: str) -> list[str]:
    """Primero todos los rótulos y después todos los valores (poa-2018, pág. 3; poa-2025 T3, pág. 3)."""
    rotulos = [f"{rotulo}  " for rotulo, _, _ in campos(portada)] + ["LÍNEAS DE ACCIÓN"]
    valores = [f"{guion}{clave}{separador}{nombre}" for _, clave, nombre in campos(portada)]
    return rotulos + [""] + valores + [f"{guion}{clave}{separador}{nombre}" for clave, nombre in portada.lineas]


def cuerpo_sin_claves(portada: Portada) -> list[str]:
    """Sólo los nombres, y las claves principales en bloque aparte (poa-2025 T2, pág. 1)."""
    lineas = [f"- {rotulo.rstrip(':')}: {nombre}" for rotulo, _, nombre in campos(portada)]
    return lineas + [""] + [f"{clave} {nombre}" for _, clave, nombre in campos(portada)[:3]]


def cuerpo(rng: Random, portada: Portada, estilo: str, danio: str) -> list[str]:
    """Elige la forma del encabezado según el estilo del documento y el daño."""
    limpio = cuerpo_en_tabs if estilo == "2018" or (estilo == "2025" and rng.random() < 0.3) else cuerpo_en_renglones
    if danio == "ninguno" or rng.random() < (0.7 if danio == "leve" else 0.25):
        return limpio(portada)
    forma = rng.choice(["bloque", "guiones", "sin_claves", "doble", "mal_leido"])
    if forma == "bloque":
        return cuerpo_en_bloques(portada, "\t" if estilo == "2018" else " ", "")
    if forma == "guiones":
        return cuerpo_en_bloques(portada, rng.choice([" ", ". "]), "- ")
    if forma == "sin_claves":
        return cuerpo_sin_claves(portada)
    lineas = limpio(portada)
    if forma == "doble":
        return lineas + [""] + lineas
    lugar = rng.randrange(1, min(6, len(lineas)))
    lineas[lugar] = leer_mal(rng, lineas[lugar])
    return lineas


def firmas(rng: Random) -> list[str]:
    """Arma el bloque de firmas del pie de la página."""
    lineas = []
    for paso in ("ELABORÓ", "REVISÓ", "AUTORIZÓ"):
        if rng.random() < 0.6:
            lineas += [paso, ""]
        if rng.random() < 0.2:
            lineas.append("[Signature]")
        lineas += [f"{rng.choice(voc.NOMBRES)} {rng.choice(voc.APELLIDOS)}", rng.choice(voc.CARGOS), ""]
    return lineas


def encabezar(
    rng: Random, portada: Portada, estilo: str, danio: str, con_fecha: bool = True, con_titulo: bool = True
) -> list[str]:
    """Arma todo lo que va antes de la tabla de una página."""
    lineas = titulo(rng, portada, estilo, danio) + [""] if con_titulo else []
    if estilo != "2023":
        lineas += ["AVANCE FÍSICO PROGRAMÁTICO", ""]
    lineas += cuerpo(rng, portada, estilo, danio) + [""]
    if con_fecha:
        bloque = fecha(rng, portada, estilo, danio) + [""]
        clave = [] if estilo == "2023" else ["TMM-F004", ""]
        lineas += clave + bloque if rng.random() < 0.7 else bloque + clave
    elif estilo != "2023":
        lineas += ["TMM-F004", ""]
    return lineas
