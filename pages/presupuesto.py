"""¿Con qué dinero se contó y cuánto se ejerció?"""

from poa import componentes
from poa.consultas import consultar
from poa.mensajes import presupuesto as mensajes

componentes.exigir_marco()
seleccion = componentes.leer()
componentes.mostrar_filtros(seleccion, sin=("nivel", "periodo", "preset"))

vista = ("ejercicio", "corte", "dependencia", "nivel", "periodo", "preset")
indicador = consultar("indicadores", **seleccion.consulta(*vista))

componentes.encabezado(
    "Presupuesto",
    mensajes.mensaje(seleccion.quienes, seleccion.ejercicio),
    componentes.linea(seleccion, indicador),
)
componentes.vacio("Aquí se verá lo autorizado y lo devengado de los informes que lo traen.")
