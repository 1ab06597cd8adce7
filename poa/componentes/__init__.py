"""Los componentes de las páginas: lo único del paquete que conoce Streamlit.

marco (navegación, estilo, enlaces), filtros (viven en la dirección), piezas y cuadros (HTML) y tarjeta.
"""

from poa.componentes.cuadros import compromisos, contado, detalle, estados, extremos, indicadores, informes
from poa.componentes.filtros import Seleccion, archivo, banda, ir_a, leer, linea, nombre_completo, pie
from poa.componentes.filtros import mostrar as mostrar_filtros
from poa.componentes.marco import exigir_marco, mostrar, paginas
from poa.componentes.piezas import columnas, encabezado, grafica, puntos, seccion, vacio
from poa.componentes.tarjeta import de_donde_sale, lista_de_estado

__all__ = [
    "Seleccion",
    "archivo",
    "banda",
    "columnas",
    "compromisos",
    "contado",
    "de_donde_sale",
    "detalle",
    "encabezado",
    "estados",
    "exigir_marco",
    "extremos",
    "grafica",
    "indicadores",
    "informes",
    "ir_a",
    "leer",
    "linea",
    "lista_de_estado",
    "mostrar",
    "mostrar_filtros",
    "nombre_completo",
    "paginas",
    "pie",
    "puntos",
    "seccion",
    "vacio",
]
