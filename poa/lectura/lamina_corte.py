"""A qué corte llegan las láminas y cuáles de sus cifras son los totales del año."""

from __future__ import annotations

from collections import Counter

from poa.lectura.encabezado import Hoja
from poa.lectura.leido import Leido

COLUMNA_DEL_TOTAL = 8  # tras P y R de cuatro trimestres
OTRA_PARTIDA = 1.0  # costo de suponer que los totales no están donde se imprimen
PARTE_CON_R = 0.3


def fechar(leidos: list[Leido], hojas: list[Hoja]) -> None:
    """Sin corte anunciado, el último trimestre con R; si ninguno la trae, las láminas solo presentan el plan."""
    if not leidos:
        return
    corte = max((hoja.corte or 0) for hoja in hojas) if hojas else 0
    if not corte:
        corte = _corte_de_las_cifras(leidos)
    for leido in leidos:
        leido.corte = corte
        _separar_total(leido)
    for hoja in hojas:
        hoja.corte = corte


def _separar_total(leido: Leido) -> None:
    """Separa el total anual (la meta) y el total de R (el absoluto) de las celdas por trimestre."""
    celdas = leido.celdas
    llenas = [i for i, celda in enumerate(celdas) if celda.valor is not None]
    if not llenas:
        return
    partidas = []
    if leido.corte and len(llenas) >= 3:
        de_p, de_r = llenas[-2], llenas[-1]
        partidas.append((celdas[de_p].valor, celdas[:de_p] + [celdas[de_r]]))
    if len(llenas) > 1 or llenas[0] >= COLUMNA_DEL_TOTAL:
        partidas.append((celdas[llenas[-1]].valor, celdas[: llenas[-1]]))
    partidas.append((None, celdas))
    if leido.corte and llenas[-1] == COLUMNA_DEL_TOTAL:
        partidas[0], partidas[1] = partidas[1], partidas[0]  # el total de R está vacío en su columna
    if llenas[-1] < COLUMNA_DEL_TOTAL and partidas[-1] is not partidas[0]:
        partidas.insert(0, partidas.pop())  # su columna está vacía: lo probable es que el total se haya perdido
    leido.meta_impresa, leido.celdas = partidas[0]
    leido.alternativas = [(meta, resto, OTRA_PARTIDA * i) for i, (meta, resto) in enumerate(partidas[1:], start=1)]


def _corte_de_las_cifras(leidos: list[Leido]) -> int:
    """El último trimestre en que buena parte de los compromisos trae cifra bajo R; 0 si solo hay plan."""
    con_r: Counter[int] = Counter()
    for leido in leidos:
        con_r.update(_trimestres_con_r(leido))
    return max((trimestre for trimestre, veces in con_r.items() if veces >= PARTE_CON_R * len(leidos)), default=0)


def _trimestres_con_r(leido: Leido) -> list[int]:
    """Los trimestres con cifra bajo R, si también hay cifras bajo P (si no, el plan solo está corrido)."""
    valores = [celda.valor for celda in leido.celdas[:COLUMNA_DEL_TOTAL]]
    bajo_p = any(valor is not None for valor in valores[0::2])
    return [i // 2 + 1 for i in range(1, len(valores), 2) if valores[i] is not None] if bajo_p else []
