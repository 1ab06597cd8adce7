"""Archivos hostiles: lo que un usuario puede cargar por error o con mala idea."""

import random

from . import generar


def documento_base() -> str:
    """Devuelve un documento sano, con acentos y diez filas o más, para estropear su envoltura."""
    for semilla in range(100):
        texto, verdad = generar("tabla_tabs", semilla, "ninguno")
        if 10 <= len(verdad["compromiso"]) <= 20:
            return texto
    raise AssertionError("ninguna semilla da un documento de tamaño medio")


def cortar_a_media_fila(texto: str) -> str:
    """Corta el documento en plena descripción de su última fila, como una descarga incompleta."""
    filas = [renglon for renglon in texto.split("\n") if renglon.count("\t") > 12]
    return texto[: texto.rindex(filas[-1]) + len(filas[-1]) // 3]


def tabla_suelta(*filas: str) -> str:
    """Arma un informe mínimo de 2018 con las filas dadas, ya separadas por tabuladores."""
    return "\n".join(
        [
            "AYUNTAMIENTO DE MEXICALI, B.C.",
            "PROGRAMA OPERATIVO ANUAL 2019",
            "",
            "AVANCE FÍSICO PROGRAMÁTICO",
            "",
            "RAMO:\t01\tPRESIDENCIA",
            "PROGRAMA\t000\tADMINISTRACIÓN",
            "UNIDAD EJECUTORA\t005\tCOORDINACIÓN ADMINISTRATIVA",
            "LÍNEAS DE ACCIÓN\t8.6.3\tADMINISTRACIÓN DE LOS RECURSOS PÚBLICOS",
            "",
            "TMM-F004",
            "",
            "FECHA: 9-abr-19",
            "",
            "L/A\tMETAS Y ACCIONES\tUNIDAD DE MEDIDA\tMETA ANUAL\tPERÍODO"
            + "\t" * 8
            + "AVANCE ABSOLUTO\tACUMULADO RELATIVO\tOBSERVACIONES",
            "\t\t\t\tEne-Mar\t\tAbr-Jun\t\tJul-Sep\t\tOct-Dic\t\t\t\t",
            "\t\t\t\tP\tA\tP\tA\tP\tA\tP\tA\t\t\t",
            *filas,
            "",
        ]
    )


NOTA = """El alcalde encabezó este lunes la entrega de 1,250 despensas en la delegación de Los Algodones.
Durante el evento señaló que el programa operativo anual de 2025 "va por buen camino" y que la meta
de 4 jornadas por trimestre se cumplió en 75%. Asistieron vecinos, regidores y medios de comunicación.
"""
PAGINA = """<!DOCTYPE html><html><head><title>POA 2025</title></head>
<body><h1>PROGRAMA OPERATIVO ANUAL 2025</h1>
<table><tr><th>META</th><th>P</th><th>A</th></tr><tr><td>100.- Informe</td><td>1</td><td>1</td></tr></table>
</body></html>
"""


def hacer_hostiles() -> list[tuple[str, bytes, str]]:
    """Devuelve (nombre de archivo, contenido, 'leido' o 'rechazado')."""
    base, azar = documento_base(), random.Random(0)
    renglon = "8.6.3\t1.-VIGILAR EL CUMPLIMIENTO.\tREPORTE\t{}\t{}\t{}\t{}\t\t{}\t\t{}\t\t{}\t{}\t{}"
    otra = renglon.format(4, 1, 2, 1, 1, 1, 2, "50%", "SE REBASÓ LA META.")
    una = renglon.format(4, 1, 1, 1, 1, 1, 1, "25%", "SE CUMPLIÓ SATISFACTORIAMENTE.")
    formula = '=HYPERLINK("http://ejemplo.mx","clic")'
    guion = "<script>alert('x')</script><img src=x onerror=alert(1)>"
    texto = [
        ("solo-renglones-vacios.txt", "\n\n \n\t\n\n", "rechazado"),
        ("pagina.txt", PAGINA, "rechazado"),
        ("boletin.txt", NOTA, "rechazado"),
        ("cortado.txt", cortar_a_media_fila(base), "leido"),
        ("renglones-crlf.txt", base.replace("\n", "\r\n"), "leido"),
        ("renglones-cr.txt", base.replace("\n", "\r"), "leido"),
        ("marca-utf8.txt", "\ufeff" + base, "leido"),
        ("con-guiones.txt", tabla_suelta(una.replace("VIGILAR", guion + " VIGILAR")), "leido"),
        (
            "con-formulas.txt",
            tabla_suelta(
                una.replace("VIGILAR EL CUMPLIMIENTO.", formula).replace(
                    "SE CUMPLIÓ SATISFACTORIAMENTE.", "=cmd|' /C calc'!A0"
                )
            ),
            "leido",
        ),
        ("cifras-negativas.txt", tabla_suelta(renglon.format(4, -1, -5, 1, 1, 3, -5, "-125%", "")), "leido"),
        (
            "cifras-absurdas.txt",
            tabla_suelta(renglon.format("9" * 40, "1e309", "NaN", "0x1F", "∞", "½", "9" * 40, "10^9%", "")),
            "leido",
        ),
        ("informe-repetido.txt", tabla_suelta(una) + "\n\n\n\n" + tabla_suelta(otra), "leido"),
        ("nombre con espacios y ñ.txt", base, "leido"),
        (
            "con-nulos.txt",
            base.replace("META ANUAL", "META\x00 ANUAL").replace("ELABORÓ", "\x00ELABORÓ"),
            "leido",
        ),
        ("una-linea-de-40-mb.txt", "META ANUAL 1 " * (40 * 1024 * 1024 // 13), "rechazado"),
        ("mil-tabuladores.txt", tabla_suelta(una + "\t" * 5000), "leido"),
        ("sin-filas.txt", tabla_suelta(), "rechazado"),
    ]
    crudos = [
        ("vacio.txt", b"", "rechazado"),
        ("binario.txt", azar.randbytes(20000), "rechazado"),
        ("imagen.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + azar.randbytes(3000), "rechazado"),
        (
            "documento-pdf.txt",
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + azar.randbytes(2000),
            "rechazado",
        ),
        ("windows-1252.txt", base.encode("cp1252"), "leido"),
        ("utf16-con-marca.txt", base.encode("utf-16"), "leido"),
        ("utf16-sin-marca.txt", base.encode("utf-16-le"), "leido"),
    ]
    return [(nombre, contenido.encode(), esperado) for nombre, contenido, esperado in texto] + crudos
