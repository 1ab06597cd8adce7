"""Qué tan lejos de su plan quedó cada compromiso, en veces: la mitad dista lo mismo que el doble."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import plotly.graph_objects as go

from poa import formato, tema
from poa.figuras import lienzo

_IZQUIERDA, _DERECHA = 282, 98  # px para el nombre y para el motivo
_IZQUIERDA_CHICA = 242  # si con aquellos el eje no llega a rotular sus orillas
_JUNTO = 82  # px para la cifra, al menos, a cada lado del punto más lejano
_AL_PUNTO = 14  # px del centro de un punto a su cifra, y de ella a lo que sigue
_COLUMNA = 62  # px de «nada» y de «sin plan», que no tienen lugar en el eje
_AIRE, _ALTO_CLAVE = 12, 21  # px entre la clave y el eje, y entre sus renglones
_ROTULOS, _ENCABEZADO, _ABAJO = 40, 22, 8  # px de los rótulos del eje, del encabezado sobre ellos y bajo el dibujo
_DUPLAS_MAXIMO = 3  # de un octavo a ocho veces; lo que pasa se corta, con su marca
_LUGARES_MINIMO = 6
_ENTRE_ROTULOS = 8  # px entre dos rótulos del eje
_VECES = {-3: "un octavo", -2: "un cuarto", -1: "la mitad", 0: "plan", 1: "el doble", 2: "4 veces", 3: "8 veces"}
_PUNTOS = "Compromiso"  # el nombre de su traza
_MOTIVO = {"impresa": "impreso", "ausente": "<b>sin motivo</b>", "contradictoria": "<b>≠ contradice</b>"}
_MOTIVO_DICHO = {
    "impresa": "Imprime motivo",
    "ausente": "No imprime motivo",
    "contradictoria": "Su motivo contradice a las cifras",
}


def elegir(filas: pd.DataFrame, caben: int = lienzo.RENGLONES_MAXIMO) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Las que se dibujan: hasta `caben` de las más lejanas y, si caben todas, las pequeñas; cada una en su orden.

    Entra una fila por compromiso fuera de la banda con `es_pequena` y `lugar`. Sin otra cosa, van las
    pequeñas que quepan.
    """
    filas = filas.sort_values("lugar", kind="stable")
    es_pequena = filas["es_pequena"].astype(bool)
    grandes, chicas = filas[~es_pequena].head(caben), filas[es_pequena]
    if grandes.empty:
        return grandes, chicas.head(caben - 1)
    return grandes, chicas if len(grandes) + 1 + len(chicas) <= caben else chicas.head(0)


def puntos(
    filas: pd.DataFrame,
    mensaje: str,
    nivel: str,
    pie: str = "",
    banda: tuple[float, float] = (90.0, 110.0),
    nombres: Mapping[str, str] | None = None,
) -> go.Figure:
    """Un punto por compromiso fuera de la banda, unido al plan: a la izquierda el que quedó corto.

    Entra una fila por compromiso con `compromiso_id, dependencia, clave, descripcion, unidad_medida,
    programado, alcanzado, cumplimiento_pct` (% del plan), `estado, etiquetas, lado` ('debajo'|'encima'),
    `es_pequena, lugar` (1 es el más lejano) y `justificacion` ('impresa'|'ausente'|'contradictoria').
    `nombres`: el corto de cada dependencia, que se dice si hay varias. Sin filas, la figura vacía con su frase.
    """
    if filas.empty:
        return lienzo.vacia(f"Ninguna {formato.nivel(nivel)} de esta selección se aparta de su plan.", pie, mensaje)
    cuantas = lienzo.caben(len(filas) + 1, lambda n: lienzo.alto(**_compuesta(filas, elegir(filas, n), mensaje, pie)))
    grandes, chicas = elegir(filas, cuantas)
    dibujadas = pd.concat([grandes, chicas])
    figura = lienzo.lienzo(**_compuesta(filas, (grandes, chicas), mensaje, pie))
    renglones = _renglones(grandes, chicas)
    ejes = _Ejes.de(dibujadas)
    lugares = [lugar for lugar, fila in enumerate(renglones) if fila is not None]
    x = [ejes.lugar(fila) for fila in renglones if fila is not None]
    _tallos(figura, lugares, x, ejes)
    _marcas(figura, dibujadas, lugares, x)
    varias = filas["dependencia"].nunique() > 1
    for lugar, fila in enumerate(renglones):
        if fila is None:
            _separador(figura, lugar, nivel)
        else:
            quien = (nombres or {}).get(fila["dependencia"], "") if varias else ""
            nombre = f"{quien} {formato.etiqueta_compromiso(fila)}".strip()
            _nombre(figura, lugar, nombre, tema.asterisco(fila), ejes, len(renglones))
            _anotar(figura, _MOTIVO[fila["justificacion"]], lugar, 1, "right", "motivo")
    _poner_ejes(figura, renglones, ejes, banda)
    _encabezar(figura, ejes)
    lienzo.poner_clave(figura, _clave(dibujadas), _ABAJO, _ALTO_CLAVE)
    return figura


