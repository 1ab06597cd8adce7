"""Lo que un informe posterior dice distinto de un trimestre ya informado: vale lo último, y la diferencia se dice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from poa.conciliacion.hallazgos import decir_cifra, texto_de_cifra
from poa.lectura.leido import Hallazgo

REGLA = "informe_posterior_distinto"


def reemplazos(
    compromisos: Iterable[Mapping], avances: Iterable[Mapping], ya_dichas: set[tuple[str, str]]
) -> list[tuple[Mapping, Hallazgo]]:
    """(compromiso, hallazgo) de cada alcanzado que un informe anterior del mismo año decía distinto.

    `compromisos` y `avances`: filas de esos extractos, de todos los documentos. Cada informe se compara con el último
    de los anteriores que no coincide con él, para que el hallazgo esté en el que da la cifra aunque otro la haya
    cambiado antes. Una cifra con dos lecturas no acusa a nadie; la que ya tiene su hallazgo en `ya_dichas`
    (compromiso_id, columna), tampoco.
    """
    alcanzado = {
        (a["compromiso_id"], a["trimestre"]): a["alcanzado"]
        for a in avances
        if a["alcanzado"] is not None and a["certeza"] != "ambiguo"
    }
    informes: dict[tuple, list[Mapping]] = defaultdict(list)
    for fila in compromisos:
        informes[fila["ejercicio"], fila["dependencia"], fila["meta_clave"], fila["clave"]].append(fila)
    salidas = []
    for suyos in informes.values():
        en_orden = sorted(suyos, key=lambda fila: (fila["corte"], fila["documento"]))
        for trimestre in (1, 2, 3, 4):
            dichos: list[tuple[Mapping, float]] = []
            for fila in en_orden:
                cifra = alcanzado.get((fila["compromiso_id"], trimestre))
                if cifra is None or fila["corte"] < f"{fila['ejercicio']}T{trimestre}":
                    continue
                otro = next((dicho for dicho in reversed(dichos) if dicho[1] != cifra), None)
                if otro and (fila["compromiso_id"], f"alcanzado_t{trimestre}") not in ya_dichas:
                    salidas.append((fila, _hallazgo(fila, trimestre, cifra, *otro)))
                dichos.append((fila, cifra))
    return salidas


def _hallazgo(fila: Mapping, trimestre: int, cifra: float, otro: Mapping, antes: float) -> Hallazgo:
    cual = f"el informe {otro['corte']}" if otro["corte"] != fila["corte"] else f"otro informe {otro['corte']}"
    dicho = f"Alcanzado T{trimestre}: {cual} decía {decir_cifra(antes)}; vale este, que dice {decir_cifra(cifra)}."
    escrita = texto_de_cifra(cifra)
    return Hallazgo(
        REGLA, "advertencia", dicho, f"alcanzado_t{trimestre}", escrita, escrita, fila["renglon"], fila["pagina"]
    )
