"""La verdad de un documento hecho: compromisos con sus cifras, antes de imprimir nada.

Todas las cifras que salen de aquí obedecen las identidades: ΣP = meta y ΣA = absoluto en las
unidades que se suman; relativo = absoluto / meta redondeado.
"""

from dataclasses import dataclass, field
from random import Random

from . import vocabulario as voc


@dataclass
class Hecho:
    """Un compromiso tal como lo quiere decir un informe; P y A van por trimestre, None es blanco."""

    clave: str
    meta_clave: str
    nivel: str
    clave_impresa: str
    descripcion: str
    unidad: str
    lineas: list[str]
    meta: float | None
    programado: list[float | None]
    alcanzado: list[float | None]
    absoluto: float | None = None
    relativo: int | None = None
    observaciones: str = ""
    regla: str = "suma"
    corte: str = ""
    trimestre: int = 0
    dependencia: str | None = None
    dependencia_nombre: str = ""
    segunda_mitad: bool = False
    plan: int = 1
    meses: dict | None = None
    ilegibles: set[str] = field(default_factory=set)
    ambivalentes: set[str] = field(default_factory=set)
    indefinidas: set[str] = field(default_factory=set)


def redondear(valor: float) -> int:
    """Redondea al entero como los informes: el medio, hacia arriba."""
    return int(valor + 0.5)


def escala(rng: Random) -> int:
    """Sortea una cantidad trimestral entre 1 y seis cifras, con más peso en las chicas."""
    return rng.randint(1, rng.choice([1, 3, 9, 9, 50, 50, 200, 999, 6000, 40000, 200000]))


