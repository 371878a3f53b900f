"""Wrong steps made by hand: the errata of the source notes, known errors elsewhere, slips."""

from . import elsewhere, notes, slips

REFUTED = (*notes.ROWS, *elsewhere.ROWS, *slips.ROWS)
UNREADABLE = tuple(elsewhere.UNREADABLE)
