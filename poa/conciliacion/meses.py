"""Las acciones por mes del formato de Tesorería: se revisan contra su total y su variación, y se derivan trimestres."""

from __future__ import annotations

from poa.conciliacion.certeza import decir_cifra, peor, texto_de_cifra
from poa.conciliacion.identidades import iguales
from poa.lectura.leido import Hallazgo, Leido

MESES = range(12)


def resolver_meses(leido: Leido) -> tuple[dict, list[dict], list[dict], list[Hallazgo]]:
    """(columnas de compromiso, 4 avances derivados, 12 filas de mes, hallazgos) de una acción por mes.

    Un mes perdido se repone con variación = realizado − programado; una cifra que rompe esa identidad o la
    suma del año se señala. El trimestre suma sus meses, salvo que el plan repita la meta (porcentajes): ahí
    es el promedio de los meses programados.
    """
    programado = _completar(leido.meses.get("programado", []))
    realizado = _completar(leido.meses.get("realizado", []))
    variacion = _completar(leido.meses.get("variacion", []))
    certezas, hallazgos = _revisar_variacion(leido, programado, realizado, variacion)
    es_suma = _revisar_totales(leido, programado, realizado, certezas, hallazgos)
    meses = [
        {
            "compromiso_id": leido.compromiso_id,
            "mes": mes + 1,
            "programado": programado[mes],
            "realizado": realizado[mes],
            "variacion": variacion[mes],
            "certeza": certezas[mes],
        }
        for mes in MESES
    ]
    avances = [_derivar(trimestre, programado, realizado, certezas, es_suma) for trimestre in (1, 2, 3, 4)]
    fila = {
        "meta_anual": leido.meta_impresa,
        "avance_absoluto": leido.totales.get("realizado"),
        "avance_absoluto_impreso": leido.totales.get("realizado"),
        "certeza": peor(*certezas),
        "nota_de_cifras": "" if es_suma else "Unidad que no se suma: el trimestre es el promedio de sus meses programados.",
    }
    if any(hallazgo.regla == "total_no_suma" for hallazgo in hallazgos):
        fila["certeza"] = peor(fila["certeza"], "ambiguo")
    return fila, avances, meses, hallazgos


def _completar(meses: list[float | None]) -> list[float | None]:
    return (list(meses) + [None] * 12)[:12]


def _revisar_variacion(
    leido: Leido, programado: list, realizado: list, variacion: list
) -> tuple[list[str], list[Hallazgo]]:
    """Repone el mes perdido de cada terna y señala las que no cumplen variación = realizado − programado."""
    certezas, hallazgos = ["seguro"] * 12, []
    for mes in MESES:
        p, r, v = programado[mes], realizado[mes], variacion[mes]
        if (p, r, v).count(None) == 1:
            if p is None:
                programado[mes] = r - v
            elif r is None:
                realizado[mes] = p + v
            else:
                variacion[mes] = r - p
            certezas[mes] = "reconstruido"
        elif None not in (p, r, v) and not iguales(r - p, v):
            certezas[mes] = "ambiguo"
            hallazgos.append(
                Hallazgo(
                    "variacion_no_cuadra", "error",
                    f"En el mes {mes + 1} la variación impresa es {decir_cifra(v)} y realizado menos programado da "
                    f"{decir_cifra(r - p)}.",
                    f"variacion_{mes + 1}", texto_de_cifra(v), texto_de_cifra(v), leido.renglon, leido.pagina,
                )
            )
        elif None in (p, r, v):
            certezas[mes] = "reconstruido" if (p, r, v).count(None) < 3 else "ambiguo"
    return certezas, hallazgos


def _revisar_totales(
    leido: Leido, programado: list, realizado: list, certezas: list[str], hallazgos: list[Hallazgo]
) -> bool:
    """Si los meses se suman al total; las unidades que repiten su meta (porcentajes) no se suman."""
    meta = leido.meta_impresa
    con_plan = [valor for valor in programado if valor]
    if meta is None or not programado or None in programado:
        return True
    es_suma = iguales(sum(programado), meta)
    if not es_suma and con_plan and all(iguales(valor, meta) for valor in con_plan):
        return False
    for nombre, meses, total in (("programado", programado, meta), ("realizado", realizado, leido.totales.get("realizado"))):
        if total is None or None in meses or iguales(sum(meses), total):
            continue
        _culpar_un_mes(certezas, meses, total)
        hallazgos.append(
            Hallazgo(
                "total_no_suma", "error",
                f"El total {nombre} impreso es {decir_cifra(total)} y sus meses suman {decir_cifra(sum(meses))}.",
                "meta_anual" if nombre == "programado" else "avance_absoluto",
                texto_de_cifra(total), texto_de_cifra(total), leido.renglon, leido.pagina,
            )
        )
    return True


def _culpar_un_mes(certezas: list[str], meses: list[float], total: float) -> None:
    """Sin otra prueba, ningún mes con cifra es seguro mientras el total no cierre (salvo los que su variación confirma)."""
    if "ambiguo" in certezas:
        return
    for mes in MESES:
        if meses[mes]:
            certezas[mes] = peor(certezas[mes], "reconstruido")


def _derivar(trimestre: int, programado: list, realizado: list, certezas: list[str], es_suma: bool) -> dict:
    de = slice(3 * trimestre - 3, 3 * trimestre)
    p, r = programado[de], realizado[de]
    if es_suma:
        p_total = sum(p) if None not in p else None
        r_total = sum(r) if None not in r else None
    else:
        con_plan = [mes for mes in range(3) if p[mes]]
        p_total = sum(p[mes] for mes in con_plan) / len(con_plan) if con_plan else 0.0
        con_dato = [r[mes] for mes in con_plan if r[mes] is not None]
        r_total = sum(con_dato) / len(con_dato) if con_dato else (0.0 if not con_plan else None)
    certeza = peor(*certezas[de])
    return {
        "trimestre": trimestre,
        "programado": p_total,
        "alcanzado": r_total,
        "programado_impreso": None,
        "alcanzado_impreso": None,
        "certeza": certeza,
        "derivado": True,
    }
