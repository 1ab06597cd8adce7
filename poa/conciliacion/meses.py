"""Las acciones por mes del formato de Tesorería: qué celda es cada mes, y los trimestres que de ahí se derivan.

Identidades: variación = realizado − programado, mes por mes y en el total; los meses suman el total, salvo
en las unidades que repiten su meta (porcentajes).
"""

from __future__ import annotations

from poa.conciliacion.certeza import peor
from poa.conciliacion.hallazgos import decir_cifra, texto_de_cifra
from poa.conciliacion.identidades import iguales
from poa.lectura.leido import Hallazgo, Leido

FILAS = ("programado", "realizado", "variacion")
MESES = range(12)
CELDAS = 13  # el total y doce meses
ROMPE_VARIACION = 2.0
ROMPE_SUMA = 1.5
DANIO = 0.4  # cada celda que hubo que quitar, poner o cambiar de lugar
COPIA_QUITADA = 0.1
DE_LAS_OTRAS = 1.3  # leer la fila entera de las otras dos
VUELTAS = 2

Fila = list[float | None]


def resolver_meses(leido: Leido) -> tuple[dict, list[dict], list[dict], list[Hallazgo]]:
    """(columnas de compromiso, 4 avances derivados, 12 filas de mes, hallazgos) de una acción por mes.

    Las tres filas se acomodan a la vez: una celda repetida, perdida o cambiada de lugar se nota en que la
    variación deja de ser realizado − programado. El trimestre suma sus meses; si la unidad no se suma, es
    el promedio de los meses programados.
    """
    filas, danios = _acomodar({nombre: leido.meses.get(nombre, []) for nombre in FILAS})
    totales = {nombre: filas[nombre][0] for nombre in FILAS}
    _reponer_total(totales)
    meses = {nombre: filas[nombre][1:] for nombre in FILAS}
    for mes in range(3 * max(leido.corte, 0), 12):
        if not meses["realizado"][mes]:  # el reporte aún no puede contener ese mes: su cero no es un cero
            meses["realizado"][mes] = None
    es_suma = _es_suma(totales["programado"], meses["programado"])
    certezas, hallazgos = _revisar(leido, totales, meses, danios, es_suma)
    leido.meta_impresa = filas["programado"][0]
    salidas = [
        {
            "compromiso_id": leido.compromiso_id,
            "mes": mes + 1,
            **{nombre: meses[nombre][mes] for nombre in FILAS},
            "certeza": certezas[mes],
        }
        for mes in MESES
    ]
    completas = {
        nombre: iguales(sum(valor or 0.0 for valor in meses[nombre]), totales[nombre] or 0.0) for nombre in FILAS[:2]
    }
    avances = [_derivar(trimestre, meses, certezas, es_suma, completas) for trimestre in (1, 2, 3, 4)]
    contradice = any(hallazgo.severidad == "error" for hallazgo in hallazgos)
    fila = {
        "meta_anual": totales["programado"],
        "meta_anual_impresa": filas["programado"][0],
        "avance_absoluto": totales["realizado"],
        "avance_absoluto_impreso": filas["realizado"][0],
        "certeza": peor(*certezas, "ambiguo" if contradice else "seguro"),
        "nota_de_cifras": " ".join(
            [
                *([] if es_suma else ["Unidad que no se suma: el trimestre es el promedio de sus meses programados."]),
                *(hallazgo.explicacion for hallazgo in hallazgos if hallazgo.severidad != "aviso"),
            ]
        ),
    }
    return fila, avances, salidas, hallazgos


def _acomodar(impresas: dict[str, Fila]) -> tuple[dict[str, Fila], dict[str, float]]:
    """Cada fila en trece celdas: la que menos rompe las identidades junto con las otras dos. Y su daño."""
    filas = {nombre: (list(fila) + [None] * CELDAS)[:CELDAS] for nombre, fila in impresas.items()}
    danios = dict.fromkeys(FILAS, 0.0)
    if all(len(fila) == CELDAS for fila in impresas.values()) and _roturas(filas) == 0:
        return filas, danios
    for _ in range(VUELTAS):
        for nombre in sorted(FILAS, key=lambda una: -abs(len(impresas[una]) - CELDAS)):  # primero, la más dañada
            candidatas = _candidatas(impresas[nombre]) + _rehechas(nombre, filas, impresas[nombre])
            mejor = min(candidatas, key=lambda par: par[1] + _roturas({**filas, nombre: par[0]}))
            filas[nombre], danios[nombre] = mejor
    return filas, danios


