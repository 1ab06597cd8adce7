"""Las palabras con que se dice lo que un renglón tiene en contra: identidades rotas, cifras deducidas, dudas."""

from __future__ import annotations

from poa.conciliacion.certeza import certeza_de_casilla, plan_en_blanco
from poa.conciliacion.identidades import iguales
from poa.conciliacion.renglon import ABSOLUTO, CASILLAS, RELATIVO
from poa.conciliacion.resuelto import Resuelto
from poa.lectura.leido import Hallazgo

NOMBRES = {"P": "programado", "A": "alcanzado"}
POR_DANIO = (
    "El renglón perdió, repitió o movió celdas; cuál cifra es de cada trimestre sale de sus sumas, de las demás filas "
    "de su tabla y de los otros reportes del compromiso."
)


def hallazgos_de(resuelto: Resuelto) -> list[Hallazgo]:
    """Todo lo que lo impreso tiene en contra, cada cosa con su columna, lo impreso y lo usado."""
    return [
        *_de_las_casillas(resuelto),
        *_de_la_meta(resuelto),
        *_de_las_identidades(resuelto),
        *_de_las_dudas(resuelto),
    ]


def nota_de(hallazgos: list[Hallazgo], certeza: str) -> str:
    """La nota de un renglón: lo que dicen sus hallazgos y, si no hay ninguno, por qué no es seguro."""
    explicaciones = [uno.explicacion for uno in hallazgos if uno.severidad != "aviso" or uno.regla == "cifra_deducida"]
    if not explicaciones and certeza != "seguro":
        explicaciones = [POR_DANIO]
    return " ".join(explicaciones)


def _de_las_casillas(resuelto: Resuelto) -> list[Hallazgo]:
    salidas = []
    for casilla in range(RELATIVO):
        impreso, usado = resuelto.elegida.impresos[casilla], resuelto.valores[casilla]
        nombre = nombre_de_casilla(casilla)
        columna = "avance_absoluto" if casilla == ABSOLUTO else nombre.replace(" T", "_t")
        if impreso is not None and usado is None:
            texto = f"Se imprime 0 en {nombre}, que el reporte aún no puede contener: queda en blanco."
            salidas.append(_hallazgo(resuelto, "cero_no_exigible", "aviso", columna, impreso, None, texto))
        elif impreso is not None and usado is not None and not iguales(impreso, usado):
            fuente = resuelto.fuentes.get(casilla, "las sumas y el relativo del renglón")
            texto = f"{_inicial(nombre)} imprime {decir_cifra(impreso)}; según {fuente}, es {decir_cifra(usado)}."
            salidas.append(_hallazgo(resuelto, "cifra_corregida", "advertencia", columna, impreso, usado, texto))
        elif impreso is None and usado is not None:
            fuente = resuelto.fuentes.get(casilla, "las sumas del renglón")
            texto = f"{_inicial(nombre)} no está impreso en su celda; según {fuente}, es {decir_cifra(usado)}."
            salidas.append(_hallazgo(resuelto, "cifra_deducida", "aviso", columna, None, usado, texto))
    return salidas


def _de_la_meta(resuelto: Resuelto) -> list[Hallazgo]:
    impresa, usada = resuelto.leido.meta_impresa, resuelto.meta
    salidas = []
    if plan_en_blanco(resuelto):
        texto = f"La meta anual es {decir_cifra(usada)} y el renglón no programa ningún trimestre."
        salidas.append(_hallazgo(resuelto, "plan_en_blanco", "aviso", "", None, None, texto))
    if usada is None or impresa is not None and iguales(impresa, usada):
        return salidas
    fuente = resuelto.fuentes.get("META", "la suma de sus programados y el relativo impreso")
    if impresa is None:
        texto = f"La meta anual no está impresa en su celda; según {fuente}, es {decir_cifra(usada)}."
        salidas.append(_hallazgo(resuelto, "cifra_deducida", "aviso", "meta_anual", None, usada, texto))
    else:
        texto = f"La meta anual imprime {decir_cifra(impresa)}; según {fuente}, es {decir_cifra(usada)}."
        salidas.append(_hallazgo(resuelto, "cifra_corregida", "advertencia", "meta_anual", impresa, usada, texto))
    return salidas