def planear(rng: Random, segunda_mitad: bool = False) -> tuple[float, list[float | None], str]:
    """Devuelve (meta anual, programado por trimestre, regla) de un compromiso."""
    forma = rng.choices(
        ["parejo", "variado", "escaso", "escaso_en_blanco", "uno", "constante", "sin_calendario", "nada"],
        [30, 32, 12, 8, 8, 5, 4, 1],
    )[0]
    vigentes = [2, 3] if segunda_mitad else [0, 1, 2, 3]
    vacio = None if segunda_mitad or forma == "escaso_en_blanco" else 0
    programado: list[float | None] = [None if segunda_mitad else vacio] * 4
    if forma == "constante" and not segunda_mitad:
        valor = rng.choice([100, 100, 90, 80])
        return valor, [valor] * 4, "constante"
    if forma == "sin_calendario":
        return rng.choice([1, 2, 4, 40]), [None] * 4, "sin_calendario"
    if forma == "nada" and not segunda_mitad:
        return 0, [0] * 4, "suma"
    base = escala(rng)
    if forma == "uno":
        programado[rng.choice(vigentes)] = base
    elif forma in ("escaso", "escaso_en_blanco"):
        for lugar in rng.sample(vigentes, 2):
            programado[lugar] = max(1, base + rng.randint(-base // 3, base // 3))
    else:
        for lugar in vigentes:
            programado[lugar] = base if forma == "parejo" else max(1, base + rng.randint(-base // 2, base))
    return sum(p or 0 for p in programado), programado, "suma"


def lograr(rng: Random, programado: list[float | None], regla: str) -> list[float | None]:
    """Sortea lo alcanzado en los cuatro trimestres; blanco donde no se reportó."""
    alcanzado: list[float | None] = []
    for p in programado:
        suerte = rng.random()
        if p is None:
            valor = None
        elif regla == "constante":
            valor = p if suerte < 0.8 else rng.randint(60, 100)
        elif p == 0:
            valor = rng.choices([0, None, rng.randint(1, 9)], [80, 12, 8])[0]
        elif suerte < 0.5:
            valor = p
        elif suerte < 0.72:
            valor = rng.randint(0, p)
        elif suerte < 0.90:
            valor = p + rng.randint(1, max(1, p))
        elif suerte < 0.95:
            valor = 0
        else:
            valor = None
        alcanzado.append(valor)
    return alcanzado


def cortar(rng: Random, hecho: Hecho, completo: list[float | None], trimestre: int) -> None:
    """Deja en `hecho` lo alcanzado hasta `trimestre` y calcula absoluto, relativo y observación."""
    hecho.trimestre = trimestre
    hecho.alcanzado = [a if lugar < trimestre else None for lugar, a in enumerate(completo)]
    reportado = [a for a in hecho.alcanzado if a is not None]
    if trimestre == 0:
        hecho.absoluto = hecho.relativo = None
    elif not reportado:
        hecho.absoluto, hecho.relativo = rng.choice([(0, 0), (0, 0), (None, None)])
    else:
        hecho.absoluto = reportado[-1] if hecho.regla == "constante" else sum(reportado)
        hecho.relativo = redondear(100 * hecho.absoluto / hecho.meta) if hecho.meta else 0
    if not reportado:
        hecho.ambivalentes |= {"avance_absoluto", "acumulado_relativo_pct"}
    hecho.observaciones = observar(rng, hecho) if trimestre else ""


def observar(rng: Random, hecho: Hecho) -> str:
    """Elige una observación del tono que pide lo alcanzado contra lo programado."""
    programado = sum(p or 0 for p in hecho.programado[: hecho.trimestre])
    alcanzado = sum(a or 0 for a in hecho.alcanzado[: hecho.trimestre])
    if not programado and not alcanzado:
        tono = "nada"
    elif alcanzado == programado:
        tono = "cumple"
    else:
        tono = "encima" if alcanzado > programado else "debajo"
    return rng.choice(voc.OBSERVACIONES[tono])


def describir(rng: Random, usadas: set[str], estilo: str) -> str:
    """Arma una descripción que no se ha usado en el documento."""
    while True:
        texto = " ".join(rng.choice(partes) for partes in (voc.VERBOS, voc.OBJETOS, voc.COMPLEMENTOS))
        if texto not in usadas:
            usadas.add(texto)
            return texto.upper() if estilo == "mayusculas" else texto


def sortear_lineas(rng: Random, catalogo: list[str], cuantas: int) -> list[str]:
    """Toma líneas de acción del catálogo de la página, en orden."""
    return sorted(rng.sample(catalogo, min(cuantas, len(catalogo))), key=lambda c: [int(n) for n in c.split(".")])


def catalogo_de_lineas(rng: Random, cuantas: int) -> list[str]:
    """Sortea claves de línea de acción (eje.estrategia.línea) en orden."""
    claves = {f"{rng.randint(1, 8)}.{rng.randint(1, 8)}.{rng.randint(1, 7)}" for _ in range(cuantas)}
    return sorted(claves, key=lambda c: [int(n) for n in c.split(".")])


def numerar(meta: int, accion: int, numeracion: str, rng: Random) -> tuple[str, str, str]:
    """Devuelve (clave, meta_clave, clave impresa) según la numeración: 'puntos', 'cientos' o 'letras'."""
    if numeracion == "puntos":
        clave = f"{meta}.{accion}" if accion else f"{meta}"
        return clave, f"{meta}", f"{clave}.-"
    if numeracion == "cientos":
        clave = f"{meta * 100 + accion}"
        return clave, f"{meta * 100}", f"{clave}.-" + rng.choice([" ", " ", " ", ""])
    if accion == 0:
        return f"{meta}", f"{meta}", rng.choice(["IM.", "M.", "M."]) + f"{meta} "
    return f"{meta * 100 + accion}", f"{meta}", f"{meta * 100 + accion}.-" + rng.choice([" ", ""])


def hacer_compromiso(
    rng: Random,
    meta: int,
    accion: int,
    numeracion: str,
    catalogo: list[str],
    usadas: set[str],
    estilo: str,
    segunda_mitad: bool = False,
) -> Hecho:
    """Hace un compromiso con su plan; falta `cortar` para tener avance."""
    clave, meta_clave, impresa = numerar(meta, accion, numeracion, rng)
    meta_anual, programado, regla = planear(rng, segunda_mitad)
    unidad = rng.choice(voc.UNIDADES_DE_PORCENTAJE if regla == "constante" else voc.UNIDADES)
    descripcion = describir(rng, usadas, estilo)
    if accion == 1 and numeracion != "puntos" and rng.random() < 0.7:
        descripcion, unidad, regla = (
            "Seguimiento al gasto de servicios personales.",
            voc.UNIDAD_DE_NOMINA,
            "suma",
        )
        vigentes = 2 if segunda_mitad else 4
        meta_anual = rng.choice([6, 13]) * vigentes
        programado = [None] * (4 - vigentes) + [meta_anual / vigentes] * vigentes
        programado = [None if p is None else int(p) for p in programado]
        descripcion = descripcion.upper() if estilo == "mayusculas" else descripcion
    if estilo == "mayusculas":
        unidad = unidad.upper()
    lineas = sortear_lineas(rng, catalogo, len(catalogo) if accion == 0 else rng.randint(1, 3))
    return Hecho(
        clave,
        meta_clave,
        "accion" if accion else "meta",
        impresa,
        descripcion,
        unidad,
        lineas,
        meta_anual,
        programado,
        [None] * 4,
        regla=regla,
        segunda_mitad=segunda_mitad,
    )


def verdad_de(hechos: list[Hecho]) -> dict[str, list[dict]]:
    """Convierte los hechos en tablas: una fila por compromiso, por trimestre y por mes.

    `ilegibles` nombra las columnas cuya cifra el daño destruyó; `ambivalentes`, aquellas donde
    blanco y cero no se distinguen; `indefinidas`, las derivadas que no tienen una sola regla.
    """
    tablas: dict[str, list[dict]] = {"compromiso": [], "avance": [], "avance_mensual": [], "presupuesto": []}
    for h in hechos:
        llave = {
            "corte": h.corte,
            "dependencia": h.dependencia,
            "dependencia_nombre": h.dependencia_nombre,
            "meta_clave": h.meta_clave,
            "clave": h.clave,
            "descripcion": h.descripcion,
        }
        tablas["compromiso"].append(
            llave
            | {
                "nivel": h.nivel,
                "unidad_medida": h.unidad,
                "meta_anual": h.meta,
                "avance_absoluto": h.absoluto,
                "acumulado_relativo_pct": h.relativo,
                "observaciones": h.observaciones,
                "lineas": list(h.lineas),
                "plan": h.plan,
                "ilegibles": sorted(h.ilegibles),
                "ambivalentes": sorted(h.ambivalentes),
            }
        )
        for lugar in range(4):
            marcas = {"programado": f"P{lugar + 1}", "alcanzado": f"A{lugar + 1}"}
            tablas["avance"].append(
                llave
                | {
                    "trimestre": lugar + 1,
                    "programado": h.programado[lugar],
                    "alcanzado": h.alcanzado[lugar],
                    "ilegibles": [c for c, m in marcas.items() if m in h.ilegibles],
                    "ambivalentes": [c for c, m in marcas.items() if m in h.ambivalentes],
                    "indefinidas": [c for c, m in marcas.items() if m in h.indefinidas],
                }
            )
        for mes in range(12) if h.meses else ():
            p, r = h.meses["programado"][mes], h.meses["realizado"][mes]
            tablas["avance_mensual"].append(
                llave
                | {
                    "mes": mes + 1,
                    "programado": p,
                    "realizado": r,
                    "variacion": None if r is None else round(r - p, 2),
                    "ilegibles": [
                        c
                        for c, letra in (("programado", "p"), ("realizado", "r"), ("variacion", "v"))
                        if f"{letra}{mes + 1}" in h.ilegibles
                    ],
                    "ambivalentes": [],
                }
            )
    return tablas
