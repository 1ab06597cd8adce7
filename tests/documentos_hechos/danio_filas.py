"""Daños a un renglón de la tabla P/A, cada uno visto en los documentos reales.

Cada operación cambia lo impreso (`Fila`) y marca en su `Hecho` lo que dejó de poderse saber. Un
daño que no dejara rastro (una cifra falsa que cuadra con todo) no se aplica.
"""

from dataclasses import dataclass, field
from random import Random

from . import identidades as idd
from . import vocabulario as voc
from .compromisos import Hecho, redondear

CONFUSIONES = {
    "0": "68",
    "1": "74",
    "2": "73",
    "3": "85",
    "4": "91",
    "5": "63",
    "6": "58",
    "7": "12",
    "8": "36",
    "9": "47",
}


@dataclass
class Fila:
    """Un renglón impreso: las cifras son las celdas entre la meta anual y el absoluto."""

    hecho: Hecho
    lineas: str
    texto: str
    unidad: str
    meta: str
    cifras: list[str]
    absoluto: str
    relativo: str
    observaciones: str
    cola: int = 0
    renglones_extra: list[str] = field(default_factory=list)
    tocada: bool = False


def verdad_numerica(hecho: Hecho) -> tuple:
    """Devuelve (P1..P4, A1..A4) con blanco como cero, para comparar lecturas."""
    return tuple(float(v or 0) for v in hecho.programado + hecho.alcanzado)


def marcar_por_lecturas(fila: Fila, posibles: dict[tuple, int] | None) -> bool:
    """Marca ilegible cada trimestre en que las mejores lecturas difieren; False si el daño engaña."""
    hecho, verdad = fila.hecho, verdad_numerica(fila.hecho)
    nombres = [f"P{k}" for k in range(1, 5)] + [f"A{k}" for k in range(1, 5)]
    if posibles and verdad not in posibles:
        return False
    mejores = [lectura for lectura, costo in (posibles or {}).items() if costo == min(posibles.values())]
    for i, nombre in enumerate(nombres):
        valores = {lectura[i] for lectura in mejores} or {None}
        exigible = i < 4 or i - 4 < hecho.trimestre
        if valores != {verdad[i]} and exigible:
            hecho.ilegibles.add(nombre)
        if verdad[i] == 0 and exigible:
            hecho.ambivalentes.add(nombre)
    return True


def poner_cifras(fila: Fila, cifras: list[str], permuta: bool = False) -> bool:
    """Cambia las cifras de la fila si el daño deja rastro; dice si lo hizo."""
    hecho = fila.hecho
    if cifras == fila.cifras or hecho.regla == "sin_calendario":
        return False
    if idd.lectura_directa_cuadra(cifras, fila.absoluto, fila.relativo, fila.meta, hecho.trimestre):
        valores = [idd.como_numero(c) or 0 for c in (cifras + [""] * 8)[:8]]
        vistas = valores[0::2] + valores[1::2]
        verdad = verdad_numerica(hecho)
        if list(verdad[: 4 + hecho.trimestre]) != vistas[: 4 + hecho.trimestre]:
            return False
    if permuta:
        posibles = idd.lecturas_con_permuta(cifras, fila.absoluto, fila.relativo, fila.meta, hecho.trimestre)
    else:  # sólo se sabe que el plan es de medio año si los huecos del principio siguen impresos
        medio_anio = hecho.segunda_mitad and not any(cifras[:4])
        posibles = idd.lecturas(cifras, hecho.absoluto, hecho.meta, hecho.trimestre, medio_anio)
        hueco = idd.lectura_con_hueco(cifras, hecho.absoluto, hecho.meta, hecho.trimestre)
        if posibles and hueco:
            posibles.setdefault(hueco, min(posibles.values()))
    if not marcar_por_lecturas(fila, posibles):
        return False
    if not fila.absoluto and not permuta:  # sin absoluto, lo alcanzado no tiene quien lo confirme
        hecho.ilegibles |= {f"A{k + 1}" for k in range(hecho.trimestre)}
    fila.cifras, fila.tocada = cifras, True
    return True


# Daños leves -----------------------------------------------------------------------------------


