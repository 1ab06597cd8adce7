"""Los enlaces de linaje guardados: la línea de órdenes los sugiere, los confirma y recuerda los rechazados."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from poa.cli import principal
from tests.extractos_hechos import Extractos

ENCABEZADO = "origen,destino,relacion,evidencia,certeza,procedencia,hilo\n"
PROPIO = '2024.1/obras/3/3.1,2025.1/obras/300/301,reformulada,"a mano, con ""comillas""",alta,confirmado,banquetas\n'


@pytest.fixture(scope="module")
def extractos(tmp_path_factory) -> Path:
    x = Extractos()
    textos = [
        ("Rehabilitar banquetas y guarniciones del primer cuadro", "Metro", [820, 910, 760, 655]),
        ("Bachear vialidades de la zona oriente", "Tonelada", [1310, 1275, 1420, 1190]),
        ("Pintar escuelas primarias con pintura donada", "Escuela", [11, 14, 9, 12]),
        ("Desazolvar drenes pluviales antes de la lluvia", "Dren", [3, 7, 5, 2]),
    ]
    for corte, meta, claves in (
        ("2024T4", "3", ["3.1", "3.2", "3.3", "3.4"]),
        ("2025T4", "300", ["301", "302", "303", "304"]),
    ):
        for clave, (texto, unidad, cifras) in zip(claves, textos, strict=True):
            p_y_a = [(cifra, cifra) for cifra in cifras]
            x.compromiso(corte, "obras", clave, p_y_a, meta_clave=meta, descripcion=texto, unidad_medida=unidad)
    return x.escribir(tmp_path_factory.mktemp("linaje"))


