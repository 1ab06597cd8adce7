"""Planes inventados con linaje conocido: se renumeran, reescriben, mezclan, dividen y dañan como los reales."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from poa.linaje.planes import Eslabon
from tests.temas_inventados import FINES, GENERALES, MODOS, NOMINA, TEMAS, VERBOS


@dataclass
class Compromiso:
    """Un compromiso inventado, con lo que hace falta para reescribirlo."""

    unidad: str
    cifras: list[float]
    verbo: int = 0
    objeto: str = ""
    otro: str = ""
    modo: str = ""
    fin: str = ""
    fijo: str = ""
    forma: int = 0
    origenes: list[str] = field(default_factory=list)
    relacion: str = "misma"

    def texto(self) -> str:
        if self.fijo:
            return self.fijo
        verbo = VERBOS[self.verbo][self.forma]
        return " ".join(parte for parte in (verbo, self.objeto, self.modo, self.fin) if parte) + "."


@dataclass
class Grupo:
    """Una meta con sus acciones."""

    tema: str
    meta: Compromiso
    acciones: list[Compromiso]


class Inventor:
    """Inventa los planes sucesivos de una dependencia y lleva la cuenta de qué viene de qué.

    `reescritura` va de 0 (se copian los textos) a 1 (casi todos cambian de verbo, de giro o de objeto).
    `danio` es la parte de los textos que el OCR daña o corta.
    """

    def __init__(self, semilla: int, reescritura: float = 0.5, danio: float = 0.1, cambios: float = 0.2):
        self.azar = random.Random(semilla)
        self.reescritura, self.danio, self.cambios = reescritura, danio, cambios
        self.dependencia = f"dependencia_{semilla}"
        self.verdad: dict[tuple[str, str], str] = {}
        self.eslabones: list[Eslabon] = []
        temas = self.azar.sample(list(TEMAS), self.azar.randint(2, 5))
        self.temas_usados, self.objetos_usados = set(temas), set()
        self.grupos = [self._grupo(tema) for tema in temas]

    def _cifras(self, tipica: float) -> list[float]:
        azar = self.azar
        clase = azar.random()
        por_trimestre = max(1, round(tipica * azar.uniform(0.5, 1.5) / 4))
        if tipica < 4 or clase < 0.15:
            return azar.choice([[1, 0, 0, 0], [0, 1, 0, 1], [0, 0, 0, 1], [1, 1, 1, 1]])
        if clase < 0.55:
            return [por_trimestre] * 4
        return [max(0, round(por_trimestre * azar.uniform(0.6, 1.4))) for _ in range(4)]

    def _accion(self, objeto: str, otro: str, unidad: str, tipica: float) -> Compromiso:
        azar = self.azar
        if azar.random() < 0.25:
            unidad = azar.choice(["inform", "report", "accion", "servici"])
        return Compromiso(
            unidad,
            self._cifras(tipica),
            azar.randrange(len(VERBOS)),
            objeto,
            otro,
            azar.choice(MODOS),
            azar.choice(FINES),
        )

    def _grupo(self, tema: str) -> Grupo:
        texto, unidad, objetos = TEMAS[tema]
        elegidos = self.azar.sample(objetos, max(2, len(objetos) - self.azar.randint(0, 2)))
        self.objetos_usados |= {objeto[0] for objeto in elegidos}
        acciones = [self._accion(*objeto) for objeto in elegidos]
        acciones.insert(0, Compromiso("nomin", self.azar.choice([[6.0] * 4, [1.0] * 4]), fijo=NOMINA))
        if self.azar.random() < 0.3:
            fijo, unidad_general = self.azar.choice(GENERALES)
            acciones.append(Compromiso(unidad_general, [1.0] * 4, fijo=fijo))
        if self.azar.random() < 0.25:
            # dos acciones con el mismo texto y distinta cifra
            gemela = replace(self.azar.choice(acciones[1:]))
            gemela.cifras = [c * 2 + 3 for c in gemela.cifras]
            if not gemela.fijo:
                acciones.append(gemela)
        return Grupo(tema, Compromiso(unidad, self._cifras(400), fijo=texto), acciones)

    # ------------------------------------------------------------ de un plan al siguiente

    def reescribir(self, c: Compromiso) -> None:
        azar, r = self.azar, self.reescritura
        if c.fijo:
            if azar.random() < r * 0.3:
                c.fijo = "Dar " + c.fijo[0].lower() + c.fijo[1:] if c.fijo == NOMINA else c.fijo + " de Mexicali"
            return
        if azar.random() < r:
            c.forma = azar.choice([0, 1, 2])
        if azar.random() < r * 0.5:
            c.modo = azar.choice(MODOS)
        if azar.random() < r * 0.5:
            c.fin = azar.choice(FINES)
        if azar.random() < r * 0.35:
            c.objeto, c.otro = c.otro, c.objeto

    def evolucionar(self) -> None:
        """Pasa al plan siguiente: baja, agrega, cambia de unidad, divide, funde, reordena y reescribe."""
        azar, cambios = self.azar, self.cambios
        for grupo in self.grupos:
            quedan = []
            for c in grupo.acciones:
                if azar.random() < cambios * 0.5:
                    continue
                c.relacion = "misma"
                if azar.random() < cambios * 0.25 and not c.fijo:
                    c.unidad, c.relacion = azar.choice(["inform", "persona atendid", "expedient"]), "cambia_unidad"
                quedan.append(c)
            # nueva de verdad: su objeto no estaba en ningún plan anterior
            nuevas = [o for o in TEMAS[grupo.tema][2] if o[0] not in self.objetos_usados]
            if azar.random() < cambios * 2 and nuevas:
                otra = azar.choice(nuevas)
                self.objetos_usados.add(otra[0])
                nueva = self._accion(*otra)
                nueva.origenes = ["nueva"]
                quedan.insert(azar.randint(0, len(quedan)), nueva)
            self._partir(quedan)
            self._fundir(quedan)
            for c in quedan:
                # lo partido y lo fundido conserva sus cifras, para que la suma se pueda ver
                if azar.random() < 0.5 and c.relacion in ("misma", "cambia_unidad"):
                    c.cifras = [max(0, round(x * azar.choice([1, 1, 0.9, 1.1, 1.3]))) for x in c.cifras]
            grupo.acciones = quedan
            for c in (grupo.meta, *quedan):
                self.reescribir(c)
            grupo.meta.relacion = "misma"
        if azar.random() < cambios and len(self.grupos) > 2:
            self.grupos.pop(azar.randrange(len(self.grupos)))
        if azar.random() < cambios and self.temas_usados != TEMAS.keys():
            tema = azar.choice([t for t in TEMAS if t not in self.temas_usados])
            self.temas_usados.add(tema)
            nuevo = self._grupo(tema)
            for c in (nuevo.meta, *nuevo.acciones):
                c.origenes = ["nueva"]
            self.grupos.insert(azar.randint(0, len(self.grupos)), nuevo)
        if azar.random() < cambios:
            azar.shuffle(self.grupos)

    def _partir(self, acciones: list[Compromiso]) -> None:
        posibles = [c for c in acciones if not c.fijo and c.origenes != ["nueva"] and min(c.cifras) >= 7]
        if posibles and self.azar.random() < self.cambios:
            entero = self.azar.choice(posibles)
            parte = replace(entero, origenes=list(entero.origenes))
            trozo = [max(1, round(x * self.azar.uniform(0.2, 0.45))) for x in entero.cifras]
            entero.cifras = [x - y for x, y in zip(entero.cifras, trozo, strict=True)]
            parte.cifras, parte.modo, parte.fin = trozo, self.azar.choice(MODOS), ""
            entero.relacion = parte.relacion = "dividida"
            acciones.insert(acciones.index(entero) + 1, parte)

    def _fundir(self, acciones: list[Compromiso]) -> None:
        posibles = [
            c
            for c in acciones
            if not c.fijo and c.origenes != ["nueva"] and c.relacion == "misma" and sum(c.cifras) > 8
        ]
        if len(posibles) >= 2 and self.azar.random() < self.cambios * 0.7:
            uno, otro = self.azar.sample(posibles, 2)
            uno.cifras = [x + y for x, y in zip(uno.cifras, otro.cifras, strict=True)]
            uno.objeto = f"{uno.objeto} y {otro.objeto}"
            uno.otro = uno.objeto
            uno.origenes = uno.origenes + otro.origenes
            uno.relacion = "fusionada"
            acciones.remove(otro)

    # ------------------------------------------------------------ imprimir

    def danar(self, texto: str) -> str:
        if self.azar.random() >= self.danio:
            return texto
        if self.azar.random() < 0.4:
            return texto[: int(len(texto) * self.azar.uniform(0.5, 0.8))]
        letras = list(texto)
        for _ in range(max(1, len(letras) // 25)):
            i = self.azar.randrange(len(letras))
            letras[i] = self.azar.choice(["", "l", "i", "rn", "o", letras[i] * 2])
        return "".join(letras)

    def imprimir(self, ejercicio: int, plan: int, estilo: str, desde: int = 0, informado: bool = True) -> None:
        """Agrega el plan a `eslabones` y sus enlaces con el anterior a `verdad`. `estilo`: «302», «3.2» o «3.2+1»."""
        corte = f"{ejercicio}T4" if informado else f"{ejercicio}T0"
        desfase = self.azar.randint(0, 4)
        for n, grupo in enumerate(self.grupos, start=1 + desfase):
            meta = str(n * 100) if estilo == "302" else str(n)
            for k, c in enumerate([grupo.meta, *grupo.acciones]):
                corrido = k + (estilo == "3.2+1")
                clave = meta if k == 0 else (str(n * 100 + k) if estilo == "302" else f"{meta}.{corrido}")
                ident = f"{ejercicio}.{plan}/{self.dependencia}/{meta}/{clave}"
                for origen in c.origenes:
                    if origen != "nueva" and origen:
                        self.verdad[origen, ident] = c.relacion
                c.origenes = [ident]
                cifras = tuple(None if q < desde else float(x) for q, x in enumerate(c.cifras))
                self.eslabones.append(
                    Eslabon(
                        ident,
                        ejercicio,
                        plan,
                        self.dependencia,
                        "accion" if k else "meta",
                        meta,
                        clave,
                        self.danar(c.texto()),
                        c.unidad,
                        c.unidad.upper(),
                        sum(x for x in cifras if x),
                        cifras,
                        "",
                        corte,
                    )
                )


def inventar(semilla: int, pasos: int = 2, **opciones) -> Inventor:
    """Una dependencia con `pasos` cambios de plan; el último, a veces, una replaneación a mitad de año."""
    inventor = Inventor(semilla, **opciones)
    ejercicio = 2020
    inventor.imprimir(ejercicio, 1, inventor.azar.choice(["302", "3.2", "3.2+1"]))
    for paso in range(pasos):
        inventor.evolucionar()
        if paso == pasos - 1 and inventor.azar.random() < 0.4:
            inventor.imprimir(ejercicio, 2, inventor.azar.choice(["302", "3.2"]), desde=2)
        else:
            ejercicio += inventor.azar.choice([1, 1, 2])
            inventor.imprimir(ejercicio, 1, inventor.azar.choice(["302", "3.2", "3.2+1"]))
    return inventor


def medir(inventor: Inventor, sugeridos) -> tuple[int, int, int]:
    """(aciertos, sugeridos, verdaderos) de una dependencia inventada."""
    propuestos = {(s.origen, s.destino) for s in sugeridos}
    return len(propuestos & inventor.verdad.keys()), len(propuestos), len(inventor.verdad)
