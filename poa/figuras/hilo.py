"""Un compromiso a través de los planes: lo programado y lo alcanzado en su unidad, cada corte con su razón."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby

import pandas as pd
import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import hilo_cantidades, hilo_porcentaje, hilo_razones, lienzo
from poa.figuras.carriles import Carril, Columna, Corte, acomodar, columnas, elegir
from poa.figuras.hilo_plano import (
    BAJO_CERO,
    BANDAS,
    DERECHA,
    FRANJA,
    FRANJA_DOBLE,
    IZQUIERDA,
    SIN_FRANJA,
    TOPE,
    TRAS_BANDAS,
    Fila,
    Marca,
    Plano,
    forma,
    marcar,
    nota,
    que_quepa,
    tinta,
)

CARRILES_MAXIMO = 4
_CARRIL_MAXIMO = 96
_CARRIL_HOLGADO = 56  # px desde los que caben las cifras bajo las barras
_BARRAS_MINIMO = 18  # px que deben quedar de barras para abrir otro renglón de razones
_AIRE_BANDA = 6  # px entre el texto de una banda y sus orillas
_TITULO_PCT = 20  # px sobre el segundo panel, con los nombres de sus líneas
_PCT_MINIMO, _PCT_VACIO = 72, 48
_CARRIL_MINIMO = 36  # px en que caben los dos renglones del nombre de una línea
_ALTO_CLAVE = 21  # px entre los renglones de la clave
_ESQUINA = 28  # px bajo el segundo panel, donde la clave puede seguir
_ARRIBA, _BAJO_EJE = 4, 38  # px sobre el dibujo, y los de los rótulos de los años
_TRIMESTRE_MINIMO = 20  # px en que cabe «T1»
_AFIN = "Afín: otra dependencia, propósito semejante."
_SUSTITUIDO = "Plan sustituido"


def seguimiento(
    eslabones: pd.DataFrame,
    trimestres: pd.DataFrame,
    enlaces: pd.DataFrame,
    mensaje: str,
    pie: str = "",
    banda: tuple[float, float] = (90.0, 110.0),
    faltan: Mapping[int, str] | None = None,
) -> go.Figure:
    """Dos paneles sobre los mismos años: cada línea del hilo en su unidad y, abajo, todas en porcentaje del plan.

    Entran, de un solo hilo, las consultas hilo (una fila por eslabón), hilo_trimestres (por eslabón y
    trimestre; P y A en su unidad, cumplimiento_pct en % del plan) e hilo_enlaces (por enlace). `banda`: la de
    los umbrales, en %; `faltan`: por qué el hilo no está en cada año de en medio. Cada marca lleva su
    compromiso_id en customdata. Sin cifras, la figura vacía con su frase.
    """
    if eslabones.empty:
        return lienzo.vacia("No hay ningún compromiso que seguir.", pie, mensaje)
    if trimestres.empty or trimestres[["programado", "alcanzado"]].isna().all(axis=None):
        return lienzo.vacia("Ningún documento imprime cifras trimestrales de este compromiso.", pie, mensaje)
    todos, cortes = acomodar(eslabones, trimestres, enlaces)
    anios = columnas(eslabones["ejercicio"].tolist(), faltan or {}, IZQUIERDA, DERECHA)
    for caben in range(CARRILES_MAXIMO, 0, -1):
        visibles = elegir(todos, trimestres, caben)
        carriles = [todos[i] for i in visibles]
        marcas = marcar(carriles, eslabones, trimestres, anios)
        clave = _clave_de_estados(marcas, banda)
        compuesta = (mensaje, _pie(pie, carriles, len(todos) - len(carriles)), _ARRIBA, _BAJO_EJE)
        alto, pct = lienzo.alto(*compuesta), _alto_pct(marcas, len(clave))
        if _para_carriles(alto, pct) >= _CARRIL_MINIMO * len(carriles):
            break
    figura, cortes = lienzo.lienzo(*compuesta), _solo_visibles(cortes, visibles)
    plano = _medir(alto, pct, anios, carriles, cortes, marcas)
    figura.add_traces([*hilo_cantidades.trazas(plano, marcas), *hilo_porcentaje.trazas(plano, marcas)])
    notas, formas = [], []
    for mas_notas, mas_formas in (
        _fondo(plano, eslabones),
        hilo_cantidades.rotulos(plano, marcas),
        hilo_razones.rotulos(plano, marcas, cortes),
        hilo_porcentaje.rotulos(plano, marcas, banda),
        _clave_de_cantidades(any(m.es_sustituida for m in marcas)),
    ):
        notas += mas_notas
        formas += mas_formas
    figura.layout.annotations = [*figura.layout.annotations, *notas]
    primero = plano.alto - plano.porcentaje + 3
    lienzo.poner_clave(figura, clave, -round(primero + _ALTO_CLAVE * len(clave)), _ALTO_CLAVE)
    formas.sort(key=lambda f: f["name"] == "hueco")  # el último tapa a los demás: a un hueco nada lo cruza
    formas = [*figura.layout.shapes, *formas]
    figura.update_layout(barmode="overlay", shapes=formas, plot_bgcolor="rgba(0,0,0,0)", **_ejes(plano))
    return figura


def _pie(pie: str, carriles: list[Carril], fuera: int) -> str:
    """El pie con lo que la figura no dibuja y lo que entiende por afín."""
    partes = [
        f"Y {formato.plural(fuera, 'línea más', 'líneas más')}, en la tabla." if fuera else "",
        _AFIN if any(c.es_afin for c in carriles) else "",
        pie,
    ]
    return " ".join(parte for parte in partes if parte)


def _solo_visibles(cortes: list[Corte], visibles: list[int]) -> list[Corte]:
    """Los cortes de los carriles que se dibujan, con el número que les toca."""
    nuevo = {viejo: n for n, viejo in enumerate(visibles)}
    return [
        replace(c, carril=nuevo[c.carril], otro=None if c.otro is None else nuevo[c.otro])
        for c in cortes
        if c.carril in nuevo and (c.otro is None or c.otro in nuevo)
    ]


def _alto_pct(marcas: list[Marca], renglones: int) -> float:
    """Lo que al menos mide el segundo panel, con los renglones de la clave a su lado."""
    minimo = _PCT_MINIMO if any(m.pct is not None for m in marcas) else _PCT_VACIO
    return max(minimo, _ALTO_CLAVE * renglones - _ESQUINA)


def _para_carriles(alto: float, pct: float) -> float:
    return alto - BANDAS - TRAS_BANDAS - _TITULO_PCT - pct


def _medir(
    alto: float,
    pct: float,
    anios: list[Columna],
    carriles: list[Carril],
    cortes: list[Corte],
    marcas: list[Marca],
) -> Plano:
    """Reparte el alto: los carriles, hasta donde se ven bien; lo demás, para el porcentaje."""
    hay_pct = any(m.pct is not None for m in marcas)
    libre = _para_carriles(alto, pct)
    carril = min(_CARRIL_MAXIMO if hay_pct else libre, libre / len(carriles))
    partidos = {c.carril for c in cortes if c.parte and c.otro is None}
    holgado = carril >= _CARRIL_HOLGADO
    numeros = range(len(carriles))
    plano = Plano(
        columnas=tuple(anios),
        carriles=tuple(carriles),
        franja=tuple(FRANJA if n in partidos or holgado else SIN_FRANJA for n in numeros),
        con_cifras=tuple(False for _ in numeros),
        alto=alto,
        carril=carril,
        porcentaje=_para_carriles(alto, 0) - carril * len(carriles),
    )
    caben = [holgado and hilo_cantidades.caben_cifras(plano, [m for m in marcas if m.carril == n]) for n in numeros]
    plano = replace(plano, con_cifras=tuple(caben))
    sin_lugar = hilo_razones.sin_lugar(plano, marcas, cortes)
    otro = FRANJA_DOBLE - FRANJA
    dobles = [n in sin_lugar and plano.con_franja(n) and plano.barras(n) - otro >= _BARRAS_MINIMO for n in numeros]
    return replace(plano, franja=tuple(FRANJA_DOBLE if d else f for d, f in zip(dobles, plano.franja, strict=True)))


def _ejes(plano: Plano) -> dict[str, dict]:
    """Los carriles se miden en px desde arriba; el segundo panel, en porcentaje del plan."""
    return {
        "xaxis": {"visible": False, "range": [0, lienzo.PX], "domain": [0, 1]},
        "yaxis": {"visible": False, "range": [plano.fin, 0], "domain": [1 - plano.fin / plano.alto, 1]},
        "yaxis2": {
            "visible": False,
            "range": [-BAJO_CERO, TOPE],
            "domain": [0, plano.porcentaje / plano.alto],
            "anchor": "x",
        },
    }


def _fondo(plano: Plano, eslabones: pd.DataFrame) -> tuple[list[dict], list[dict]]:
    """Los años con sus rótulos, los que faltan y, arriba, los ayuntamientos y sus planes municipales."""
    notas, formas = _bandas(plano, eslabones)
    for columna in plano.columnas:
        if columna.texto:
            centro = (columna.x0 + columna.x1) / 2
            formas.append(forma("rect", "hueco", (columna.x0, columna.x1), (0, 1), tema.VELO, yref="paper"))
            notas.append(nota(columna.texto, centro, 0.5, "paper", "center", textangle=-90, name="hueco"))
            continue
        x, hasta = columna.x0 - 3, 1 - BANDAS / plano.alto
        formas.append(forma("line", "año", (x, x), (0, hasta), tema.LINEA, yref="paper"))
        notas += _rotulos_del_anio(plano, columna, eslabones[eslabones["ejercicio"] == columna.desde])
    return notas, formas


def _rotulos_del_anio(plano: Plano, columna: Columna, suyos: pd.DataFrame) -> list[dict]:
    """Bajo cada año: sus trimestres si caben, el año y hasta dónde llega su documento."""
    px, centro, anio = columna.x1 - columna.x0, (columna.x0 + columna.x1) / 2, str(columna.desde)
    comun = {"y": 0, "y_de": "paper", "lado": "center"}
    alcances = _alcance([_hasta_donde(f) for f in suyos.to_dict("records")], suyos["dependencia_corta"].tolist())
    if plano.trimestre < _TRIMESTRE_MINIMO:
        marca = que_quepa(alcances, px + 4)
        return [
            nota(f"<b>{anio}</b>", centro, **comun, yshift=-11, font=tinta(), name="año"),
            nota(marca, centro, **comun, yshift=-27, font=tinta(), name="alcance"),
        ]
    marca = que_quepa(alcances, px - lienzo.medir(anio, negrita=True) - 14)
    texto = f"<b>{anio}</b>{formato.ESPACIO * 2}{marca}"
    trimestres = [nota(f"T{t}", columna.centro(t), **comun, yshift=-10, name="trimestre") for t in (1, 2, 3, 4)]
    return [
        *trimestres,
        nota(texto if marca else f"<b>{anio}</b>", centro, **comun, yshift=-27, font=tinta(), name="año"),
    ]


def _hasta_donde(fila: Fila) -> str:
    """«solo plan», «solo T1», «T1–T3»; vacío si el documento llega a fin de año."""
    if fila["es_solo_plan"]:
        return "solo plan"
    corte = formato.partir_corte(fila["corte"])
    if not fila["es_incompleto"] or corte is None:
        return ""
    return "solo T1" if corte[1] == 1 else f"T1–T{corte[1]}"


def _alcance(dichos: list[str], dependencias: list[str]) -> list[str]:
    """Las formas de decir hasta dónde llega un año, de más a menos; si no es igual para todas, de quién es."""
    if len(set(dichos)) == 1:
        return [dichos[0], dichos[0].removeprefix("solo ")] if dichos[0] else []
    quienes: dict[str, list[str]] = {}
    for dicho, dependencia in zip(dichos, dependencias, strict=True):
        if dicho:
            quienes.setdefault(dicho, []).append(formato.texto(dependencia))
    con_nombre = [f"{dicho} {formato.lista(dict.fromkeys(suyas))}" for dicho, suyas in quienes.items()]
    return ["; ".join(con_nombre), f"{formato.lista(quienes)}, en parte", "en parte"]


def _bandas(plano: Plano, eslabones: pd.DataFrame) -> tuple[list[dict], list[dict]]:
    """Arriba, qué ayuntamiento y qué plan municipal regían; donde cambian, una línea de arriba abajo."""
    notas, formas = [], []
    regia = {
        int(f["ejercicio"]): (formato.texto(f["ayuntamiento"], ""), formato.texto(f["pmd"], ""))
        for f in eslabones.to_dict("records")
    }
    anios = [c for c in plano.columnas if not c.texto]
    for n, (cual, grupo) in enumerate(groupby(anios, key=lambda c: regia[c.desde])):
        suyos = list(grupo)
        x0, x1 = suyos[0].x0, suyos[-1].x1
        color = tema.VELO if any(cual) else tema.PAPEL
        formas.append(forma("rect", "banda municipal", (x0, x1), (0, BANDAS), color))
        texto = que_quepa(_textos_de_banda(*cual), x1 - x0 - _AIRE_BANDA)
        letra = tinta() if any(cual) else {"color": tema.GRIS}
        notas.append(nota(texto, (x0 + x1) / 2, BANDAS / 2, lado="center", font=letra, name="banda municipal"))
        if n:
            x = x0 - 3
            formas.append(forma("line", "cambio de plan municipal", (x, x), (0, 1), tema.GRIS, yref="paper"))
    return notas, formas


def _textos_de_banda(ayuntamiento: str, plan: str) -> list[str]:
    if not plan:
        sin = ["sin plan municipal registrado", "sin plan municipal<br>registrado", "sin plan<br>municipal", "sin plan"]
        return [f"{ayuntamiento}<br>{sin[0]}", *sin] if ayuntamiento else sin
    lapso = plan.replace("-", "–")
    partes = [p for p in (ayuntamiento, formato.pmd(plan).replace(formato.UNION, "")) if p]
    medias, cortas = ([p for p in (ayuntamiento.split(" ")[0], q) if p] for q in (partes[-1], lapso))
    return [" · ".join(partes), *("<br>".join(p) for p in (partes, medias, cortas)), cortas[0]]


def _clave_de_estados(marcas: list[Marca], banda: tuple[float, float]) -> list[list[tuple[tema.Estado, int]]]:
    """Lo que explica la clave, a la izquierda del panel: la banda y los estados que se ven, en el orden de siempre."""
    vistos = {m.estado for m in marcas if m.pct is not None or m.estado in hilo_cantidades.SIN_RAZON}
    palabra = f"Banda {formato.numero(banda[0])}–{formato.numero(banda[1])}{formato.ESPACIO}%"
    zona = tema.Estado(palabra, formato.ESPACIO, tema.VELO, tema.TINTA, hilo_porcentaje.LIMITE, "", "")
    hay_pct = any(m.pct is not None for m in marcas)
    presentes = [zona] * hay_pct + [tema.estado(e) for e in tema.ESTADOS if e in vistos]
    return lienzo.repartir_clave(presentes, IZQUIERDA - _AIRE_BANDA) if presentes else []


def _clave_de_cantidades(hay_sustituido: bool) -> tuple[list[dict], list[dict]]:
    """En la esquina, qué es el contorno, qué el sólido y, si lo hay, qué el punteado."""
    notas, formas = [], []
    for palabra, relleno, x in (("Programado", tema.PAPEL, 0), ("Alcanzado", tema.TINTA, 102)):
        borde = {"color": tema.TINTA, "width": 1.5}
        formas.append(forma("rect", "clave", (x, x + 11), (3, 13), relleno, line=borde))
        notas.append(nota(palabra, x + 16, 8, font=tinta(), name="clave"))
    if hay_sustituido:
        borde = {"color": tema.GRIS, "width": 1.5, "dash": "dot"}
        formas.append(forma("rect", "clave", (0, 11), (19, 29), tema.PAPEL, line=borde))
        notas.append(nota(_SUSTITUIDO, 16, 24, font=tinta(), name="clave"))
    return notas, formas
