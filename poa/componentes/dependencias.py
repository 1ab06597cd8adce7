"""Los cuadros de Dependencias: los grupos lado a lado, los compromisos de una, y uno de ellos en detalle."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from poa import formato, tema
from poa.componentes import enlaces, piezas, tarjeta
from poa.componentes.piezas import Columna, Renglon
from poa.figuras import estados, variacion
from poa.hojas import Hoja, columna_de_estado, de_seleccion
from poa.mensajes import compromiso
from poa.seleccion import Seleccion

PAGINA = "dependencias"
_MARCAS = {"distinto": "§", "reconstruido": "†", "ambiguo": "‡"}
_TRIMESTRES = (1, 2, 3, 4)
_ROTULO = "Metas y acciones de la dependencia"


# ---------------------------------------------------------------- todas


def grupos(tabla: pd.DataFrame, como: str, seleccion: Seleccion) -> None:
    """Los mismos renglones que la gráfica; cada dependencia lleva a su página y cada conteo, a su lista.

    Entra lo que da `comparacion.renglones`.
    """
    if tabla.empty:
        piezas.vacio("No hay metas ni acciones para esta selección.")
        return
    nivel = formato.mayuscula(formato.nivel(seleccion.nivel, 2))
    piezas.tabla(
        [
            Columna(formato.mayuscula(como), "largo"),
            Columna(nivel, "n", "6rem"),
            Columna("Evaluables", "n", "7rem"),
            Columna("Debajo del plan", "n", "9rem"),
            Columna("En banda", "n", "9rem"),
            Columna("Rebasan el plan", "n", "9rem"),
            Columna("Índice acotado", "n", "8rem"),
            Columna("Con reporte", "n", "10rem"),
        ],
        [_grupo(fila, como, seleccion) for _, fila in tabla.iterrows()],
        f"Indicadores por {como}",
        de_seleccion(
            seleccion, PAGINA, "comparacion", f"Indicadores por {como}", "unidades", lambda: _de_grupos(tabla)
        ),
    )


def _de_grupos(tabla: pd.DataFrame) -> pd.DataFrame:
    """Los grupos como se bajan: cada estado, en una columna con nombre de columna."""
    return tabla.rename(columns={palabra: columna_de_estado(palabra) for palabra in tema.ESTADOS})


def _grupo(fila: pd.Series, como: str, seleccion: Seleccion) -> Renglon:
    n = int(fila["evaluables"])

    def parte(cual: str, de: int, lista: str) -> str:
        if not de:
            return formato.RAYA
        cuantos = _contado(int(fila[cual]), lista, fila["grupo_id"], seleccion)
        pct = formato.parte(100 * fila[cual] / de)
        return f"{cuantos} de {formato.numero(de)}<br><span class='u'>{pct}</span>"

    indice = formato.parte(fila["indice_acotado_pct"])
    return Renglon(
        [
            _nombre_de_grupo(fila, como, seleccion),
            formato.numero(fila["total"]),
            _contado(n, "Evaluables", fila["grupo_id"], seleccion),
            parte("debajo", n, "Debajo del plan"),
            parte("cumplen", n, "Cumple"),
            parte("excedidos", n, "Rebasan el plan"),
            f"{indice}<br><span class='u'>n = {formato.numero(n)}</span>" if n else formato.RAYA,
            parte("reportados", int(fila["esperados"]), "Con reporte"),
        ],
        clase="meta" if fila["es_total"] else "",
    )


def planes(tabla: pd.DataFrame, filas: pd.DataFrame, trimestres: pd.DataFrame, como: str, seleccion: Seleccion) -> None:
    """Donde nada es exigible: qué compromete cada grupo, en cuántas unidades de medida y en qué trimestres.

    `filas`: una por compromiso del nivel elegido, las que cuenta `tabla`; `trimestres`: una por compromiso y
    trimestre, con `programado`.
    """
    nivel = formato.nivel(seleccion.nivel, 2)
    con_plan = trimestres[trimestres["programado"] > 0]
    renglones, datos = [], []
    for _, grupo in tabla.iterrows():
        suyas = estados.filtrar(filas, "Aún no exigible", grupo["grupo_id"])
        programan = con_plan[con_plan["vigente_id"].isin(suyas["vigente_id"])]["trimestre"].value_counts()
        celdas = [
            _nombre_de_grupo(grupo, como, seleccion),
            formato.numero(grupo["metas"]),
            formato.numero(grupo["acciones"]),
            formato.numero(_medidas(suyas)),
            *(formato.numero(programan.get(t, 0)) for t in _TRIMESTRES),
        ]
        renglones.append(Renglon(celdas, clase="meta" if grupo["es_total"] else ""))
        propios = {c: grupo[c] for c in ("grupo", "grupo_id", "es_total", "metas", "acciones")}
        suyos = {f"programan_t{t}": int(programan.get(t, 0)) for t in _TRIMESTRES}
        datos.append(propios | {"unidades_de_medida": _medidas(suyas)} | suyos)
    rotulo = f"Lo que compromete cada {como}"
    piezas.tabla(
        [
            Columna(formato.mayuscula(como), "largo"),
            Columna("Metas", "n", "6rem"),
            Columna("Acciones", "n", "6rem"),
            Columna(f"Unidades de medida de sus {nivel}", "n", "14rem"),
            *(Columna(formato.TRIMESTRES[t], "n", "7rem") for t in _TRIMESTRES),
        ],
        renglones,
        rotulo,
        de_seleccion(seleccion, PAGINA, "plan_por_grupo", rotulo, "unidades", lambda: pd.DataFrame(datos)),
    )


def _medidas(filas: pd.DataFrame) -> int:
    return filas["unidad_medida"].dropna().map(lambda u: formato.sin_acentos(u).lower()).nunique()


def _nombre_de_grupo(fila: pd.Series, como: str, seleccion: Seleccion) -> str:
    """El de una dependencia lleva a sus metas y acciones."""
    nombre = piezas.seguro(fila["grupo"])
    if not (fila["es_total"] or como == "dependencia"):
        return nombre
    destino = seleccion.direccion(dependencia=fila["grupo_id"])
    return enlaces.enlace(PAGINA, nombre, "Ver sus metas y acciones", **destino)


def _contado(n: int, lista: str, grupo: str, seleccion: Seleccion) -> str:
    """Un conteo que abre la lista de los compromisos que suma."""
    if not n:
        return "0"
    destino = seleccion.direccion(estado=lista, grupo=grupo)
    return enlaces.enlace(PAGINA, formato.numero(n), "Ver cuáles son y dónde están impresos", **destino)


# ---------------------------------------------------------------- una


def compromisos(filas: pd.DataFrame, certezas: pd.Series, seleccion: Seleccion) -> None:
    """Metas con sus acciones debajo: P, A, diferencia, porcentaje, estado, señales y observación impresa.

    `filas`: una por compromiso, en orden, como las da la consulta cumplimiento; `certezas`: la peor de sus
    cifras por `vigente_id`. El nombre lleva al compromiso y el resto del renglón, a su tarjeta.
    """
    if filas.empty:
        piezas.vacio("Esta dependencia no tiene metas ni acciones en el corte elegido.")
        return
    renglones = [_compromiso(fila, certezas.get(fila["vigente_id"]), seleccion) for _, fila in filas.iterrows()]
    piezas.tabla(
        [
            Columna("Clave", "", "4.9rem"),
            Columna("Compromiso", "largo", "26%"),
            Columna("Programado", "n", "7rem"),
            Columna("Alcanzado", "n", "5.6rem"),
            Columna("Diferencia", "n", "5.6rem"),
            Columna("Del plan", "n", "5rem"),
            Columna("Estado y señales", "", "12.5rem"),
            Columna("Observación impresa", "motivo largo"),
        ],
        renglones,
        _ROTULO,
        _hoja(filas, certezas, seleccion),
    )


def _hoja(filas: pd.DataFrame, certezas: pd.Series, seleccion: Seleccion, *trimestres: pd.DataFrame) -> Hoja:
    """Lo que se baja de los compromisos; con `trimestres`, también lo programado en cada uno."""

    def datos() -> pd.DataFrame:
        juntas = filas.assign(
            diferencia=[variacion.diferencia(fila) for _, fila in filas.iterrows()],
            certeza_cifras=filas["vigente_id"].map(certezas),
        )
        for programado in trimestres:
            suyos = programado.reindex(juntas["vigente_id"]).reindex(columns=_TRIMESTRES)
            juntas[[f"programado_t{t}" for t in _TRIMESTRES]] = suyos.to_numpy()
        return juntas

    return de_seleccion(seleccion, PAGINA, "compromisos", _ROTULO, "cumplimiento", datos, sin=("nivel",))


def plan(filas: pd.DataFrame, trimestres: pd.DataFrame, certezas: pd.Series, seleccion: Seleccion) -> None:
    """Donde nada es exigible: la meta anual de cada compromiso y lo programado en cada trimestre.

    `filas` y `certezas`, las de `compromisos`; `trimestres`: una por compromiso y trimestre, con `programado`.
    """
    if filas.empty:
        piezas.vacio("Esta dependencia no tiene metas ni acciones en el corte elegido.")
        return
    programado = trimestres.pivot(index="vigente_id", columns="trimestre", values="programado")
    renglones = []
    for _, fila in filas.iterrows():
        suyo = programado.loc[fila["vigente_id"]] if fila["vigente_id"] in programado.index else {}
        celdas = [
            *_quien(fila, certezas.get(fila["vigente_id"]), seleccion),
            piezas.con_unidad(fila["meta_anual"], fila["unidad_medida"]),
            *(formato.numero(suyo.get(t)) for t in _TRIMESTRES),
        ]
        renglones.append(_renglon(celdas, fila, seleccion))
    piezas.tabla(
        [
            Columna("Clave", "", "4.9rem"),
            Columna("Compromiso", "largo"),
            Columna("Meta anual", "n", "8rem"),
            *(Columna(formato.TRIMESTRES[t], "n", "7rem") for t in _TRIMESTRES),
        ],
        renglones,
        _ROTULO,
        _hoja(filas, certezas, seleccion, programado),
    )


def _compromiso(fila: pd.Series, certeza: str | None, seleccion: Seleccion) -> Renglon:
    celdas = [
        *_quien(fila, certeza, seleccion),
        piezas.con_unidad(fila["programado"], fila["unidad_medida"]),
        formato.numero(fila["alcanzado"]),
        formato.con_signo(variacion.diferencia(fila)),
        formato.porcentaje(fila["cumplimiento_pct"]),
        f"{piezas.estado(fila['estado'])}{_senales(fila['etiquetas'])}",
        _observacion(fila),
    ]
    return _renglon(celdas, fila, seleccion)


def _renglon(celdas: list[str], fila: pd.Series, seleccion: Seleccion) -> Renglon:
    elegida = " elegida" if fila["compromiso_id"] == seleccion.compromiso else ""
    tarjeta_de = seleccion.direccion(compromiso=fila["compromiso_id"], tarjeta=True)
    return Renglon(celdas, clase=f"{fila['nivel']}{elegida}", destino=enlaces.destino(PAGINA, **tarjeta_de))


def _quien(fila: pd.Series, certeza: str | None, seleccion: Seleccion) -> tuple[str, str]:
    """La clave con su marca de certeza, y el nombre, que lleva al compromiso."""
    drill = enlaces.enlace(
        PAGINA,
        piezas.descripcion(fila, 85),
        "Ver trimestre por trimestre",
        **seleccion.direccion(compromiso=fila["compromiso_id"]),
    )
    return f"<span class='clave'>{piezas.seguro(fila['clave'])}{_marca(certeza)}</span>", drill


def _marca(certeza: str | None) -> str:
    if certeza not in _MARCAS:
        return ""
    palabra, explica = formato.CERTEZAS_JUNTAS[certeza]
    dicho = escape(f"{palabra}. {explica}", quote=True)
    return f"<sup class='duda' title='{dicho}' aria-label='{dicho}'>{_MARCAS[certeza]}</sup>"


def nota_de_certeza(certezas: pd.Series) -> str:
    """Qué quieren decir las marcas que hay en la tabla; nada si no hay ninguna."""
    dichos = {
        "distinto": f"§{formato.ESPACIO}el informe imprime otro total",
        "reconstruido": f"†{formato.ESPACIO}alguna cifra se reconstruyó",
        "ambiguo": f"‡{formato.ESPACIO}alguna cifra admite dos lecturas",
    }
    return "; ".join(dicho for certeza, dicho in dichos.items() if (certezas == certeza).any())


def _senales(etiquetas: object) -> str:
    palabras = [p.strip() for p in formato.texto(etiquetas, "").split(";") if p.strip()]
    return "".join(
        f"<span class='senal' title='{escape(formato.mayuscula(compromiso.SENALES.get(p, p)), quote=True)}'>"
        f"{escape(p)}</span>"
        for p in palabras
    )


def _observacion(fila: pd.Series) -> str:
    """La observación impresa; si no hay, una raya, o que falta donde debería haberla."""
    if formato.es_blanco(fila["observaciones"]) and "justificación ausente" not in formato.texto(fila["etiquetas"], ""):
        return f"<span class='u'>{formato.RAYA}</span>"
    return piezas.motivo(fila["observaciones"])


# ---------------------------------------------------------------- uno


def detalle(fila: pd.Series, senales: list[tuple[str, str]], seleccion: Seleccion) -> None:
    """Al lado de la gráfica de un compromiso: su estado, la observación impresa, de dónde sale y sus señales.

    `senales`: cada una con lo que quiere decir.
    """
    observacion = formato.oracion(fila["observaciones"], "El documento no imprime observación.")
    certeza = formato.CERTEZAS.get(formato.texto(fila["certeza"], ""), ("sin anotar",))[0].lower()
    documento = escape(tarjeta.nombre_documento(fila["compromiso_id"], seleccion))
    lugar = tarjeta.procedencia_breve(fila, seleccion, PAGINA)
    nombre = escape(seleccion.nombre(fila["dependencia"]))
    volver = enlaces.enlace(PAGINA, f"‹ Volver a {nombre}", **seleccion.direccion())
    st.html(
        f"<div class='hoja detalle tarjeta'>"
        f"<p class='arriba'>{piezas.estado(fila['estado'])}<span>{volver}</span></p>"
        f"<p class='sujeto'>{escape(formato.etiqueta_compromiso(fila))}</p>"
        f"<h3>Observación impresa</h3><p>{escape(observacion)}</p>"
        f"<h3>De dónde sale</h3><p>{documento}, {lugar}; certeza: {certeza}.</p>{_explicadas(senales)}</div>"
    )


def _explicadas(senales: list[tuple[str, str]]) -> str:
    if not senales:
        return ""
    dichas = "".join(f"<p><b>{escape(palabra)}:</b> {escape(explica)}</p>" for palabra, explica in senales)
    return f"<h3>Señales</h3>{dichas}"


def cifras(fila: pd.Series, acumulado: pd.Series) -> None:
    """La tira bajo la gráfica: la meta anual, cuánto lleva de ella, lo que imprime el informe y cómo se acumula."""
    unidad = escape(formato.unidad(fila["unidad_medida"]))
    pct, de = compromiso.informe(acumulado)
    es_plan = acumulado["estado"] == "Aún no exigible"
    no_imprime = "todavía no es exigible" if es_plan else "no imprime su avance"
    regla = formato.REGLAS.get(formato.texto(fila["regla_acumulacion"], ""), formato.RAYA)
    piezas.cifras(
        [
            ("Meta anual", formato.numero(fila["meta_anual"]), unidad),
            ("Avance anual", formato.parte(fila["avance_anual_pct"]), no_imprime if es_plan else "de la meta anual"),
            ("Según el informe", pct or formato.RAYA, de if pct else no_imprime),
            ("Cómo se acumula", "", escape(formato.mayuscula(regla))),
        ]
    )
