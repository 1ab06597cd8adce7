"""Las láminas de una vista que la sesión no lleva: alertas, año por trimestres, ejes del PMD y presupuesto."""

from __future__ import annotations

import pandas as pd

from poa import formato, tema
from poa.consultas import consultar
from poa.figuras import calor, periodos
from poa.laminas import barras, cuadros, hechura, vistas
from poa.laminas.lamina import Barras, ColumnaDeCuadro, Cuadro, Lamina
from poa.mensajes import alertas as de_alertas
from poa.mensajes import ejes as de_ejes
from poa.mensajes import presupuesto as de_presupuesto
from poa.mensajes import trimestres as de_trimestres
from poa.seleccion import Seleccion

_VISTA = ("ejercicio", "corte", "dependencia", "preset")
_PESOS = {"Autorizado inicial": "autorizado_inicial", "Modificado": "modificado", "Devengado": "devengado"}


def trimestres(seleccion: Seleccion) -> list[Lamina]:
    """Cuántos compromisos hay en cada estado en cada trimestre, solo y acumulado; ninguna si no hay compromisos."""
    filas = consultar("trimestres", **seleccion.consulta(*_VISTA, "nivel"))
    conteo = periodos.contar(filas)
    conteo = conteo[(conteo["periodo"] == "trimestre") | conteo["es_exigible"].astype(bool)]
    if conteo.empty:
        return []
    n = conteo.pivot_table(index=["periodo", "trimestre"], columns="estado", values="n", aggfunc="sum")
    n = n.sort_index(ascending=[False, True])  # cada trimestre y, después, lo acumulado
    cuerpo = barras.conteos(n, [_tramo(periodo, int(t)) for periodo, t in n.index], formato.nivel(seleccion.nivel, 2))
    parrafo = de_trimestres.parrafo(
        filas,
        consultar("cumplimiento", **seleccion.consulta(*_VISTA, "nivel"), periodo="acumulado"),
        seleccion.nivel,
        seleccion.quienes,
        seleccion.ejercicio,
        seleccion.nombres,
    )
    return [hechura.de_vista("trimestres", vistas.anio_por_trimestres(seleccion), cuerpo, seleccion, parrafo)]


def _tramo(periodo: str, trimestre: int) -> str:
    """«abr–jun» o, acumulado, «acum. ene–jun»."""
    if periodo == "trimestre":
        return formato.TRIMESTRES[trimestre]
    empieza, acaba = formato.TRIMESTRES[1].split("–")[0], formato.TRIMESTRES[trimestre].split("–")[1]
    return f"acum. {empieza}–{formato.UNION}{acaba}"  # se parte tras «acum.», no en el guion


def ejes(seleccion: Seleccion) -> list[Lamina]:
    """Qué parte de cada eje del PMD quedó en banda, por trimestre y acumulado; ninguna si nada responde a un eje."""
    por_trimestre = consultar("ejes_trimestre", **seleccion.consulta(*_VISTA, "nivel"))
    al_corte = consultar("ejes", **seleccion.consulta(*_VISTA, "nivel"), periodo="acumulado")
    celdas = calor.celdas(por_trimestre[por_trimestre["nivel_pmd"] == "eje"], al_corte[al_corte["nivel_pmd"] == "eje"])
    if celdas.empty:
        return []
    nombre_nivel = formato.mayuscula(formato.nivel(seleccion.nivel, 2))
    columnas = [ColumnaDeCuadro("Eje", 0.42), ColumnaDeCuadro(nombre_nivel, 0.08, "", True)]
    con_avance = [c for c in range(1, calor.ACUMULADO + 1) if celdas.loc[celdas["columna"] == c, "evaluables"].any()]
    columnas += [
        ColumnaDeCuadro(
            "Al corte" if c == calor.ACUMULADO else formato.TRIMESTRES[c], 0.1, "En banda (evaluables)", True
        )
        for c in con_avance
    ]
    renglones: list[list[str]] = []
    rotulos: dict[str, int] = {}
    for (pmd, clave), suyas in celdas.groupby(["pmd", "clave_pmd"], sort=False):
        de = suyas.set_index("columna")
        nombre = formato.oracion(suyas["nombre"].iloc[0], "nombre no impreso en las fuentes")
        total = formato.numero(de["total"].max())
        dichas = [_en_banda(de.loc[c]) if c in de.index else "" for c in con_avance]
        rotulos.setdefault(formato.pmd(pmd), len(renglones))
        renglones.append([f"{clave}. {nombre}", total, *dichas])
    parrafo = _parrafo_de_ejes(seleccion)
    cuerpo = Cuadro(columnas, renglones, rotulos={lugar: pmd for pmd, lugar in rotulos.items()})
    return [hechura.de_vista("ejes", vistas.ejes(seleccion), cuerpo, seleccion, parrafo, seleccion.pie)]


