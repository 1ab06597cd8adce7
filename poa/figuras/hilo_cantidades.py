"""El primer panel de un hilo: P y A de cada línea en su unidad, y el nombre de cada una."""

from __future__ import annotations

import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import lienzo
from poa.figuras.carriles import Carril
from poa.figuras.hilo_plano import (
    DERECHA,
    IZQUIERDA,
    RENGLON,
    ROTULO,
    Marca,
    Plano,
    al_tocar,
    forma,
    nota,
    que_quepa,
    tinta,
)

SIN_RAZON = ("Avance no programado", "Sin reporte", "Dato por revisar")  # se ven en las barras, no en el porcentaje
_BARRA_GRUESA = 16  # px desde los que el contorno es de 2
_PARA_NOMBRE = IZQUIERDA - 7
_CARRIL_ALTO = 66  # px de carril en que la unidad puede ocupar dos
_POR_COLUMNA = {"programado": -0.36, "alcanzado": -0.14}  # del ancho del trimestre, dónde empieza cada barra


def trazas(plano: Plano, marcas: list[Marca]) -> list[go.Bar | go.Scatter]:
    """P en contorno y A en sólido, cada pieza contra su tope; lo que no tiene cifra no se dibuja."""
    vigentes = [m for m in marcas if m.en_vigor]
    linea = {"color": tema.TINTA, "width": 2 if plano.barra > _BARRA_GRUESA else 1.5}
    grupos = (
        ("Programado", "programado", {"color": tema.PAPEL, "line": linea}),
        ("Sin reporte", "programado", tema.marca_barra("Sin reporte") | {"line": linea}),
        ("Alcanzado", "alcanzado", {"color": tema.TINTA}),
        ("Avance no programado", "alcanzado", tema.marca_barra("Avance no programado")),
    )
    hechas: list[go.Bar | go.Scatter] = [*_sustituidas(plano, [m for m in marcas if m.es_sustituida])]
    for nombre, columna, aspecto in grupos:
        con_trama = {"programado": "Sin reporte", "alcanzado": "Avance no programado"}[columna]
        suyas = [
            m for m in vigentes if m.cifra(columna) is not None and (m.estado == con_trama) == (nombre == con_trama)
        ]
        if suyas:
            hechas.append(_barras(plano, nombre, columna, suyas, aspecto))
    revisar = [m for m in vigentes if m.estado == "Dato por revisar"]
    return hechas + ([_por_revisar(plano, revisar)] if revisar else [])


def _barras(plano: Plano, nombre: str, columna: str, marcas: list[Marca], aspecto: dict) -> go.Bar:
    return go.Bar(
        name=nombre,
        x=[m.x for m in marcas],
        base=[plano.piso(m.carril) for m in marcas],
        y=[-_alto(plano, m, columna) for m in marcas],
        width=[0.5 * plano.barra * m.parte for m in marcas],
        # la P que no tiene con qué compararse, al centro
        offset=[
            (-0.25 if m.cifra("alcanzado") is None else _POR_COLUMNA[columna]) * plano.barra * m.parte for m in marcas
        ],
        marker=aspecto,
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        **al_tocar(marcas),
    )


def _sustituidas(plano: Plano, marcas: list[Marca]) -> list[go.Scatter]:
    """La P de un plan que otro sustituyó, en contorno punteado por fuera de la vigente."""
    medio = 0.46 * plano.barra
    x: list[float | None] = []
    y: list[float | None] = []
    for m in marcas:
        piso = plano.piso(m.carril)
        techo = piso - _alto(plano, m, "programado")
        x += [m.x - medio, m.x - medio, m.x + medio, m.x + medio, None]
        y += [piso, techo, techo, piso, None]
    if not marcas:
        return []
    return [
        go.Scatter(
            name="Plan sustituido",
            mode="lines",
            x=x,
            y=y,
            line={"color": tema.GRIS, "width": 1.5, "dash": "dot"},
            **al_tocar([m for m in marcas for _ in range(5)]),
        )
    ]


def _por_revisar(plano: Plano, marcas: list[Marca]) -> go.Scatter:
    return go.Scatter(
        name="Dato por revisar",
        mode="text",
        x=[m.x + 0.44 * plano.barra for m in marcas],  # a un lado de sus barras
        y=[plano.piso(m.carril) - ROTULO / 2 for m in marcas],
        text=["<b>!</b>"] * len(marcas),
        textfont=tinta(),
        **al_tocar(marcas),
    )


def _alto(plano: Plano, marca: Marca, columna: str) -> float:
    """Px de una barra: la cifra mayor de su escala llena el carril."""
    tope = marca.pieza.tope
    return plano.barras(marca.carril) * (marca.cifra(columna) or 0.0) / tope if tope else 0.0


