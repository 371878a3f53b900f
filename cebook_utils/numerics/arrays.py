"""The types of what the numerical functions take and return; the shapes are in their docstrings."""

from collections.abc import Callable
from typing import Any

from numpy.typing import ArrayLike, NDArray

# Of floats, or of complex numbers on the way of a complex step. What has no axes is a NumPy number.
Array = NDArray[Any]

# A function whose gradient is asked for: of an array, with one number as its value.
Function = Callable[[Array], ArrayLike]
