"""¿Qué hay que preguntar en la sesión?"""

from poa import componentes
from poa.consultas import consultar
from poa.mensajes import alertas as mensajes

componentes.exigir_marco()
seleccion = componentes.leer()
componentes.mostrar_filtros(seleccion)

vista = ("ejercicio", "corte", "dependencia", "nivel", "periodo", "preset")
indicador = consultar("indicadores", **seleccion.consulta(*vista))
filas = consultar("cumplimiento", **seleccion.consulta(*vista))

componentes.encabezado(
    "Lo que pide explicación",
    mensajes.mensaje(filas, seleccion.nivel, seleccion.quienes),
    componentes.linea(seleccion, indicador),
)
componentes.vacio("Aquí se verá cada compromiso que pide explicación y por qué.")
