"""A quién le toca quién: la asignación uno a uno que más evidencia suma, y qué tan holgada es."""

from __future__ import annotations

import numpy as np


def asignar(valor: np.ndarray) -> dict[int, int]:
    """Fila → columna de la asignación uno a uno de mayor suma; nadie se asigna con valor ≤ 0.

    Se resuelve por separado cada grupo de filas y columnas que compiten entre sí.
    """
    pares: dict[int, int] = {}
    for filas, columnas in _componentes(valor > 0):
        local = valor[np.ix_(filas, columnas)]
        for i, j in _hungaro(np.maximum(local, 0)):
            if local[i, j] > 0:
                pares[filas[i]] = columnas[j]
    return pares


def holgura(valor: np.ndarray, pares: dict[int, int]) -> dict[int, float]:
    """Lo que se perdería si la fila no se quedara con su columna, con el mejor cambio de a dos."""
    de_columna = {j: i for i, j in pares.items()}
    positivo = np.maximum(valor, 0)
    margen = {}
    for i, j in pares.items():
        perdida = [valor[i, j]]
        for k in np.flatnonzero(positivo[i]):
            if k != j:
                # el que la tenía se queda con la mía, o con nada
                otro = de_columna.get(k)
                compensa = 0.0 if otro is None else positivo[otro, j] - valor[otro, k]
                perdida.append(valor[i, j] - valor[i, k] - compensa)
        for otro in np.flatnonzero(positivo[:, j]):
            if otro != i:
                suyo = pares.get(otro)
                libre = positivo[i, [k for k in range(valor.shape[1]) if k not in de_columna]].max(initial=0.0)
                pierde = 0.0 if suyo is None else valor[otro, suyo]
                perdida.append(valor[i, j] + pierde - valor[otro, j] - libre)
        margen[i] = float(min(perdida))
    return margen


def _componentes(hay: np.ndarray) -> list[tuple[list[int], list[int]]]:
    pendientes = set(np.flatnonzero(hay.any(1)))
    salidas = []
    while pendientes:
        filas, columnas, cola = set(), set(), [pendientes.pop()]
        while cola:
            fila = cola.pop()
            filas.add(fila)
            for columna in np.flatnonzero(hay[fila]):
                if columna not in columnas:
                    columnas.add(columna)
                    nuevas = set(np.flatnonzero(hay[:, columna])) & pendientes
                    pendientes -= nuevas
                    cola += nuevas
        salidas.append((sorted(int(f) for f in filas), sorted(int(c) for c in columnas)))
    return salidas


def _hungaro(valor: np.ndarray) -> list[tuple[int, int]]:
    """El método húngaro con potenciales, de costo cúbico, sobre una matriz de valores no negativos."""
    if valor.shape[0] > valor.shape[1]:
        return [(i, j) for j, i in _hungaro(valor.T)]
    filas, columnas = valor.shape
    costo = valor.max() - valor
    u, v = np.zeros(filas + 1), np.zeros(columnas + 1)
    duena = np.zeros(columnas + 1, dtype=int)
    for fila in range(1, filas + 1):
        duena[0] = fila
        columna, minimo = 0, np.full(columnas + 1, np.inf)
        vista, camino = np.zeros(columnas + 1, dtype=bool), np.zeros(columnas + 1, dtype=int)
        while duena[columna]:
            vista[columna] = True
            actual = duena[columna]
            reducido = np.full(columnas + 1, np.inf)
            reducido[1:] = costo[actual - 1] - u[actual] - v[1:]
            mejora = ~vista & (reducido < minimo)
            minimo[mejora], camino[mejora] = reducido[mejora], columna
            siguiente = int(np.argmin(np.where(vista, np.inf, minimo)))
            paso = minimo[siguiente]
            u[duena[vista]] += paso
            v[vista] -= paso
            minimo[~vista] -= paso
            columna = siguiente
        while columna:
            duena[columna] = duena[camino[columna]]
            columna = camino[columna]
    return [(int(duena[j]) - 1, j - 1) for j in range(1, columnas + 1) if duena[j]]
