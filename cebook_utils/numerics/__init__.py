"""The numerics that mirror the formulas: losses, streaming, distributed, gradients."""
