"""¿Cómo va el POA? Conteos por estado y por grupo; lo más corto y lo más excedido, con su motivo impreso."""

import pandas as pd

from poa import componentes, figuras, formato
from poa.consultas import consultar
from poa.figuras import mensajes

PAGINA = "resumen"
GRAFICA = "resumen_estados"


def indicadores(tabla: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Los cuatro números del nivel y periodo elegidos, cada uno con su n, que abre la lista que lo suma."""
    suma = {c: int(tabla[c].sum()) for c in ("evaluables", "cumplen", "excedidos", "esperados", "reportados")}
    if not suma["evaluables"]:
        sin = "ninguna evaluable todavía"
        return [
            (r, formato.RAYA, sin)
            for r in ("En banda", "Rebasan el plan", "Índice acotado a 100 %", "Con reporte")
        ]
    indice = (tabla["indice_acotado_pct"] * tabla["evaluables"]).sum() / suma["evaluables"]
    return [
        ("En banda", *parte(suma, "cumplen", "evaluables", "Cumple")),
        ("Rebasan el plan", *parte(suma, "excedidos", "evaluables", "Rebasan el plan")),
        (
            "Índice acotado a 100 %",
            formato.porcentaje(indice, ()),
            ligar(f"media de {formato.contar(suma['evaluables'], seleccion.nivel)}", "Evaluables"),
        ),
        ("Con reporte", *parte(suma, "reportados", "esperados", "Con reporte")),
    ]


def parte(suma: dict[str, int], cual: str, de: str, lista: str) -> tuple[str, str]:
    """El porcentaje y su «27 de 37», enlazado a la lista."""
    pct = formato.porcentaje(100 * suma[cual] / suma[de] if suma[de] else None, ())
    return pct, ligar(f"{formato.numero(suma[cual])} de {formato.numero(suma[de])}", lista)


def ligar(texto: str, lista: str) -> str:
    return componentes.contado(texto, lista, seleccion.nivel, seleccion, PAGINA)


def al_tocar() -> None:
    """Un tramo de la gráfica abre la lista de los compromisos que suma."""
    puntos = componentes.puntos(GRAFICA)
    if puntos:
        grupo, estado = puntos[0]["customdata"][:2]
        componentes.ir_a(grupo=grupo, estado=estado)


componentes.exigir_marco()
seleccion = componentes.leer()
componentes.mostrar_filtros(seleccion)

vista = ("ejercicio", "corte", "dependencia", "periodo", "preset")
cumplimiento = consultar("cumplimiento", **seleccion.consulta(*vista))
del_nivel = cumplimiento[cumplimiento["nivel"] == seleccion.nivel]
indicador = consultar("indicadores", **seleccion.consulta(*vista, "nivel"))

componentes.encabezado(
    "¿Cómo va el Programa Operativo Anual?",
    mensajes.estados(del_nivel["estado"].value_counts(), seleccion.nivel, seleccion.quienes, seleccion.corte),
    componentes.linea(seleccion, indicador),
)
componentes.cifras(indicadores(indicador))

izquierda, derecha = componentes.columnas()
with izquierda:
    grupos, como = figuras.agrupar(del_nivel, seleccion.nombres)
    figura = figuras.conteos(
        grupos, mensajes.grupos(grupos, seleccion.nivel, como), seleccion.nivel, componentes.pie(seleccion)
    )
    componentes.grafica(figura, GRAFICA, componentes.archivo(seleccion, "estados"), al_tocar)
with derecha:
    conteos = consultar("resumen_estados", **seleccion.consulta(*vista))
    componentes.estados(conteos, seleccion, PAGINA)

extremos = consultar("extremos", **seleccion.consulta(*vista, "nivel"))
nombre = formato.mayuscula(formato.nivel(seleccion.nivel, 2))
hay = int(indicador["evaluables"].sum())
for lado, titulo, creciente, lista in (
    ("debajo", f"{nombre} más lejos de lo programado", True, "Debajo del plan"),
    ("encima", f"{nombre} que más rebasaron lo programado", False, "Rebasan el plan"),
):
    filas = extremos[extremos["lado"] == lado]
    filas = filas.sort_values("cumplimiento_pct", ascending=creciente, kind="stable").head(5)
    todas = len(figuras.filtrar(del_nivel, lista))
    componentes.seccion(titulo, ligar(mensajes.cuantos(len(filas), todas), lista) if todas else "")
    componentes.extremos(filas, seleccion, PAGINA, mensajes.sin_extremos(hay, seleccion.nivel, lado), titulo)

if seleccion.compromiso:
    componentes.de_donde_sale(seleccion, PAGINA)
elif seleccion.estado:
    filas = figuras.filtrar(del_nivel, seleccion.estado, seleccion.grupo)
    componentes.lista_de_estado(
        seleccion, filas, mensajes.lista(seleccion.estado, len(filas), seleccion.nivel), PAGINA
    )
