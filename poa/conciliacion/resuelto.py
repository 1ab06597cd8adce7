"""Un compromiso con su lectura elegida y lo que se sabe de cuánto dudar de ella."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from poa.conciliacion.identidades import regla_del_plan
from poa.conciliacion.renglon import Contexto, Lectura
from poa.lectura.leido import Leido


@dataclass
class Resuelto:
    """Un compromiso con su lectura elegida. `apoyos`: casillas que otro reporte del mismo plan dice igual."""

    leido: Leido
    lecturas: list[Lectura]
    elegida: Lectura
    contexto: Contexto
    ventaja: dict[int, float] = field(default_factory=dict)  # casilla → costo extra de la rival más cercana
    ventaja_propia: dict[int, float] = field(default_factory=dict)  # lo mismo, sin lo que dicen otros reportes
    contrarios: set = field(default_factory=set)  # casillas que otro reporte dice distinto o deja en blanco
    apoyos_limpios: set = field(default_factory=set)  # apoyos de un reporte impreso como debe
    rivales: dict[int, float | None] = field(default_factory=dict)  # casilla → valor de esa rival
    apoyos: set = field(default_factory=set)
    fuentes: dict = field(default_factory=dict)  # casilla corregida → de dónde salió el valor
    en_columna: bool = False

    @property
    def valores(self) -> tuple[float | None, ...]:
        return self.elegida.valores

    @property
    def meta(self) -> float | None:
        return self.elegida.juicio.meta

    def corregir(self, cambios: dict[int, float], fuente: str, meta: float | None, limpias: set) -> None:
        """Cambia casillas (o la meta) de la elegida por lo que dice `fuente`; `limpias` dejan de contradecirse."""
        juicio = self.elegida.juicio
        valores = list(self.elegida.valores)
        for casilla, valor in cambios.items():
            valores[casilla] = valor
            self.fuentes[casilla] = fuente
        if meta is not None:
            self.fuentes["META"] = fuente
        juicio = replace(
            juicio,
            valores=tuple(valores),
            meta=meta if meta is not None else juicio.meta,
            meta_corregida=juicio.meta_corregida or meta is not None,
            corregidas=juicio.corregidas | cambios.keys(),
            contradicciones=juicio.contradicciones - limpias,
            regla=juicio.regla
            or regla_del_plan([valores[i] for i in (0, 2, 4, 6)], meta or juicio.meta, self.leido.unidad_medida),
        )
        self.elegida = replace(self.elegida, valores=tuple(valores), juicio=juicio)
        if "META" in limpias:  # el plan quedó probado: las lecturas que dicen otro plan ya no compiten
            self.lecturas = [
                una
                for una in self.lecturas
                if all(una.valores[casilla] == valores[casilla] for casilla in (0, 2, 4, 6))
            ]
