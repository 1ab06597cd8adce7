"""Los acuerdos de la sesión en su archivo: se apuntan, se enmiendan, no se pierde ninguno y nada queda como fórmula."""

import csv
import multiprocessing
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from poa import acuerdos, formulas, rutas
from poa.errores import ErrorDeUsuario

FILA = {
    "compromiso_id": "poa-2025/2025T2/bisom/300/305",
    "nivel": "accion",
    "descripcion": '=SUMA(A1) y "comillas", con coma',
    "unidad_medida": "Expediente",
    "programado": 75.0,
    "alcanzado": 60.0,
    "cumplimiento_pct": 80.0,
    "estado": "En riesgo",
    "certeza": "reconstruido",
    "documento": "poa-2025",
    "pagina": 6,
    "renglon": 428,
}
ESLABON = "2025.1/bisom/300/305"


@pytest.fixture(autouse=True)
def datos(tmp_path, monkeypatch):
    monkeypatch.setenv("POA_DATOS", str(tmp_path))
    return tmp_path


def apuntar(texto: str = "Revisar el padrón", iniciales: str = "jlm", **cambios) -> acuerdos.Acuerdo:
    return acuerdos.apuntar(FILA | cambios, ESLABON, "2025T2", texto, iniciales, "CONEVAL 90–110")


def test_un_acuerdo_guarda_de_que_es_quien_cuando_y_la_cifra_vigente():
    nuevo = apuntar("Revisar el padrón,\nantes de enero")
    (leido,) = acuerdos.leer()
    assert leido == nuevo
    assert (leido.texto, leido.iniciales, leido.corte) == ("Revisar el padrón,\nantes de enero", "JLM", "2025T2")
    assert (leido.programado, leido.alcanzado, leido.cumplimiento_pct, leido.estado) == (75, 60, 80, "En riesgo")
    assert (leido.dependencia, leido.meta_clave, leido.clave, leido.plan) == ("bisom", "300", "305", "2025.1")
    assert leido.vigente_id == "2025/bisom/300/305" and leido.fecha.tzinfo is not None
    assert (leido.documento, leido.pagina, leido.renglon) == ("poa-2025", 6, 428)
    assert leido.certeza == "reconstruido"


def test_lo_que_falta_queda_en_blanco_y_no_es_cero():
    apuntar(programado=float("nan"), cumplimiento_pct=None, unidad_medida=None, alcanzado=0.0)
    (leido,) = acuerdos.leer()
    assert leido.programado is None and leido.cumplimiento_pct is None and leido.unidad_medida is None
    assert leido.alcanzado == 0


@pytest.mark.parametrize("certeza", ["seguro", "distinto", "reconstruido", "ambiguo"])
def test_cualquier_certeza_se_vuelve_a_leer(certeza):
    apuntar(certeza=certeza)
    assert acuerdos.leer()[0].certeza == certeza


def test_los_extractos_no_se_tocan(datos):
    apuntar()
    assert {p.name for p in datos.iterdir()} == {"acuerdos.csv", "acuerdos.candado"}


def test_el_repositorio_no_guarda_los_acuerdos():
    ignorados = subprocess.run(
        ["git", "check-ignore", "data/acuerdos.csv", "data/acuerdos.candado"],
        cwd=rutas.raiz(),
        capture_output=True,
        text=True,
    )
    assert ignorados.stdout.split() == ["data/acuerdos.csv", "data/acuerdos.candado"]


@pytest.mark.parametrize("iniciales", ["", "J", "JLMNOP", "J1", "J-L", "  ", "12"])
def test_las_iniciales_son_de_dos_a_cinco_letras(iniciales):
    with pytest.raises(ErrorDeUsuario, match="de 2 a 5 letras"):
        apuntar(iniciales=iniciales)
    assert acuerdos.leer() == []


def test_las_iniciales_se_escriben_de_una_manera():
    assert [apuntar(iniciales=i).iniciales for i in ("j.l.m.", " ñú ", "José")] == ["JLM", "ÑÚ", "JOSÉ"]


@pytest.mark.parametrize("texto", ["", "   ", "\n\n", "\x00"])
def test_un_acuerdo_vacio_no_se_guarda(texto):
    with pytest.raises(ErrorDeUsuario, match="Escriba el acuerdo"):
        apuntar(texto)


def test_un_acuerdo_largo_dice_cuanto_cabe():
    assert apuntar("ñ" * acuerdos.LARGO_TEXTO)
    with pytest.raises(ErrorDeUsuario, match=f"tiene {acuerdos.LARGO_TEXTO + 1} letras y caben {acuerdos.LARGO_TEXTO}"):
        apuntar("ñ" * (acuerdos.LARGO_TEXTO + 1))


OCULTAS = ("|cmd", '"=1', "\xa0=1", "\u200b=1", "a;=1", "traer:\n- uno\n- 'dos'", "a;'b", "''=1;''-2")


