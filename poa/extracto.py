"""De lo leído y conciliado a los extractos: las tablas que todo lo demás usa, con su esquema del diccionario."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from poa import rutas
from poa.catalogos import pmd_de_ejercicio
from poa.conciliacion import Resuelto, conciliar_reportes, conciliar_textos
from poa.conciliacion.certeza import CERTEZAS, certeza_de_casilla, certeza_de_meta, peor
from poa.conciliacion.hallazgos import hallazgos_de, nota_de, texto_de_cifra
from poa.conciliacion.meses import resolver_meses
from poa.conciliacion.reemplazos import reemplazos
from poa.conciliacion.renglon import ABSOLUTO, RELATIVO
from poa.conciliacion.reposicion import completar_unidades, fechar, quitar_repetidos
from poa.correcciones import COLUMNAS_DE_TEXTO, correcciones_de, exigir_esperado
from poa.documento import Documento, abrir_documento
from poa.errores import ErrorDeUsuario, motivo
from poa.lectura import LecturaDeDocumento, leer_documento
from poa.lectura.leido import Hallazgo, Leido

TABLAS = (
    "compromiso",
    "avance",
    "avance_mensual",
    "presupuesto",
    "alineacion",
    "encabezado",
    "sesion",
    "hallazgo",
    "renglon_fuente",
)
TIPOS = {"VARCHAR": pa.string(), "INTEGER": pa.int32(), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_()}
Tablas = dict[str, list[dict]]


def leer_documentos(archivos: list[Path], avisar=lambda nombre: None) -> Tablas:
    """Lee archivos y devuelve los extractos: nombre de tabla → filas. `avisar` recibe el nombre de cada uno.

    Se concilian juntos: un reporte ayuda a leer a los demás del mismo compromiso. `ErrorDeUsuario` si
    alguno no se puede leer o dos se llaman igual.
    """
    nombres = Counter(Path(archivo).stem for archivo in archivos)
    repetidos = [nombre for nombre, veces in nombres.items() if veces > 1]
    if repetidos:
        raise ErrorDeUsuario(
            f"Hay dos archivos llamados «{repetidos[0]}». El nombre del archivo identifica al documento: cambie uno."
        )
    documentos = []
    for archivo in archivos:
        avisar(Path(archivo).name)
        documentos.append(abrir_documento(Path(archivo)))
    return armar_extractos(documentos)


def armar_extractos(documentos: list[Documento]) -> Tablas:
    """Los extractos de varios documentos ya abiertos: nombre de tabla → filas."""
    lecturas = [leer_documento(documento) for documento in documentos]
    for lectura in lecturas:
        fechar(lectura)
    leidos = quitar_repetidos([leido for lectura in lecturas for leido in lectura.leidos])
    conciliar_textos(leidos)
    resueltos = conciliar_reportes([leido for leido in leidos if not leido.meses and not leido.sin_cifras])
    por_leido = {id(resuelto.leido): resuelto for resuelto in resueltos}
    completar_unidades(leidos)
    tablas: Tablas = {nombre: [] for nombre in TABLAS}
    for leido in leidos:
        _agregar_compromiso(tablas, leido, por_leido.get(id(leido)))
    for lectura in lecturas:
        _agregar_documento(tablas, lectura)
        _corregir(tablas, lectura.documento.nombre)
    ya_dichas = {(hallazgo["compromiso_id"], hallazgo["columna"]) for hallazgo in tablas["hallazgo"]}
    for fila, hallazgo in reemplazos(tablas["compromiso"], tablas["avance"], ya_dichas):
        tablas["hallazgo"].append(_fila_de_hallazgo(fila["documento"], fila["compromiso_id"], hallazgo))
    return tablas


def _agregar_compromiso(tablas: Tablas, leido: Leido, resuelto: Resuelto | None) -> None:
    if leido.meses:
        fila, avances, meses, hallazgos = resolver_meses(leido)
        tablas["avance_mensual"] += meses
    elif resuelto is None:
        fila, avances, hallazgos = _sin_cifras(leido)
    else:
        fila, avances, hallazgos = _resolver(resuelto)
    if any(hallazgo.regla == "clave_por_lugar" for hallazgo in leido.hallazgos):
        fila["certeza"] = peor(fila.get("certeza", "seguro"), "reconstruido")
        for avance in avances:
            avance["certeza"] = peor(avance["certeza"], "reconstruido")
    if leido.dudoso or leido.cortado:
        fila["certeza"] = "ambiguo"
        for avance in avances:
            avance["certeza"] = "ambiguo"
    if leido.cortado:
        hallazgos.append(
            Hallazgo(
                "renglon_cortado",
                "error",
                "El renglón no trae ninguna cifra: el documento se corta o la tabla perdió sus columnas.",
                "",
                "",
                "",
                leido.renglon,
                leido.pagina,
            )
        )
    notas = [nota for nota in (*leido.notas, fila.pop("nota_de_cifras", "")) if nota]
    tablas["compromiso"].append(_fila_de_compromiso(leido) | fila | {"nota": " ".join(notas) or None})
    tablas["avance"] += [{"compromiso_id": leido.compromiso_id, **avance} for avance in avances]
    for clave in leido.lineas:
        tablas["alineacion"].append(
            {
                "compromiso_id": leido.compromiso_id,
                "pmd": leido.pmd or pmd_de_ejercicio(leido.ejercicio),
                "linea_clave": clave,
                "origen": leido.lineas_origen,
            }
        )
    for hallazgo in (*leido.hallazgos, *hallazgos):
        tablas["hallazgo"].append(_fila_de_hallazgo(leido.documento, leido.compromiso_id, hallazgo))


def _fila_de_compromiso(leido: Leido) -> dict:
    return {
        "compromiso_id": leido.compromiso_id,
        "documento": leido.documento,
        "ejercicio": leido.ejercicio,
        "corte": leido.corte_texto,
        "plan": leido.plan,
        "dependencia": leido.dependencia,
        "programa_clave": leido.programa_clave or None,
        "programa": leido.programa or None,
        "unidad_clave": leido.unidad_clave or None,
        "unidad": leido.unidad or None,
        "nivel": leido.nivel,
        "meta_clave": leido.meta_clave,
        "clave": leido.clave,
        "clave_impresa": leido.clave_impresa or None,
        "descripcion": leido.descripcion or None,
        "unidad_medida": leido.unidad_medida or None,
        "unidad_medida_impresa": (leido.unidad_impresa if leido.unidad_impresa is not None else leido.unidad_medida)
        or None,
        "estrategias_impresas": ", ".join(leido.estrategias) or None,
        "observaciones": leido.observaciones or None,
        "pagina": leido.pagina,
        "renglon": leido.renglon,
        "renglon_hasta": max(leido.renglon_hasta, leido.renglon),
        "meta_anual": None,
        "avance_absoluto": None,
        "acumulado_relativo_pct": leido.relativo_impreso,
        "meta_anual_impresa": leido.meta_impresa,
        "avance_absoluto_impreso": None,
        "certeza": "seguro",
    }


def _sin_cifras(leido: Leido) -> tuple[dict, list[dict], list[Hallazgo]]:
    vacio = {"programado": None, "alcanzado": None, "programado_impreso": None, "alcanzado_impreso": None}
    avances = [{"trimestre": t, **vacio, "certeza": "seguro", "derivado": False} for t in (1, 2, 3, 4)]
    return {}, avances, []


def _resolver(resuelto: Resuelto) -> tuple[dict, list[dict], list[Hallazgo]]:
    elegida = resuelto.elegida
    certezas = [certeza_de_casilla(resuelto, casilla) for casilla in range(9)]
    avances = [
        {
            "trimestre": trimestre,
            "programado": elegida.valores[2 * trimestre - 2],
            "alcanzado": elegida.valores[2 * trimestre - 1],
            "programado_impreso": elegida.impresos[2 * trimestre - 2],
            "alcanzado_impreso": elegida.impresos[2 * trimestre - 1],
            "certeza": peor(certezas[2 * trimestre - 2], certezas[2 * trimestre - 1]),
            "derivado": False,
        }
        for trimestre in (1, 2, 3, 4)
    ]
    relativo = elegida.valores[RELATIVO]
    fila = {
        "meta_anual": resuelto.meta,
        "avance_absoluto": elegida.valores[ABSOLUTO],
        "acumulado_relativo_pct": relativo if relativo is not None else resuelto.leido.relativo_impreso,
        "avance_absoluto_impreso": elegida.impresos[ABSOLUTO],
        "certeza": max((*certezas, certeza_de_meta(resuelto)), key=CERTEZAS.index),
    }
    hallazgos = hallazgos_de(resuelto)
    fila["nota_de_cifras"] = nota_de(hallazgos, fila["certeza"])
    return fila, avances, hallazgos


def _fila_de_hallazgo(documento: str, compromiso_id: str | None, hallazgo: Hallazgo) -> dict:
    return {
        "documento": documento,
        "compromiso_id": compromiso_id,
        "regla": hallazgo.regla,
        "severidad": hallazgo.severidad,
        "columna": hallazgo.columna or None,
        "impreso": hallazgo.impreso or None,
        "usado": hallazgo.usado or None,
        "explicacion": hallazgo.explicacion,
        "pagina": hallazgo.pagina or None,
        "renglon": hallazgo.renglon or None,
    }


def _agregar_documento(tablas: Tablas, lectura: LecturaDeDocumento) -> None:
    nombre = lectura.documento.nombre
    tablas["presupuesto"] += lectura.presupuesto
    tablas["sesion"] += lectura.sesion
    for hoja in lectura.hojas:
        corte = f"{hoja.ejercicio}T{hoja.corte}"
        pmd = next((leido.pmd for leido in lectura.leidos if leido.pagina == hoja.pagina and leido.pmd), None)
        for entrada in hoja.entradas:
            tablas["encabezado"].append(
                {
                    "documento": nombre,
                    "corte": corte,
                    "dependencia": hoja.dependencia,
                    "pagina": entrada.pagina,
                    "renglon": entrada.renglon,
                    "campo": entrada.campo,
                    "clave": entrada.clave or None,
                    "nombre": entrada.nombre or None,
                    "pmd": pmd or pmd_de_ejercicio(hoja.ejercicio or 0) if entrada.campo in ("linea", "eje") else None,
                }
            )
    desconocidas = {hoja.dependencia: hoja for hoja in lectura.hojas if not hoja.dependencia_conocida}
    for dependencia, hoja in desconocidas.items():
        explicacion = (
            f"La dependencia «{hoja.dependencia_impresa or 'sin nombre impreso'}» no está en el catálogo; se le dio el "
            f"identificador «{dependencia}». Agréguela a data/catalogos/dependencia.csv."
        )
        hallazgo = Hallazgo(
            "dependencia_desconocida",
            "advertencia",
            explicacion,
            "dependencia",
            hoja.dependencia_impresa,
            dependencia,
            0,
            hoja.pagina,
        )
        tablas["hallazgo"].append(_fila_de_hallazgo(nombre, None, hallazgo))
    for renglon in lectura.documento.renglones:
        tablas["renglon_fuente"].append(
            {"documento": nombre, "pagina": renglon.pagina, "renglon": renglon.numero, "texto": renglon.texto}
        )


def _corregir(tablas: Tablas, documento: str) -> None:
    """Aplica las correcciones escritas para el documento; cada una deja su hallazgo."""
    filas = {fila["renglon"]: fila for fila in tablas["compromiso"] if fila["documento"] == documento}
    for correccion in correcciones_de(documento):
        fila = filas.get(correccion["renglon"])
        if fila is None:
            raise ErrorDeUsuario(
                f"data/correcciones/{documento}.yml: en el renglón {correccion['renglon']} no hay meta ni acción."
            )
        columna, certeza = correccion["columna"], correccion.get("certeza", "reconstruido")
        destino, campo = fila, columna
        if columna not in fila:
            campo, trimestre = columna.rsplit("_t", 1)
            destino = next(
                avance
                for avance in tablas["avance"]
                if avance["compromiso_id"] == fila["compromiso_id"] and avance["trimestre"] == int(trimestre)
            )
        exigir_esperado(documento, correccion, destino[campo])
        impreso, destino[campo] = destino[campo], correccion["valor"]
        destino["certeza"] = peor(certeza, "reconstruido" if columna in COLUMNAS_DE_TEXTO else certeza)
        fila["certeza"] = peor(fila["certeza"], destino["certeza"])
        fila["nota"] = " ".join(filter(None, [fila["nota"], correccion["motivo"]]))
        hallazgo = Hallazgo(
            "correccion",
            "advertencia",
            correccion["motivo"],
            columna,
            texto_de_cifra(impreso),
            texto_de_cifra(correccion["valor"]),
            fila["renglon"],
            fila["pagina"],
        )
        tablas["hallazgo"].append(_fila_de_hallazgo(documento, fila["compromiso_id"], hallazgo))


def esquema(tabla: str) -> pa.Schema:
    """El esquema de una tabla de extracto, leído de `data/diccionario.csv`."""
    with rutas.diccionario().open(encoding="utf-8", newline="") as archivo:
        columnas = [
            (fila["columna"], TIPOS[fila["tipo"]]) for fila in csv.DictReader(archivo) if fila["tabla"] == tabla
        ]
    return pa.schema(columnas)


def escribir_extractos(tablas: Tablas, carpeta: Path) -> None:
    """Escribe las tablas como Parquet en `carpeta`, todas o ninguna: primero aparte y al final de un golpe."""
    carpeta = Path(carpeta)
    if carpeta.exists() and not carpeta.is_dir():
        raise ErrorDeUsuario(f"{carpeta}: ya existe y no es una carpeta. Elija otra con --salida.")
    try:
        carpeta.parent.mkdir(parents=True, exist_ok=True)
        aparte = Path(tempfile.mkdtemp(prefix=f".{carpeta.name}-", dir=carpeta.parent))
    except OSError as error:
        raise ErrorDeUsuario(f"{carpeta}: no se puede escribir ahí ({motivo(error)}).") from None
    try:
        for nombre in TABLAS:
            tabla = pa.Table.from_pylist(tablas[nombre], schema=esquema(nombre))
            pq.write_table(tabla, aparte / f"{nombre}.parquet", compression="zstd")
        carpeta.mkdir(exist_ok=True)
        for nombre in TABLAS:
            (aparte / f"{nombre}.parquet").replace(carpeta / f"{nombre}.parquet")
    except OSError as error:
        raise ErrorDeUsuario(f"{carpeta}: no se pudo escribir ({motivo(error)}).") from None
    finally:
        shutil.rmtree(aparte, ignore_errors=True)


def leer_extractos(carpeta: Path) -> Tablas:
    """Las tablas de una carpeta de extractos: nombre → filas. Las que falten quedan vacías."""
    tablas: Tablas = {}
    for nombre in TABLAS:
        ruta = Path(carpeta) / f"{nombre}.parquet"
        tablas[nombre] = pq.read_table(ruta).to_pylist() if ruta.is_file() else []
    return tablas