def dibujados(figura: go.Figure) -> list[str]:
    """Los compromisos de la figura de `puntos`, de arriba abajo."""
    return [c for traza in figura.data if traza.name == _PUNTOS for c in traza.customdata]


def _clave(dibujadas: pd.DataFrame) -> list:
    presentes = [tema.estado(e) for e in tema.ESTADOS if e in set(dibujadas["estado"])]
    return lienzo.repartir_clave(presentes, _IZQUIERDA_CHICA - _AIRE)


def _compuesta(filas: pd.DataFrame, elegidas: tuple[pd.DataFrame, pd.DataFrame], mensaje: str, pie: str) -> dict:
    """El `lienzo` de las elegidas de unas filas."""
    arriba = max(_ROTULOS + _ENCABEZADO, 14 + _ALTO_CLAVE * len(_clave(pd.concat(elegidas))))
    return {"mensaje": mensaje, "pie": _pie(pie, filas, *elegidas), "arriba": arriba, "abajo": _ABAJO}


@dataclass(frozen=True)
class _Ejes:
    """El eje de duplas (log2 de c): hasta cuántas llega cada lado y dónde caen los que no tienen número."""

    abajo: int
    arriba: int
    hay_nada: bool
    hay_sin_plan: bool
    junto: tuple[float, float]  # px para las cifras, a la izquierda y a la derecha
    izquierda: int = _IZQUIERDA  # px para el nombre

    @classmethod
    def de(cls, filas: pd.DataFrame) -> _Ejes:
        con_numero = filas[filas["cumplimiento_pct"] > 0]
        duplas = {
            lado: max((abs(_duplas(c)) for c in suyas["cumplimiento_pct"]), default=1.0)
            for lado, suyas in ((lado, con_numero[con_numero["lado"] == lado]) for lado in ("debajo", "encima"))
        }
        sin_numero = set(filas.loc[~(filas["cumplimiento_pct"] > 0), "lado"])
        hecho = cls(
            *(min(max(math.ceil(duplas[lado]), 1), _DUPLAS_MAXIMO) for lado in ("debajo", "encima")),
            "debajo" in sin_numero,
            "encima" in sin_numero,
            tuple(
                max([_JUNTO, *(lienzo.medir(_cifra(f)) + _AL_PUNTO for _, f in suyas.iterrows())])
                for suyas in (con_numero[con_numero["lado"] == lado] for lado in ("debajo", "encima"))
            ),
        )
        return (
            hecho if {-hecho.abajo, hecho.arriba} <= set(hecho.marcas) else replace(hecho, izquierda=_IZQUIERDA_CHICA)
        )

    @property
    def px(self) -> float:
        """Píxeles por dupla: los mismos a los dos lados del plan."""
        columnas = _COLUMNA * (self.hay_nada + self.hay_sin_plan)
        return (lienzo.PX - self.izquierda - _DERECHA - sum(self.junto) - columnas) / (self.abajo + self.arriba)

    @property
    def rango(self) -> tuple[float, float]:
        a_la_izquierda = self.junto[0] + _COLUMNA * self.hay_nada
        a_la_derecha = self.junto[1] + _COLUMNA * self.hay_sin_plan
        return -self.abajo - a_la_izquierda / self.px, self.arriba + a_la_derecha / self.px

    @property
    def marcas(self) -> list[int]:
        """Las duplas que se rotulan: el plan, la última de cada lado y las de en medio cuyas palabras caben."""
        ocupan: dict[int, float] = {}
        for dupla in sorted(
            range(-self.abajo, self.arriba + 1), key=lambda d: (d not in (0, -self.abajo, self.arriba), d)
        ):
            suyo = lienzo.medir(_rotulo(dupla)) / 2
            if all(abs(dupla - otra) * self.px >= suyo + medio + _ENTRE_ROTULOS for otra, medio in ocupan.items()):
                ocupan[dupla] = suyo
        return sorted(ocupan)

    def columna(self, lado: str) -> float:
        """El centro de «nada» (debajo) o de «sin plan» (encima)."""
        izquierda, derecha = ((junto + _COLUMNA / 2) / self.px for junto in self.junto)
        return -self.abajo - izquierda if lado == "debajo" else self.arriba + derecha

    def lugar(self, fila: pd.Series) -> float:
        if not fila["cumplimiento_pct"] > 0:
            return self.columna(fila["lado"])
        return min(max(_duplas(fila["cumplimiento_pct"]), -self.abajo), self.arriba)


