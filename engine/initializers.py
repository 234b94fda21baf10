"""How weights and biases start.

A rule is one of a few words, with a number where it needs one, and noise where it is wanted: `zeros`,
`constant 0.5`, `normal 10`, `he`, `xavier`, `zeros + noise 1e-8`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from engine.activations import Activation
from engine.arrays import whole_number
from engine.errors import EngineError, suggestion
from engine.network import Layer, Network
from engine.rules import HE, XAVIER, ZEROS, Initializer, Source, constant, normal, with_noise

PLAIN_RULES = {each.name: each for each in (ZEROS, HE, XAVIER)}
RULES_WITH_A_NUMBER: dict[str, Callable[[float], Initializer]] = {"constant": constant, "normal": normal}
VOCABULARY = "zeros, he, xavier, constant NUMBER, normal NUMBER, each with + noise NUMBER after it if wanted"


def initializer(rule: str | Initializer) -> Initializer:
    """Return the rule that a text describes; an initialiser is returned as it is.

    Raises:
        EngineError: a text outside the vocabulary, or a number out of range.

    """
    if isinstance(rule, Initializer):
        return rule
    words = rule.split() if isinstance(rule, str) else []
    if words[-3:-1] == ["+", "noise"]:
        return with_noise(_without_noise(rule, words[:-3]), _number(rule, words[-1]))
    return _without_noise(rule, words)


def _without_noise(rule: str, words: list[str]) -> Initializer:
    if len(words) == 1 and words[0] in PLAIN_RULES:
        return PLAIN_RULES[words[0]]
    if len(words) == 2 and words[0] in RULES_WITH_A_NUMBER:
        return RULES_WITH_A_NUMBER[words[0]](_number(rule, words[1]))
    known = [*PLAIN_RULES, *RULES_WITH_A_NUMBER]
    near = suggestion(words[0], known).partition(" (")[2] if words and words[0] not in known else ""
    raise EngineError("an initial value", rule, f"{VOCABULARY} ({near}" if near else VOCABULARY)


def _number(rule: str, word: str) -> float:
    try:
        return float(word)
    except ValueError:
        raise EngineError("an initial value", rule, f"a number in place of {word}; {VOCABULARY}") from None


Rules: TypeAlias = str | Initializer | Sequence[str | Initializer]
"""One rule for all layers, or one for each layer, the first layer first."""


def rules_for(argument: str, rules: Rules, layers: int) -> tuple[Initializer, ...]:
    """Return an initialiser for each layer from one rule for all or a list of one a layer.

    Raises:
        EngineError: a list of another length, or a rule outside the vocabulary.

    """
    if isinstance(rules, str | Initializer):
        return (initializer(rules),) * layers
    if not isinstance(rules, list | tuple) or len(rules) != layers:
        raise EngineError(argument, rules, f"one rule, or a list of {layers}, one a layer; {VOCABULARY}")
    return tuple(initializer(rule) for rule in rules)


def bias_rules_for(rules: Rules, layers: int) -> tuple[Initializer, ...]:
    """Return an initialiser for each layer's biases, as `rules_for` does.

    Raises:
        EngineError: as `rules_for`, or a rule that needs the number of inputs, which a bias has not.

    """
    found = rules_for("biases", rules, layers)
    for rule in found:
        if not rule.for_biases:
            raise EngineError(
                "biases", rule.name, "zeros, constant NUMBER, normal NUMBER: he and xavier are for weights"
            )
    return found


def course_source() -> np.random.RandomState:
    """Return the random source of the well-known exercise: numpy's legacy generator, seed 3."""
    return np.random.RandomState(3)


def random_source(random: str | int) -> Source:
    """Return a new source of random numbers: of the well-known exercise ("course"), or from a seed.

    Raises:
        EngineError: neither "course" nor a whole number from 0 to 4294967295.

    """
    if random == "course":
        return course_source()
    if isinstance(random, str):
        raise EngineError("random", random, "course, or a whole number as a seed")
    return np.random.default_rng(whole_number("random", random, 0, 2**32 - 1))


def initialize(
    sizes: Sequence[int],
    activations: Sequence[str | Activation],
    weights: Rules,
    random: Source,
    biases: Rules = ZEROS,
) -> Network:
    """Return a network at its start.

    All weights are drawn before any bias, layer by layer, so that another rule for the biases leaves the
    weights as they were.

    Args:
        sizes: n_0, n_1, …, n_L.
        activations: One for each of the layers 1…L.
        weights: The rule for the weights, or one for each layer.
        random: Where random numbers come from.
        biases: The rule for the biases, or one for each layer.

    Raises:
        EngineError: sizes and activations that do not fit each other, an unknown name.

    """
    if len(sizes) < 2 or len(activations) != len(sizes) - 1:
        raise EngineError(
            "the number of activations", len(activations), "one for each layer after the inputs, at least one"
        )
    for size in sizes:
        whole_number("a size", size, 1, 100_000)
    outs = sizes[1:]
    W_rules, b_rules = rules_for("weights", weights, len(outs)), bias_rules_for(biases, len(outs))
    Ws = [rule.draw(n_out, n_in, random) for rule, n_in, n_out in zip(W_rules, sizes, outs, strict=False)]
    bs = [rule.draw(n_out, 1, random) for rule, n_out in zip(b_rules, outs, strict=True)]
    return Network(
        tuple(
            Layer(W, b, g)  # type: ignore[arg-type]
            for W, b, g in zip(Ws, bs, activations, strict=True)
        )
    )
