"""Qué tan lejos del plan quedó cada compromiso, en porcentaje del plan: unidades distintas, un mismo eje."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import lienzo

TOPE = 250.0  # % del plan; lo que pasa se corta, con su marca y su cifra verdadera
_duro = formato.ESPACIO
_POCOS = 8  # con menos renglones que estos la barra no engorda
_LUGARES_MINIMO = 5
_CASI_EL_PLAN = 4.0  # puntos
# Lugares en los 752 px del dibujo: dónde empiezan las barras, dónde acaba la diferencia y dónde empieza la unidad
_BARRAS, _DIFERENCIA, _UNIDAD = 236, 644, 650
_PARA_PORCENTAJE, _PARA_DIFERENCIA = 100, 88  # px, al menos, de cada cifra y de lo que la separa de lo anterior
_SEPARA, _CIFRA_MAXIMA = 14, 108
_NOMBRE = _BARRAS - 12  # px del nombre de un compromiso
_SOBRE, _ABAJO = 26, 22  # px de la escala sobre las barras, y del nombre de la banda bajo ellas


def ordenar(tabla: pd.DataFrame, cuantas: int = lienzo.RENGLONES_MAXIMO) -> pd.DataFrame:
    """Las filas con cumplimiento, de la más corta a la más excedida; a lo más `cuantas`, las más lejanas al plan."""
    filas = tabla[tabla["cumplimiento_pct"].notna()]
    lejos = (filas["cumplimiento_pct"].astype(float) - 100).abs()
    elegidas = filas[filas.index.isin(lejos.sort_values(ascending=False, kind="stable").index[:cuantas])]
    return elegidas.sort_values("cumplimiento_pct", kind="stable")  # los empates, en el orden del documento


def diferencia(fila: pd.Series) -> float | None:
    """A − P en la unidad del compromiso; sin plan, todo su avance; si falta alguna de las dos, None."""
    programado, alcanzado = fila["programado"], fila["alcanzado"]
    if fila["estado"] == "Avance no programado":
        programado = 0.0
    if formato.es_blanco(programado) or formato.es_blanco(alcanzado):
        return None
    return float(alcanzado) - float(programado)


def barras(
    tabla: pd.DataFrame, mensaje: str, nivel: str, pie: str = "", banda: tuple[float, float] = (90.0, 110.0)
) -> go.Figure:
    """Barras desde la línea del plan (100 %) hasta lo alcanzado, cortadas en 250 %, con sus dos cifras al lado.

    Entra una fila por compromiso: `compromiso_id, clave, descripcion, unidad_medida, programado, alcanzado`
    (en esa unidad), `cumplimiento_pct` (0–∞, % del plan), `estado` y, si las hay, sus `etiquetas`. A lo más 15
    renglones, los más lejanos al plan; el resto, y los que no tienen porcentaje, se dicen en el pie. Sin
    ninguno evaluable, la figura vacía con su frase.
    """
    con_cifra = int(tabla["cumplimiento_pct"].notna().sum()) if not tabla.empty else 0
    if not con_cifra:
        return lienzo.vacia(_por_que_vacia(tabla, nivel), pie, mensaje)
    cuantas = lienzo.caben(con_cifra, lambda n: lienzo.alto(**_compuesta(ordenar(tabla, n), tabla, mensaje, pie)))
    filas = ordenar(tabla, cuantas)
    figura = lienzo.lienzo(**_compuesta(filas, tabla, mensaje, pie))
    pct = filas["cumplimiento_pct"].astype(float)
    porcentajes, diferencias = _porcentajes(filas), _diferencias(filas)
    lugares = _Lugares.de(porcentajes, diferencias)
    aspectos = [tema.estado(e) for e in filas["estado"]]
    claves = [str(c) for c in filas["compromiso_id"]]
    frases = [_frase(f) for _, f in filas.iterrows()]
    colores = {"color": [a.color for a in aspectos], "line": {"color": [a.borde for a in aspectos], "width": 1}}
    comun = {"y": claves, "customdata": claves, "hovertext": frases, "hoverinfo": "text"}
    comun |= {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}
    figura.add_trace(
        go.Bar(
            name="Variación",
            orientation="h",
            base=lugares.px(100),
            x=[lugares.px(min(p, TOPE)) - lugares.px(100) for p in pct],
            width=0.6 if len(filas) > _POCOS else 0.36,
            marker=colores,
            text=["»" if p > TOPE else "" for p in pct],
            textposition="inside",
            insidetextanchor="end",
            textangle=0,
            constraintext="none",
            textfont={"size": tema.ESCALA["rotulo"], "color": [a.tinta for a in aspectos]},
            **comun,
        )
    )
    # una barra que casi no tiene largo no se ve: su punto, sí
    figura.add_trace(
        go.Scatter(
            name="En el plan",
            mode="markers",
            x=[lugares.px(p) if abs(p - 100) < _CASI_EL_PLAN else None for p in pct],
            marker={**colores, "size": 9},
            cliponaxis=False,
            **comun,
        )
    )
    renglones = lienzo.renglones_de_nombre(figura, len(filas), _LUGARES_MINIMO)
    nombres = [_nombre(f, renglones) for _, f in filas.iterrows()]
    unidades = [lienzo.ajustar(formato.unidad(u), lienzo.PX - _UNIDAD, renglones) for u in filas["unidad_medida"]]
    lienzo.columna(figura, "Compromiso", claves, nombres, 0, "left")
    lienzo.columna(figura, "Del plan", claves, porcentajes, lugares.porcentaje, "right")
    lienzo.columna(figura, "Diferencia", claves, diferencias, _DIFERENCIA, "right")
    lienzo.columna(figura, "Unidad", claves, unidades, _UNIDAD, "left", gris=True)
    _escala(figura, banda, lugares)
    lienzo.poner_clave(figura, _clave(filas), _SOBRE)
    lienzo.en_px(figura, claves, lugares=_LUGARES_MINIMO)
    return figura


@dataclass(frozen=True)
class _Lugares:
    """Dónde acaban las barras y la columna del porcentaje, en px: si las cifras son largas, más a la izquierda."""

    fin: float
    porcentaje: float

    @classmethod
    def de(cls, porcentajes: list[str], diferencias: list[str]) -> _Lugares:
        ancha = max(_PARA_DIFERENCIA, *(lienzo.medir(d) + _SEPARA for d in diferencias))
        del_pct = max(_PARA_PORCENTAJE, *(lienzo.medir(p) + _SEPARA for p in porcentajes))
        return cls(_DIFERENCIA - ancha - del_pct, _DIFERENCIA - ancha)

    def px(self, pct: float) -> float:
        """Dónde va un porcentaje del plan."""
        return _BARRAS + pct / TOPE * (self.fin - _BARRAS)


def _clave(filas: pd.DataFrame) -> list:
    return lienzo.repartir_clave([tema.estado(e) for e in tema.ESTADOS if e in set(filas["estado"])])


def _compuesta(filas: pd.DataFrame, tabla: pd.DataFrame, mensaje: str, pie: str) -> dict:
    """El `lienzo` de las `filas` que se dibujan de una tabla."""
    con_cifra = int(tabla["cumplimiento_pct"].notna().sum())
    return {
        "mensaje": mensaje,
        "pie": _pie(filas, con_cifra, len(tabla), pie),
        "arriba": _SOBRE + lienzo.ALTO_CLAVE * len(_clave(filas)),
        "abajo": _ABAJO,
    }


def _pie(filas: pd.DataFrame, con_cifra: int, todas: int, pie: str) -> str:
    """Lo que la figura no dibuja, en pocas letras: el pie tiene dos renglones y la fuente va completa."""
    no_caben = con_cifra - len(filas)
    fuera = [f"{no_caben} no {'cabe' if no_caben == 1 else 'caben'}"] if no_caben else []
    if todas > con_cifra:
        sin = todas - con_cifra
        fuera.append(f"{sin} {'va' if sin == 1 else 'van'} sin porcentaje")
    partes = [
        tema.NOTA_INCOMPLETO if any(tema.es_incompleto(fila) for _, fila in filas.iterrows()) else "",
        f"Las {len(filas)} más lejanas al plan; {formato.lista(fuera)}." if no_caben else "",
        f"{formato.mayuscula(formato.lista(fuera))}." if fuera and not no_caben else "",
        pie,
    ]
    return " ".join(parte for parte in partes if parte)


def _por_que_vacia(tabla: pd.DataFrame, nivel: str) -> str:
    if not tabla.empty and (tabla["estado"] == "Aún no exigible").all():
        return "El documento trae lo programado; todavía no trae avances."
    return f"Ninguna {formato.nivel(nivel)} de esta selección tiene cumplimiento que comparar."


def _porcentajes(filas: pd.DataFrame) -> list[str]:
    aspectos = [tema.estado(e) for e in filas["estado"]]
    return [
        f"<span style='color:{a.borde}'>{a.icono}</span>{_duro}{formato.porcentaje(pct)}"
        for pct, a in zip(filas["cumplimiento_pct"], aspectos, strict=True)
    ]


def _diferencias(filas: pd.DataFrame) -> list[str]:
    return [lienzo.cifra(diferencia(fila), _CIFRA_MAXIMA, con_signo=True) for _, fila in filas.iterrows()]


def _nombre(fila: pd.Series, renglones: int) -> str:
    marca = tema.asterisco(fila)
    return lienzo.ajustar(formato.etiqueta_compromiso(fila), _NOMBRE - lienzo.medir(marca), renglones) + marca


def _escala(figura: go.Figure, banda: tuple[float, float], lugares: _Lugares) -> None:
    """La escala en porcentaje del plan, con su línea y la banda, que lleva su nombre."""
    marcas = {0: "0", 50: "50", 100: "<b>plan</b>", 150: "150", 200: "200", TOPE: f"{TOPE:g}{_duro}%"}
    titulos = [(texto, lugares.px(pct), "center") for pct, texto in marcas.items()]
    titulos += [("Del plan", lugares.porcentaje, "right"), ("Diferencia", _DIFERENCIA, "right")]
    lienzo.encabezar(figura, titulos)

    def forma(tipo: str, desde: float, hasta: float, **propio: object) -> dict:
        lugar = {"x0": lugares.px(desde), "x1": lugares.px(hasta), "yref": "paper", "y0": 0, "y1": 1}
        return {"type": tipo, "layer": "below", **lugar, **propio}

    minimo, maximo = banda
    rayas = [forma("line", p, p, line={"color": tema.LINEA, "width": 1}) for p in marcas]
    zona = forma("rect", minimo, maximo, fillcolor=tema.VELO, line={"width": 0})
    plan = forma("line", 100, 100, line={"color": tema.TINTA, "width": 1.5}, layer="above")
    figura.update_layout(shapes=[*rayas, zona, plan])
    figura.add_annotation(
        text=f"banda: {formato.numero(minimo)}–{formato.numero(maximo)}{_duro}%",
        x=lugares.px((minimo + maximo) / 2),
        y=0,
        yref="paper",
        yanchor="top",
        yshift=-2,
        showarrow=False,
        font={"color": tema.GRIS},
        name="banda",
    )


def _frase(fila: pd.Series) -> str:
    """La frase que se lee al pasar por la barra."""
    de = formato.partir(formato.cantidad(fila.get("programado"), fila.get("unidad_medida")), 60)
    nombre = formato.partir(formato.etiqueta_compromiso(fila, 160), 60)
    return (
        f"<b>{nombre}</b><br>Alcanzó {formato.numero(fila.get('alcanzado'))} de "
        f"{de} ({formato.con_signo(diferencia(fila))}): "
        f"{formato.porcentaje(fila['cumplimiento_pct'])} del plan,<br>{tema.rotulo_estado(fila['estado'])}."
    )
