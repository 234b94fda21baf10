"""What the curves and tables show, frame by frame."""

import math

STEPS = 200


def costs(frame: int) -> list[tuple[int, float]]:
    return [(step, math.exp(-step / (20 + frame % 40)) + 0.1) for step in range(STEPS)]


def numbers(frame: int) -> list[list[float]]:
    return [[math.sin(frame + row * 10 + column) for column in range(10)] for row in range(10)]
