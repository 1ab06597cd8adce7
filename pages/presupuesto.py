"""¿Con cuánto dinero se contó y cuánto se devengó? Por programa y capítulo, al lado del avance físico."""

from poa import componentes
from poa.componentes import presupuesto as cuadros
from poa.consultas import consultar
from poa.laminas import vistas
from poa.mensajes import presupuesto as mensajes

PAGINA = "presupuesto"
GRAFICA = "presupuesto_capitulos"


def al_tocar() -> None:
    """La barra de un capítulo abre el renglón en que está impreso."""
    puntos = componentes.puntos(GRAFICA)
    if puntos and puntos[0].get("customdata"):
        componentes.ir_a(grupo=puntos[0]["customdata"], tarjeta="1")


componentes.exigir_marco()
seleccion = componentes.leer()
componentes.mostrar_filtros(seleccion, sin=("nivel", "periodo", "preset"))

vista = ("ejercicio", "corte", "dependencia")
al_corte = cuadros.al_corte(seleccion)
tabla = consultar("presupuesto", **seleccion.consulta(*vista))
programas = consultar("programas", **al_corte.consulta(*vista, "periodo", "preset"))
indicador = consultar("indicadores", **al_corte.consulta(*vista, "periodo", "preset"))
con_dinero = consultar("presupuesto")
quienes = [seleccion.nombre(d) for d in tabla["dependencia"].unique()]
del_anio = con_dinero[con_dinero["ejercicio"] == seleccion.ejercicio]
faltan = [] if del_anio.empty else seleccion.quienes  # otra dependencia del año sí lo imprime

componentes.encabezado(
    "Presupuesto y avance físico",
    mensajes.sin_presupuesto(seleccion.ejercicio, faltan)
    if tabla.empty
    else mensajes.mensaje(tabla, quienes, seleccion.ejercicio),
    [*componentes.linea(al_corte, indicador)[:2], *mensajes.cobertura(indicador)],
    mensajes.parrafo_sin(seleccion.ejercicio, faltan, int(programas["evaluables"].sum()))
    if tabla.empty
    else mensajes.parrafo(tabla, quienes, seleccion.ejercicio),
)

izquierda, derecha = componentes.columnas()
with izquierda:
    if tabla.empty:
        cuadros.sin_presupuesto(con_dinero, seleccion)
    else:
        componentes.grafica(vistas.pesos(al_corte), GRAFICA, al_tocar)
with derecha:
    cuadros.avance_fisico(programas, seleccion, PAGINA)

if not tabla.empty:
    componentes.seccion(
        "Pesos por programa y capítulo",
        "Los nombres van como los imprime el documento. Cada renglón abre el que le dio sus cifras.",
    )
    cuadros.pesos(tabla, seleccion, PAGINA)

compromisos = consultar("cumplimiento", **al_corte.consulta(*vista, "periodo", "preset"))
cuadros.abrir(seleccion, compromisos, tabla, PAGINA)
