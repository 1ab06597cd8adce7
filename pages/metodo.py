"""¿Con qué reglas se decide un estado y qué cambia al mover los umbrales?"""

from poa import componentes
from poa.consultas import consultar
from poa.mensajes import metodo as mensajes

componentes.exigir_marco()
seleccion = componentes.leer()
componentes.mostrar_filtros(seleccion)

vista = ("ejercicio", "corte", "dependencia", "nivel", "periodo", "preset")
indicador = consultar("indicadores", **seleccion.consulta(*vista))

componentes.encabezado(
    "Método",
    mensajes.mensaje(componentes.banda(seleccion)),
    componentes.linea(seleccion, indicador),
)
componentes.vacio("Aquí se verán las reglas del tablero y qué cambia con los umbrales.")
