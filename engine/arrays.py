"""Arrays as the engine wants them: float64, finite, of a known shape, read-only."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.errors import EngineError

Array: TypeAlias = NDArray[np.float64]


def frozen_array(argument: str, value: ArrayLike, shape: tuple[int | None, ...]) -> Array:
    """Return a read-only float64 copy of `value`.

    Args:
        argument: The name to use in an error.
        value: Anything that numpy can turn into an array.
        shape: The shape that it must have; None stands for any size of at least one.

    Raises:
        EngineError: not numbers, not finite, or of another shape.

    """
    wanted = "(" + ", ".join("any" if size is None else str(size) for size in shape) + ")"
    try:
        given = np.asarray(value)
        if given.dtype.kind not in "biufO":
            raise TypeError
        with np.errstate(over="ignore"):
            array = np.array(given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise EngineError(argument, type(value).__name__, f"numbers in an array of shape {wanted}") from None
    fits = array.ndim == len(shape) and all(
        have == want if want is not None else have > 0 for have, want in zip(array.shape, shape, strict=False)
    )
    if not fits:
        raise EngineError(f"the shape of {argument}", array.shape, wanted)
    if not np.isfinite(array).all():
        raise EngineError(argument, "an array with NaN or infinity", "finite numbers")
    return read_only(array)


def read_only(array: Array) -> Array:
    """Return the same array, no longer writeable."""
    array.flags.writeable = False
    return array


def max_abs(array: Array) -> float:
    """Return the largest magnitude in an array."""
    return float(np.abs(array).max())


def whole_number(argument: str, value: object, at_least: int, at_most: int) -> int:
    """Return `value` if it is an integer in that range, or raise `EngineError`."""
    allowed = f"a whole number from {at_least} to {at_most}"
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise EngineError(argument, value, allowed)
    if not at_least <= value <= at_most:
        raise EngineError(argument, value, allowed)
    return int(value)


def real_number(argument: str, value: object, at_least: float, at_most: float) -> float:
    """Return `value` as a float if it is a number in that range, or raise `EngineError`."""
    allowed = f"a number from {at_least:g} to {at_most:g}"
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        raise EngineError(argument, value, allowed)
    if not at_least <= value <= at_most:
        raise EngineError(argument, value, allowed)
    return float(value)
