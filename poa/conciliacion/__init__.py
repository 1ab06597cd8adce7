"""Qué cifra impresa va en qué celda: una conciliación con las identidades del documento, no un corte por columnas."""

from poa.conciliacion.reportes import conciliar_reportes
from poa.conciliacion.resuelto import Resuelto
from poa.conciliacion.textos import conciliar_textos

__all__ = ["Resuelto", "conciliar_reportes", "conciliar_textos"]
