"""¿Cómo va el POA? Conteos por estado y por grupo; lo más corto y lo más excedido, con su motivo impreso."""

from poa import componentes, figuras, formato
from poa.consultas import consultar
from poa.figuras import mensajes

PAGINA = "resumen"
GRAFICA = "resumen_estados"


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
componentes.indicadores(indicador, seleccion, PAGINA)

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
    componentes.seccion(
        titulo,
        componentes.contado(mensajes.cuantos(len(filas), todas), lista, seleccion.nivel, seleccion, PAGINA)
        if todas
        else "",
    )
    componentes.extremos(filas, seleccion, PAGINA, mensajes.sin_extremos(hay, seleccion.nivel, lado), titulo)

if seleccion.compromiso:
    componentes.de_donde_sale(seleccion, PAGINA)
elif seleccion.estado:
    filas = figuras.filtrar(del_nivel, seleccion.estado, seleccion.grupo)
    componentes.lista_de_estado(
        seleccion, filas, mensajes.lista(seleccion.estado, len(filas), seleccion.nivel), PAGINA
    )
