"""Lo que un lector saca de un documento antes de decidir qué cifra va en qué celda."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Celda:
    """Una celda impresa del tramo de cifras de un renglón. `valor` es `None` si está vacía o no es cifra."""

    texto: str
    valor: float | None = None
    es_porcentaje: bool = False
    es_dudosa: bool = False  # se leyó cambiando letras por dígitos

    @property
    def vacia(self) -> bool:
        return self.texto.strip() == ""


@dataclass
class Encabezado:
    """Un dato del encabezado de una página: campo ('ramo', 'unidad', 'linea'…), clave y nombre impresos."""

    campo: str
    clave: str
    nombre: str
    pagina: int
    renglon: int


@dataclass
class Hallazgo:
    """Algo que el lector encontró mal y dice con todas sus letras. `columna` nombra la celda del extracto."""

    regla: str
    severidad: str
    explicacion: str
    columna: str = ""
    impreso: str = ""
    usado: str = ""
    renglon: int = 0
    pagina: int = 0


@dataclass
class Leido:
    """Una meta o acción como la imprime un reporte, con sus celdas todavía sin repartir.

    `corte` es el trimestre reportado (0 si el documento solo trae el plan). `fijas` son cifras cuya
    posición no está en duda (formato de Tesorería): columna → valor.
    """

    documento: str
    ejercicio: int
    corte: int
    dependencia: str
    nivel: str
    meta_clave: str
    clave: str
    clave_impresa: str
    descripcion: str
    unidad_medida: str
    pagina: int
    renglon: int
    renglon_hasta: int = 0  # último renglón en que está impreso; 0 si es el mismo
    meta_impresa: float | None = None
    celdas: list[Celda] = field(default_factory=list)
    alternativas: list[tuple[float | None, list[Celda], float]] = field(
        default_factory=list
    )  # otra meta, otras celdas, costo
    observaciones: str = ""
    lineas: list[str] = field(default_factory=list)
    lineas_origen: str = "impresa"
    estrategias: list[str] = field(default_factory=list)  # solo si el documento las imprime aparte de las líneas
    pmd: str = ""
    pmd_por_nombre: bool = False  # si los nombres de línea de su hoja lo dicen
    programa_clave: str = ""
    programa: str = ""
    unidad_clave: str = ""
    unidad: str = ""
    plan: int = 1
    posicion: str = ""  # hoja y forma de tabla: los renglones de una misma tabla comparten columnas
    absoluto_impreso: float | None = None  # solo si el formato lo imprime fuera de las celdas
    relativo_impreso: float | None = None
    meses: dict[str, list[float | None]] = field(default_factory=dict)  # programado, realizado, variacion
    sin_cifras: bool = False
    cortado: bool = False
    dudoso: bool = False  # el mismo reporte lo imprime dos veces con cifras distintas
    notas: list[str] = field(default_factory=list)
    hallazgos: list[Hallazgo] = field(default_factory=list)
    unidad_impresa: str | None = None

    @property
    def corte_texto(self) -> str:
        return f"{self.ejercicio}T{self.corte}"

    @property
    def compromiso_id(self) -> str:
        return f"{self.documento}/{self.corte_texto}/{self.dependencia}/{self.meta_clave}/{self.clave}"
