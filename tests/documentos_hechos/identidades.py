"""Qué se puede saber de un renglón dañado: busca las lecturas que cuadran con las identidades.

Una cifra es legible si las lecturas ordenadas que cuadran con menos supuestos le dan el mismo
valor. Es una medida independiente de cualquier lector.
"""

from .compromisos import redondear

PRESUPUESTO = 30000  # pasos de búsqueda; si no alcanzan, el renglón se da por ilegible


def como_numero(celda: str) -> float | None:
    """Lee una celda numérica impresa; None si está vacía."""
    texto = celda.replace(",", "").replace("%", "").replace("*", "").strip()
    return float(texto) if texto else None


def cuadra_programado(programado: list[float | None], meta: float | None) -> bool:
    """Dice si ΣP = meta, o si todos los trimestres repiten la meta, o si no hay calendario."""
    if all(p is None for p in programado):
        return True
    return sum(p or 0 for p in programado) == meta or all(p == meta for p in programado)


def cuadra_alcanzado(alcanzado: list[float | None], absoluto: float | None, constante: bool) -> bool:
    """Dice si ΣA = absoluto; en una unidad constante basta que el absoluto sea un trimestre."""
    reportado = [a for a in alcanzado if a is not None]
    if absoluto is None:
        return not any(reportado)
    return sum(reportado) == absoluto or (constante and absoluto in reportado)


def lectura_directa_cuadra(cifras: list[str], absoluto: str, relativo: str, meta: str, trimestre: int) -> bool:
    """Dice si leer las ocho celdas por su lugar, sin sospechar nada, cumple todas las identidades."""
    if any(celda and celda != cifras[7] for celda in cifras[8:]):  # una cola de copias no estorba
        return False
    valores = [como_numero(celda) for celda in (list(cifras) + [""] * 8)[:8]]
    programado, alcanzado = valores[0::2], valores[1::2]
    if any(a for a in alcanzado[trimestre:]):
        return False
    total, abs_impreso, rel = como_numero(meta), como_numero(absoluto), como_numero(relativo)
    constante = all(p == total for p in programado)
    if all(p is None for p in programado):
        return not any(alcanzado)
    if not cuadra_programado(programado, total):
        return False
    if absoluto and not cuadra_alcanzado(alcanzado[:trimestre], abs_impreso, constante):
        return False
    return not (absoluto and relativo and total and redondear(100 * (abs_impreso or 0) / total) != rel)


def lecturas(
    cifras: list[str], absoluto: float | None, meta: float, trimestre: int, segunda_mitad: bool
) -> dict[tuple, int] | None:
    """Enumera las lecturas (P1..P4, A1..A4) que respetan el orden impreso y cuadran, con su costo.

    Una cifra impresa puede sobrar si repite a la anterior, si es cero o si repite el absoluto al
    final; cada sobrante y cada lugar en blanco cuestan uno. Si ninguna cuadra se supone perdido P4 y
    se despeja. Blanco y cero valen igual. Devuelve None si la búsqueda no termina.
    """
    fichas = [v for v in map(como_numero, cifras) if v is not None]
    desde = 2 if segunda_mitad else 0
    lugares = [(letra, k) for k in range(desde, 4) for letra in "PA" if letra == "P" or k < trimestre]
    halladas: dict[tuple, int] = {}
    sin_p4: dict[tuple, int] = {}
    pasos = 0

    def anotar(puestos: dict, costo: int) -> None:
        p = [puestos.get(("P", k), 0) for k in range(4)]
        a = [puestos.get(("A", k), 0) for k in range(4)]
        constante = all(v == meta for v in p)
        if not cuadra_alcanzado(a, absoluto, constante):
            return
        if sum(p) == meta or constante:
            lectura, donde = tuple(p + a), halladas
        elif ("P", 3) not in puestos and sum(p) < meta:
            lectura, donde = tuple(p[:3] + [meta - sum(p)] + a), sin_p4
        else:
            return
        donde[lectura] = min(costo, donde.get(lectura, costo))

    def sobra(i: int) -> bool:
        igual_al_anterior = i > 0 and fichas[i] == fichas[i - 1]
        return igual_al_anterior or fichas[i] == 0 or all(f == absoluto for f in fichas[i:])

    def avanzar(lugar: int, i: int, puestos: dict, costo: int) -> bool:
        nonlocal pasos
        pasos += 1
        if pasos > PRESUPUESTO:
            return False
        if i == len(fichas):
            anotar(puestos, costo + len(lugares) - lugar)
            return True
        if sobra(i) and not avanzar(lugar, i + 1, puestos, costo + 1):
            return False
        if lugar == len(lugares):
            return True
        puestos[lugares[lugar]] = fichas[i]
        sigue = avanzar(lugar + 1, i + 1, puestos, costo)
        del puestos[lugares[lugar]]
        return sigue and avanzar(lugar + 1, i, puestos, costo + 1)

    if not avanzar(0, 0, {}, 0):
        return None
    return halladas or sin_p4


def lectura_con_hueco(cifras: list[str], absoluto: float | None, meta: float, trimestre: int) -> tuple | None:
    """Lee las ocho celdas por su lugar y despeja el único P que falte; None si no cuadra."""
    valores = [como_numero(celda) for celda in (list(cifras) + [""] * 8)[:8]]
    programado = valores[0::2]
    alcanzado = [a if k < trimestre else None for k, a in enumerate(valores[1::2])]
    falta = meta - sum(p or 0 for p in programado)
    if programado.count(None) != 1 or falta <= 0 or not cuadra_alcanzado(alcanzado, absoluto, False):
        return None
    programado[programado.index(None)] = falta
    return tuple(float(v or 0) for v in programado + alcanzado)


def lecturas_con_permuta(
    cifras: list[str], absoluto: str, relativo: str, meta: str, trimestre: int
) -> dict[tuple, int]:
    """Enumera las lecturas por lugar que cuadran tras deshacer la permuta de dos celdas vecinas."""
    halladas = {}
    for i in range(7):
        prueba = list(cifras)
        prueba[i], prueba[i + 1] = prueba[i + 1], prueba[i]
        if lectura_directa_cuadra(prueba, absoluto, relativo, meta, trimestre):
            valores = [como_numero(celda) or 0 for celda in prueba[:8]]
            halladas[tuple(valores[0::2] + valores[1::2])] = 1
    return halladas
