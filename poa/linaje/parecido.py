"""Cuánto se parecen dos compromisos: su texto, su unidad y sus cifras, cada cosa por separado.

Todo sale como evidencia, en logaritmos de razón de verosimilitud (nats): positiva si apunta a que
son el mismo compromiso, negativa si apunta a que no, cero si nada dice.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from poa.linaje.planes import TRIMESTRES, Eslabon, Paso
from poa.normalizar import norma

# Lo que no dice de qué trata un compromiso: enlaces de la oración y verbos de relleno.
VACIAS = frozenset(
    re.findall(
        r"\w+",
        """a al ante asi como con cada cabo cual cuales dar de del desde dicho donde e el en entre es esta este esto fin
        ha la las le lo los llevar mas mediante ni no o para pero por que quien se segun ser si sin sobre son su sus
        tanto traves u un una uno y ya realizar realizacion efectuar objeto objetivo finalidad proposito""",
    )
)
TERMINACIONES = re.compile(
    r"(?:amiento|imiento|aciones|acion|iciones|icion|idades|idad|adoras?|adores|ador|ciones|siones|cion|sion|ion|"
    r"andose|ando|iendo|adas|ados|idas|idos|ada|ado|ida|ido|arse|ar|er|ir|as|os|es|a|o|e|s)$"
)
RAIZ_MINIMA = 4
# parecido del texto → evidencia: dos compromisos distintos rara vez comparten la cuarta parte de sus palabras
TEXTO = (
    (0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.75, 0.9, 1),
    (-4, -3, -2, -1, 0, 0.8, 1.4, 2.4, 3.4, 4.6, 5.8, 6.6, 7),
)
RAZON_DE_CANTIDADES = ((0, 0.05, 0.2, 0.5, 0.8, 1), (-1.6, -1.4, -0.5, 0.1, 0.7, 0.9))
PALABRA_DANADA = 80
TEXTO_CORTADO = 88


@dataclass
class Evidencias:
    """Una matriz por señal, orígenes × destinos. `parecido` es el del texto, 0–1; nan si falta alguno."""

    parecido: np.ndarray
    texto: np.ndarray
    unidad: np.ndarray
    cifras: np.ndarray


def raiz(palabra: str) -> str:
    """La palabra sin sus terminaciones: «elaboración» y «elaborar» dan la misma."""
    while True:
        corta = TERMINACIONES.sub("", palabra)
        if len(corta) < RAIZ_MINIMA or corta == palabra:
            return palabra
        palabra = corta


def raices(texto: str) -> list[str]:
    """Las raíces de las palabras que dicen algo, sin repetir, en su orden."""
    palabras = (p for p in norma(texto).split() if p not in VACIAS and (len(p) > 2 or p.isdigit()))
    return list(dict.fromkeys(raiz(p) for p in palabras))


def comparar_textos(
    origenes: list[list[str]], destinos: list[list[str]], contexto: list[str] | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """(parecido 0–1, peso en nats de lo que comparten) de cada par de textos; parecido nan si falta alguno.

    Cada palabra pesa por lo rara que es en `contexto` (los mismos textos si se omite); una palabra dañada
    vale por la que se le parece.
    """
    bolsas_o, bolsas_d = [raices_de(t) for t in origenes], [raices_de(t) for t in destinos]
    vocabulario_o = sorted({r for bolsa in bolsas_o for r in bolsa})
    vocabulario_d = sorted({r for bolsa in bolsas_d for r in bolsa})
    if not vocabulario_o or not vocabulario_d:
        vacia = np.full((len(origenes), len(destinos)), np.nan)
        return vacia, np.zeros_like(vacia)
    iguales = _parecido_de_palabras(vocabulario_o, vocabulario_d)
    comparadas = bolsas_o + bolsas_d if contexto is None else [raices(texto) for texto in contexto]
    veces = Counter(r for bolsa in comparadas for r in bolsa)
    total = len(comparadas)
    peso_o = _pesos(bolsas_o, vocabulario_o, veces, total)
    peso_d = _pesos(bolsas_d, vocabulario_d, veces, total)
    # lo mejor que cada palabra del otro plan encuentra en este texto
    en_o = np.array([_mejor(iguales.T, bolsa, vocabulario_o) for bolsa in bolsas_o])
    en_d = np.array([_mejor(iguales, bolsa, vocabulario_d) for bolsa in bolsas_d])
    comun_d = en_o @ peso_d.T
    comun_o = peso_o @ en_d.T
    suma_o, suma_d = peso_o.sum(1)[:, None], peso_d.sum(1)[None, :]
    with np.errstate(invalid="ignore", divide="ignore"):
        parecido = (comun_o + comun_d) / (suma_o + suma_d)
    parecido[(suma_o[:, 0] == 0), :] = np.nan
    parecido[:, (suma_d[0] == 0)] = np.nan
    return parecido, (comun_o + comun_d) / 2


def raices_de(textos: list[str]) -> list[str]:
    return list(dict.fromkeys(r for texto in textos for r in raices(texto)))


def _parecido_de_palabras(unas: list[str], otras: list[str]) -> np.ndarray:
    parecidos = process.cdist(unas, otras, scorer=fuzz.ratio, score_cutoff=PALABRA_DANADA, dtype=np.float32) / 100
    largo = np.minimum.outer([len(p) for p in unas], [len(p) for p in otras])
    numero = np.logical_or.outer([p[0].isdigit() for p in unas], [p[0].isdigit() for p in otras])
    exactas = np.equal.outer(unas, otras)
    parecidos[(largo < 5) | numero] = 0
    parecidos[exactas] = 1
    return parecidos


def _pesos(bolsas: list[list[str]], vocabulario: list[str], veces: Counter, total: int) -> np.ndarray:
    lugar = {palabra: i for i, palabra in enumerate(vocabulario)}
    pesos = np.zeros((len(bolsas), len(vocabulario)))
    for fila, bolsa in enumerate(bolsas):
        for palabra in bolsa:
            pesos[fila, lugar[palabra]] = math.log((total + 1) / (veces[palabra] + 0.5)) + 0.2
    return pesos


def _mejor(iguales: np.ndarray, bolsa: list[str], vocabulario: list[str]) -> np.ndarray:
    if not bolsa:
        return np.zeros(iguales.shape[0])
    lugar = {palabra: i for i, palabra in enumerate(vocabulario)}
    return iguales[:, [lugar[palabra] for palabra in bolsa]].max(1)


def esta_cortado(uno: str, otro: str) -> bool:
    """Si un texto es el principio del otro: el documento lo imprimió incompleto."""
    corto, largo = sorted((norma(uno), norma(otro)), key=len)
    return 25 <= len(corto) < 0.8 * len(largo) and fuzz.ratio(corto, largo[: len(corto)]) >= TEXTO_CORTADO


def evidencia_de_texto(parecido: np.ndarray, peso: np.ndarray) -> np.ndarray:
    """La del texto, sin pasar de lo que pesan las palabras que comparten: lo corto y común prueba poco."""
    evidencia = np.interp(np.nan_to_num(parecido), *TEXTO)
    evidencia = np.where(evidencia > 0, np.minimum(evidencia, 0.6 * peso), evidencia)
    return np.where(np.isnan(parecido), 0, evidencia)


def evidencia_de_unidad(origenes: list[Eslabon], destinos: list[Eslabon], planes: list[Eslabon]) -> np.ndarray:
    """La de la unidad de medida: la misma dice más cuanto más rara es en los dos planes."""
    veces = Counter(e.unidad for e in planes if e.nivel == origenes[0].nivel)
    total = veces.total()
    matriz = np.zeros((len(origenes), len(destinos)))
    for i, o in enumerate(origenes):
        for j, d in enumerate(destinos):
            if o.unidad and d.unidad:
                matriz[i, j] = (
                    min(2.5, max(0.2, math.log(total / veces[o.unidad])))
                    if o.unidad == d.unidad
                    else np.interp(fuzz.token_set_ratio(o.unidad, d.unidad), (40, 100), (-1.6, 0))
                )
    return matriz


def es_porcentaje(eslabon: Eslabon) -> bool:
    """Si sus cifras son tantos por ciento, que no se suman."""
    return "porcent" in eslabon.unidad or "%" in eslabon.unidad_impresa


def cifras_comparables(o: Eslabon, d: Eslabon, paso: Paso) -> list[tuple[float, float]]:
    """Los pares de P que se comparan: trimestre con trimestre; entre tandas, el ritmo de cada una."""
    if paso.clase == "tanda":
        antes = [p for p in o.programado[: paso.desde] if p]
        despues = [p for p in d.programado[paso.desde :] if p]
        return [(sum(antes) / len(antes), sum(despues) / len(despues))] if antes and despues else []
    pares = [
        (o.programado[q], d.programado[q])
        for q in TRIMESTRES
        if q >= paso.desde and o.programado[q] is not None and d.programado[q] is not None
    ]
    if not any(a or b for a, b in pares) and paso.clase == "plan" and o.anual is not None and d.anual is not None:
        return [(o.anual, d.anual)]
    return pares


def informacion(cifras: list[float]) -> float:
    """Cuántos nats prueba que dos series coincidan: mucho si son grandes y disparejas, casi nada si son unos."""
    nats = 0.0
    for cifra in {c for c in cifras if c}:
        redonda = 10 if cifra % 100 == 0 else 5 if cifra % 10 == 0 else 1
        nats += 0.5 * math.log1p(abs(cifra) / redonda)
    return nats


def evidencia_de_cifras(paso: Paso) -> np.ndarray:
    """La de las P: iguales, según cuánto prueba esa igualdad; distintas, según la razón entre sus sumas."""
    series_o = Counter(e.programado for e in paso.origenes)
    series_d = Counter(e.programado for e in paso.destinos)
    matriz = np.zeros((len(paso.origenes), len(paso.destinos)))
    for i, o in enumerate(paso.origenes):
        for j, d in enumerate(paso.destinos):
            pares = cifras_comparables(o, d, paso)
            una, otra = sum(a for a, _ in pares), sum(b for _, b in pares)
            if una <= 0 or otra <= 0:
                continue
            misma_unidad = o.unidad == d.unidad
            if all(abs(a - b) <= 1e-6 * max(a, b, 1) for a, b in pares):
                raras = math.log(len(paso.destinos) / (series_o[o.programado] + series_d[d.programado] - 1) + 1)
                prueba = min(5.0, informacion([a for a, _ in pares]), 2 * raras + 0.2)
                matriz[i, j] = prueba if misma_unidad else 0.8 * prueba
            elif misma_unidad:
                matriz[i, j] = np.interp(min(una, otra) / max(una, otra), *RAZON_DE_CANTIDADES)
    return matriz


def comparar(
    paso: Paso,
    cadenas_o: dict[str, list[Eslabon]],
    cadenas_d: dict[str, list[Eslabon]],
    planes: list[Eslabon],
) -> Evidencias:
    """Las evidencias de cada par del paso. Lo raro de una palabra se mide en los dos `planes` completos.

    El texto se compara con el de toda la cadena ya enlazada: si la meta de enero a marzo siguió en
    otra de abril a diciembre, cualquiera de las dos puede ser la que conserva las palabras de antes.
    """
    nodos_o = [(i, e) for i, o in enumerate(paso.origenes) for e in cadenas_o.get(o.id, [o])]
    nodos_d = [(j, e) for j, d in enumerate(paso.destinos) for e in cadenas_d.get(d.id, [d])]
    parecido_n, peso_n = comparar_textos(
        [[e.descripcion] for _, e in nodos_o],
        [[e.descripcion] for _, e in nodos_d],
        [e.descripcion for e in planes if e.nivel == paso.origenes[0].nivel and e.descripcion],
    )
    forma = (len(paso.origenes), len(paso.destinos))
    parecido, peso = np.full(forma, np.nan), np.zeros(forma)
    for fila, (i, o) in enumerate(nodos_o):
        for columna, (j, d) in enumerate(nodos_d):
            este = parecido_n[fila, columna]
            if 0.45 <= este < 0.9 and esta_cortado(o.descripcion, d.descripcion):
                este = 0.9
            if np.isnan(parecido[i, j]) or este > parecido[i, j]:
                parecido[i, j], peso[i, j] = este, peso_n[fila, columna]
    return Evidencias(
        parecido,
        evidencia_de_texto(parecido, peso),
        evidencia_de_unidad(paso.origenes, paso.destinos, planes),
        evidencia_de_cifras(paso),
    )
