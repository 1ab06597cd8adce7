"""Lo que sale de la pantalla como lámina: las figuras de una vista, la sesión completa, su PNG y su presentación.

`vistas` compone cada figura con sus palabras (la usan las páginas y las órdenes); `sesion` arma el orden del día en
láminas; `presentacion` las escribe con gráficas que se editan; `png`, como imagen de 1920 × 1080.
"""
