"""Las tablas del tablero como archivos, con lo que hace falta para leerlas lejos de él.

Los encabezados son las columnas de la base y las cifras llegan con su tipo; un blanco es una celda vacía, nunca cero.
Ningún texto se vuelve fórmula: la regla está en celdas.py.
"""

from poa.hojas.datos import escribir_csv, escribir_parquet
from poa.hojas.hoja import Hoja, Tabla, columna_de_estado, de_seleccion, de_todo, definir, filtros
from poa.hojas.libro import ACERCA, escribir_xlsx

__all__ = [
    "ACERCA",
    "Hoja",
    "Tabla",
    "columna_de_estado",
    "de_seleccion",
    "de_todo",
    "definir",
    "escribir_csv",
    "escribir_parquet",
    "escribir_xlsx",
    "filtros",
]
