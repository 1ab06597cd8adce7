"""Compara lo que lee `poa` con la verdad de los documentos hechos, celda por celda."""

import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from . import generar

Tablas = dict[str, list[dict]]
Lector = Callable[[list[Path]], Tablas]


@dataclass
class Cuenta:
    """Celdas de cifras comparadas, en total y por suerte; `errores` describe las primeras malas."""

    celdas: int = 0
    bien: int = 0
    mal: int = 0
    faltan: int = 0
    mal_seguro: int = 0
    falta_seguro: int = 0
    ilegibles: int = 0
    sobrantes: int = 0
    textos: int = 0
    textos_mal: int = 0
    documentos: int = 0
    caidas: int = 0
    errores: list[str] = field(default_factory=list)

    @property
    def acierto(self) -> float:
        """Porcentaje de celdas legibles que salieron bien."""
        return 100 * self.bien / self.celdas if self.celdas else 100.0


def lector_de_la_casa() -> Lector:
    """Devuelve `poa.extracto.leer_documentos`."""
    from poa.extracto import leer_documentos

    return leer_documentos


def simplificar(texto: object) -> str:
    """Deja un texto sin asteriscos, espacios de más ni mayúsculas, para compararlo."""
    return re.sub(r"\s+", " ", str(texto or "").replace("*", "")).strip().casefold()


def iguales(leido: object, verdad: float | None, tolerante: bool) -> bool:
    """Dice si la cifra leída es la verdadera; tolerante: blanco y cero son lo mismo."""
    if tolerante and not verdad:
        return not leido
    if leido is None or verdad is None:
        return leido is verdad
    return abs(float(leido) - verdad) < 0.005


def emparejar(verdad: list[dict], leidas: list[dict]) -> tuple[list[dict | None], int]:
    """Empareja cada compromiso verdadero con uno leído; devuelve las parejas y cuántos leídos sobran.

    La llave es (corte, clave, meta_clave); si hay varios (láminas de varias dependencias) gana el de
    descripción más parecida.
    """
    candidatos = defaultdict(list)
    for fila in leidas:
        candidatos[fila["corte"], str(fila["clave"]), str(fila["meta_clave"])].append(fila)
    parejas: list[dict | None] = []
    for fila in verdad:
        grupo = candidatos[fila["corte"], fila["clave"], fila["meta_clave"]]
        if not grupo:
            parejas.append(None)
            continue
        mejor = (
            max(grupo, key=lambda c: parecido(c.get("descripcion"), fila["descripcion"]))
            if len(grupo) > 1
            else grupo[0]
        )
        grupo.remove(mejor)
        parejas.append(mejor)
    sobran = [f for grupo in candidatos.values() for f in grupo if f.get("meta_anual") or f.get("avance_absoluto")]
    return parejas, len(sobran)


def parecido(uno: object, otro: object) -> float:
    """Mide de 0 a 1 cuánto se parecen dos descripciones."""
    return SequenceMatcher(None, simplificar(uno), simplificar(otro)).ratio()


def anotar(cuenta: Cuenta, donde: str, columna: str, leida: dict | None, verdad: dict) -> None:
    """Cuenta una celda: bien, mal o falta; si es ilegible sólo importa que no diga estar segura."""
    if columna in verdad.get("indefinidas", ()):
        return
    cierta = verdad[columna]
    vista = leida.get(columna) if leida else None
    certeza = (leida or {}).get("certeza")
    bien = leida is not None and iguales(vista, cierta, columna in verdad["ambivalentes"])
    if columna == "acumulado_relativo_pct":
        if cierta is None:
            return
        en_blanco = columna in verdad["ambivalentes"]  # no se imprime: vale reponerlo o dejarlo en blanco
        bien = en_blanco if vista is None else abs(float(vista) - cierta) <= 0.51
    ilegible = columna in verdad["ilegibles"]
    cuenta.ilegibles += ilegible
    cuenta.celdas += not ilegible
    cuenta.bien += bien and not ilegible
    if bien:
        return
    falta = vista is None
    cuenta.faltan += falta and not ilegible
    cuenta.mal += not falta and not ilegible
    seguro = certeza == "seguro" and leida is not None
    cuenta.mal_seguro += seguro and not falta
    cuenta.falta_seguro += seguro and falta and not ilegible
    if not ilegible or (seguro and not falta):
        marca = " ¡SEGURO!" if seguro else ""
        marca += " (ilegible)" if ilegible else ""
        renglon = f" renglón {leida['renglon']}" if leida and leida.get("renglon") else ""
        cuenta.errores.append(f"{donde}{renglon} {columna}: se leyó {vista}, es {cierta}{marca}")


