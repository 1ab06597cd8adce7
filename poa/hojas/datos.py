"""Los formatos de solo datos: CSV, para abrirse donde sea, y Parquet, con sus tipos."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime

import pyarrow as pa
from pyarrow import parquet

from poa.hojas.celdas import para_csv, valor
from poa.hojas.hoja import Hoja, definir


def escribir_csv(hoja: Hoja) -> bytes:
    """La hoja en UTF-8 con BOM y comas, que es como una hoja de cálculo en español abre bien los acentos."""
    tabla = hoja.datos()
    texto = io.StringIO()
    escritor = csv.writer(texto, lineterminator="\r\n")
    escritor.writerow(para_csv(c) for c in tabla.columns)
    for fila in tabla.itertuples(index=False, name=None):
        escritor.writerow(para_csv(valor(dato)) for dato in fila)
    return texto.getvalue().encode("utf-8-sig")


def escribir_parquet(hoja: Hoja, cuando: datetime | None = None) -> bytes:
    """La tabla con sus tipos; qué es cada columna va en ella, y filtros, fecha y documentos, en el esquema."""
    tabla = pa.Table.from_pandas(hoja.datos(), preserve_index=False)
    campos = []
    for campo in tabla.schema:
        tipo = pa.string() if pa.types.is_null(campo.type) else campo.type  # vacía no es sin tipo
        campos.append(pa.field(campo.name, tipo, metadata=vars(definir(hoja.consulta, campo.name))))
    propios = {
        "titulo": hoja.titulo,
        "filtros": json.dumps(dict(hoja.filtros), ensure_ascii=False),
        "fecha": (cuando or datetime.now()).isoformat(timespec="seconds"),
        "codigo": hoja.codigo,
        "documentos": json.dumps(hoja.documentos()["archivo"].tolist(), ensure_ascii=False),
    }
    archivo = io.BytesIO()
    parquet.write_table(tabla.cast(pa.schema(campos, metadata=propios)), archivo, compression="zstd")
    return archivo.getvalue()