def _candidatas(impresa: Fila) -> list[tuple[Fila, float]]:
    """Maneras de leer una fila como trece celdas, con el daño que suponen."""
    base = [impresa]
    while len(impresa) > CELDAS and impresa[-1] is None:
        impresa = impresa[:-1]
        base.append(impresa)
    salidas: list[tuple[Fila, float]] = []
    for fila in base:
        salidas += _ajustar(fila)
    if len(impresa) >= CELDAS:
        completa = impresa[:CELDAS]
        for i in range(1, CELDAS - 1):
            if completa[i] != completa[i + 1]:
                cambiada = list(completa)
                cambiada[i], cambiada[i + 1] = completa[i + 1], completa[i]
                salidas.append((cambiada, 2 * DANIO))
        for quitada in range(1, len(impresa)):
            corta = impresa[:quitada] + impresa[quitada + 1 :]
            for puesta in range(1, CELDAS):
                salidas.append(((corta[:puesta] + [None] + corta[puesta:] + [None])[:CELDAS], 3 * DANIO))
    return salidas


def _rehechas(nombre: str, filas: dict[str, Fila], impresa: Fila) -> list[tuple[Fila, float]]:
    """La fila que dan las otras dos, si casi todo lo que ésta imprime aparece en ella y en ese orden."""
    rehecha: Fila = []
    for p, r, v in zip(*(filas[otra] for otra in FILAS), strict=True):
        sin = {"programado": (r, v), "realizado": (p, v), "variacion": (p, r)}[nombre]
        if None in sin:
            rehecha.append(None)
        else:
            rehecha.append(r - v if nombre == "programado" else p + v if nombre == "realizado" else r - p)
    if rehecha == list(impresa) or None in rehecha[:1]:
        return []
    resto = iter(rehecha)
    ajenas = sum(valor is not None and not any(valor == otro for otro in resto) for valor in impresa)
    return [(rehecha, DE_LAS_OTRAS + ajenas * DANIO)] if ajenas <= len(impresa) / 4 else []


def _ajustar(fila: Fila) -> list[tuple[Fila, float]]:
    """La fila con una celda quitada si sobra, o con huecos puestos si falta."""
    if len(fila) == CELDAS:
        return [(list(fila), 0.0)]
    if len(fila) > CELDAS:
        sobran = len(fila) - CELDAS
        salidas = [(list(fila[:CELDAS]), sobran * DANIO)]
        for i in range(1, len(fila)):
            costo = COPIA_QUITADA if fila[i] == fila[i - 1] or fila[i] is None else DANIO
            salidas += (
                [(resto, costo + danio) for resto, danio in _ajustar(fila[:i] + fila[i + 1 :])] if sobran == 1 else []
            )
        return salidas
    if len(fila) == CELDAS - 1:
        return [(fila[:i] + [None] + fila[i:], DANIO) for i in range(CELDAS)]
    return [((list(fila) + [None] * CELDAS)[:CELDAS], DANIO * (CELDAS - len(fila)))]


def _roturas(filas: dict[str, Fila]) -> float:
    """Cuánto rompen tres filas sus identidades."""
    total = 0.0
    for p, r, v in zip(*(filas[nombre] for nombre in FILAS), strict=True):
        if None not in (p, r, v) and not iguales(r - p, v):
            total += ROMPE_VARIACION
        elif (p, r, v).count(None) == 1 and p is None:
            total += DANIO
    for nombre in FILAS[:2]:
        fila = filas[nombre]
        conocidos = [valor for valor in fila[1:] if valor is not None]
        if fila[0] is not None and conocidos and not iguales(sum(conocidos), fila[0]):
            repite = all(iguales(valor, max(conocidos)) for valor in conocidos if valor) and iguales(
                max(conocidos), fila[0]
            )
            total += 0.0 if repite else ROMPE_SUMA
    return total


def _reponer_total(totales: dict[str, float | None]) -> None:
    """El total perdido, con los otros dos: variación = realizado − programado."""
    p, r, v = (totales[nombre] for nombre in FILAS)
    if p is None and None not in (r, v):
        totales["programado"] = r - v
    elif r is None and None not in (p, v):
        totales["realizado"] = p + v