def anotar_textos(cuenta: Cuenta, donde: str, leida: dict, verdad: dict, lineas: set[str]) -> None:
    """Cuenta los textos de un compromiso: descripción, unidad, observaciones, nivel, dependencia y líneas."""
    pares = {
        "nivel": [leida.get("nivel")],
        "descripcion": [leida.get("descripcion")],
        "unidad_medida": [leida.get("unidad_medida"), leida.get("unidad_medida_impresa")],
        "observaciones": [
            leida.get("observaciones"),
            simplificar(leida.get("observaciones")).removeprefix("cierre del ejercicio").strip(),
        ],
    }
    if verdad["dependencia"]:
        pares["dependencia"] = [leida.get("dependencia")]
    for columna, vistos in pares.items():
        if columna in verdad["ilegibles"]:
            continue
        cuenta.textos += 1
        if simplificar(verdad[columna]) not in [simplificar(v) for v in vistos]:
            cuenta.textos_mal += 1
            cuenta.errores.append(f"{donde} {columna}: se leyó {vistos[0]!r}, es {verdad[columna]!r}")
    if verdad["lineas"] and "lineas" not in verdad["ilegibles"]:
        cuenta.textos += 1
        if lineas != set(verdad["lineas"]):
            cuenta.textos_mal += 1
            cuenta.errores.append(f"{donde} lineas: se leyó {sorted(lineas)}, es {verdad['lineas']}")


def comparar(cuenta: Cuenta, nombre: str, leido: Tablas, verdad: Tablas) -> None:
    """Compara todas las tablas de un documento con su verdad."""
    parejas, sobran = emparejar(verdad["compromiso"], leido.get("compromiso", []))
    cuenta.sobrantes += sobran
    if sobran:
        cuenta.errores.append(f"{nombre}: sobran {sobran} compromisos")
    por_trimestre = {(f["compromiso_id"], f["trimestre"]): f for f in leido.get("avance", [])}
    por_mes = {(f["compromiso_id"], f["mes"]): f for f in leido.get("avance_mensual", [])}
    lineas = defaultdict(set)
    for f in leido.get("alineacion", []):
        lineas[f["compromiso_id"]].add(f["linea_clave"])
    avances, meses = agrupar(verdad["avance"]), agrupar(verdad["avance_mensual"])
    for fila, pareja in zip(verdad["compromiso"], parejas, strict=False):
        donde = f"{nombre} {fila['corte']} {fila['meta_clave']}/{fila['clave']}"
        for columna in ("meta_anual", "avance_absoluto", "acumulado_relativo_pct"):
            anotar(cuenta, donde, columna, pareja, fila)
        identidad = pareja["compromiso_id"] if pareja else None
        for trimestral in avances[llave(fila)]:
            trimestre = trimestral["trimestre"]
            for columna in ("programado", "alcanzado"):
                anotar(
                    cuenta,
                    f"{donde} T{trimestre}",
                    columna,
                    por_trimestre.get((identidad, trimestre)),
                    trimestral,
                )
        for mensual in meses[llave(fila)]:
            for columna in ("programado", "realizado", "variacion"):
                anotar(
                    cuenta,
                    f"{donde} mes {mensual['mes']}",
                    columna,
                    por_mes.get((identidad, mensual["mes"])),
                    mensual,
                )
        if pareja:
            anotar_textos(cuenta, donde, pareja, fila, lineas[identidad])
    comparar_presupuesto(cuenta, nombre, leido.get("presupuesto", []), verdad["presupuesto"])


def comparar_presupuesto(cuenta: Cuenta, nombre: str, leidas: list[dict], verdad: list[dict]) -> None:
    """Compara el presupuesto por (programa, capítulo)."""
    por_llave = {(str(f["programa_clave"]), str(f["capitulo"])): f for f in leidas}
    for fila in verdad:
        par = (fila["programa_clave"], fila["capitulo"])
        for columna in ("autorizado_inicial", "modificado", "devengado"):
            anotar(cuenta, f"{nombre} presupuesto {'/'.join(par)}", columna, por_llave.get(par), fila)


def llave(fila: dict) -> tuple:
    """Llave de un compromiso verdadero dentro de su documento."""
    return fila["corte"], fila["dependencia_nombre"], fila["meta_clave"], fila["clave"]


def agrupar(filas: list[dict]) -> dict[tuple, list[dict]]:
    """Agrupa filas de verdad por compromiso."""
    grupos = defaultdict(list)
    for fila in filas:
        grupos[llave(fila)].append(fila)
    return grupos


def evaluar(formato: str, danio: str, semillas: Iterable[int], leer: Lector | None = None) -> Cuenta:
    """Lee un documento hecho por semilla y cuenta sus celdas.

    `leer` recibe rutas y devuelve tablas como `poa.extracto.leer_documentos`. Una lectura que revienta
    cuenta como caída y todas sus celdas faltan.
    """
    leer = leer or lector_de_la_casa()
    cuenta = Cuenta()
    with tempfile.TemporaryDirectory() as carpeta:
        for semilla in semillas:
            texto, verdad = generar(formato, semilla, danio)
            nombre = f"{formato}-{semilla}-{danio}"
            ruta = Path(carpeta) / f"{nombre}.txt"
            ruta.write_text(texto, encoding="utf-8")
            cuenta.documentos += 1
            try:
                leido = leer([ruta])
            except Exception as error:  # se mide al lector: cualquier caída es un resultado
                cuenta.caidas += 1
                cuenta.errores.append(f"{nombre}: {type(error).__name__}: {error}")
                leido = {}
            comparar(cuenta, nombre, leido, verdad)
    return cuenta
