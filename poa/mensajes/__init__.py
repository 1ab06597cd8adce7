"""Mensajes: funciones puras de datos a frase en español. No conocen Streamlit, la base ni la hora.

Un módulo por página, con `mensaje` (el encabezado) y `parrafo` (lo que se lee en la sesión) entre los suyos;
lo que dicen varias está en `comunes`. Los mensajes van sin punto final; los párrafos, con él.
"""
