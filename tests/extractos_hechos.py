"""Extractos pequeños hechos a mano, para probar la base sin leer documentos."""

from __future__ import annotations

from pathlib import Path

from poa.extracto import TABLAS, escribir_extractos

Celda = float | None
# Un trimestre es (P, A); lo que no se escribe queda en blanco.
Trimestres = list[tuple[Celda, Celda]]


class Extractos:
    """Acumula compromisos impresos y escribe con ellos los nueve extractos, con su renglón de fuente."""

    def __init__(self) -> None:
        self.tablas: dict[str, list[dict]] = {tabla: [] for tabla in TABLAS}

    def compromiso(self, corte: str, dependencia: str, clave: str, trimestres: Trimestres, **cambios) -> str:
        """Agrega un compromiso impreso en un informe y devuelve su compromiso_id.

        Sin más, es una acción de la meta «100» cuya meta anual es ΣP, leída con seguridad y sin
        observaciones. `cambios` son columnas de `compromiso`; `certezas`, las de sus cuatro trimestres.
        """
        certezas = cambios.pop("certezas", ["seguro"] * 4)
        celdas = (trimestres + [(None, None)] * 4)[:4]
        programado = [p for p, _ in celdas if p is not None]
        fila = {
            "documento": f"poa-{corte[:4]}",
            "ejercicio": int(corte[:4]),
            "corte": corte,
            "plan": 1,
            "dependencia": dependencia,
            "nivel": "accion",
            "meta_clave": "100",
            "clave": clave,
            "clave_impresa": f"{clave}.-",
            "descripcion": f"Acción {clave}",
            "unidad_medida": "Informe",
            "unidad_medida_impresa": "INFORME",
            "meta_anual": sum(programado) if programado else None,
            "pagina": 1,
            "renglon": len(self.tablas["renglon_fuente"]) + 1,
            "renglon_hasta": len(self.tablas["renglon_fuente"]) + 1,
            "certeza": "seguro",
            **cambios,
        }
        fila.setdefault("meta_anual_impresa", fila["meta_anual"])
        partes = (fila[c] for c in ("documento", "corte", "dependencia", "meta_clave", "clave"))
        fila["compromiso_id"] = "/".join(partes)
        self.tablas["compromiso"].append(fila)
        for trimestre, ((p, a), certeza) in enumerate(zip(celdas, certezas, strict=True), start=1):
            self.tablas["avance"].append(
                {
                    "compromiso_id": fila["compromiso_id"],
                    "trimestre": trimestre,
                    "programado": p,
                    "alcanzado": a,
                    "programado_impreso": p,
                    "alcanzado_impreso": a,
                    "certeza": certeza,
                    "derivado": False,
                }
            )
        self.tablas["renglon_fuente"].append(
            {
                "documento": fila["documento"],
                "pagina": 1,
                "renglon": fila["renglon"],
                "texto": f"{clave}.- {fila['descripcion']}",
            }
        )
        return fila["compromiso_id"]

    def escribir(self, datos: Path) -> Path:
        """Escribe los Parquet en `datos`/extractos y devuelve `datos`."""
        escribir_extractos(self.tablas, datos / "extractos")
        return datos
