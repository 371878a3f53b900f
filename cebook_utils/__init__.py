"""Checked derivations of the cross-entropy loss, and the numerics that mirror them."""
