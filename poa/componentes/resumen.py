"""Los cuadros de Resumen: la tira de indicadores y lo más lejano del plan, con su motivo impreso."""

from __future__ import annotations

from html import escape

import pandas as pd

from poa import formato
from poa.componentes import enlaces, piezas
from poa.componentes.piezas import Columna, Renglon
from poa.hojas import de_seleccion
from poa.seleccion import Seleccion


def indicadores(tabla: pd.DataFrame, seleccion: Seleccion, pagina: str) -> None:
    """La tira con los cuatro números del nivel y periodo elegidos, cada uno con el conteo que abre su lista.

    Entra una fila por dependencia con las columnas de la consulta indicadores.
    """
    suma = {c: int(tabla[c].sum()) for c in ("evaluables", "cumplen", "excedidos", "esperados", "reportados")}
    indice = (tabla["indice_acotado_pct"] * tabla["evaluables"]).sum() / (suma["evaluables"] or 1)

    def ligar(texto: str, lista: str) -> str:
        return piezas.contado(texto, lista, seleccion.nivel, seleccion, pagina)

    def parte(cual: str, de: str, lista: str) -> tuple[str, str]:
        pct = formato.parte(100 * suma[cual] / (suma[de] or 1))
        return pct, ligar(f"{formato.numero(suma[cual])} de {formato.numero(suma[de])}", lista)

    media = f"media de {formato.contar(suma['evaluables'], seleccion.nivel)}"
    valores = {
        "En banda": ("evaluables", lambda: parte("cumplen", "evaluables", "Cumple")),
        "Rebasan el plan": ("evaluables", lambda: parte("excedidos", "evaluables", "Rebasan el plan")),
        "Índice acotado a 100 %": (
            "evaluables",
            lambda: (formato.parte(indice), ligar(media, "Evaluables")),
        ),
        "Con reporte": ("esperados", lambda: parte("reportados", "esperados", "Con reporte")),
    }
    sin_base = (formato.RAYA, "ninguna evaluable todavía")
    piezas.cifras([(r, *(valor() if suma[base] else sin_base)) for r, (base, valor) in valores.items()])


def extremos(filas: pd.DataFrame, seleccion: Seleccion, pagina: str, si_faltan: str, rotulo: str) -> None:
    """Compromisos fuera de la banda con el motivo que imprime el documento; tocar uno abre su tarjeta."""
    if filas.empty:
        piezas.vacio(si_faltan)
        return
    varias = filas["dependencia"].nunique() > 1
    renglones = []
    for _, fila in filas.iterrows():
        tarjeta_de = seleccion.direccion(compromiso=fila["compromiso_id"], tarjeta=True)
        quien = f"{seleccion.nombre(fila['dependencia'])} · " if varias else ""
        celdas = [
            f"<span class='clave'>{piezas.seguro(fila['clave'])}</span>",
            escape(quien) + enlaces.enlace(pagina, piezas.descripcion(fila, 150), "Ver de dónde sale", **tarjeta_de),
            piezas.con_unidad(fila["programado"], fila["unidad_medida"]),
            formato.numero(fila["alcanzado"]),
            formato.porcentaje(fila["cumplimiento_pct"]),
            piezas.estado(fila["estado"]),
            piezas.motivo(fila["observaciones"]),
        ]
        renglones.append(Renglon(celdas, destino=enlaces.destino(pagina, **tarjeta_de)))
    piezas.tabla(
        [
            Columna("Clave", "", "4.2rem"),
            Columna("Compromiso", "largo", "28%"),
            Columna("Programado", "n", "7.6rem"),
            Columna("Alcanzado", "n", "5.4rem"),
            Columna("Del plan", "n", "5rem"),
            Columna("Estado", "", "10.6rem"),
            Columna("Motivo impreso", "motivo largo"),
        ],
        renglones,
        rotulo,
        de_seleccion(seleccion, pagina, str(filas["lado"].iloc[0]), rotulo, "extremos", filas),
    )