@pytest.fixture
def datos(extractos: Path, tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setenv("POA_DATOS", str(tmp_path / "datos"))
    return Path(shutil.copytree(extractos, tmp_path / "datos"))


def poa(*argumentos: str) -> Result:
    return CliRunner().invoke(principal, ["linaje", *argumentos])


def enlaces(datos: Path, archivo: str = "linaje.csv") -> list[dict[str, str]]:
    with (datos / "catalogos" / archivo).open(encoding="utf-8-sig", newline="") as abierto:
        return list(csv.DictReader(abierto))


def catalogo(datos: Path, texto: str) -> Path:
    ruta = datos / "catalogos" / "linaje.csv"
    ruta.parent.mkdir(exist_ok=True)
    ruta.write_text(texto, encoding="utf-8", newline="")
    return ruta


def test_sugerir_con_salida_escribe_ahi_y_no_toca_los_datos(datos, tmp_path):
    antes = sorted(ruta.relative_to(datos) for ruta in datos.rglob("*"))
    resultado = poa("sugerir", "--salida", str(tmp_path / "s.csv"), "--sin-catalogo")
    assert resultado.exit_code == 0, resultado.output
    with (tmp_path / "s.csv").open(encoding="utf-8", newline="") as abierto:
        filas = list(csv.DictReader(abierto))
    assert list(filas[0]) == ["origen", "destino", "relacion", "puntaje", "razones"]
    assert len(filas) == 4 and all(0 < float(fila["puntaje"]) <= 1 for fila in filas)
    assert sorted(ruta.relative_to(datos) for ruta in datos.rglob("*")) == antes


def test_sugerir_agrega_a_linaje_csv_sin_perder_ni_repetir_nada(datos):
    ruta = catalogo(datos, "\ufeff" + ENCABEZADO.strip() + ",nota\r\n" + PROPIO.strip() + ",mía\r\n")
    antes = ruta.read_bytes()
    assert poa("sugerir").exit_code == 0
    assert ruta.read_bytes().startswith(antes)
    assert b"\n" not in ruta.read_bytes().replace(b"\r\n", b"")
    nuevos = enlaces(datos)[1:]
    assert len(nuevos) == 3 and {fila["procedencia"] for fila in nuevos} == {"sugerido"}
    assert all(fila["evidencia"] and fila["certeza"] in ("alta", "media", "baja") and fila["hilo"] for fila in nuevos)
    assert len({fila["hilo"] for fila in nuevos}) == 3
    assert (datos / "poa.duckdb").is_file()
    con_todo = ruta.read_bytes()
    assert "No hay enlaces nuevos" in poa("sugerir").output
    assert ruta.read_bytes() == con_todo


def test_no_se_sugiere_lo_que_contradice_a_un_enlace_confirmado(datos, tmp_path):
    catalogo(datos, ENCABEZADO + "2024.1/obras/3/3.1,2025.1/obras/300/304,reformulada,x,alta,confirmado,h\n")
    poa("sugerir", "--salida", str(tmp_path / "s.csv"))
    texto = (tmp_path / "s.csv").read_text("utf-8")
    assert "3.1," not in texto and "/304," not in texto
    assert "2024.1/obras/3/3.2,2025.1/obras/300/302" in texto


def test_confirmar_cambia_solo_ese_renglon(datos):
    poa("sugerir")
    antes = (datos / "catalogos" / "linaje.csv").read_text("utf-8").splitlines()
    resultado = poa("confirmar", "2024.1/obras/3/3.2", "2025.1/obras/300/302", "--relacion", "reformulada")
    assert resultado.exit_code == 0, resultado.output
    despues = (datos / "catalogos" / "linaje.csv").read_text("utf-8").splitlines()
    assert sum(a != b for a, b in zip(antes, despues, strict=True)) == 1
    fila = next(f for f in enlaces(datos) if f["destino"].endswith("/302"))
    assert (fila["procedencia"], fila["relacion"]) == ("confirmado", "reformulada")
    assert "ya estaba confirmado" in poa("confirmar", "2024.1/obras/3/3.2", "2025.1/obras/300/302").output
    assert "Enlaces: 3." in poa("lista", "--sugeridos").output
    hilo = enlaces(datos)[0]["hilo"]
    assert "1 enlace confirmado" in poa("confirmar", "--todas-de", hilo).output


def test_lo_rechazado_se_quita_se_recuerda_y_no_vuelve(datos, tmp_path):
    poa("sugerir")
    par = ("2024.1/obras/3/3.2", "2025.1/obras/300/302")
    resultado = poa("rechazar", *par, "--motivo", "otra zona, otro programa")
    assert resultado.exit_code == 0, resultado.output
    assert par not in {(f["origen"], f["destino"]) for f in enlaces(datos)}
    assert enlaces(datos, "linaje_rechazado.csv") == [
        {"origen": par[0], "destino": par[1], "motivo": "otra zona, otro programa"}
    ]
    assert "No hay enlaces nuevos" in poa("sugerir").output
    poa("sugerir", "--salida", str(tmp_path / "s.csv"), "--sin-catalogo")
    assert ",".join(par) in (tmp_path / "s.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("orden", "dice"),
    [
        (["confirmar", "2024.1/obras/3/3.9", "2025.1/obras/300/302"], "2024.1/obras/3/3.2 → 2025.1/obras/300/302"),
        (["confirmar", "2024.1/obras/3/3.2"], "ORIGEN y DESTINO"),
        (["confirmar", "--todas-de", "bachear"], "Hilos parecidos: bachear_"),
        (["rechazar", "2024.1/obras/3/3.2", "2025.1/obras/300/399", "--motivo", "x"], "2025.1/obras/300/39"),
        (["rechazar", "2024.1/obras/3/3.2", "2025.1/obras/300/302", "--motivo", " "], "--motivo"),
        (["sugerir", "--salida", "no/existe/s.csv"], "No existe la carpeta"),
    ],
)
def test_los_errores_se_dicen_con_una_oracion_y_no_cambian_nada(datos, orden, dice):
    poa("sugerir")
    antes = (datos / "catalogos" / "linaje.csv").read_bytes()
    resultado = poa(*orden)
    assert resultado.exit_code == 2
    assert dice in resultado.output and "Traceback" not in resultado.output
    assert (datos / "catalogos" / "linaje.csv").read_bytes() == antes
    assert not (datos / "catalogos" / "linaje_rechazado.csv").exists()


def test_un_catalogo_sin_sus_columnas_o_sin_extractos_se_explica(datos):
    ruta = catalogo(datos, "origen,destino\n")
    resultado = poa("sugerir")
    assert resultado.exit_code == 2 and "le faltan las columnas" in resultado.output
    ruta.unlink()
    shutil.rmtree(datos / "extractos")
    resultado = poa("sugerir")
    assert resultado.exit_code == 2 and "Faltan extractos" in resultado.output


def test_lo_que_junta_dos_hilos_los_deja_en_uno(datos, extractos, tmp_path):
    x = Extractos()
    texto = {"descripcion": "Rehabilitar banquetas y guarniciones del primer cuadro", "unidad_medida": "Metro"}
    for anio in (2022, 2023, 2024, 2025):
        x.compromiso(f"{anio}T4", "obras", "301", [(p, p) for p in (820, 910, 760, 655)], meta_clave="300", **texto)
    x.escribir(datos)
    dado = "{}.1/obras/300/301,{}.1/obras/300/301,misma,a mano,alta,confirmado,{}\n"
    catalogo(datos, ENCABEZADO + dado.format(2022, 2023, "uno") + dado.format(2024, 2025, "dos"))
    resultado = poa("sugerir")
    assert resultado.exit_code == 0, resultado.output
    assert [(fila["procedencia"], fila["hilo"]) for fila in enlaces(datos)] == [
        ("confirmado", "uno"),
        ("confirmado", "uno"),
        ("sugerido", "uno"),
    ]


def test_al_rechazar_una_parte_se_avisa_de_la_que_queda_sola(datos):
    de, a = "2024.1/obras/3/3.1", "2025.1/obras/300/30{}"
    filas = [f"{de},{a.format(n)},dividida,a mano,alta,confirmado,banquetas\n" for n in (1, 2)]
    catalogo(datos, ENCABEZADO + "".join(filas))
    resultado = poa("rechazar", de, a.format(2), "--motivo", "es de otra obra")
    assert "se divide en uno solo" in resultado.output
