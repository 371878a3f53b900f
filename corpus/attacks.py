"""All attacks: false claims, and inputs that are meant to crash or to run for ever."""

from . import attacks_budgets, attacks_classes, attacks_roots

ROWS = (*attacks_roots.ROWS, *attacks_classes.ROWS)
BUDGETS = attacks_budgets.ROWS
