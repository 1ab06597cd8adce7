"""Programas Operativos Anuales de Mexicali: del documento impreso al tablero.

Taller (lee y construye): documento, normalizar, catalogos, conciliacion, lectura, correcciones, extracto, base.
Vitrina (consulta y muestra): consultas, formato, tema, figuras, componentes, tablero.
Se encuentran en un solo archivo: la base, que el taller escribe y la vitrina abre solo para leer.
"""
