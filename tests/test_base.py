"""La base: qué dice de sí misma, cómo se prueba y cómo se publica."""

import csv
import json
import shutil

import duckdb
import pyarrow.parquet as pq
import pytest
import yaml

from poa import rutas
from poa.base import construir_base, revisar_base
from poa.errores import ErrorDeUsuario
from tests.extractos_hechos import Extractos

# ---------------------------------------------------------------- diccionario y catálogos


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    archivo = construir_base(base_minima(tmp_path_factory.mktemp("datos")))
    with duckdb.connect(str(archivo), read_only=True) as con:
        yield con


def test_el_diccionario_y_la_base_dicen_lo_mismo(base):
    with rutas.diccionario().open(encoding="utf-8", newline="") as archivo:
        filas = list(csv.DictReader(archivo))
    escrito = {(f["tabla"], f["columna"]): (f["tipo"], f["descripcion"]) for f in filas}
    assert len(escrito) == len(filas)
    hallado = base.execute(
        "select table_name, column_name, data_type, comment from duckdb_columns() where not internal"
    ).fetchall()
    assert {(t, c): (tipo, comentario) for t, c, tipo, comentario in hallado} == escrito
    assert all(f["descripcion"] and f["fuente"] for f in filas)


def test_cada_tabla_dice_su_grano(base):
    with (rutas.raiz() / "data" / "tablas.csv").open(encoding="utf-8", newline="") as archivo:
        escrito = {fila["tabla"]: fila["descripcion"] for fila in csv.DictReader(archivo)}
    hallado = dict(
        base.execute(
            "select table_name, comment from duckdb_tables() union all "
            "select view_name, comment from duckdb_views() where not internal"
        ).fetchall()
    )
    assert hallado == escrito
    assert all("Una fila por" in descripcion for descripcion in escrito.values())


def test_la_dependencia_desconocida_tambien_tiene_nombre(tmp_path):
    x = Extractos()
    x.compromiso("2025T1", "bomberos_y_rescate", "101", [(1, 1)])
    with duckdb.connect(str(construir_base(x.escribir(tmp_path))), read_only=True) as con:
        filas = con.execute("select nombre from dependencia where not en_catalogo").fetchall()
    assert filas == [("BOMBEROS Y RESCATE",)]


# ---------------------------------------------------------------- pruebas de los datos


def base_minima(tmp_path, cambiar=None):
    """Dos informes en regla de una dependencia del catálogo, con lo que `cambiar` les haga."""
    x = Extractos()
    x.compromiso(
        "2025T1",
        "dif",
        "100",
        [(5, 5), (5, None)],
        nivel="meta",
        avance_absoluto=5,
        avance_absoluto_impreso=5,
        acumulado_relativo_pct=50,
    )
    x.compromiso("2025T1", "dif", "101", [(10, 10), (10, None), (10, None), (10, None)])
    x.compromiso("2025T2", "dif", "101", [(10, 10), (10, 9), (10, None), (10, None)])
    if cambiar:
        cambiar(x.tablas)
    return x.escribir(tmp_path)


def fijar(tabla, fila, **cambios):
    """Un cambio para `base_minima`: columnas de una fila de un extracto."""
    return lambda tablas: tablas[tabla][fila].update(cambios)


def quitar(tabla, fila):
    return lambda tablas: tablas[tabla].pop(fila)


def repetir(tabla, fila):
    return lambda tablas: tablas[tabla].append(dict(tablas[tabla][fila]))


def agregar_plan_ajeno(tablas):
    otro = Extractos()
    otro.compromiso("2025T0", "dif", "3.1", [(1, None)] * 4, meta_clave="3", documento="laminas")
    for tabla, filas in otro.tablas.items():
        tablas[tabla].extend(filas)


MES = {"compromiso_id": "poa-2025/2025T1/dif/100/101", "mes": 1, "certeza": "seguro"}
ERRORES = {
    "clave_repetida": repetir("avance", 0),
    "clave_vacia": fijar("compromiso", 0, certeza=None),
    "cuatro_trimestres": quitar("avance", 3),
    "identificador_compuesto": fijar("compromiso", 1, ejercicio=2024),
    "listas_cerradas": fijar("avance", 0, certeza="casi"),
    "referencia_rota": lambda tablas: tablas["avance_mensual"].append(MES | {"compromiso_id": "nadie"}),
    "renglon_existe": fijar("compromiso", 2, renglon=99),
}
ADVERTENCIAS = {
    "acumulado_relativo": fijar("compromiso", 0, acumulado_relativo_pct=75),
    "cantidad_imposible": fijar("avance", 9, alcanzado=-1, alcanzado_impreso=-1),
    "impreso_sin_explicar": fijar("avance", 4, alcanzado_impreso=None),
    "informe_posterior_distinto": fijar("avance", 8, alcanzado=7, alcanzado_impreso=7),
    "suma_alcanzado": fijar("compromiso", 0, avance_absoluto=4, avance_absoluto_impreso=4, acumulado_relativo_pct=40),
    "suma_programado": fijar("compromiso", 1, meta_anual=50, meta_anual_impresa=50),
    "plan_sin_continuidad": agregar_plan_ajeno,
    "variacion_mensual": lambda tablas: tablas["avance_mensual"].append(
        MES | {"programado": 3, "realizado": 5, "variacion": 1}
    ),
}
# Lo que la base deduce siempre bien; si fallaran, la culpa sería de queries/base.
SOLO_DE_LA_BASE = {"estado_por_compromiso", "trimestres_en_vigor"}
DEL_LINAJE = {"enlace_imposible", "enlace_incompleto", "enlace_roto"}  # su falla está en test_linaje.py


