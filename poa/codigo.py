"""El código corto de una vista: lo que va impreso en una lámina y, escrito en el tablero, la vuelve a abrir.

«dep/25T4/bisom/m/c300_305»: página, corte, dependencia y solo lo que se aparta de lo predeterminado. Se lee, se dicta y
vale en cualquier equipo con los mismos documentos, porque no guarda nada: todo está en él.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from poa import formato
from poa.consultas import consultar
from poa.errores import ErrorDeUsuario
from poa.seleccion import CUATRO, TODAS, Seleccion, leer_umbral

PAGINAS: Mapping[str, str] = {
    "ini": "inicio",
    "res": "resumen",
    "dep": "dependencias",
    "eje": "ejes",
    "tri": "trimestres",
    "ale": "alertas",
    "seg": "seguir",
    "cam": "cambios",
    "pre": "presupuesto",
    "met": "metodo",
    "ses": "sesion",
}
# La letra que precede a cada parámetro de la dirección que no tiene lugar fijo.
_LETRAS = {
    "pmd": "d",
    "linea": "l",
    "hilo": "h",
    "quien": "q",
    "planes": "p",
    "paso": "s",
}
_DE_LETRA = {letra: parametro for parametro, letra in _LETRAS.items()}
_LARGO_DE_CLAVE = 24  # una clave de dependencia más larga no se puede dictar, y no cabe al pie de una lámina
_METAS, _TRIMESTRE = "m", "t"
_SEPARADOR, _DENTRO = "/", "~"  # lo segundo, donde un valor trae la diagonal
_SOBRA = " \t\n«»\"'.,;:()"  # lo que se copia de un texto con el código
_COMO_ES = "Un código se ve así: dep/25T4/bisom. Va en el pie de cada lámina, después de «Vista:»."


def de_vista(pagina: str, seleccion: Seleccion, **propios: str | None) -> str:
    """El código de lo que se está viendo en `pagina`; `propios`: los parámetros que solo entiende ella."""
    letra = next(corto for corto, nombre in PAGINAS.items() if nombre == pagina)
    partes = [letra, _corto(seleccion.corte), _corta(seleccion.dependencia or TODAS)]
    if seleccion.nivel == "meta":
        partes.append(_METAS)
    if seleccion.periodo == "trimestre":
        partes.append(_TRIMESTRE)
    if seleccion.preset is not None and seleccion.preset != _predeterminado():
        partes.append("u" + "-".join(f"{getattr(seleccion.umbral, c):g}" for c in CUATRO))
    if seleccion.compromiso:
        partes.append("c" + _compromiso(seleccion.compromiso, seleccion.corte, seleccion.dependencia))
    for nombre, valor in ({"pmd": seleccion.pmd, "linea": seleccion.linea} | propios).items():
        if valor:
            partes.append(_LETRAS[nombre] + _escrito(nombre, valor, seleccion).replace(_SEPARADOR, _DENTRO))
    return _SEPARADOR.join(partes)


def _escrito(nombre: str, valor: str, seleccion: Seleccion) -> str:
    """El valor de un parámetro como se dicta."""
    if nombre == "hilo":
        return _compromiso(valor, seleccion.corte, None)
    if nombre == "quien":
        return _corta(valor)
    return _paso(valor, seleccion.corte, seleccion.dependencia) if nombre == "paso" else valor


def leer(codigo: str) -> tuple[str, dict[str, str]]:
    """La página y los parámetros de la dirección de un código. ErrorDeUsuario si no dice una vista que exista."""
    limpio = re.sub(r"^vista\s*:", "", codigo.strip(_SOBRA), flags=re.IGNORECASE).strip(_SOBRA)
    partes = [p.strip() for p in limpio.split(_SEPARADOR)]
    pagina = PAGINAS.get(partes[0].lower()[:3])
    if pagina is None or len(partes) < 3:
        raise ErrorDeUsuario(f"«{formato.recortar(codigo, 60)}» no es el código de una vista. {_COMO_ES}")
    cortes = consultar("cortes")
    corte = _largo(partes[1])
    suyos = cortes[cortes["corte"] == corte]
    if suyos.empty:
        raise ErrorDeUsuario(f"Ese código pide el corte «{partes[1]}», del que no hay informes aquí.")
    es_de_todas = partes[2].lower() == TODAS
    dependencia = TODAS if es_de_todas else _dependencia(partes[2], corte)
    if dependencia is None:
        raise ErrorDeUsuario(f"Ese código pide la dependencia «{partes[2]}», que no está en el {formato.corte(corte)}.")
    dados = {"ejercicio": str(int(suyos["ejercicio"].iloc[0])), "corte": corte, "dependencia": dependencia}
    for parte in filter(None, partes[3:]):
        dados |= _parametro(parte, corte, None if es_de_todas else dependencia)
    del_pmd = {"pmd": dados.get("pmd"), "clave_pmd": dados.get("linea")}
    if any(del_pmd.values()) and consultar("ejes_compromisos", corte=corte, **del_pmd).empty:
        raise ErrorDeUsuario("Ese código pide una parte del PMD a la que nada responde en ese corte.")
    return pagina, dados


def _parametro(parte: str, corte: str, dependencia: str | None) -> dict[str, str]:
    """Lo que dice una parte del código que no tiene lugar fijo."""
    if parte.lower() == _METAS:
        return {"nivel": "meta"}
    if parte.lower() == _TRIMESTRE:
        return {"periodo": "trimestre"}
    letra, valor = parte[0].lower(), parte[1:].replace(_DENTRO, _SEPARADOR)
    if letra == "u" and leer_umbral(valor)[0] is not None:
        return {"preset": valor}
    if letra == "c" and valor:
        return {"compromiso": _id_de(valor, corte, dependencia)}
    if letra in _DE_LETRA and valor:
        return {_DE_LETRA[letra]: _valor(_DE_LETRA[letra], valor, corte, dependencia)}
    raise ErrorDeUsuario(f"No se entiende «{parte}» en ese código. {_COMO_ES}")


def _valor(nombre: str, escrito: str, corte: str, dependencia: str | None) -> str:
    """Lo que dice un parámetro escrito como en `_escrito`, o como se imprimía antes: entero."""
    if nombre == "hilo":
        hilo = _id_de(escrito, corte, dependencia) if ":" in escrito else escrito
        if consultar("hilo", hilo=hilo).empty:
            raise ErrorDeUsuario("Ese código pide una meta o acción que no está en la base.")
        return hilo
    if nombre == "paso":
        return _paso_de(escrito, corte, dependencia)
    if nombre == "quien":
        quien = _dependencia(escrito, None)
        if quien is None:
            raise ErrorDeUsuario(f"Ese código pide la dependencia «{escrito}», de la que no hay informes aquí.")
        return quien
    return escrito


def _paso(paso: str, corte: str, dependencia: str | None) -> str:
    """«9» o, si no es de una meta de la dependencia de la vista, «servicios-medicos/9»."""
    quien, separador, meta = paso.partition(_SEPARADOR)
    es_de_la_vista = bool(meta) and _paso_de(meta, corte, dependencia) == paso
    return meta if es_de_la_vista else _corta(quien) + separador + meta


def _paso_de(escrito: str, corte: str, dependencia: str | None) -> str:
    """El paso de la sesión escrito como en `_paso`; el que no existe queda igual: la sesión abre el más cercano."""
    antes, separador, meta = escrito.partition(_SEPARADOR)
    quien = _dependencia(antes, corte)
    if quien is not None:
        return quien + separador + (_meta(meta, corte, quien) or meta)
    suya = _meta(escrito, corte, dependencia) if dependencia else None
    return escrito if suya is None else f"{dependencia}{_SEPARADOR}{suya}"


def _meta(escrita: str, corte: str, dependencia: str) -> str | None:
    """La clave de la meta del informe que se escribe así, en cualquier caja."""
    claves = consultar("cumplimiento", corte=corte, dependencia=dependencia, periodo="acumulado")["meta_clave"]
    return next((str(c) for c in claves.dropna().unique() if str(c).lower() == escrita.lower()), None)


def _compromiso(compromiso_id: str, corte: str, dependencia: str | None) -> str:
    """«300_305», «bisom:300_305» o «25T4:bisom:300_305», según se aparte de la vista.

    El que así no se volvería a hallar (no está en vigor en su corte) va entero.
    """
    partes = compromiso_id.split(_SEPARADOR)
    if len(partes) == 5:
        suyos = [_corto(partes[1]), _corta(partes[2]), f"{partes[3]}_{partes[4]}"]
        sobra = 0 if partes[1] != corte else 1 if partes[2] != dependencia else 2
        corto = ":".join(suyos[sobra:])
        if _buscar(corto, corte, dependencia) == compromiso_id:
            return corto.replace(_SEPARADOR, _DENTRO)
    return compromiso_id.replace(_SEPARADOR, _DENTRO)


def _id_de(valor: str, corte: str, dependencia: str | None) -> str:
    """El identificador de un compromiso escrito como en `_compromiso`."""
    es_entero = valor.count(_SEPARADOR) == 4
    hallado = valor if es_entero else _buscar(valor, corte, dependencia)
    if hallado is None or (es_entero and consultar("compromiso_informes", compromiso_id=valor).empty):
        raise ErrorDeUsuario(f"Ese código pide el compromiso «{valor}», que no está en el {formato.corte(corte)}.")
    return hallado


def _buscar(corto: str, corte: str, dependencia: str | None) -> str | None:
    *antes, clave = corto.split(":")
    if antes:
        dependencia = _dependencia(antes[-1], corte if len(antes) == 1 else _largo(antes[0]))
    if len(antes) > 1:
        corte = _largo(antes[0])
    if dependencia is None:
        return None
    filas = consultar("cumplimiento", corte=corte, dependencia=dependencia, periodo="acumulado")
    claves = filas["meta_clave"].str.cat(filas["clave"], sep="_").str.lower()
    suyas = filas.loc[claves == clave.lower(), "compromiso_id"]
    return None if suyas.empty else str(suyas.iloc[0])


def corte_escrito(escrito: str) -> str:
    """«25t4» o « 2025T4 » → «2025T4»; lo que no es un corte queda igual."""
    return _largo(escrito.strip())


def dependencia_escrita(escrita: str) -> str:
    """La dependencia de esa clave o de ese nombre, corto u oficial, sin importar acentos ni mayúsculas.

    Basta el principio si no es el de otra. Si no la hay, lo escrito.
    """
    cortes, llana = consultar("cortes"), _llana(escrita)
    nombres = cortes[["dependencia", "dependencia_corta", "dependencia_nombre"]]
    llanos = nombres.apply(lambda columna: columna.map(_llana))
    for responde in (llanos.eq(llana), llanos.apply(lambda columna: columna.str.startswith(llana))):
        suyas = cortes.loc[responde.any(axis=1), "dependencia"].unique()
        if llana and len(suyas) == 1:
            return str(suyas[0])
    return escrita


def _llana(escrita: str) -> str:
    return _con_guion(formato.sin_acentos(escrita.strip()).casefold())


def _dependencia(escrita: str, corte: str | None) -> str | None:
    """La dependencia de un código: su clave, o el principio de ella si no es el de otra."""
    cortes = consultar("cortes")
    suyas = cortes.loc[cortes["corte"] == (corte or cortes["corte"]), "dependencia"].drop_duplicates()
    claves = {_con_guion(str(d)).lower(): str(d) for d in suyas}
    escrita = _con_guion(escrita).lower()
    if escrita in claves:
        return claves[escrita]
    empiezan = [d for clave, d in claves.items() if escrita and clave.startswith(f"{escrita}-")]
    return empiezan[0] if len(empiezan) == 1 else None


def _corta(dependencia: str) -> str:
    """La clave con guiones; de una larga, las palabras con que empieza y ninguna otra de la base."""
    clave = _con_guion(dependencia)
    if len(clave) <= _LARGO_DE_CLAVE:
        return clave
    otras = {_con_guion(str(d)) for d in consultar("cortes")["dependencia"]} - {clave}
    palabras = clave.split("-")
    for n in range(1, len(palabras)):
        corta = "-".join(palabras[:n])
        if len(corta) >= _LARGO_DE_CLAVE // 2 and not any(f"{otra}-".startswith(f"{corta}-") for otra in otras):
            return corta
    return clave


def _con_guion(dependencia: str) -> str:
    return dependencia.replace("_", "-")


def _predeterminado() -> str:
    return str(consultar("umbral", preset=None)["preset"].iloc[0])


def _corto(corte: str) -> str:
    """«25T4»."""
    return corte.removeprefix("20") if len(corte) == 6 else corte


def _largo(corte: str) -> str:
    corte = corte.upper()
    return f"20{corte}" if len(corte) == 4 else corte
