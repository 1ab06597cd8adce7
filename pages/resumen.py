"""¿Cómo va el POA? Conteos por estado y por grupo; lo más corto y lo más excedido, con su motivo impreso."""

from poa import componentes, formato
from poa.componentes import resumen as cuadros
from poa.consultas import consultar
from poa.figuras import estados
from poa.laminas import vistas
from poa.mensajes import comunes
from poa.mensajes import resumen as mensajes

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
    comunes.estados(del_nivel["estado"].value_counts(), seleccion.nivel, seleccion.quienes, seleccion.corte),
    componentes.linea(seleccion, indicador),
    mensajes.parrafo(
        del_nivel,
        indicador,
        seleccion.nivel,
        seleccion.quienes,
        seleccion.nombres,
        seleccion.corte,
        seleccion.periodo,
        seleccion.banda,
    ),
)
cuadros.indicadores(indicador, seleccion, PAGINA)

izquierda, derecha = componentes.columnas()
with izquierda:
    componentes.grafica(vistas.estados_por_grupo(seleccion), GRAFICA, al_tocar)
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
    todas = len(estados.filtrar(del_nivel, lista))
    componentes.seccion(
        titulo,
        componentes.contado(comunes.cuantos(len(filas), todas), lista, seleccion.nivel, seleccion, PAGINA)
        if todas
        else "",
    )
    cuadros.extremos(filas, seleccion, PAGINA, mensajes.sin_extremos(hay, seleccion.nivel, lado), titulo)

componentes.abrir_lo_pedido(seleccion, del_nivel, PAGINA)