def _en_banda(celda: pd.Series) -> str:
    """«43 % (7)»: la parte en banda y de cuántas evaluables; sin ninguna, una raya."""
    if not celda["evaluables"]:
        return formato.RAYA
    return f"{formato.parte(celda['en_banda_pct'])} ({formato.numero(celda['evaluables'])})"


def _parrafo_de_ejes(seleccion: Seleccion) -> str:
    filas = vistas.cumplimiento(seleccion)
    de_ejes_ = consultar("ejes", **seleccion.consulta(*_VISTA, "nivel", "periodo"))
    responden = consultar("ejes_compromisos", **seleccion.consulta("ejercicio", "corte", "dependencia"))
    claves = responden.loc[responden["nivel_pmd"] == "eje", ["vigente_id", "pmd", "clave_pmd"]]
    return de_ejes.parrafo(
        de_ejes_[de_ejes_["nivel_pmd"] == "eje"],
        filas.merge(claves, on="vigente_id"),
        seleccion.nivel,
        seleccion.quienes,
        seleccion.corte,
        seleccion.periodo,
        vistas.en_el_otro_nivel(seleccion),
    )


def presupuesto(seleccion: Seleccion) -> list[Lamina]:
    """Lo autorizado, modificado y devengado por capítulo, en pesos; ninguna si el documento no imprime presupuesto."""
    tabla = consultar("presupuesto", **seleccion.consulta("ejercicio", "corte", "dependencia"))
    capitulos = tabla[tabla["capitulo"].notna()]
    if capitulos.empty:
        return []
    cuerpo = Barras(
        categorias=[formato.mayuscula(de_presupuesto.nombrar(f, capitulos)) for _, f in capitulos.iterrows()],
        series={n: [None if pd.isna(v) else float(v) for v in capitulos[c]] for n, c in _PESOS.items()},
        colores={"Autorizado inicial": tema.LINEA, "Modificado": tema.TINTA, "Devengado": tema.TINTA},
        unidad="pesos",
        horizontal=True,
        contorno=frozenset({"Modificado"}),
        formato="#,##0",
    )
    quienes = [seleccion.nombre(d) for d in tabla["dependencia"].unique()]
    parrafo = de_presupuesto.parrafo(tabla, quienes, seleccion.ejercicio)
    return [hechura.de_vista("presupuesto", vistas.pesos(seleccion), cuerpo, seleccion, parrafo, seleccion.pie)]


def alertas(seleccion: Seleccion) -> list[Lamina]:
    """Qué tan lejos del plan quedó cada compromiso que se aparta, en %; ninguna si todos están en la banda."""
    dada = seleccion.consulta(*_VISTA, "nivel", "periodo")
    fuera = consultar("alertas", **dada)
    if fuera.empty:
        return []
    fuera = fuera.assign(certeza=fuera["vigente_id"].map(cuadros.certezas(seleccion)))
    vista = vistas.alertas(seleccion)
    visibles = fuera[fuera["compromiso_id"].isin(vistas.renglones(vista.figura))]  # las que cuenta el pie de la figura
    cuerpo = barras.contra_el_plan(vistas.marcar(visibles, seleccion), seleccion)
    parrafo = de_alertas.parrafo(
        vistas.cumplimiento(seleccion),
        fuera,
        consultar("contradicciones", **dada),
        seleccion.nivel,
        seleccion.quienes,
        seleccion.nombres,
        seleccion.corte,
        seleccion.periodo,
    )
    return [hechura.de_vista("distancia", vista, cuerpo, seleccion, parrafo)]