@pytest.mark.parametrize(
    "texto", ["=1+1", "+5", "-3 visitas", "@lista", "\tx", "'ya con apóstrofo", "'=1", "＝1", *OCULTAS]
)
def test_nada_queda_como_formula_y_al_leer_es_lo_que_se_escribio(texto, datos):
    apuntar(texto, descripcion=texto, unidad_medida=texto)
    with (datos / "acuerdos.csv").open(encoding="utf-8-sig", newline="") as archivo:
        celdas = [c for fila in list(csv.reader(archivo))[1:] for c in fila]
    assert not [c for c in celdas if formulas.parece_formula(c) and not c.startswith("'")]
    assert not [c for c in celdas if re.search("[;\t\r\n][=+@|-]", c)]  # ni en lo que otro separador partiría
    (leido,) = acuerdos.leer()
    assert (leido.texto, leido.descripcion, leido.unidad_medida) == (texto, texto, texto)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=3))
def test_cualquier_texto_se_vuelve_a_leer(datos, textos):
    (datos / "acuerdos.csv").unlink(missing_ok=True)
    guardados = []
    for texto in textos:
        try:
            guardados.append(apuntar(texto, descripcion=texto.replace("\x00", "") or None))
        except ErrorDeUsuario as error:
            assert "Escriba el acuerdo" in error.mensaje
    leidos = acuerdos.leer()
    assert [a.texto for a in leidos] == [a.texto for a in guardados]
    assert all(a.texto.strip() for a in leidos)


def test_tachar_no_borra(datos):
    viejo, otro = apuntar("Uno"), apuntar("Dos")
    acuerdos.tachar(viejo.acuerdo, "AB")
    assert [a.texto for a in acuerdos.leer()] == ["Dos"]
    tachado = next(a for a in acuerdos.leer(con_tachados=True) if a.acuerdo == viejo.acuerdo)
    assert tachado.texto == "Uno" and tachado.tachado and tachado.tachado_por == "AB"
    with pytest.raises(ErrorDeUsuario, match="ya estaba tachado"):
        acuerdos.tachar(viejo.acuerdo, "AB")
    with pytest.raises(ErrorDeUsuario, match="ya no está"):
        acuerdos.tachar("no-existe", "AB")
    with pytest.raises(ErrorDeUsuario, match="iniciales"):
        acuerdos.tachar(otro.acuerdo, "")


def test_corregir_tacha_el_viejo_y_conserva_su_cifra():
    viejo = apuntar("Con herror")
    nuevo = acuerdos.corregir(viejo.acuerdo, "=Sin error", "AB")
    (vale,) = acuerdos.leer()
    assert vale == nuevo and vale.texto == "=Sin error" and vale.corrige == viejo.acuerdo
    assert (vale.programado, vale.alcanzado, vale.eslabon) == (75, 60, ESLABON)
    assert len(acuerdos.leer(con_tachados=True)) == 2
    with pytest.raises(ErrorDeUsuario):
        acuerdos.corregir(nuevo.acuerdo, "", "AB")
    assert acuerdos.leer() == [nuevo]


def test_se_leen_los_de_un_corte():
    apuntar()
    assert acuerdos.leer("2025T2") and not acuerdos.leer("2025T3")


def test_van_en_el_orden_en_que_se_imprimen_sus_compromisos():
    for eslabon in (
        "2025.1/dif/3/3.10",
        "2025.1/bisom/10/10",
        "2025.1/dif/3/3.9",
        "2025.1/dif/3/3",
        "2025.1/bisom/9/9.1",
    ):
        acuerdos.apuntar(
            FILA | {"nivel": "meta" if eslabon.count(".") == 1 else "accion"}, eslabon, "2025T2", "x", "AB"
        )
    claves = [a.clave for a in acuerdos.en_orden(acuerdos.leer(), ["dif", "bisom"])]
    assert claves == ["3", "3.9", "3.10", "9.1", "10"]


