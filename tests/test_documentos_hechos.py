"""La lectura frente a documentos hechos con verdad conocida, y los documentos hechos frente a sí mismos."""

import pytest

from poa.errores import ErrorDeUsuario
from poa.extracto import leer_documentos
from tests.documentos_hechos import DANIOS, FORMATOS, generar, hostiles
from tests.documentos_hechos.compromisos import redondear
from tests.documentos_hechos.evaluacion import Cuenta, comparar, evaluar

SEMILLAS = range(4)
MINIMO = {"ninguno": 100.0, "leve": 99.0, "fuerte": 95.0}
MARCAS = ("ilegibles", "ambivalentes")


def sin_marcas(verdad):
    """Quita de la verdad lo que depende del daño."""
    return {
        tabla: [{k: v for k, v in fila.items() if k not in MARCAS} for fila in filas] for tabla, filas in verdad.items()
    }


def como_lectura(verdad):
    """Arma las tablas que daría una lectura perfecta."""

    def identidad(fila):
        return "/".join([fila["corte"], fila["dependencia_nombre"], fila["meta_clave"], fila["clave"]])

    tablas = {
        tabla: [fila | {"compromiso_id": identidad(fila), "certeza": "seguro"} for fila in verdad[tabla]]
        for tabla in ("compromiso", "avance", "avance_mensual")
    }
    tablas["presupuesto"] = [fila | {"certeza": "seguro"} for fila in verdad["presupuesto"]]
    tablas["alineacion"] = [
        {"compromiso_id": identidad(fila), "linea_clave": linea}
        for fila in verdad["compromiso"]
        for linea in fila["lineas"]
    ]
    return tablas


# Los documentos hechos -----------------------------------------------------------------------------


@pytest.mark.parametrize("formato", FORMATOS)
def test_la_verdad_cumple_las_identidades(formato):
    for semilla in range(30):
        _, verdad = generar(formato, semilla)
        trimestres = {}
        for fila in verdad["avance"]:
            llave = fila["corte"], fila["dependencia_nombre"], fila["meta_clave"], fila["clave"]
            trimestres.setdefault(llave, []).append(fila)
        for fila in verdad["compromiso"]:
            suyos = trimestres[fila["corte"], fila["dependencia_nombre"], fila["meta_clave"], fila["clave"]]
            programado, alcanzado = ([f[c] for f in suyos] for c in ("programado", "alcanzado"))
            suma_p, suma_a = sum(p or 0 for p in programado), sum(a or 0 for a in alcanzado)
            sin_calendario = all(p is None for p in programado)
            assert len(suyos) == 4
            assert (
                sin_calendario or suma_p == fila["meta_anual"] or max(p or 0 for p in programado) == fila["meta_anual"]
            )
            assert fila["avance_absoluto"] in (None, suma_a) or fila["avance_absoluto"] in alcanzado
            if fila["acumulado_relativo_pct"] and fila["meta_anual"]:
                relativo = redondear(100 * fila["avance_absoluto"] / fila["meta_anual"])
                assert fila["acumulado_relativo_pct"] == relativo
        for fila in verdad["avance_mensual"]:
            if fila["realizado"] is not None:
                assert fila["variacion"] == pytest.approx(fila["realizado"] - fila["programado"])


@pytest.mark.parametrize("formato", FORMATOS)
def test_el_danio_no_cambia_la_verdad(formato):
    for semilla in range(5):
        sana, leve, fuerte = (sin_marcas(generar(formato, semilla, danio)[1]) for danio in DANIOS)
        assert sana == leve == fuerte


@pytest.mark.parametrize("formato", FORMATOS)
def test_la_misma_semilla_da_el_mismo_documento(formato):
    assert generar(formato, 7, "fuerte") == generar(formato, 7, "fuerte")


@pytest.mark.parametrize("formato", ["tabla_tabs", "tabla_pipes"])
def test_lo_impreso_sin_danio_es_la_verdad(formato):
    """Lee por lugar, sin la lectura de la casa, y encuentra cada cifra en su columna."""
    for semilla in range(10):
        texto, verdad = generar(formato, semilla)
        separador, borde = ("|", 1) if formato == "tabla_pipes" else ("\t", 0)
        filas = [[c.strip() for c in r.split(separador)[borde:]] for r in texto.split("\n") if r.count(separador) > 12]
        filas = [f for f in filas if f[1] and any(c.isdigit() for c in "".join(f[:4])) and "OBSERVACIONES" not in f]
        assert len(filas) == len(verdad["compromiso"])
        for numero, fila in enumerate(filas):
            suyos = verdad["avance"][4 * numero : 4 * numero + 4]
            cierto = [f[c] for f in suyos for c in ("programado", "alcanzado")]
            assert [int(c.replace(",", "")) if c else None for c in fila[4:12]] == cierto


@pytest.mark.parametrize("formato", FORMATOS)
def test_una_lectura_perfecta_sale_perfecta(formato):
    cuenta = Cuenta()
    for semilla in range(3):
        _, verdad = generar(formato, semilla, "fuerte")
        comparar(cuenta, "x", como_lectura(verdad), verdad)
    assert cuenta.errores == []
    assert cuenta.acierto == 100 and cuenta.mal_seguro == 0


def test_una_cifra_falsa_y_segura_se_cuenta():
    _, verdad = generar("tabla_tabs", 1)
    lectura = como_lectura(verdad)
    lectura["avance"][0] = lectura["avance"][0] | {"programado": 987654}
    cuenta = Cuenta()
    comparar(cuenta, "x", lectura, verdad)
    assert (cuenta.mal, cuenta.mal_seguro, cuenta.faltan) == (1, 1, 0)


# La lectura ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("danio", DANIOS)
@pytest.mark.parametrize("formato", FORMATOS)
def test_lectura_de_documentos_hechos(formato, danio):
    cuenta = evaluar(formato, danio, SEMILLAS)
    primeros = "\n".join(cuenta.errores[:15])
    assert cuenta.caidas == 0, primeros
    assert cuenta.mal_seguro == 0, primeros
    assert cuenta.acierto >= MINIMO[danio], primeros
    if danio == "ninguno":
        assert cuenta.textos_mal == 0 and cuenta.sobrantes == 0, primeros


@pytest.mark.parametrize("danio", DANIOS)
def test_las_estrategias_que_coinciden_con_sus_lineas_no_se_acusan(tmp_path, danio):
    for semilla in SEMILLAS:
        ruta = tmp_path / f"laminas-{semilla}.txt"
        texto, verdad = generar("laminas", semilla, danio)
        ruta.write_text(texto, encoding="utf-8")
        tablas = leer_documentos([ruta])
        de_meta = [c for c in tablas["compromiso"] if c["nivel"] == "meta"]
        assert de_meta and all(c["estrategias_impresas"] for c in de_meta if c["certeza"] == "seguro")
        assert [h for h in tablas["hallazgo"] if h["regla"] == "estrategias_distintas"] == []


@pytest.mark.parametrize(("nombre", "contenido", "esperado"), hostiles(), ids=lambda v: v if isinstance(v, str) else "")
def test_lectura_de_archivos_hostiles(tmp_path, nombre, contenido, esperado):
    ruta = tmp_path / nombre
    ruta.write_bytes(contenido)
    if esperado == "rechazado":
        with pytest.raises(ErrorDeUsuario):
            leer_documentos([ruta])
    else:
        assert leer_documentos([ruta])["compromiso"]
