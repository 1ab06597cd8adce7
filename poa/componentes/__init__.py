"""Los componentes de las páginas: lo único del paquete que conoce Streamlit.

marco (navegación, estilo, enlaces), filtros (viven en la dirección), piezas y cuadros (HTML) y tarjeta.
"""

from poa.componentes.cuadros import compromisos, detalle, estados, extremos
from poa.componentes.filtros import Seleccion, archivo, ir_a, leer, nombre_completo, pie
from poa.componentes.filtros import mostrar as mostrar_filtros
from poa.componentes.marco import enlace, exigir_marco, mostrar, paginas
from poa.componentes.piezas import cifras, columnas, encabezado, grafica, puntos, seccion, tabla, vacio
from poa.componentes.tarjeta import de_donde_sale, lista_de_estado

__all__ = [
    "Seleccion",
    "archivo",
    "cifras",
    "columnas",
    "compromisos",
    "de_donde_sale",
    "detalle",
    "encabezado",
    "enlace",
    "estados",
    "exigir_marco",
    "extremos",
    "grafica",
    "ir_a",
    "leer",
    "lista_de_estado",
    "mostrar",
    "mostrar_filtros",
    "nombre_completo",
    "paginas",
    "pie",
    "puntos",
    "seccion",
    "tabla",
    "vacio",
]
