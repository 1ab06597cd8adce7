"""La puerta del tablero: navegación sobre pages/, tema y pie. Se abre con `poa tablero`."""

from poa import componentes

componentes.mostrar()