def insertar_vacia(rng: Random, fila: Fila) -> bool:
    """Mete una celda vacía: lo que sigue queda corrido a la derecha (poa-2018, pág. 1)."""
    lugar = rng.randint(2, 7)
    return poner_cifras(fila, fila.cifras[:lugar] + [""] + fila.cifras[lugar:])


def quitar_vacia(rng: Random, fila: Fila) -> bool:
    """Quita una celda vacía: lo que sigue queda corrido a la izquierda (poa-2025 T1, pág. 3)."""
    vacias = [i for i, c in enumerate(fila.cifras[:8]) if not c]
    if not vacias:
        return False
    lugar = rng.choice(vacias)
    return poner_cifras(fila, fila.cifras[:lugar] + fila.cifras[lugar + 1 :] + [""])


def correr_p4(rng: Random, fila: Fila) -> bool:
    """P4 cae dos o más columnas a la derecha (poa-2025 T2, pág. 3; poa-2018, pág. 3)."""
    if fila.hecho.trimestre == 4 or len(fila.cifras) != 8 or not fila.cifras[6]:
        return False
    return poner_cifras(fila, fila.cifras[:6] + [""] * rng.randint(1, 3) + [fila.cifras[6]] + [""] * rng.randint(0, 3))


def copiar_p4(rng: Random, fila: Fila) -> bool:
    """P4 se repite en A4 y más allá (poa-2023; poa-2025 T2, pág. 4)."""
    if fila.hecho.trimestre == 4 or len(fila.cifras) != 8 or not fila.cifras[6]:
        return False
    return poner_cifras(fila, fila.cifras[:7] + [fila.cifras[6]] * rng.randint(1, 3))


def intercambiar(rng: Random, fila: Fila) -> bool:
    """Dos celdas vecinas cambian de lugar (poa-2024: P impreso bajo R)."""
    lugar = rng.randint(0, 6)
    cifras = list(fila.cifras)
    cifras[lugar], cifras[lugar + 1] = cifras[lugar + 1], cifras[lugar]
    distinta = (cifras[lugar] or "0") != (cifras[lugar + 1] or "0")
    return distinta and len(cifras) == 8 and poner_cifras(fila, cifras, permuta=True)


def imprimir_ceros(rng: Random, fila: Fila) -> bool:
    """Imprime cero en trimestres que aún no se reportan (poa-2018, pág. 7)."""
    cifras = list(fila.cifras)
    if len(cifras) != 8 or fila.hecho.trimestre == 4 or fila.hecho.regla == "sin_calendario":
        return False
    for k in range(fila.hecho.trimestre, 4):
        cifras[2 * k + 1] = "0"
    fila.cifras, fila.tocada = cifras, True
    return True


def equivocar_digito(rng: Random, impreso: str) -> str:
    """Cambia un dígito de lo impreso por otro que se le parece."""
    lugares = [i for i, c in enumerate(impreso) if c.isdigit()]
    lugar = rng.choice(lugares)
    nuevo = rng.choice(CONFUSIONES[impreso[lugar]])
    return impreso[:lugar] + nuevo + impreso[lugar + 1 :]


def leer_mal_un_digito(rng: Random, fila: Fila) -> bool:
    """Una cifra sale con un dígito cambiado (1,662 por 1,682 en poa-2023): rompe una identidad."""
    hecho = fila.hecho
    if hecho.regla != "suma" or not hecho.meta:
        return False
    donde = rng.choice(["meta", "absoluto", "P", "A"])
    lugar = {"P": 2 * rng.randint(0, 3), "A": 2 * rng.randrange(max(1, hecho.trimestre)) + 1}.get(donde)
    original = {"meta": fila.meta, "absoluto": fila.absoluto}.get(donde) if lugar is None else fila.cifras[lugar]
    if not original or original == "0" or donde in "PA" and len(fila.cifras) != 8:
        return False
    malo = equivocar_digito(rng, original)
    cifras = list(fila.cifras)
    meta, absoluto = (
        (malo if donde == "meta" else fila.meta),
        (malo if donde == "absoluto" else fila.absoluto),
    )
    if lugar is not None:
        cifras[lugar] = malo
    if idd.lectura_directa_cuadra(cifras, absoluto, fila.relativo, meta, hecho.trimestre):
        return False
    fila.cifras, fila.meta, fila.absoluto, fila.tocada = cifras, meta, absoluto, True
    marcar_digito(hecho, donde, lugar, idd.como_numero(malo), bool(fila.relativo))
    return True