def _se_corta(fila: pd.Series) -> bool:
    return fila["cumplimiento_pct"] > 0 and abs(_duplas(fila["cumplimiento_pct"])) > _DUPLAS_MAXIMO


def _duplas(pct: float) -> float:
    return math.log2(float(pct) / 100)


def _renglones(grandes: pd.DataFrame, chicas: pd.DataFrame) -> list[pd.Series | None]:
    """Las filas en su orden; None es el renglón que separa a las pequeñas."""
    separador = [None] if len(chicas) else []
    return [*(f for _, f in grandes.iterrows()), *separador, *(f for _, f in chicas.iterrows())]


def _tallos(figura: go.Figure, lugares: Sequence[int], x: Sequence[float], ejes: _Ejes) -> None:
    """Del plan al punto; los que no tienen distancia no llevan tallo."""
    con_tallo = [(lugar, a) for lugar, a in zip(lugares, x, strict=True) if -ejes.abajo <= a <= ejes.arriba]
    figura.add_trace(
        go.Scatter(
            name="Distancia al plan",
            mode="lines",
            x=[v for _, a in con_tallo for v in (0, a, None)],
            y=[v for lugar, _ in con_tallo for v in (lugar, lugar, None)],
            line={"color": tema.TINTA, "width": 2},
            hoverinfo="skip",
        )
    )


def _marcas(figura: go.Figure, filas: pd.DataFrame, lugares: Sequence[int], x: Sequence[float]) -> None:
    """El punto con el color de su estado y, hacia afuera, su icono y su cifra."""
    aspectos = [tema.estado(e) for e in filas["estado"]]
    figura.add_trace(
        go.Scatter(
            name=_PUNTOS,
            mode="markers+text",
            x=list(x),
            y=list(lugares),
            marker={
                "size": 13,
                "color": [tema.PAPEL if a.trama else a.color for a in aspectos],
                "line": {"color": [a.borde for a in aspectos], "width": 2},
                "opacity": 1,
            },
            text=[_cifra(f) for _, f in filas.iterrows()],
            textposition=[
                "middle left" if f["lado"] == "debajo" and f["cumplimiento_pct"] > 0 else "middle right"
                for _, f in filas.iterrows()
            ],
            textfont={"size": tema.ESCALA["rotulo"], "color": tema.TINTA},
            cliponaxis=False,
            customdata=[str(c) for c in filas["compromiso_id"]],
            hovertext=[_frase(f) for _, f in filas.iterrows()],
            hoverinfo="text",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}, "textfont": {"color": tema.TINTA}},
        )
    )


def _cifra(fila: pd.Series) -> str:
    duro, aspecto = formato.ESPACIO, tema.estado(fila["estado"])
    icono = f"<span style='color:{aspecto.borde}'>{aspecto.icono}</span>"
    if not fila["cumplimiento_pct"] > 0:
        return f"{duro}{icono}"
    pct = formato.porcentaje(fila["cumplimiento_pct"])
    if fila["lado"] == "debajo":
        return f"{'«' + duro if _se_corta(fila) else ''}{icono}{duro}{pct}{duro}"
    return f"{duro}{icono}{duro}{pct}{duro + '»' if _se_corta(fila) else ''}"


def _anotar(figura: go.Figure, texto: str, lugar: float, x: float, ancla: str, nombre: str) -> None:
    figura.add_annotation(
        text=texto,
        xref="paper",
        x=x,
        xshift=-lienzo.HOLGURA if ancla == "left" else lienzo.HOLGURA,
        yref="y",
        y=lugar,
        xanchor=ancla,
        align=ancla,
        showarrow=False,
        name=nombre,
    )


def _nombre(figura: go.Figure, lugar: int, nombre: str, marca: str, ejes: _Ejes, cuantos: int) -> None:
    renglones = lienzo.renglones_de_nombre(figura, cuantos, _LUGARES_MINIMO)
    dicho = lienzo.ajustar(nombre, ejes.izquierda - _AIRE - lienzo.medir(marca), renglones)
    _anotar(figura, dicho + marca, lugar, 0, "left", "renglon")


def rotulo_de_pequenas(nivel: str) -> str:
    """«Acciones pequeñas: una unidad las saca de la banda», sobre las de un nivel que van aparte."""
    return f"{formato.mayuscula(formato.nivel(nivel, 2))} pequeñas: una unidad las saca de la banda"


def _separador(figura: go.Figure, lugar: int, nivel: str) -> None:
    que, por_que = rotulo_de_pequenas(nivel).split(":")
    texto = f"<b>{que}:</b>{por_que}"
    figura.add_shape(
        type="line",
        xref="paper",
        x0=0,
        x1=1,
        yref="y",
        y0=lugar - 0.45,
        y1=lugar - 0.45,
        line={"color": tema.LINEA, "width": 1},
        layer="below",
    )
    _anotar(figura, texto, lugar, 0, "left", "separador")
    figura.layout.annotations[-1].update(bgcolor=tema.PAPEL, font_color=tema.GRIS)


