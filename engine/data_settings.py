"""Which data a run uses: the small vocabulary of scenarios, and the points that it stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import TypeAlias

import numpy as np

from engine import points
from engine.arrays import Array, real_number, whole_number
from engine.datasets import MAX_POINTS, Dataset, Split, course_circles, four_points, one_point
from engine.errors import EngineError, suggestion
from engine.points import Labels

Labelled: TypeAlias = tuple[Array, Labels]
"""Inputs, (n_0, m), and the class of each example from 0, (m,)."""


@dataclass(frozen=True)
class Kind:
    """A data set with settings.

    Attributes:
        shape: Where the points of each class lie, (2, m) from the class of each point.
        noise: The usual noise.
        most_classes: How many classes there may be.

    """

    shape: Callable[[Labels], Array]
    noise: float
    most_classes: int = 2


KINDS = {
    "circles": Kind(points.circles, 0.05),
    "blobs": Kind(points.blobs, 0.8, most_classes=10),
    "xor": Kind(points.xor, 0.25),
    "spiral": Kind(points.spiral, 0.05),
}
FIXED: dict[str, Callable[[], Split]] = {
    "course-circles": course_circles,
    "four-points": four_points,
    "one-point": one_point,
}
NAMES = (*FIXED, *KINDS)


@dataclass(frozen=True)
class DataSettings:
    """Which data a scenario uses, in the vocabulary of its TOML.

    Attributes:
        name: Name of the data set.
        size: How many points there are to train on, 2 to 30,000; as many again, at most 100, to test.
        noise: Standard deviation of the Gaussian noise on both coordinates, 0 to 10.
        seed: Seed of the points, 0 to 4294967295; the test points come from a stream of their own.
        classes: How many classes; more than two are labelled one-hot.
        flip: How many training examples of class 1 are labelled 0 instead.
        drop: How many training examples of class 1 are left out.

    Raises:
        EngineError: a setting that is unknown, out of range, or not to be set for this data set.

    """

    name: str
    size: int | None = None
    noise: float | None = None
    seed: int | None = None
    classes: int | None = None
    flip: int = 0
    drop: int = 0

    def __post_init__(self) -> None:
        if self.name not in NAMES:
            raise EngineError("data", self.name, suggestion(self.name, NAMES))
        if self.name in FIXED:
            for key in ("size", "noise", "seed", "classes"):
                if getattr(self, key) is not None:
                    raise EngineError(f"{key} of data", getattr(self, key), f"unset: {self.name} is fixed")
        if self.noise is not None:
            real_number("noise of data", self.noise, 0.0, 10.0)
        if self.seed is not None:
            whole_number("seed of data", self.seed, 0, 2**32 - 1)
        if self.classes is not None:
            whole_number("classes of data", self.classes, 2, KINDS[self.name].most_classes)
        if self.size is not None:
            whole_number("size of data", self.size, self._classes, MAX_POINTS)
        whole_number("flip of data", self.flip, 0, MAX_POINTS)
        whole_number("drop of data", self.drop, 0, MAX_POINTS)

    def split(self, one_hot: bool = False) -> Split:
        """Return the training and the test data, made anew.

        Args:
            one_hot: Label two classes with a row each, as softmax needs, and not with one row of 0 and 1.

        Raises:
            EngineError: more labels to flip and drop than there are of class 1.

        """
        if self.name in FIXED:
            fixed = FIXED[self.name]()
            train, test = ((part.x, part.y[0].astype(np.intp)) for part in (fixed.train, fixed.test))
        else:
            size = 300 if self.size is None else self.size
            train, test = self._draw(size, stream=0), self._draw(min(size, 100), stream=1)
        return Split(self._dataset(*self._rebalanced(*train), one_hot), self._dataset(*test, one_hot))

    @property
    def _classes(self) -> int:
        return 2 if self.classes is None else self.classes

    def _draw(self, size: int, stream: int) -> Labelled:
        kind = KINDS[self.name]
        random = np.random.default_rng([0 if self.seed is None else self.seed, stream])
        labels = random.permutation(np.arange(size) % self._classes)
        noise = kind.noise if self.noise is None else self.noise
        return kind.shape(labels) + noise * random.standard_normal((2, size)), labels

    def _rebalanced(self, x: Array, labels: Labels) -> Labelled:
        ones = np.flatnonzero(labels == 1)
        if self.flip + self.drop > min(ones.size, labels.size - 1):
            raise EngineError(
                "flip and drop of data together",
                self.flip + self.drop,
                f"at most {min(ones.size, labels.size - 1)}, the training examples of class 1",
            )
        labels = labels.copy()
        labels[ones[: self.flip]] = 0
        kept = np.ones(labels.size, dtype=bool)
        kept[ones[self.flip : self.flip + self.drop]] = False
        return x[:, kept], labels[kept]

    def _dataset(self, x: Array, labels: Labels, one_hot: bool) -> Dataset:
        if one_hot or self._classes > 2:
            return Dataset(x, (labels == np.arange(self._classes)[:, np.newaxis]).astype(np.float64))
        return Dataset(x, labels.astype(np.float64).reshape(1, -1))


def data_settings(setting: str | Mapping[str, object] | DataSettings) -> DataSettings:
    """Return data settings from a name, or from a table with a name, as TOML gives them.

    Raises:
        EngineError: a setting that is missing, unknown or out of range.

    """
    if isinstance(setting, DataSettings):
        return setting
    if isinstance(setting, str):
        return DataSettings(setting)
    if not isinstance(setting, Mapping):
        raise EngineError("data", setting, f"a name or a table with a name; names: {', '.join(NAMES)}")
    known = [field.name for field in fields(DataSettings)]
    for key in setting:
        if key not in known:
            raise EngineError("a setting of data", key, suggestion(key, known))
    if "name" not in setting:
        raise EngineError("name of data", "missing", ", ".join(NAMES))
    return DataSettings(**setting)  # type: ignore[arg-type]


def dataset(setting: str | Mapping[str, object] | DataSettings, one_hot: bool = False) -> Split:
    """Return the data that a name or a table describes, made anew, as `DataSettings.split` does.

    Raises:
        EngineError: as `data_settings` and `DataSettings.split`.

    """
    return data_settings(setting).split(one_hot)
