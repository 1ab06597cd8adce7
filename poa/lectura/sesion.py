"""Los textos de una sesión que traen las láminas: orden del día y atribuciones de la junta (artículo 9)."""

from __future__ import annotations

import re

from poa.documento import Documento
from poa.normalizar import texto_limpio

ORDEN_DEL_DIA = re.compile(r"^\W*ORDEN\s+DEL\s+D[IÍ]A\b", re.I)
ARTICULO = re.compile(r"^\W*ART[IÍ]CULO\s+(\d+)", re.I)
PUNTO = re.compile(r"^(?:\d{1,2}\s*\.|[a-z]\)|[IVXL]+\.)\s*\S")


def leer_sesion(documento: Documento) -> list[dict]:
    """Una fila por punto del orden del día o fracción de un artículo, en su orden, con su renglón."""
    filas: list[dict] = []
    seccion, pagina = "", 0
    for renglon in documento.renglones:
        texto = re.sub(r"^[-•]\s*", "", texto_limpio(renglon.texto))
        articulo = ARTICULO.match(texto)
        if ORDEN_DEL_DIA.match(texto) or articulo:
            seccion = f"articulo_{articulo[1]}" if articulo else "orden_del_dia"
            pagina = renglon.pagina
            continue
        if not seccion or not texto:
            continue
        if not PUNTO.match(texto) or renglon.pagina > pagina + 1:
            seccion = ""
            continue
        pagina = renglon.pagina
        filas.append(
            {
                "documento": documento.nombre,
                "pagina": renglon.pagina,
                "renglon": renglon.numero,
                "seccion": seccion,
                "orden": sum(fila["seccion"] == seccion for fila in filas) + 1,
                "texto": texto,
            }
        )
    return filas
