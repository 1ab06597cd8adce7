"""Lo que un documento perdió fuera de sus cifras: su fecha, el nombre de una unidad, o imprimió dos veces."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from rapidfuzz import fuzz

from poa.conciliacion.tablas import deducir_corte
from poa.errores import ErrorDeUsuario
from poa.lectura import LecturaDeDocumento
from poa.lectura.leido import Hallazgo, Leido
from poa.normalizar import norma

PARECIDO_DE_UNIDAD = 75  # «VELOCIDAD SOCIAL…» por «VINCULACIÓN SOCIAL…»: 88


def fechar(lectura: LecturaDeDocumento) -> None:
    """Da ejercicio y corte a los compromisos cuyas hojas los perdieron; `ErrorDeUsuario` si nada los dice."""
    documento = lectura.documento
    sin_ejercicio = [leido for leido in lectura.leidos if not leido.ejercicio]
    if sin_ejercicio:
        en_el_nombre = re.search(r"20\d\d", documento.nombre)
        if not en_el_nombre:
            raise ErrorDeUsuario(
                f"{documento.archivo}, renglón {sin_ejercicio[0].renglon}: el documento no dice de qué ejercicio (año) "
                "es. Escriba en su primer renglón «PROGRAMA OPERATIVO ANUAL» y el año."
            )
        _anotar_deducido(sin_ejercicio, "ejercicio", int(en_el_nombre[0]), "el nombre del archivo")
    sin_corte = [leido for leido in lectura.leidos if leido.corte < 0]
    if sin_corte:
        corte = deducir_corte(sin_corte)
        if corte is None:
            raise ErrorDeUsuario(
                f"{documento.archivo}, renglón {sin_corte[0].renglon}: el documento no dice qué trimestre reporta y "
                "sus sumas no lo aclaran. Escriba en su encabezado, por ejemplo, «FECHA: ENERO-MARZO 2025»."
            )
        _anotar_deducido(sin_corte, "corte", corte, "las sumas de sus renglones")
    if not lectura.leidos:
        return  # solo presupuesto
    for hoja in lectura.hojas:
        hoja.ejercicio = hoja.ejercicio or lectura.leidos[0].ejercicio
        hoja.corte = hoja.corte if hoja.corte is not None else lectura.leidos[0].corte


def _anotar_deducido(leidos: list[Leido], campo: str, valor: int, fuente: str) -> None:
    for leido in leidos:
        setattr(leido, campo, valor)
    primero = leidos[0]
    primero.hallazgos.append(
        Hallazgo(
            f"{campo}_deducido",
            "advertencia",
            f"El documento no imprime su {campo}; {valor} sale de {fuente}.",
            campo,
            "",
            str(valor),
            primero.renglon,
            primero.pagina,
        )
    )


def quitar_repetidos(leidos: list[Leido]) -> list[Leido]:
    """Un compromiso impreso dos veces en el mismo reporte se queda con la última; la otra es un hallazgo."""
    ultimos: dict[str, Leido] = {}
    for leido in leidos:
        previo = ultimos.get(leido.compromiso_id)
        if previo is not None:
            iguales = [celda.valor for celda in previo.celdas] == [celda.valor for celda in leido.celdas]
            iguales = iguales and previo.meta_impresa == leido.meta_impresa
            explicacion = (
                f"El compromiso está impreso dos veces en el mismo reporte, en los renglones {previo.renglon} y "
                f"{leido.renglon}, {'con las mismas cifras' if iguales else 'con cifras distintas'}; se usa el último."
            )
            if iguales:
                leido = previo
            else:
                leido.notas.append(explicacion)
                leido.dudoso = True
            leido.hallazgos.append(
                Hallazgo(
                    "compromiso_repetido",
                    "aviso" if iguales else "error",
                    explicacion,
                    "",
                    "",
                    "",
                    leido.renglon,
                    leido.pagina,
                )
            )
        ultimos[leido.compromiso_id] = leido
    return list(ultimos.values())


def completar_unidades(leidos: list[Leido]) -> None:
    """Iguala el programa y la unidad de una meta entre reportes: repone lo que una hoja perdió o leyó mal.

    Gana el nombre más repetido (si empatan, el del último corte); un nombre que no se le parece se respeta.
    """
    grupos: dict[tuple, list[Leido]] = defaultdict(list)
    largos: dict[tuple, Counter] = defaultdict(Counter)  # una clave de largo distinto a las demás está mal leída
    for leido in leidos:
        grupos[leido.documento, leido.dependencia, leido.meta_clave].append(leido)
        for campo in ("programa", "unidad"):
            largos[leido.documento, leido.dependencia, campo][len(getattr(leido, f"{campo}_clave"))] += 1
    for grupo in grupos.values():
        for campo in ("programa", "unidad"):
            vistos: Counter = Counter()
            for leido in sorted(grupo, key=lambda uno: -uno.corte):
                clave, nombre = getattr(leido, f"{campo}_clave"), getattr(leido, campo)
                usual = largos[leido.documento, leido.dependencia, campo].most_common(1)[0][0]
                if nombre:
                    vistos[clave, nombre] += 1 + (clave != "") + (clave.isdigit() and len(clave) == usual)
            if not vistos:
                continue
            clave, nombre = vistos.most_common(1)[0][0]
            for leido in grupo:
                suyo = getattr(leido, campo)
                if not suyo or fuzz.ratio(norma(suyo), norma(nombre)) >= PARECIDO_DE_UNIDAD:
                    setattr(leido, f"{campo}_clave", clave or getattr(leido, f"{campo}_clave"))
                    setattr(leido, campo, nombre)
