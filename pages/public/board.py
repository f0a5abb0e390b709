"""The public board: what falls due, where is it late, who was apologised to, are people satisfied?

Queries: summary, by_unit, units, public_letters, satisfaction, freshness.
"""

from pages.public import board_parts
from pages.ui import guard, wall

viewer = guard.enter("public")
wall.look()
board_parts.rotating()
