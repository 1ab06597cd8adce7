"""¿Cómo fue el año, trimestre por trimestre?"""

from poa import componentes
from poa.consultas import consultar
from poa.mensajes import trimestres as mensajes

componentes.exigir_marco()
seleccion = componentes.leer()
componentes.mostrar_filtros(seleccion, sin=("periodo",))

vista = ("ejercicio", "corte", "dependencia", "nivel", "periodo", "preset")
indicador = consultar("indicadores", **seleccion.consulta(*vista))
cobertura = consultar("cobertura", **seleccion.consulta("ejercicio", "corte", "dependencia", "nivel"))

componentes.encabezado(
    "El año por trimestres",
    mensajes.mensaje(cobertura, seleccion.nivel, seleccion.quienes, seleccion.ejercicio),
    componentes.linea(seleccion, indicador),
)
componentes.vacio("Aquí se verá el cumplimiento de cada trimestre del año.")