def test_cada_prueba_tiene_su_falla_sembrada():
    pruebas = {archivo.stem for archivo in (rutas.consultas() / "pruebas").glob("*.sql")}
    assert pruebas == ERRORES.keys() | ADVERTENCIAS.keys() | SOLO_DE_LA_BASE | DEL_LINAJE


def test_lo_que_esta_en_regla_no_se_senala(tmp_path):
    assert revisar_base(construir_base(base_minima(tmp_path))) == []


@pytest.mark.parametrize("prueba", sorted(ERRORES))
def test_un_error_impide_publicar(tmp_path, prueba):
    datos = base_minima(tmp_path, ERRORES[prueba])
    with pytest.raises(ErrorDeUsuario, match=prueba):
        construir_base(datos)
    assert sorted(p.name for p in datos.iterdir()) == ["extractos"]


@pytest.mark.parametrize("prueba", sorted(ADVERTENCIAS))
def test_una_advertencia_se_guarda(tmp_path, prueba):
    base = construir_base(base_minima(tmp_path, ADVERTENCIAS[prueba]))
    assert {i.prueba for i in revisar_base(base)} == {prueba}
    with duckdb.connect(str(base), read_only=True) as con:
        guardadas = con.execute("select distinct prueba, severidad from infraccion").fetchall()
    assert guardadas == [(prueba, "advertencia")]


def test_la_excepcion_explicada_no_se_senala(tmp_path):
    datos = base_minima(tmp_path, ADVERTENCIAS["suma_programado"])
    (datos / "excepciones.csv").write_text(
        "prueba,compromiso_id,motivo\nsuma_programado,poa-2025/2025T1/dif/100/101,El documento lo imprime así.\n",
        "utf-8",
    )
    assert revisar_base(construir_base(datos)) == []


# ---------------------------------------------------------------- publicación


def test_se_publica_con_dos_nombres(tmp_path):
    base = construir_base(base_minima(tmp_path))
    assert json.loads((tmp_path / "actual.json").read_text("utf-8")) == {"archivo": base.name}
    for archivo in (base, tmp_path / "poa.duckdb"):
        with duckdb.connect(str(archivo), read_only=True) as con:
            assert con.execute("select count(*) from cumplimiento").fetchone() == (8,)


def test_la_base_nueva_no_estorba_a_quien_lee_la_anterior(tmp_path):
    primera = construir_base(base_minima(tmp_path))
    with duckdb.connect(str(primera), read_only=True) as con:
        segunda = construir_base(tmp_path)
        tercera = construir_base(tmp_path)
        assert con.execute("select count(*) from compromiso").fetchone() == (3,)
    assert sorted(p.name for p in tmp_path.glob("poa-*")) == [segunda.name, tercera.name]
    assert (tmp_path / "poa.duckdb").samefile(tercera)


def test_sin_enlaces_se_copia(tmp_path, monkeypatch):
    def sin_enlaces(*_):
        raise OSError("este sistema de archivos no admite enlaces")

    monkeypatch.setattr("os.link", sin_enlaces)
    base = construir_base(base_minima(tmp_path))
    assert (tmp_path / "poa.duckdb").read_bytes() == base.read_bytes()


def cambiar_tipo(extractos):
    tabla = pq.read_table(extractos / "sesion.parquet")
    lugar = tabla.schema.get_field_index("renglon")
    pq.write_table(tabla.set_column(lugar, "renglon", tabla["renglon"].cast("double")), extractos / "sesion.parquet")


@pytest.mark.parametrize(
    ("danar", "mensaje"),
    [
        (lambda de: (de / "avance.parquet").unlink(), "Faltan extractos.*avance.parquet"),
        (lambda de: (de / "avance.parquet").write_bytes(b"nada"), "no es un archivo Parquet"),
        (lambda de: shutil.copy(de / "sesion.parquet", de / "avance.parquet"), "falta compromiso_id"),
        (cambiar_tipo, "renglon es DOUBLE y debe ser INTEGER"),
    ],
)
def test_un_extracto_malo_se_explica_y_no_toca_nada(tmp_path, danar, mensaje):
    antes = construir_base(base_minima(tmp_path))
    danar(tmp_path / "extractos")
    with pytest.raises(ErrorDeUsuario, match=mensaje):
        construir_base(tmp_path)
    assert json.loads((tmp_path / "actual.json").read_text("utf-8")) == {"archivo": antes.name}
    assert not list(tmp_path.glob("*.nuevo*"))


@pytest.mark.parametrize(
    "cambiar",
    [
        lambda reglas: reglas.update(predeterminado="otro"),
        lambda reglas: reglas["presets"][0].pop("critico"),
        lambda reglas: reglas.update(presets=None),
        lambda reglas: reglas["presets"][0].update(minimo=101),
        lambda reglas: reglas["presets"][1].update(maximo=105.2),
    ],
)
def test_las_reglas_mal_escritas_se_explican(tmp_path, cambiar):
    reglas = yaml.safe_load((rutas.raiz() / "data" / "umbrales.yml").read_text("utf-8"))
    cambiar(reglas)
    datos = base_minima(tmp_path)
    (datos / "umbrales.yml").write_text(yaml.safe_dump(reglas), "utf-8")
    with pytest.raises(ErrorDeUsuario, match="umbrales.yml"):
        construir_base(datos)
