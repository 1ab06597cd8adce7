"""¿Qué parte del Plan Municipal de Desarrollo empuja el POA?"""

from poa import componentes
from poa.consultas import consultar
from poa.mensajes import ejes as mensajes

componentes.exigir_marco()
seleccion = componentes.leer()
componentes.mostrar_filtros(seleccion)

vista = ("ejercicio", "corte", "dependencia", "nivel", "periodo", "preset")
indicador = consultar("indicadores", **seleccion.consulta(*vista))
tabla = consultar("compromisos", **seleccion.consulta("ejercicio", "corte", "dependencia", "nivel", "preset"))

componentes.encabezado(
    "Ejes del Plan Municipal de Desarrollo",
    mensajes.mensaje(tabla, seleccion.nivel, seleccion.quienes),
    componentes.linea(seleccion, indicador),
)
componentes.vacio("Aquí se verá el cumplimiento por eje, estrategia y línea de acción.")