def danos(bueno: bytes) -> dict[str, bytes]:
    renglones = bueno.split(b"\r\n")
    return {
        "cortado": bueno[: len(bueno) // 2],
        "sin columnas": b"hola,mundo\r\n1,2\r\n",
        "otro separador": bueno.replace(b",", b";"),
        "otra codificación": bueno.decode("utf-8-sig").encode("latin-1", "replace"),
        "una celda de menos": b"\r\n".join([renglones[0], renglones[1].rsplit(b",", 1)[0], b""]),
        "un corte imposible": bueno.replace(b"2025T2", b"2025T7"),
        "una fecha imposible": bueno.replace(b",20", b",31/12/20"),
        "sin identificador": renglones[0] + b"\r\n" + b"," * renglones[0].count(b",") + b"\r\n",
        "una cifra imposible": bueno.replace(b",75.0,", b",inf,"),
        "otra cifra imposible": bueno.replace(b",60.0,", b",nan,"),
        "un nivel que no existe": bueno.replace(b",accion,", b",zzz,"),
        "un estado que no existe": bueno.replace(b",En riesgo,", b",zzz,"),
        "una certeza que no existe": bueno.replace(b",reconstruido,", b",zzz,"),
        "un compromiso vacío": bueno.replace(ESLABON.encode(), b"////"),
        "binario": bytes(range(256)) * 4,
    }


def test_un_archivo_danado_se_dice_y_no_se_toca(datos):
    apuntar("Con acento: acción")
    ruta = datos / "acuerdos.csv"
    bueno = ruta.read_bytes()
    for cual, contenido in danos(bueno).items():
        assert contenido != bueno, cual
        ruta.write_bytes(contenido)
        for intento in (acuerdos.leer, lambda: apuntar("Otro")):
            with pytest.raises(ErrorDeUsuario, match="dañado") as error:
                intento()
            assert str(ruta) in error.value.mensaje, cual
        assert ruta.read_bytes() == contenido, cual


def test_las_columnas_que_alguien_agrega_se_conservan(datos):
    apuntar("Uno")
    ruta = datos / "acuerdos.csv"
    renglones = ruta.read_text("utf-8-sig").splitlines()
    ruta.write_text("\n".join([renglones[0] + ",responsable", renglones[1] + ",Tesorería"]) + "\n", encoding="utf-8")
    apuntar("Dos")
    with ruta.open(encoding="utf-8-sig", newline="") as archivo:
        assert [f["responsable"] for f in csv.DictReader(archivo)] == ["Tesorería", ""]
    assert [a.texto for a in acuerdos.leer()] == ["Uno", "Dos"]


@pytest.mark.parametrize("contenido", [b"", b"\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_un_archivo_vacio_es_ningun_acuerdo(datos, contenido):
    (datos / "acuerdos.csv").write_bytes(contenido)
    assert acuerdos.leer() == [] and apuntar() and len(acuerdos.leer()) == 1


def test_si_no_se_puede_escribir_se_dice_y_lo_demas_sigue(datos, monkeypatch):
    apuntar("Uno")
    (datos / "acuerdos.candado").unlink()
    (datos / "acuerdos.candado").mkdir()  # ni con todos los permisos se puede tomar
    with pytest.raises(ErrorDeUsuario, match="No se pudo guardar.*carpeta"):
        apuntar("Dos")
    assert [a.texto for a in acuerdos.leer()] == ["Uno"]
    monkeypatch.setenv("POA_DATOS", str(datos / "no" / "existe"))
    with pytest.raises(ErrorDeUsuario, match="no existe"):
        apuntar("Tres")
    assert acuerdos.leer() == []


def test_si_en_su_lugar_hay_una_carpeta_se_dice(datos):
    (datos / "acuerdos.csv").mkdir()
    with pytest.raises(ErrorDeUsuario, match="en su lugar hay una carpeta"):
        acuerdos.leer()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="quien administra el equipo siempre puede")
def test_sin_permiso_se_dice(datos):
    apuntar("Uno")
    datos.chmod(0o500)
    try:
        with pytest.raises(ErrorDeUsuario, match="no hay permiso"):
            apuntar("Dos")
    finally:
        datos.chmod(0o700)
    assert [a.texto for a in acuerdos.leer()] == ["Uno"]


def test_varios_hilos_apuntan_a_la_vez_y_no_se_pierde_ninguno():
    with ThreadPoolExecutor(8) as cuadrilla:
        list(cuadrilla.map(lambda n: apuntar(f"Acuerdo {n}"), range(48)))
    assert {a.texto for a in acuerdos.leer()} == {f"Acuerdo {n}" for n in range(48)}


def _apuntar_varios(quien: int) -> None:
    for n in range(12):
        apuntar(f"{quien}-{n}")


def test_varios_procesos_apuntan_a_la_vez_y_no_se_pierde_ninguno(datos):
    contexto = multiprocessing.get_context("spawn")
    procesos = [contexto.Process(target=_apuntar_varios, args=(quien,)) for quien in range(4)]
    for proceso in procesos:
        proceso.start()
    for proceso in procesos:
        proceso.join()
    assert {a.texto for a in acuerdos.leer()} == {f"{quien}-{n}" for quien in range(4) for n in range(12)}
    assert {p.name for p in datos.iterdir()} == {"acuerdos.csv", "acuerdos.candado"}


def test_un_proceso_que_muere_con_el_candado_no_lo_deja_puesto(datos):
    orden = "from poa import acuerdos as a, rutas; import os\nwith a._candado():\n    os._exit(9)"
    muerto = subprocess.run([sys.executable, "-c", orden], cwd=rutas.raiz(), env=os.environ | {"POA_DATOS": str(datos)})
    assert muerto.returncode == 9
    assert apuntar("Después") and len(acuerdos.leer()) == 1