def _de_las_identidades(resuelto: Resuelto) -> list[Hallazgo]:
    """Lo impreso que se contradice sin que nada diga cuál cifra está mal."""
    juicio, valores, salidas = resuelto.elegida.juicio, resuelto.valores, []
    if "META" in juicio.contradicciones:
        suma = sum(valores[casilla] or 0.0 for casilla in (0, 2, 4, 6))
        texto = (
            f"La meta anual impresa es {decir_cifra(juicio.meta)} y los programados suman {decir_cifra(suma)}; "
            "nada más en los documentos dice cuál está mal."
        )
        salidas.append(
            _hallazgo(resuelto, "programado_no_suma", "error", "meta_anual", juicio.meta, juicio.meta, texto)
        )
    if ABSOLUTO in juicio.contradicciones:
        impreso, usado = resuelto.elegida.impresos[ABSOLUTO], valores[ABSOLUTO]
        suma = sum(valores[2 * trimestre - 1] or 0.0 for trimestre in range(1, resuelto.leido.corte + 1))
        texto = (
            f"El avance absoluto impreso es {decir_cifra(usado)} y los alcanzados suman {decir_cifra(suma)}; "
            "nada más en los documentos dice cuál está mal."
        )
        salidas.append(_hallazgo(resuelto, "alcanzado_no_suma", "error", "avance_absoluto", impreso, usado, texto))
    if RELATIVO in juicio.contradicciones:
        relativo = valores[RELATIVO]
        texto = f"El relativo impreso, {decir_cifra(relativo)} %, no es el absoluto entre la meta anual."
        columna = "acumulado_relativo_pct"
        salidas.append(_hallazgo(resuelto, "relativo_no_cuadra", "advertencia", columna, relativo, relativo, texto))
    if any(valor is not None and valor < 0 for valor in (*valores, juicio.meta)):
        texto = "El renglón trae cifras negativas, que una meta no puede tener."
        salidas.append(_hallazgo(resuelto, "cifra_negativa", "error", "", None, None, texto))
    return salidas


def _de_las_dudas(resuelto: Resuelto) -> list[Hallazgo]:
    """Las dos lecturas de cada casilla ambigua que ninguna identidad rota explica."""
    dudas = []
    for casilla in range(RELATIVO):
        if casilla in resuelto.elegida.juicio.contradicciones or certeza_de_casilla(resuelto, casilla) != "ambiguo":
            continue
        otra = resuelto.rivales.get(casilla, resuelto.elegida.impresos[casilla])
        dudas.append(f"{nombre_de_casilla(casilla)}, {decir_cifra(resuelto.valores[casilla])} o {decir_cifra(otra)}")
    if not dudas:
        return []
    texto = f"Quedan dos lecturas posibles: {'; '.join(dudas)}."
    return [_hallazgo(resuelto, "lectura_ambigua", "advertencia", "", None, None, texto)]


def _hallazgo(resuelto: Resuelto, regla: str, severidad: str, columna: str, impreso, usado, texto: str) -> Hallazgo:
    leido = resuelto.leido
    impreso, usado = texto_de_cifra(impreso), texto_de_cifra(usado)
    return Hallazgo(regla, severidad, texto, columna, impreso, usado, leido.renglon, leido.pagina)


def nombre_de_casilla(casilla: int) -> str:
    """«programado T3», «alcanzado T1», «avance absoluto»."""
    if casilla == ABSOLUTO:
        return "avance absoluto"
    return f"{NOMBRES[CASILLAS[casilla][0]]} T{casilla // 2 + 1}"


def decir_cifra(valor: float | None) -> str:
    """La cifra con comas, sin decimales que no tiene; «en blanco» si no hay."""
    if valor is None:
        return "en blanco"
    return f"{valor:,.0f}" if iguales(valor, round(valor)) else f"{valor:,.2f}"


def texto_de_cifra(valor) -> str:
    """Una cifra como texto plano para las columnas impreso y usado de `hallazgo`."""
    if valor is None:
        return ""
    return f"{valor:.10g}" if isinstance(valor, float) else str(valor)


def _inicial(texto: str) -> str:
    return texto[0].upper() + texto[1:]
