"""Del documento a lo leído: reconoce qué formatos trae y llama a su lector. Un lector por formato, nunca por año."""

from __future__ import annotations

from dataclasses import dataclass, field

from poa.documento import Documento
from poa.errores import ErrorDeUsuario
from poa.lectura.encabezado import Hoja
from poa.lectura.lamina import es_lamina, leer_laminas
from poa.lectura.leido import Leido
from poa.lectura.sesion import leer_sesion
from poa.lectura.tabla_pa import es_tabla_pa, leer_tabla_pa
from poa.lectura.tesoreria import es_tesoreria, leer_tesoreria


@dataclass
class LecturaDeDocumento:
    """Todo lo que un documento dice, antes de conciliar sus cifras."""

    documento: Documento
    formato: str
    leidos: list[Leido] = field(default_factory=list)
    hojas: list[Hoja] = field(default_factory=list)
    presupuesto: list[dict] = field(default_factory=list)
    sesion: list[dict] = field(default_factory=list)


def reconocer_formato(documento: Documento) -> str:
    """El formato del documento: tesoreria, lamina o tabla_pa; `ErrorDeUsuario` si no es ninguno."""
    for formato, es_este in (("tesoreria", es_tesoreria), ("lamina", es_lamina), ("tabla_pa", es_tabla_pa)):
        if es_este(documento):
            return formato
    raise ErrorDeUsuario(
        f"{documento.archivo}: no se reconoce ninguna tabla de POA (ni metas y acciones con P y A por trimestre, "
        "ni láminas con P y R, ni el formato de Tesorería). Revise que sea el texto de un POA y que el OCR "
        "conserve las columnas con tabuladores o barras."
    )


def leer_documento(documento: Documento) -> LecturaDeDocumento:
    """Lee un documento con el lector de su formato; `ErrorDeUsuario` si no es ninguno de los que se conocen."""
    presupuesto: list[dict] = []
    formato = reconocer_formato(documento)
    if formato == "tesoreria":
        leidos, hojas, presupuesto = leer_tesoreria(documento)
    elif formato == "lamina":
        leidos, hojas = leer_laminas(documento)
    else:
        leidos, hojas = leer_tabla_pa(documento)
    if not leidos and not presupuesto:
        raise ErrorDeUsuario(f"{documento.archivo}: parece un POA, pero no se pudo leer ninguna meta ni acción en él.")
    return LecturaDeDocumento(documento, formato, leidos, hojas, presupuesto, leer_sesion(documento))
