"""Los componentes de las páginas: lo único del paquete que conoce Streamlit.

Aquí está lo que usa toda página: marco (navegación y estilo), filtros (viven en la dirección; lo elegido es una
poa.seleccion.Seleccion), piezas y la tarjeta «de dónde sale». Los cuadros de una sola página están en el módulo de
su nombre, que ella importa: `from poa.componentes import resumen as cuadros`.
"""

from poa.componentes.enlaces import ir_a
from poa.componentes.filtros import leer, linea
from poa.componentes.filtros import mostrar as mostrar_filtros
from poa.componentes.marco import exigir_marco, mostrar
from poa.componentes.piezas import columnas, contado, encabezado, estados, grafica, puntos, seccion, vacio
from poa.componentes.tarjeta import abrir_lo_pedido

__all__ = [
    "abrir_lo_pedido",
    "columnas",
    "contado",
    "encabezado",
    "estados",
    "exigir_marco",
    "grafica",
    "ir_a",
    "leer",
    "linea",
    "mostrar",
    "mostrar_filtros",
    "puntos",
    "seccion",
    "vacio",
]
