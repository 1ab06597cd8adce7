"""La relación de un enlace y la frase que dice por qué, con las cifras que lo deciden."""

from __future__ import annotations

import math

from rapidfuzz import fuzz

from poa.linaje.parecido import cifras_comparables, esta_cortado, raices
from poa.linaje.planes import Eslabon, Paso
from poa.linaje.sumas import Suma
from poa.normalizar import norma

ORDINALES = ("primer", "segundo", "tercer", "cuarto")
TEXTO_CASI_IGUAL = 0.9


def relacion_de(o: Eslabon, d: Eslabon, parecido: float) -> str:
    """«misma», «reformulada» o «cambia_unidad», según el texto y la unidad de medida."""
    if o.unidad and d.unidad and o.unidad != d.unidad:
        return "cambia_unidad"
    return "misma" if es_mismo_texto(o, d, parecido) else "reformulada"


def es_mismo_texto(o: Eslabon, d: Eslabon, parecido: float) -> bool:
    """Si los dos textos dicen lo mismo salvo alguna palabra, su forma («elaborar», «elaboración») o un corte."""
    return not math.isnan(parecido) and (
        parecido >= TEXTO_CASI_IGUAL
        or fuzz.ratio(norma(o.descripcion), norma(d.descripcion)) >= 90
        or esta_cortado(o.descripcion, d.descripcion)
    )


def explicar(paso: Paso, o: Eslabon, d: Eslabon, parecido: float) -> str:
    """La frase de un enlace uno a uno: texto, unidad y cifras, en ese orden."""
    partes = [_texto(o, d, parecido), _unidad(o, d), _cifras(paso, o, d)]
    return "; ".join(parte for parte in partes if parte)


def explicar_suma(suma: Suma) -> str:
    """La frase de una división o fusión: qué suma con qué y en qué trimestres."""
    total, *series = suma.series
    claves = [parte.clave for parte in suma.partes]
    if suma.clase == "tanda":
        dicho = f"el ritmo por trimestre {_cifra(total[0])} = {' + '.join(_cifra(s[0]) for s in series)}"
    else:
        vivos = [q for q, cifra in enumerate(total) if cifra]
        dicho = f"P por trimestre {_serie([total[q] for q in vivos])} = " + " + ".join(
            _serie([s[q] for q in vivos]) for s in series
        )
        if suma.desde:
            dicho += f" desde el {ORDINALES[suma.desde]} trimestre"
    verbo = "se divide en" if suma.relacion == "dividida" else "reúne a"
    return f"{suma.entero.clave} {verbo} {_lista(claves)}: {dicho}"


def _en_cuantos(uno: str, otro: str) -> str:
    return "uno de los dos" if uno or otro else "ninguno de los dos"


def _texto(o: Eslabon, d: Eslabon, parecido: float) -> str:
    if math.isnan(parecido):
        return f"sin descripción impresa en {_en_cuantos(o.descripcion, d.descripcion)}"
    if norma(o.descripcion) == norma(d.descripcion):
        return "mismo texto"
    if esta_cortado(o.descripcion, d.descripcion):
        return "mismo texto, cortado en uno de los dos"
    distintas = len(set(raices(o.descripcion)) ^ set(raices(d.descripcion)))
    if parecido >= TEXTO_CASI_IGUAL:
        return f"mismo texto salvo {distintas} palabras" if distintas > 1 else "mismo texto salvo una palabra"
    return f"texto parecido ({parecido:.0%} de las palabras que distinguen)".replace("%", " %")


def _unidad(o: Eslabon, d: Eslabon) -> str:
    if not o.unidad or not d.unidad:
        return f"sin unidad impresa en {_en_cuantos(o.unidad, d.unidad)}"
    if o.unidad == d.unidad:
        return f"misma unidad ({d.unidad_impresa.lower()})"
    return f"la unidad pasa de {o.unidad_impresa.lower()} a {d.unidad_impresa.lower()}"


def _cifras(paso: Paso, o: Eslabon, d: Eslabon) -> str:
    pares = cifras_comparables(o, d, paso)
    if not any(a or b for a, b in pares):
        return ""
    antes, ahora = [a for a, _ in pares], [b for _, b in pares]
    if paso.clase == "tanda":
        return f"ritmo por trimestre {_cifra(antes[0])} → {_cifra(ahora[0])}"
    que = "P por trimestre" if len(pares) > 1 else "cantidad"
    desde = f" desde el {ORDINALES[paso.desde]} trimestre" if paso.desde else ""
    if antes == ahora:
        return f"{que} igual ({_serie(antes)}){desde}"
    return f"{que} {_serie(antes)} → {_serie(ahora)}{desde}"


def _serie(cifras) -> str:
    return "/".join(_cifra(cifra) for cifra in cifras)


def _cifra(cifra: float) -> str:
    return f"{cifra:,.1f}".removesuffix(".0")


def _lista(claves: list[str]) -> str:
    return f"{', '.join(claves[:-1])} y {claves[-1]}"