def marcar_digito(hecho: Hecho, donde: str, lugar: int | None, malo: float, hay_relativo: bool) -> None:
    """Marca ilegible lo que un dígito mal leído deja sin decidir entre dos cifras."""

    def relativo(absoluto, meta):
        return redondear(100 * absoluto / meta) if meta else None

    absoluto = hecho.absoluto or 0
    lograble = hay_relativo and absoluto > 0
    if donde in ("meta", "P"):
        suma = malo if donde == "meta" else hecho.meta - hecho.programado[lugar // 2] + malo
        decide = lograble and relativo(absoluto, suma) != hecho.relativo
        if not decide:
            hecho.ilegibles.add("meta_anual")
        if donde == "P" or not decide:
            hecho.ilegibles |= {f"P{lugar // 2 + 1}"} if donde == "P" else {f"P{k}" for k in range(1, 5)}
        return
    suma = malo if donde == "absoluto" else absoluto - hecho.alcanzado[lugar // 2] + malo
    decide = hay_relativo and relativo(suma, hecho.meta) != hecho.relativo
    if not decide:
        hecho.ilegibles |= {"avance_absoluto"} | {f"A{k + 1}" for k in range(hecho.trimestre)}
    elif donde == "A" and hecho.trimestre > 1:
        hecho.ilegibles.add(f"A{lugar // 2 + 1}")


def perder_absoluto(rng: Random, fila: Fila) -> bool:
    """Se pierde el avance absoluto; la suma de lo alcanzado lo repone."""
    if not fila.absoluto or fila.hecho.regla != "suma":
        return False
    if not any(a is not None for a in fila.hecho.alcanzado):
        fila.hecho.ilegibles.add("avance_absoluto")
    fila.absoluto, fila.tocada = "", True
    return True


def perder_relativo(rng: Random, fila: Fila) -> bool:
    """Se pierde el porcentaje (poa-2018, pág. 1); absoluto entre meta lo repone, o se deja en blanco."""
    if not fila.relativo or not fila.absoluto:
        return False
    fila.hecho.ambivalentes.add("acumulado_relativo_pct")
    fila.relativo, fila.tocada = "", True
    return True


def perder_p4(rng: Random, fila: Fila) -> bool:
    """P4 desaparece sin correr a las demás; meta menos lo otro lo repone."""
    if fila.hecho.regla != "suma" or not fila.hecho.programado[3] or None in fila.hecho.programado:
        return False
    return poner_cifras(fila, fila.cifras[:6] + [""] + fila.cifras[7:])


def leer_mal_la_unidad(rng: Random, fila: Fila) -> bool:
    """La unidad de medida sale cambiada ('Número' por 'Nómina', 'DEFENSA' por 'DESPENSA')."""
    for bien, mal in voc.UNIDADES_MAL_LEIDAS.items():
        if fila.unidad in (bien, bien.upper()):
            fila.unidad = mal.upper() if fila.unidad.isupper() else mal
            fila.hecho.ilegibles.add("unidad_medida")
            return True
    return False


def agregar_separadores(rng: Random, fila: Fila) -> bool:
    """El renglón termina con celdas vacías de más."""
    fila.cola += rng.randint(1, 4)
    return True


def poner_estrellas(rng: Random, fila: Fila) -> bool:
    """La descripción o la unidad salen entre asteriscos de negritas."""
    if rng.random() < 0.5:
        fila.unidad = f"**{fila.unidad}**"
    else:
        fila.observaciones = f"**{fila.observaciones}**" if fila.observaciones else ""
    return True


LEVES = [
    insertar_vacia,
    quitar_vacia,
    correr_p4,
    copiar_p4,
    intercambiar,
    imprimir_ceros,
    leer_mal_un_digito,
    perder_absoluto,
    perder_relativo,
    perder_p4,
    leer_mal_la_unidad,
    agregar_separadores,
    poner_estrellas,
]


# Perfiles de una página muy dañada -----------------------------------------------------------------


def copiar_programado(rng: Random, fila: Fila, extra: int) -> bool:
    """Cada P se repite en su A aún no exigible y P4 sigue hasta el absoluto (poa-2025 T2, pág. 4)."""
    cifras = list(fila.cifras)
    for k in range(fila.hecho.trimestre, 4):
        cifras[2 * k + 1] = cifras[2 * k]
    return poner_cifras(fila, cifras + [cifras[6]] * extra)


def quitar_vacias(rng: Random, fila: Fila, extra: int) -> bool:
    """Todas las celdas vacías desaparecen y las cifras se juntan a la izquierda (poa-2025 T1, pág. 3)."""
    return poner_cifras(fila, [c for c in fila.cifras if c] + [""] * extra)


def quitar_vacias_y_p4(rng: Random, fila: Fila, extra: int) -> bool:
    """Las cifras se juntan y además se pierde P4 (poa-2025 T1, pág. 4)."""
    if fila.hecho.trimestre == 4 or fila.hecho.regla != "suma" or not fila.hecho.programado[3]:
        return quitar_vacias(rng, fila, extra)
    return poner_cifras(fila, [c for c in fila.cifras[:6] if c] + [""] * (extra + 2))


def alejar_p4(rng: Random, fila: Fila, extra: int) -> bool:
    """P4 cae varias columnas a la derecha y el absoluto más allá (poa-2025 T2, pág. 3)."""
    cola = fila.cifras[6:] if fila.hecho.trimestre == 4 else [fila.cifras[6]] + [""] * extra
    return poner_cifras(fila, fila.cifras[:6] + [""] * extra + cola)


def correr_todo(rng: Random, fila: Fila, extra: int) -> bool:
    """El bloque entero cae a la derecha, ya sin huecos (poa-2025 T3, pág. 3)."""
    return poner_cifras(fila, [""] * (extra + 5) + [c for c in fila.cifras if c])


def correr_a_la_izquierda(rng: Random, fila: Fila, extra: int) -> bool:
    """Se pierden dos celdas vacías del principio (poa-2025 T4, pág. 4)."""
    if fila.cifras[:2] != ["", ""]:
        return quitar_vacias(rng, fila, extra)
    return poner_cifras(fila, fila.cifras[2:] + [""] * extra)


def repetir_sueltas(rng: Random, fila: Fila, extra: int) -> bool:
    """Una o dos cifras se repiten en la celda de al lado y empujan a las demás (poa-2023, pág. 4)."""
    cifras = list(fila.cifras)
    for _ in range(rng.randint(1, 2)):
        llenas = [i for i, c in enumerate(cifras) if c]
        if llenas:
            lugar = rng.choice(llenas)
            cifras.insert(lugar, cifras[lugar])
    return poner_cifras(fila, cifras)


def pisar_alcanzado(rng: Random, fila: Fila, extra: int) -> bool:
    """El programado pisa a un alcanzado ya reportado (poa-2023, 403): se pierde lo alcanzado."""
    hecho = fila.hecho
    candidatos = [k for k in range(hecho.trimestre) if hecho.alcanzado[k] not in (None, hecho.programado[k])]
    incompleto = None in hecho.alcanzado[: hecho.trimestre]  # el hueco pasaría por la cifra perdida
    if not candidatos or incompleto or len(fila.cifras) != 8 or hecho.regla != "suma":
        return copiar_programado(rng, fila, extra)
    k = rng.choice(candidatos)
    cifras = list(fila.cifras)
    cifras[2 * k + 1] = cifras[2 * k]
    if not cifras[2 * k] or idd.lectura_directa_cuadra(
        cifras, fila.absoluto, fila.relativo, fila.meta, hecho.trimestre
    ):
        return False
    if hecho.trimestre > 1:
        hecho.ilegibles |= {f"A{i + 1}" for i in range(hecho.trimestre)}
    fila.cifras, fila.tocada = cifras, True
    return True


PERFILES = [
    copiar_programado,
    quitar_vacias,
    quitar_vacias_y_p4,
    alejar_p4,
    correr_todo,
    correr_a_la_izquierda,
    repetir_sueltas,
    pisar_alcanzado,
]
