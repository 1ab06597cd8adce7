"""El marco de todas las páginas: navegación, estilo, idioma, pie y el clic en un enlace sin recargar."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl

import streamlit as st

from poa import rutas, tema
from poa.componentes import piezas, por_codigo
from poa.errores import ErrorDeUsuario

# archivo (y dirección) de cada página con el nombre que se lee en la cinta; la primera vive en «/».
PAGINAS: Sequence[tuple[str, str]] = (
    ("inicio", "Inicio"),
    ("resumen", "Resumen"),
    ("dependencias", "Dependencias"),
    ("ejes", "Ejes del PMD"),
    ("trimestres", "Trimestres"),
    ("alertas", "Alertas"),
    ("seguir", "Seguir una meta"),
    ("cambios", "Cambios de plan"),
    ("presupuesto", "Presupuesto"),
    ("sesion", "Sesión"),
    ("metodo", "Método"),
)

# Lo que Streamlit escribe en inglés y no deja cambiar desde Python.
_TRADUCCION = {
    "Close": "Cerrar",
    "Fullscreen": "Pantalla completa",
    "Close fullscreen": "Salir de pantalla completa",
    "View fullscreen": "Pantalla completa",
    "Exit fullscreen": "Salir de pantalla completa",
    "No results": "Sin resultados",
    "No options to select": "Sin opciones",
    "Choose an option": "Elija una opción",
    "Select...": "Elija una opción",
    "Connecting": "Conectando",
    "Connection error": "Se perdió la conexión",
    "Page not found": "No existe esa página",
    "Open navigation": "Abrir el menú de páginas",
    "Main menu": "Menú principal",
    "Clear value": "Borrar",
    "Clear all": "Borrar todo",
    "Open": "Abrir",
    "More": "Más",
    "Close dialog": "Cerrar",
    "Running...": "Calculando…",
    "Stop": "Detener",
    "Copy to clipboard": "Copiar",
    "Interactive chart": "Gráfica",
    "Deselect": "Quitar selección",
    "Search": "Buscar",
    "Navigate to home page": "Ir al inicio",
    "Logo": "Tablero POA Mexicali",
    "App pages": "Páginas del tablero",
    "Show more": "Ver más",
    "Skip to main content": "Saltar al contenido",
    "Banda de cumplimiento — start": "Banda de cumplimiento, mínimo",
    "Banda de cumplimiento — end": "Banda de cumplimiento, máximo",
}

_JS = """
export default function ({ data, setTriggerValue, parentElement }) {
  document.documentElement.lang = 'es-MX';
  const comoSeMueve = () => matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
  const traducir = (raiz) => {
    if (!raiz || !raiz.querySelectorAll) return;
    for (const nombre of ['alt', 'aria-label', 'title', 'placeholder'])
      for (const n of [raiz, ...raiz.querySelectorAll('[' + nombre + ']')]) {
        const dicho = n.getAttribute && n.getAttribute(nombre);
        if (dicho && data.traduccion[dicho]) n.setAttribute(nombre, data.traduccion[dicho]);
      }
    const paso = document.createTreeWalker(raiz, NodeFilter.SHOW_TEXT);
    for (let n = paso.nextNode(); n; n = paso.nextNode()) {
      const dicho = n.nodeValue.trim();
      const mas = dicho.match(/^(\\d+) more$/);  // las páginas que no caben en la cinta
      if (mas) n.nodeValue = n.nodeValue.replace(dicho, mas[1] + ' más');
      if (dicho && data.traduccion[dicho] && !n.parentElement.closest('[data-testid="stHtml"]'))
        n.nodeValue = n.nodeValue.replace(dicho, data.traduccion[dicho]);
    }
  };
  // en la lista de hilos, el que se ve queda a la vista sin mover la página
  let senalado = null, desdeLaLista = false;
  const senalar = () => {
    const elegido = document.querySelector('.hilos .elegido');
    const caja = elegido && elegido !== senalado && elegido.closest('.st-key-hoja_hilos');
    senalado = elegido;
    if (!caja) return;
    // quien elige con el teclado sigue en la lista
    if (desdeLaLista) elegido.querySelector('a').focus({ preventScroll: true });
    desdeLaLista = false;
    const suyo = elegido.getBoundingClientRect(), todo = caja.getBoundingClientRect();
    if (suyo.bottom > todo.bottom || suyo.top < todo.top + 36) caja.scrollTop += suyo.top - todo.top - todo.height / 3;
  };
  // quien pasa de paso desde un botón o un tramo sigue en él en el paso nuevo
  let enEl = null;
  const seguirEn = (uno) => {
    const texto = uno && uno.textContent;
    enEl = !uno || !uno.closest('.botones, .recorrido') ? null
      : uno.closest('.botones') ? () => elDeTexto('.botones a', texto)
      : () => document.querySelector('.recorrido [aria-current]');
  };
  const devolver = () => {
    const mismo = enEl && document.activeElement === document.body && enEl();
    if (mismo) mismo.focus({ preventScroll: true });
  };
  const soltar = () => { enEl = null; };  // en una corrida puede cambiar más de una vez: hasta que se toque otra cosa
  document.addEventListener('pointerdown', soltar, true);
  document.addEventListener('keydown', soltar, true);
  const suTexto = (uno) => (uno.querySelector('p') || uno).textContent;  // sin su punta, que cambia al abrirse
  const elDeTexto = (cuales, texto) => [...document.querySelectorAll(cuales)].find((uno) => suTexto(uno) === texto);
  // lo que se abre queda al final de la página: el foco entra a su primer campo y, al cerrarse, vuelve a quien lo abrió
  const abridores = '[data-testid="stPopover"] button';
  let abierta = null, rotulo = '';
  const entrar = () => {
    const caja = document.querySelector('[data-testid="stPopoverBody"]');
    if (!caja && abierta) {
      const suyo = rotulo;
      abierta = null;
      enEl = () => elDeTexto(abridores, suyo);
    }
    if (!caja || caja === abierta || caja.querySelector('[data-testid="stSkeleton"]')) return;
    const campo = caja.querySelector('input, textarea') || caja.querySelector('button');
    const abridor = document.querySelector(abridores + '[aria-expanded="true"]');
    if (!campo || !abridor) return;
    abierta = caja;
    rotulo = suTexto(abridor);
    if (!caja.contains(document.activeElement)) campo.focus({ preventScroll: true });
  };
  // Streamlit cambia el nombre de la pestaña sin que se oiga; esta región no la toca y sobrevive a cada corrida
  let region = document.getElementById('se-oye');
  if (!region) {
    region = document.createElement('p');
    region.id = 'se-oye';
    region.className = 'oculto';
    region.setAttribute('role', 'status');
    region.dataset.dicho = document.title;
    document.body.append(region);
  }
  let aviso = null;
  const anunciar = () => {
    clearTimeout(aviso);  // en una corrida el nombre cambia dos veces: el de la página y el del paso
    aviso = setTimeout(() => {
      if (region.dataset.dicho === document.title) return;
      region.dataset.dicho = document.title;
      region.textContent = document.title.split(' · ')[0];
    }, 300);
  };
  const titular = new MutationObserver(anunciar);
  titular.observe(document.querySelector('title'), { childList: true });
  traducir(document.body);
  senalar();
  const vigia = new MutationObserver((cambios) => {
    for (const c of cambios) {
      for (const n of c.addedNodes) traducir(n.nodeType === 1 ? n : n.parentElement);
      if (c.type === 'attributes') traducir(c.target);
    }
    senalar();
    entrar();
    devolver();
  });
  vigia.observe(document.body, { childList: true, subtree: true, attributes: true,
                                 attributeFilter: ['alt', 'aria-label', 'title', 'placeholder'] });
  const ir = (e) => {
    if (e.defaultPrevented || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    const tocado = e.target.closest && e.target.closest('a, [data-ir]');
    const direccion = tocado && (tocado.matches('a.ir') ? tocado.getAttribute('href') : tocado.dataset.ir);
    if (!direccion || String(window.getSelection())) return;
    e.preventDefault();
    desdeLaLista = Boolean(tocado.closest('.hilos'));
    seguirEn(tocado);
    setTriggerValue('ir', direccion);
    if (!/(tarjeta|estado|grupo)=/.test(direccion))
      document.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0, behavior: comoSeMueve() });
  };
  document.addEventListener('click', ir, true);
  // en la sesión se pasa con el teclado o con un control de presentación, que manda AvPág y RePág
  const saltos = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1, Home: -Infinity, End: Infinity };
  let enCamino = null;  // el paso pedido que todavía no llega: oprimir dos veces avanza dos
  // AvPág y RePág primero recorren el paso que no cabe en la pantalla
  const bajar = (e, hoja) => {
    const hojas = { PageDown: 1, PageUp: -1 }[e.key];
    const renglones = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    const pantallas = e.key === ' ' ? 1 : hojas;
    const queda = (hojas || pantallas || renglones) > 0
      ? hoja.scrollTop + hoja.clientHeight < hoja.scrollHeight - 40 : hoja.scrollTop > 40;
    if (renglones) hoja.scrollBy({ top: 80 * renglones });
    else if (pantallas && queda) hoja.scrollBy({ top: pantallas * (hoja.clientHeight - 180), behavior: comoSeMueve() });
    return Boolean(renglones || (pantallas && (queda || e.key === ' ')));
  };
  const pasar = (e) => {
    const salto = saltos[e.key], pasos = [...document.querySelectorAll('.recorrido a')];
    const sirve = salto || [' ', 'ArrowDown', 'ArrowUp'].includes(e.key);
    if (!sirve || !pasos.length || e.defaultPrevented || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    if (document.querySelector('[role="dialog"], [data-testid="stPopoverBody"], [role="listbox"]')) return;
    const escribe = 'input, textarea, select, [contenteditable="true"], [role="slider"], [role="radiogroup"]';
    if (e.target.closest(escribe) || (e.key === ' ' && e.target.closest('a, button, summary'))) return;
    e.preventDefault();
    if (bajar(e, document.querySelector('[data-testid="stMain"]'))) return;
    const visto = pasos.findIndex((paso) => paso.hasAttribute('aria-current'));
    if (enCamino && (enCamino.lugar === visto || Date.now() - enCamino.cuando > 3000)) enCamino = null;
    const desde = enCamino ? enCamino.lugar : visto;
    const lugar = Math.min(Math.max(desde + salto, 0), pasos.length - 1);
    if (lugar === desde) return;
    enCamino = { lugar, cuando: Date.now() };
    seguirEn(document.activeElement);
    setTriggerValue('ir', pasos[lugar].getAttribute('href'));
    document.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0 });
  };
  document.addEventListener('keydown', pasar, true);
  return () => {
    document.removeEventListener('click', ir, true);
    document.removeEventListener('keydown', pasar, true);
    document.removeEventListener('pointerdown', soltar, true);
    document.removeEventListener('keydown', soltar, true);
    vigia.disconnect();
    titular.disconnect();
  };
}
"""


@st.cache_resource(show_spinner=False)
def _guardia():
    return st.components.v2.component("poa_marco", js=_JS)


def paginas() -> list:
    """Las páginas, en el orden de la cinta. La dirección de cada una es el nombre de su archivo."""
    carpeta = rutas.raiz() / "pages"
    return [
        st.Page(
            carpeta / f"{archivo}.py",
            title=nombre,
            default=archivo == PAGINAS[0][0],
            url_path=None if archivo == PAGINAS[0][0] else archivo,
        )
        for archivo, nombre in PAGINAS
    ]


def _pagina(archivo: str):
    return next(p for p, (nombre, _) in zip(paginas(), PAGINAS, strict=True) if nombre == archivo)


def exigir_marco() -> None:
    """Primera línea de cada página: si el servidor recién arrancado la corrió sin app.py, empieza por ahí."""
    if not st.session_state.pop("_marco", False):
        st.navigation(paginas(), position="hidden")
        st.rerun()


def mostrar() -> None:
    """Lo que hace app.py: estilo, cinta de páginas, página elegida y pie."""
    st.set_page_config(layout="wide", page_icon=tema.icono())
    st.html(f"<style>{tema.css()}</style>")
    st.logo(tema.logo(), size="large")
    elegida = st.navigation(paginas(), position="top")
    piezas.titular(*([elegida.title] if elegida.url_path else []))  # la portada es el tablero entero
    with st.container(key="guardia"):
        _guardia()(key="guardia_enlaces", data={"traduccion": _TRADUCCION}, on_ir_change=_ir)
    pedido = st.session_state.pop("_destino", None) or por_codigo.pedida()
    if pedido:
        st.switch_page(_pagina(pedido[0]), query_params=pedido[1])
    st.session_state["_marco"] = True
    try:
        elegida.run()
    except ErrorDeUsuario as error:
        piezas.vacio(error.mensaje)
    st.html(_PIE)


def _ir() -> None:
    """Atiende el clic en un enlace: lo deja anotado para que app.py cambie de página con sus filtros."""
    direccion = st.session_state["guardia_enlaces"].get("ir") or ""
    pagina, _, consulta = direccion.partition("?")
    if pagina in dict(PAGINAS):
        st.session_state["_destino"] = (pagina, dict(parse_qsl(consulta)))


_PIE = (
    "<footer class='pie'>"
    "<span>COPLADEMM · Comité de Planeación para el Desarrollo Municipal de Mexicali</span>"
    "<span>Cada cifra sale de un documento impreso: tóquela para ver en qué renglón.</span></footer>"
)