def _poner_ejes(
    figura: go.Figure, renglones: Sequence[pd.Series | None], ejes: _Ejes, banda: tuple[float, float]
) -> None:
    ancho = tema.ANCHO - 2 * tema.MARGEN
    figura.add_vrect(x0=_duplas(banda[0]), x1=_duplas(banda[1]), fillcolor=tema.VELO, line_width=0, layer="below")
    figura.add_vline(x=0, line={"color": tema.TINTA, "width": 1.5})
    figura.update_yaxes(
        range=[max(len(renglones), _LUGARES_MINIMO) - 0.5, -0.5],
        tickvals=[lugar for lugar, fila in enumerate(renglones) if fila is not None],
        showticklabels=False,
        showline=False,
        showgrid=True,
        gridcolor=tema.VELO,
        layer="below traces",
    )
    marcas: list[float] = list(ejes.marcas)
    rotulos = [_rotulo(d) for d in ejes.marcas]
    for lado, hay, rotulo in (("debajo", ejes.hay_nada, "nada"), ("encima", ejes.hay_sin_plan, "sin plan")):
        if hay:
            marcas.append(ejes.columna(lado))
            rotulos.append(rotulo)
    figura.update_xaxes(
        domain=[ejes.izquierda / ancho, 1 - _DERECHA / ancho],
        range=list(ejes.rango),
        tickmode="array",
        tickvals=marcas,
        ticktext=rotulos,
        tickangle=0,
        side="top",
        showline=False,
        showgrid=True,
        gridcolor=tema.LINEA,
        gridwidth=1,
        layer="below traces",
        tickfont={"size": tema.ESCALA["rotulo"], "color": tema.GRIS},
    )


def _rotulo(dupla: int) -> str:
    """«la mitad» y, abajo, su porcentaje."""
    return f"{_VECES[dupla]}<br>{formato.porcentaje(100 * 2.0**dupla)}" if dupla else "<b>plan</b>"


def _encabezar(figura: go.Figure, ejes: _Ejes) -> None:
    """Sobre el dibujo: qué significa cada lado y el título de la columna del motivo."""
    for x, texto, xref, ancla, alto in (
        (-10 / ejes.px, "<b>◂ No se cumplió</b>", "x", "right", _ROTULOS),
        (10 / ejes.px, "<b>Se planeó bajo ▸</b>", "x", "left", _ROTULOS),
        (1, "<b>Motivo</b>", "paper", "right", _ROTULOS),
    ):
        figura.add_annotation(
            text=texto,
            xref=xref,
            x=x,
            yref="paper",
            y=1,
            yshift=alto,
            xanchor=ancla,
            yanchor="bottom",
            align="left",
            showarrow=False,
            name="encabezado",
        )


def _frase(fila: pd.Series) -> str:
    """La frase que se lee al pasar por el punto."""
    nombre = formato.partir(formato.etiqueta_compromiso(fila, 160), 60)
    alcanzado, unidad = formato.numero(fila["alcanzado"]), fila["unidad_medida"]
    if fila["cumplimiento_pct"] > 0:
        pct = formato.porcentaje(fila["cumplimiento_pct"])
        hecho = f"Alcanzó {alcanzado} de {formato.cantidad(fila['programado'], unidad)}: {pct} del plan"
    elif fila["lado"] == "debajo":
        hecho = f"No alcanzó nada de {formato.cantidad(fila['programado'], unidad)}"
    else:
        hecho = f"Alcanzó {formato.cantidad(fila['alcanzado'], unidad)} sin haber programado nada"
    return (
        f"<b>{nombre}</b><br>{formato.partir(hecho, 80)},<br>{tema.rotulo_estado(fila['estado'])}. "
        f"{_MOTIVO_DICHO[fila['justificacion']]}."
    )


def _pie(pie: str, filas: pd.DataFrame, grandes: pd.DataFrame, chicas: pd.DataFrame) -> str:
    """El pie, con las señales de los dibujados y lo que no cupo por delante."""
    if any(tema.es_incompleto(fila) for _, fila in pd.concat([grandes, chicas]).iterrows()):
        pie = f"{tema.NOTA_INCOMPLETO} {pie}"
    n_chicas = int(filas["es_pequena"].sum())
    de_mas, chicas_de_mas = len(filas) - n_chicas - len(grandes), n_chicas - len(chicas)
    dichos = [f"{de_mas} más" if de_mas else "", f"{chicas_de_mas} pequeñas" if chicas_de_mas else ""]
    fuera = formato.lista(dichos)
    if not fuera:
        return pie
    return f"Se muestran {len(grandes) + len(chicas)}; quedan fuera {fuera}. {pie}"