def _es_suma(meta: float | None, programado: Fila) -> bool:
    """Si los meses se suman a la meta; no, cuando cada mes programado la repite."""
    con_plan = [valor for valor in programado if valor]
    if meta is None or len(con_plan) < 2 or iguales(sum(con_plan), meta):
        return True
    return not all(iguales(valor, meta) for valor in con_plan)


def _revisar(
    leido: Leido, totales: dict, meses: dict[str, Fila], danios: dict[str, float], es_suma: bool
) -> tuple[list[str], list[Hallazgo]]:
    """Repone el mes perdido de cada terna y dice qué no cuadra."""
    certezas, hallazgos = ["seguro"] * 12, []

    def anotar(regla: str, severidad: str, columna: str, impreso, usado, explicacion: str) -> None:
        hallazgos.append(
            Hallazgo(
                regla,
                severidad,
                explicacion,
                columna,
                texto_de_cifra(impreso),
                texto_de_cifra(usado),
                leido.renglon,
                leido.pagina,
            )
        )

    acomodada = any(danio > COPIA_QUITADA for danio in danios.values())
    for mes in MESES:
        p, r, v = (meses[nombre][mes] for nombre in FILAS)
        no_exigible = mes >= 3 * max(leido.corte, 0) and r is None
        if no_exigible:
            continue
        if (p, r, v).count(None) == 1:
            perdida = FILAS[(p, r, v).index(None)]
            meses[perdida][mes] = r - v if p is None else p + v if r is None else r - p
            certezas[mes] = "reconstruido"
            anotar(
                "cifra_deducida",
                "aviso",
                f"{perdida}_m{mes + 1}",
                None,
                meses[perdida][mes],
                f"El {perdida} del mes {mes + 1} no está impreso; sale de las otras dos filas.",
            )
        elif None not in (p, r, v) and not iguales(r - p, v):
            certezas[mes] = "ambiguo"
            anotar(
                "variacion_no_cuadra",
                "error",
                f"variacion_m{mes + 1}",
                v,
                v,
                f"En el mes {mes + 1} la variación impresa es {decir_cifra(v)} y realizado menos programado da "
                f"{decir_cifra(r - p)}.",
            )
        elif acomodada:
            certezas[mes] = "reconstruido"
    for nombre, columna in (("programado", "meta_anual"), ("realizado", "avance_absoluto")):
        conocidos = [valor for valor in meses[nombre] if valor is not None]
        total = totales[nombre]
        if not es_suma or total is None or not conocidos or iguales(sum(conocidos), total):
            continue
        certezas[:] = [peor(certeza, "reconstruido") for certeza in certezas]
        anotar(
            "total_no_suma",
            "error",
            columna,
            total,
            total,
            f"El total {nombre} impreso es {decir_cifra(total)} y sus meses suman {decir_cifra(sum(conocidos))}.",
        )
    return certezas, hallazgos


def _derivar(
    trimestre: int, meses: dict[str, Fila], certezas: list[str], es_suma: bool, completas: dict[str, bool]
) -> dict:
    """El avance de un trimestre: la suma de sus tres meses, o el promedio de los programados.

    Un mes en blanco no estorba si lo impreso ya suma el total del año (`completas`): no se programó nada.
    """
    de = slice(3 * trimestre - 3, 3 * trimestre)
    p, r = meses["programado"][de], meses["realizado"][de]
    if es_suma:
        programado = _sumar(p, completas["programado"])
        alcanzado = _sumar(r, completas["realizado"])
    else:
        con_plan = [mes for mes in range(3) if p[mes]]
        programado = sum(p[mes] for mes in con_plan) / len(con_plan) if con_plan else 0.0
        con_dato = [r[mes] for mes in con_plan if r[mes] is not None]
        alcanzado = sum(con_dato) / len(con_dato) if con_dato else 0.0 if not con_plan and None not in r else None
    return {
        "trimestre": trimestre,
        "programado": programado,
        "alcanzado": alcanzado,
        "programado_impreso": None,
        "alcanzado_impreso": None,
        "certeza": peor(*certezas[de]),
        "derivado": True,
    }


def _sumar(meses: Fila, completa: bool) -> float | None:
    conocidos = [valor for valor in meses if valor is not None]
    return sum(conocidos) if conocidos and (completa or len(conocidos) == len(meses)) else None
