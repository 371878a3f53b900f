"""Attacks by class: partial functions, hidden indices, citations, contradictions, and others."""

from __future__ import annotations

from .rows import Row

ROWS: tuple[Row, ...] = ()
