"""Cuántos compromisos hay en cada estado, trimestre por trimestre: cada uno solo y lo acumulado hasta él."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import lienzo

TRIMESTRES = (1, 2, 3, 4)
_ENTRE = 0.028  # del ancho, entre un panel y otro
_PX_PANEL = (tema.ANCHO - 2 * tema.MARGEN) * (1 - _ENTRE) / 2
_GRUESO = 0.56  # de lo que hay entre un renglón y el siguiente; el resto es su rótulo
_SOLO_PLAN = "En contorno, cuántas programan algo en el trimestre"
_PX_CLAVE, _PX_TITULO_PANEL, _ABAJO = 22, 32, 8
# periodo, columna del estado y título del panel
_PANELES = (
    ("trimestre", "estado", "Cada trimestre solo"),
    ("acumulado", "estado_acumulado", "Acumulado hasta cada trimestre"),
)


def contar(filas: pd.DataFrame) -> pd.DataFrame:
    """Conteo por periodo ('trimestre'|'acumulado'), trimestre y estado.

    Entra una fila por compromiso y trimestre con `estado`, `estado_acumulado`, `es_exigible`, `programado` y
    `plan`. Sale `periodo, trimestre, estado, n` y, repetidos en cada fila de su trimestre, `es_exigible`,
    `programan` (cuántos programan algo en él) y `es_plan_nuevo` (si desde él rige otro plan).
    """
    if filas.empty:
        return pd.DataFrame(
            columns=["periodo", "trimestre", "estado", "n", "es_exigible", "programan", "es_plan_nuevo"]
        )
    cambia = filas.sort_values("trimestre").groupby("vigente_id")["plan"].diff() > 0
    del_trimestre = (
        filas.assign(
            programan=filas["programado"] > 0, es_plan_nuevo=cambia, es_exigible=filas["es_exigible"].astype(bool)
        )
        .groupby("trimestre")
        .agg(es_exigible=("es_exigible", "any"), programan=("programan", "sum"), es_plan_nuevo=("es_plan_nuevo", "any"))
    )
    conteos = [
        filas.groupby(["trimestre", columna])
        .size()
        .rename_axis(["trimestre", "estado"])
        .reset_index(name="n")
        .assign(periodo=periodo)
        for periodo, columna, _ in _PANELES
    ]
    return pd.concat(conteos, ignore_index=True).join(del_trimestre, on="trimestre")


def del_periodo(filas: pd.DataFrame, periodo: str) -> pd.DataFrame:
    """Las filas con las cifras y el estado del trimestre solo o, si `periodo` es 'acumulado', de lo acumulado."""
    filas = filas.assign(etiquetas=None)  # son del corte, no del trimestre
    if periodo != "acumulado":
        return filas
    return filas.assign(
        programado=filas["programado_acumulado"],
        alcanzado=filas["alcanzado_acumulado"],
        cumplimiento_pct=filas["cumplimiento_acumulado_pct"],
        estado=filas["estado_acumulado"],
    )


def del_tramo(filas: pd.DataFrame, grupo: str | None) -> pd.DataFrame:
    """Las filas de un periodo y trimestre («acumulado-3»), con sus cifras y su estado; vacías si no existe."""
    periodo, _, trimestre = (grupo or "").partition("-")
    return del_periodo(filas[filas["trimestre"].astype(str) == trimestre], periodo)


def conteos(tabla: pd.DataFrame, mensaje: str, nivel: str, pie: str = "") -> go.Figure:
    """Dos paneles de barras apiladas con la misma escala: cada trimestre solo y acumulado hasta él.

    Entra lo que da `contar`. Sobre cada barra, cuántos quedaron en banda de cuántos evaluables; el trimestre
    que no es exigible lo dice y el panel acumulado falta si ninguno lo es. Sale una traza por panel y estado
    presente, en el orden fijo de los estados, con [«periodo-trimestre», estado] en customdata.
    """
    if tabla.empty:
        return lienzo.vacia(f"No hay {formato.nivel(nivel, 2)} para esta selección.", pie)
    presentes = [
        e for e in [*tema.ESTADOS, *sorted(set(tabla["estado"]) - set(tema.ESTADOS))] if e in set(tabla["estado"])
    ]
    clave = lienzo.repartir_clave([tema.estado(e) for e in presentes])
    figura = lienzo.lienzo(mensaje, pie, arriba=_PX_CLAVE * len(clave) + _PX_TITULO_PANEL, abajo=_ABAJO)
    total = float(tabla[tabla["periodo"] == "trimestre"].groupby("trimestre")["n"].sum().max())
    hay_exigibles = bool(tabla["es_exigible"].any())
    lienzo.poner_clave(figura, clave, _PX_TITULO_PANEL, _PX_CLAVE)
    trazas, formas, rotulos = [], [], []
    for lugar, (periodo, _, titulo) in enumerate(_PANELES if hay_exigibles else _PANELES[:1]):
        del_panel = tabla[tabla["periodo"] == periodo]
        px = _PX_PANEL * (1 if hay_exigibles else 2) / total
        for palabra in presentes:
            filas = del_panel[del_panel["estado"] == palabra]
            if not filas.empty:
                trazas.append(_traza(palabra, filas, periodo, lugar, px, nivel))
        _ejes(figura, lugar, total, _dominio(lugar) if hay_exigibles else (0, 1))
        rotulos += _rotulos(del_panel, periodo, lugar, titulo if hay_exigibles else _SOLO_PLAN)
        formas += _formas(del_panel, periodo, lugar)
    figura.add_traces(trazas)
    figura.layout.annotations = [*figura.layout.annotations, *rotulos]
    figura.update_layout(barmode="stack", shapes=[*figura.layout.shapes, *formas])
    return figura


def _traza(palabra: str, filas: pd.DataFrame, periodo: str, lugar: int, px: float, nivel: str) -> go.Bar:
    aspecto = tema.estado(palabra)
    n = [int(v) for v in filas["n"]]
    return lienzo.tramo(
        palabra,
        y=[int(t) for t in filas["trimestre"]],
        x=n,
        xaxis=f"x{lugar + 1}" if lugar else "x",
        yaxis=f"y{lugar + 1}" if lugar else "y",
        width=_GRUESO,
        text=[_cifra(aspecto, v, v * px) for v in n],
        customdata=[[f"{periodo}-{t}", palabra] for t in filas["trimestre"]],
        hovertext=[_frase(int(t), v, periodo, aspecto, nivel) for t, v in zip(filas["trimestre"], n, strict=True)],
    )


def _cifra(aspecto: tema.Estado, n: int, ancho: float) -> str:
    """Icono y número; uno sobre otro si el tramo es angosto, y solo el número, o nada, si ni así caben."""
    cifra = formato.numero(n)
    if ancho >= 26 + 9 * len(cifra) + 8 * (len(aspecto.icono) - 1):
        return f"{aspecto.icono} {cifra}"
    if ancho < 8 * len(cifra):
        return ""
    icono = f"<span style='font-size:{tema.ESCALA['nota']}px'>{aspecto.icono}</span>"
    return f"{icono}<br>{cifra}" if len(aspecto.icono) == 1 else cifra


def _frase(trimestre: int, n: int, periodo: str, aspecto: tema.Estado, nivel: str) -> str:
    cuando = f"{formato.mayuscula(formato.ORDINALES[trimestre])} trimestre solo"
    if periodo == "acumulado":
        cuando = f"Acumulado al {formato.ORDINALES[trimestre]} trimestre"
    return f"{cuando}: {formato.contar(n, nivel)} en «{aspecto.palabra}»:<br>{aspecto.significado}."


def _dominio(lugar: int) -> tuple[float, float]:
    return (0, (1 - _ENTRE) / 2) if lugar == 0 else ((1 + _ENTRE) / 2, 1)


def _ejes(figura: go.Figure, lugar: int, total: float, dominio: tuple[float, float]) -> None:
    sufijo = str(lugar + 1) if lugar else ""
    figura.update_layout(
        {
            f"xaxis{sufijo}": {
                "visible": False,
                "range": [0, total * 1.004],
                "domain": dominio,
                "anchor": f"y{sufijo}",
            },
            f"yaxis{sufijo}": {"visible": False, "range": [4.3, 0.38], "anchor": f"x{sufijo}"},
        }
    )


def _rotulo(texto: str, y_de: str, y: float, px: int = 0, x_de: str = "paper", **otros: object) -> dict:
    """Un texto a la izquierda, con su pie en `y` más `px`."""
    return {
        "text": texto, "xref": x_de, "x": 0, "xanchor": "left", "xshift": -2, "align": "left",
        "yref": y_de, "y": y, "yanchor": "bottom", "yshift": px, "showarrow": False, **otros,
    }  # fmt: skip


def _rotulos(filas: pd.DataFrame, periodo: str, lugar: int, titulo: str) -> list[dict]:
    """El título del panel y, sobre cada barra, el trimestre, cuántos quedaron en banda y si el plan es otro."""
    eje = str(lugar + 1) if lugar else ""
    x_de, y_de = f"x{eje} domain", f"y{eje}"
    rotulos = [_rotulo(f"<b>{titulo}</b>", "paper", 1, 6, x_de, font={"size": tema.ESCALA["texto"]})]
    nombres = formato.ACUMULADOS if periodo == "acumulado" else formato.TRIMESTRES
    for trimestre, suyas in filas.groupby("trimestre"):
        sobre = int(trimestre) - _GRUESO / 2
        texto = f"<b>{nombres[int(trimestre)]}</b>{formato.ESPACIO * 2}{_en_banda(suyas, periodo)}"
        rotulos.append(_rotulo(texto, y_de, sobre, 0, x_de, name="en banda"))
        if periodo == "trimestre" and suyas["es_plan_nuevo"].any():
            nuevo = _rotulo("nuevo plan", y_de, sobre, 0, x_de, font={"color": tema.GRIS}, name="nuevo plan")
            rotulos.append(nuevo | {"x": 1, "xanchor": "right", "xshift": 0})
    return rotulos


def _formas(filas: pd.DataFrame, periodo: str, lugar: int) -> list[dict]:
    """Lo que se traza sobre las barras: el plan nuevo y, en contorno, lo programado que no es exigible."""
    eje = str(lugar + 1) if lugar else ""
    formas = []
    for trimestre, suyas in filas.groupby("trimestre"):
        t = int(trimestre)
        if periodo == "trimestre" and not suyas["es_exigible"].any():
            formas.append(
                {
                    "type": "rect", "name": "programan", "xref": "x", "yref": "y", "x0": 0,
                    "x1": int(suyas["programan"].iloc[0]), "y0": t - _GRUESO / 2, "y1": t + _GRUESO / 2,
                    "line": {"color": tema.TINTA, "width": 2},
                }
            )  # fmt: skip
        if suyas["es_plan_nuevo"].any():
            alto = t - 1 + _GRUESO / 2 + 0.07
            formas.append(
                {
                    "type": "line", "name": "nuevo plan", "xref": f"x{eje} domain", "yref": f"y{eje}",
                    "x0": 0, "x1": 1, "y0": alto, "y1": alto,
                    "line": {"color": tema.TINTA, "width": 1.5, "dash": "dot"},
                }
            )  # fmt: skip
    return formas


def _en_banda(filas: pd.DataFrame, periodo: str) -> str:
    n = filas.set_index("estado")["n"]
    evaluables = int(n.reindex(tema.EVALUABLES).fillna(0).sum())
    if not filas["es_exigible"].any():
        if periodo == "acumulado":
            return "aún no exigible"
        programan = int(filas["programan"].iloc[0])
        return f"aún no exigible; {formato.numero(programan)} {'programa' if programan == 1 else 'programan'} algo"
    if not evaluables:
        return "sin evaluables"
    return (
        f"{formato.numero(int(n.get('Cumple', 0)))} de {formato.plural(evaluables, 'evaluable', 'evaluables')} en banda"
    )
