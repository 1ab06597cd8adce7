-- ¿Qué dicen los documentos?
-- Grano: el de cada extracto (lo dice data/diccionario.csv); se copian tal cual, en su
--   orden.
-- Parámetros: ninguno; la variable «extractos» es la carpeta de los Parquet.
-- Cuidado: tablas nativas, no vistas: así la base se mueve sola y no depende de rutas.

create table compromiso as
select *
from read_parquet(getvariable('extractos') || '/compromiso.parquet')
order by documento, corte, pagina, renglon, compromiso_id;

create table avance as
select *
from read_parquet(getvariable('extractos') || '/avance.parquet')
order by compromiso_id, trimestre;

create table avance_mensual as
select *
from read_parquet(getvariable('extractos') || '/avance_mensual.parquet')
order by compromiso_id, mes;

create table presupuesto as
select *
from read_parquet(getvariable('extractos') || '/presupuesto.parquet')
order by documento, pagina, renglon;

create table alineacion as
select *
from read_parquet(getvariable('extractos') || '/alineacion.parquet')
order by compromiso_id, pmd, linea_clave;

create table encabezado as
select *
from read_parquet(getvariable('extractos') || '/encabezado.parquet')
order by documento, pagina, renglon;

create table sesion as
select *
from read_parquet(getvariable('extractos') || '/sesion.parquet')
order by documento, pagina, renglon, orden;

create table hallazgo as
select *
from read_parquet(getvariable('extractos') || '/hallazgo.parquet')
order by documento, pagina, renglon, regla;

create table renglon_fuente as
select *
from read_parquet(getvariable('extractos') || '/renglon_fuente.parquet')
order by documento, renglon;
