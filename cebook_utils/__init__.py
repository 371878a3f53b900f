"""Checked derivations of the cross-entropy loss, and the numerics that mirror them."""

from cebook_utils.derivation import Derivation
from cebook_utils.errors import StepError
from cebook_utils.setting import Setting

__all__ = ["Derivation", "Setting", "StepError"]