def rotulos(plano: Plano, marcas: list[Marca]) -> tuple[list[dict], list[dict]]:
    """El nombre de cada carril, la línea que sigue bajo sus barras y, si caben, sus cifras."""
    notas: list[dict] = []
    formas: list[dict] = []
    for n, carril in enumerate(plano.carriles):
        suyas = [m for m in marcas if m.carril == n]
        notas.append(_nombre(plano, n, carril))
        formas += _lineas(plano, n, suyas)
        if plano.con_cifras[n]:
            notas += [
                nota(_cifras(m), m.x, plano.fondo(n) - RENGLON / 2, lado="center", font=tinta(), name="cifras")
                for m in suyas
                if m.en_vigor
            ]
    return notas, formas


def caben_cifras(plano: Plano, marcas: list[Marca]) -> bool:
    """Si las cifras de todos los trimestres de un carril caben bajo sus barras."""
    return all(lienzo.medir(_cifras(m)) <= plano.trimestre * m.parte for m in marcas if m.en_vigor)


def _cifras(marca: Marca) -> str:
    """«163 de 199»; lo que todavía no se exige, solo lo programado."""
    programado = formato.numero(marca.fila["programado"], si_falta="")
    if not marca.fila["es_exigible"]:
        return programado
    alcanzado = formato.numero(marca.fila["alcanzado"], si_falta="")
    if not programado and not alcanzado:
        return ""
    return f"<b>{alcanzado or formato.RAYA}</b> de {programado or formato.RAYA}"


def _nombre(plano: Plano, n: int, carril: Carril) -> dict:
    """A la izquierda del carril: de quién es, sus claves, su unidad y a cuánto llega su escala."""
    primera = carril.piezas[0]
    tope = f"máx. {formato.numero(primera.tope)}"
    unidad = primera.unidad or "sin unidad impresa"
    hay_dos = plano.carril >= _CARRIL_ALTO
    formas = [f"{unidad}, {tope}", *([f"{formato.partir(unidad, 28, 2)}<br>{tope}"] if hay_dos else [])]
    formas += [f"{formato.partir(unidad, largo, 1)}, {tope}" for largo in (20, 16, 12, 8)]
    medida = que_quepa(formas, _PARA_NOMBRE) or tope
    quien = carril.dependencia
    if lienzo.medir(quien, negrita=True) > _PARA_NOMBRE:
        quien = formato.recortar(quien, 20)
    claves = que_quepa(_claves(carril), _PARA_NOMBRE - lienzo.medir(quien, negrita=True) - 6)
    texto = f"<span style='color:{tema.TINTA}'><b>{formato.partir(quien, 60)}</b> {formato.partir(claves, 60)}</span>"
    return nota(f"{texto}<br>{medida}", 0, plano.fondo(n), yanchor="bottom", yshift=-3, name="carril")


def _claves(carril: Carril) -> list[str]:
    """«2.4 → 4.3 → 10.3», de más a menos."""
    claves = carril.claves
    cortas = " → ".join([claves[0], "…", claves[-1]] if len(claves) > 2 else claves)
    es_meta = ["meta " + " → ".join(claves)] if all(e["nivel"] == "meta" for e in carril.eslabones) else []
    return [*es_meta, " → ".join(claves), cortas, f"… {claves[-1]}", claves[-1]]


def _lineas(plano: Plano, n: int, marcas: list[Marca]) -> list[dict]:
    """Bajo las barras, la línea de cada tramo: sigue de un año al otro y se interrumpe en un hueco o en un corte."""
    grupos: list[list[Marca]] = []
    for m in sorted((m for m in marcas if m.en_vigor), key=lambda m: m.cuando):
        previa = grupos[-1][-1] if grupos else None
        if previa and previa.pieza.tramo == m.pieza.tramo and m.cuando - previa.cuando <= 1:
            grupos[-1].append(m)
        else:
            grupos.append([m])
    y = (plano.piso(n), plano.piso(n))
    lapsos = [(_orilla(plano, suyas[0], -1), _orilla(plano, suyas[-1], 1)) for suyas in grupos]
    separador = forma("line", "carril", (0, DERECHA), (plano.fondo(n) + 3,) * 2, tema.LINEA)
    return [separador, *(forma("line", "línea", x, y, tema.TINTA, layer="above") for x in lapsos)]


def _orilla(plano: Plano, marca: Marca, lado: int) -> float:
    return marca.x + lado * (plano.trimestre * marca.parte / 2 - 2)
