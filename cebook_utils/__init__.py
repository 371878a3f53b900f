"""Checked derivations of the cross-entropy loss, and the numerics that mirror them.

The names are loaded when they are first asked for, so that the kernel can be imported alone.
"""

from importlib import import_module
from typing import Any

_HOME = {
    "Derivation": "cebook_utils.derivation.chain",
    "Setting": "cebook_utils.language.setting",
    "StepError": "cebook_utils.language.messages",
}

__all__ = ["Derivation", "Setting", "StepError"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"cebook_utils has no {name!r}")
    return getattr(import_module(_HOME[name]), name)
