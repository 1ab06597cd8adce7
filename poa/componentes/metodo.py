"""Los cuadros de Método: qué cambia con los umbrales, cómo se decide, cómo se junta y de dónde sale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from html import escape

import pandas as pd
import streamlit as st

from poa import formato, tema
from poa.componentes import enlaces, piezas, tarjeta
from poa.componentes.piezas import Columna, Renglon
from poa.consultas import consultar
from poa.hojas import Hoja, de_seleccion, de_todo
from poa.mensajes import metodo as mensajes
from poa.mensajes.hilo import RELACIONES
from poa.seleccion import Seleccion

PAGINA = "metodo"
SECCIONES = {
    "umbrales": "Qué cambia con los umbrales",
    "estados": "Cómo se decide un estado",
    "trimestres": "Cómo se juntan los trimestres",
    "senales": "Señales junto al estado",
    "justificacion": "Cómo se juzga una justificación",
    "indicadores": "Cómo se agrega",
    "linaje": "Cuándo es el mismo compromiso de otro año",
    "documentos": "De dónde salen los datos",
    "diccionario": "Diccionario",
}
_POCAS = 8  # claves que se enlistan sin plegarse


def indice() -> None:
    """Las secciones de la página, para ir a una de un toque."""
    partes = "".join(f"<li><a href='#{ancla}'>{escape(titulo)}</a></li>" for ancla, titulo in SECCIONES.items())
    st.html(f"<nav class='indice' aria-label='En esta página'><ol>{partes}</ol></nav>")


def seccion(ancla: str, nota: str) -> None:
    """El título de una sección, al que llega el índice, y una línea que la explica, ya en HTML."""
    st.html(f"<h2 class='seccion' id='{ancla}'>{escape(SECCIONES[ancla])}</h2><p class='nota'>{nota}</p>")


def abrir(seleccion: Seleccion, filas: pd.DataFrame, de_juego: pd.DataFrame) -> None:
    """Abre lo que pide la dirección. `de_juego`: las filas clasificadas con el juego que se tocó, si se tocó uno."""
    if seleccion.estado and seleccion.grupo:
        tarjeta.abrir_lo_pedido(seleccion.con(grupo=None), de_juego, PAGINA, de=f"{seleccion.grupo} %")
    else:
        tarjeta.abrir_lo_pedido(seleccion, filas, PAGINA)


def _ficha(fila: Mapping, seleccion: Seleccion, texto: str, titulo: str = "Ver de dónde sale") -> str:
    """HTML de un enlace a la tarjeta de un compromiso."""
    direccion = seleccion.direccion(compromiso=fila["compromiso_id"], tarjeta=True)
    return enlaces.enlace(PAGINA, escape(texto), titulo, **direccion)


def _ejemplo(fila: Mapping, seleccion: Seleccion, cifras: str) -> str:
    quien = f"{seleccion.nombre(fila['dependencia'])} · " if len(seleccion.quienes) > 1 else ""
    nombre = _ficha(fila, seleccion, quien + formato.etiqueta_compromiso(fila, 64))
    return f"{nombre}<br><span class='u'>{cifras}</span>"


def _claves(filas: pd.DataFrame, seleccion: Seleccion, plegar: bool = True) -> str:
    """Las claves de unos compromisos, cada una con su tarjeta; si son muchas, plegadas."""
    if filas.empty:
        return "<span class='u'>ninguna en esta selección</span>"
    varias = filas["dependencia"].nunique() > 1
    vinculos = [
        _ficha(
            f,
            seleccion,
            (f"{seleccion.nombre(f['dependencia'])} " if varias else "") + formato.texto(f["clave"]),
            formato.recortar(formato.oracion(f["descripcion"], "Sin descripción impresa"), 120),
        )
        for _, f in filas.iterrows()
    ]
    lista = f"<span class='claves'>{' '.join(vinculos)}</span>"
    if not plegar or len(vinculos) <= _POCAS:
        return lista
    return piezas.plegado("Ver cuáles son", lista)


# ---------------------------------------------------------------- umbrales


def umbrales(seleccion: Seleccion) -> None:
    """Los juegos de umbrales que se comparan, con sus topes y su motivo; el nombre los pone en vigor."""
    juegos = consultar("presets").to_dict("records")
    if seleccion.umbral.es_propio:
        juegos.append(asdict(seleccion.umbral))
    bloques = []
    for fila in juegos:
        vigente = fila["preset"] == seleccion.umbral.preset
        nombre = escape(f"{fila['preset']} %")
        if vigente:
            nombre = f"<b>{nombre}</b> <span class='u'>en vigor</span>"
        else:
            direccion = seleccion.direccion(preset=fila["preset"])
            nombre = enlaces.enlace(PAGINA, nombre, "Ver el tablero con estos umbrales", **direccion)
        critico, minimo, maximo, subestimada = (
            formato.numero(fila[tope]) for tope in ("critico", "minimo", "maximo", "meta_subestimada")
        )
        topes = f"Crítico &lt; {critico} %, cumple {minimo}–{maximo} %, subestimada &gt; {subestimada} %"
        motivo = piezas.seguro(fila["motivo"])
        bloques.append(f"<dt>{nombre}</dt><dd>{topes}<br><span class='u'>{motivo}</span></dd>")
    st.html(f"<div class='hoja juegos'><h3>Los juegos que se comparan</h3><dl>{''.join(bloques)}</dl></div>")


def cambian(todos: pd.DataFrame, juegos: Sequence[str], seleccion: Seleccion) -> None:
    """Los que cambian de estado según los umbrales: una columna por juego."""
    cambiantes = todos[todos["cambia"]]
    nivel = seleccion.nivel
    if cambiantes.empty:
        piezas.vacio(f"Ninguna {formato.nivel(nivel)} de esta selección cambia de estado con estos umbrales.")
        return
    varias = cambiantes["dependencia"].nunique() > 1
    renglones = []
    for _, fila in cambiantes.iterrows():
        direccion = seleccion.direccion(compromiso=fila["compromiso_id"], tarjeta=True)
        quien = f"{escape(seleccion.nombre(fila['dependencia']))} · " if varias else ""
        renglones.append(
            Renglon(
                [
                    f"<span class='clave'>{piezas.seguro(fila['clave'])}</span>",
                    quien + enlaces.enlace(PAGINA, piezas.descripcion(fila, 110), "Ver de dónde sale", **direccion),
                    piezas.con_unidad(fila["programado"], fila["unidad_medida"]),
                    formato.numero(fila["alcanzado"]),
                    formato.porcentaje(fila["cumplimiento_pct"]),
                    *(piezas.estado(fila[juego]) for juego in juegos),
                ],
                destino=enlaces.destino(PAGINA, **direccion),
            )
        )
    en_vigor, rotulo = seleccion.umbral.preset, "Compromisos que cambian de estado según los umbrales"
    titulos = [f"<b>{escape(j)} %</b><br>en vigor" if j == en_vigor else f"{escape(j)} %" for j in juegos]
    piezas.tabla(
        [
            Columna("Clave", "", "4.2rem"),
            Columna("Compromiso", "largo"),
            Columna("Programado", "n", "7rem"),
            Columna("Alcanzado", "n", "5.4rem"),
            Columna("Del plan", "n", "5rem"),
            *(Columna(titulo, "", "11rem") for titulo in titulos),
        ],
        renglones,
        rotulo,
        _hoja_de_juegos("cambian", rotulo, cambiantes, juegos, seleccion),
    )


def _hoja_de_juegos(nombre: str, rotulo: str, filas: pd.DataFrame, juegos: Sequence[str], seleccion: Seleccion) -> Hoja:
    """Lo que se baja de unos compromisos y sus estados: una fila por compromiso y juego de umbrales."""

    def datos() -> pd.DataFrame:
        propias = [c for c in filas.columns if c not in juegos]
        largas = filas.melt(id_vars=propias, value_vars=list(juegos), var_name="preset", value_name="estado")
        lugar = dict(zip(filas["vigente_id"], range(len(filas)), strict=True))
        return largas.sort_values("vigente_id", key=lambda v: v.map(lugar), kind="stable")

    return de_seleccion(seleccion, PAGINA, nombre, rotulo, "sensibilidad", datos, sin=("preset",))


def nunca_cambian(todos: pd.DataFrame, juego: str, juegos: Sequence[str], seleccion: Seleccion) -> None:
    """Plegados, los que tienen el mismo estado con todos los juegos, contados por estado."""
    fijos = todos[~todos["cambia"]]
    if fijos.empty:
        return
    renglones = [
        Renglon([piezas.estado(palabra), formato.numero(len(suyos)), _claves(suyos, seleccion, plegar=False)])
        for palabra in tema.ESTADOS
        if not (suyos := fijos[fijos[juego] == palabra]).empty
    ]
    nunca = "nunca cambia" if len(fijos) == 1 else "nunca cambian"
    titulo = f"{formato.mayuscula(formato.contar(len(fijos), seleccion.nivel))} que {nunca}, por estado"
    columnas = [Columna("Estado", "", "13rem"), Columna("Cuántas", "n", "5rem"), Columna("Cuáles")]
    rotulo = "Compromisos que nunca cambian de estado"
    hoja = _hoja_de_juegos("no_cambian", rotulo, fijos, juegos, seleccion)
    piezas.plegadas([piezas.Pliegue(titulo, columnas, renglones, rotulo)], hoja)


# ---------------------------------------------------------------- estados, reglas y señales


def estados(tabla: pd.DataFrame, seleccion: Seleccion) -> None:
    """Los estados en el orden en que se deciden, con su condición, su conteo y un ejemplo de la selección."""
    renglones = []
    for _, fila in tabla.iterrows():
        n = int(fila["compromisos"])
        cuantos = formato.numero(n)
        ejemplo = "<span class='u'>ninguno en esta selección</span>"
        if n:
            cuantos = piezas.contado(cuantos, fila["estado"], seleccion.nivel, seleccion, PAGINA)
            ejemplo = _ejemplo(fila, seleccion, _cifras(fila))
        renglones.append(
            Renglon(
                [
                    formato.numero(fila["numero"]),
                    piezas.estado(fila["estado"]),
                    escape(mensajes.condicion(fila["estado"], seleccion.umbral)),
                    "sí" if fila["es_evaluable"] else "no",
                    "sí" if fila["exige_justificacion"] else "no",
                    cuantos,
                    ejemplo,
                ]
            )
        )
    piezas.tabla(
        [
            Columna("Orden", "n", "3.6rem"),
            Columna("Estado", "", "12rem"),
            Columna("Se decide cuando", "", "25%"),
            Columna("Se evalúa", "", "5rem"),
            Columna("Pide<br>justificación", "", "6.2rem"),
            Columna(f"{formato.mayuscula(formato.nivel(seleccion.nivel, 2))}", "n", "5.2rem"),
            Columna("Por ejemplo"),
        ],
        renglones,
        "Los estados, en el orden en que se deciden",
        de_seleccion(
            seleccion,
            PAGINA,
            "estados",
            "Los estados, en el orden en que se deciden",
            "estados",
            lambda: tabla.assign(condicion=[mensajes.condicion(e, seleccion.umbral) for e in tabla["estado"]]),
        ),
    )


def _cifras(fila: Mapping) -> str:
    """«A 39 de P 120 supervisión: 32.5 %»."""
    programado = formato.cantidad(fila["programado"], fila["unidad_medida"], "en blanco")
    cifras = f"A {formato.numero(fila['alcanzado'], si_falta='en blanco')}, P {escape(programado)}"
    if formato.es_blanco(fila["cumplimiento_pct"]):
        return cifras
    return f"{cifras}: c = {formato.porcentaje(fila['cumplimiento_pct'])}"


def reglas(tabla: pd.DataFrame, seleccion: Seleccion) -> None:
    """Las reglas de acumulación: cuándo se infieren, cómo juntan y un ejemplo con sus cuatro trimestres."""
    renglones = []
    for regla, como in formato.REGLAS.items():
        suyas = tabla[tabla["regla"] == regla]
        ejemplo = "<span class='u'>ninguna en esta selección</span>"
        if not suyas.empty:
            ejemplo = _ejemplo(suyas.iloc[0], seleccion, _trimestres(suyas.iloc[0]))
        confirmadas = int(suyas.loc[suyas["origen"] == "confirmada", "compromisos"].sum())
        cuantos = formato.numero(int(suyas["compromisos"].sum()))
        if confirmadas:
            cuantos += f"<br><span class='u'>{formato.plural(confirmadas, 'confirmada', 'confirmadas')}</span>"
        nombre = f"<b>{formato.mayuscula(regla)}</b>"
        renglones.append(Renglon([nombre, escape(mensajes.INFERENCIA[regla]), escape(como), cuantos, ejemplo]))
    piezas.tabla(
        [
            Columna("Regla", "", "8rem"),
            Columna("Se infiere cuando", "", "24%"),
            Columna("Al juntar", "", "18%"),
            Columna(f"{formato.mayuscula(formato.nivel(seleccion.nivel, 2))}", "n", "5.2rem"),
            Columna("Por ejemplo"),
        ],
        renglones,
        "Reglas de acumulación",
        de_seleccion(seleccion, PAGINA, "reglas", "Reglas de acumulación", "reglas", tabla, sin=("periodo", "preset")),
    )


def linaje(uniones: pd.DataFrame) -> None:
    """Cuándo dos compromisos de planes distintos son el mismo, y cuántos enlaces hay de cada clase.

    `uniones`: todas las filas de la consulta hilo_enlaces.
    """
    renglones = []
    for relacion, (que_es, que_se_hace) in mensajes.ENLACES.items():
        suyas = uniones[uniones["relacion"] == relacion]
        cuantos = formato.numero(len(suyas))
        if sin_confirmar := int((suyas["procedencia"] == "sugerido").sum()):
            cuantos += f"<br><span class='u'>{sin_confirmar} sin confirmar</span>"
        icono, palabra = RELACIONES[relacion]
        nombre = f"<b>{icono}&nbsp; {escape(palabra.partition(':')[0])}</b>"
        renglones.append(Renglon([nombre, escape(que_es), escape(que_se_hace), cuantos]))
    piezas.tabla(
        [
            Columna("Qué es del otro", "", "14rem"),
            Columna("Cuando es"),
            Columna("En el dibujo"),
            Columna("Enlaces", "n", "7rem"),
        ],
        renglones,
        "Clases de enlace entre planes",
        de_todo("enlaces", "Enlaces entre compromisos de planes distintos", "hilo_enlaces", uniones),
    )


def _trimestres(fila: Mapping) -> str:
    """«P 1, 1, 1, 1 y A 1, 1, 1, 1: acumulado, A 4 de P 4»; un trimestre sin cifra es una raya."""
    p, a = (
        ", ".join(formato.numero(fila[f"{cual}_t{t}"]) for t in (1, 2, 3, 4)) for cual in ("programado", "alcanzado")
    )
    acumulado = f"A {formato.numero(fila['alcanzado'])}, P {formato.numero(fila['programado'])}"
    if formato.es_blanco(fila["programado"]):
        acumulado = "no se junta"
    return f"P por trimestre: {p}. A: {a}. Acumulado: {acumulado}"


def senales(filas: pd.DataFrame, seleccion: Seleccion) -> None:
    """Las etiquetas que acompañan a un estado, lo que significan y a quiénes tocan en la selección."""
    renglones, partes = [], []
    for senal, significa in mensajes.senales(seleccion.umbral).items():
        suyas = filas[filas["etiquetas"].fillna("").str.contains(senal, regex=False)]
        partes.append(suyas.assign(senal=senal, significado=significa))
        renglones.append(
            Renglon(
                [
                    f"<b>{formato.mayuscula(senal)}</b>",
                    escape(significa),
                    formato.numero(len(suyas)),
                    _claves(suyas, seleccion),
                ]
            )
        )
    piezas.tabla(
        [
            Columna("Señal", "", "15rem"),
            Columna("Qué significa", "", "36%"),
            Columna(f"{formato.mayuscula(formato.nivel(seleccion.nivel, 2))}", "n", "5.2rem"),
            Columna("Cuáles"),
        ],
        renglones,
        "Señales que acompañan al estado",
        de_seleccion(
            seleccion,
            PAGINA,
            "senales",
            "Compromisos con alguna señal",
            "cumplimiento",
            lambda: pd.concat(partes)[["senal", "significado", *filas.columns]],
        ),
    )


# ---------------------------------------------------------------- justificación e indicadores


def justificacion(afirmaciones: pd.DataFrame, seleccion: Seleccion) -> None:
    """Con qué palabras se reconoce lo que dice una observación y cuándo lo contradicen las cifras.

    Entra una fila por lo que afirman, como las da la consulta afirmaciones.
    """
    rotulo, afirmado = "Lo que dicen las observaciones de su propio cumplimiento", afirmaciones.set_index("dice")
    renglones = []
    for dice, (nombre, contradicha) in mensajes.DICHOS.items():
        muestra, n, vistas = "<span class='u'>ninguna en esta selección</span>", "0", formato.RAYA
        if dice in afirmado.index:
            uno = afirmado.loc[dice]
            n = formato.numero(uno["compromisos"])
            distintas = {p.lower(): p for p in uno["palabras"].split("; ")}
            vistas = formato.lista([f"«{p}»" for p in list(distintas)[:5]])
            if uno["compromisos"]:
                texto = formato.recortar(formato.oracion(uno["observaciones"]), 110)
                muestra = _ficha(uno, seleccion, f"{formato.texto(uno['clave'])} · {texto}")
        renglones.append(Renglon([f"<b>{nombre}</b>", escape(vistas), escape(contradicha), n, muestra]))
    piezas.tabla(
        [
            Columna("La observación", "", "11rem"),
            Columna("Con palabras como", "", "30%"),
            Columna("La contradicen las cifras si", "", "15rem"),
            Columna("Lo dicen", "n", "4.6rem"),
            Columna("Una de ellas"),
        ],
        renglones,
        rotulo,
        de_seleccion(seleccion, PAGINA, "afirmaciones", rotulo, "afirmaciones", afirmaciones),
    )
    reglas = "".join(f"<li>{escape(regla)}</li>" for regla in mensajes.COMO_SE_JUZGA)
    st.html(f"<div class='nunca'><h3>Con qué cifras se compara</h3><ul>{reglas}</ul></div>")


def indicadores(filas: Sequence[tuple[str, str, str]], tabla: pd.DataFrame, seleccion: Seleccion) -> None:
    """Cada indicador, cómo se calcula y cuánto da en la selección; y lo que nunca se hace.

    `tabla`: las filas de la consulta indicadores, una por dependencia.
    """
    piezas.tabla(
        [Columna("Indicador", "", "13rem"), Columna("Cómo se calcula"), Columna("En esta selección", "", "21rem")],
        [Renglon([f"<b>{escape(nombre)}</b>", escape(como), escape(da)]) for nombre, como, da in filas],
        "Indicadores",
        de_seleccion(seleccion, PAGINA, "indicadores", "Indicadores por dependencia", "indicadores", tabla),
    )
    nunca = "".join(f"<li>{escape(frase)}</li>" for frase in mensajes.NUNCA)
    st.html(f"<div class='nunca'><h3>Lo que nunca se hace</h3><ul>{nunca}</ul></div>")
