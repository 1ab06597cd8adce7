"""Figuras: funciones puras de DataFrame a figura de Plotly. No conocen Streamlit, la base ni la hora.

Un módulo por clase de figura, que la página importa por su nombre: `from poa.figuras import variacion`.
"""
