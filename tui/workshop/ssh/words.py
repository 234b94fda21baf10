"""Words that are heard, remembered and typed without a mistake."""

from __future__ import annotations

import secrets
import unicodedata

EASY = """
apple amber arrow autumn bamboo banana basket beach berry bridge bright brook butter cactus camel candle
canyon carrot castle cedar cherry circle cloud clover cobalt cocoa copper coral cotton cricket crystal
daisy desert dolphin dragon eagle ember falcon feather fern forest galaxy garden ginger glacier granite
grape harbor hazel helmet hill honey igloo indigo island ivory jacket jasmine jungle kettle ladder lagoon
lantern lemon lily lizard magnet mango maple marble meadow melon mirror monkey moon mountain nutmeg oasis
ocean olive orange orchid otter owl paper parrot peach pebble pepper piano pine planet pocket polar pond
pumpkin purple quartz rabbit rain raven ribbon river robin rocket saddle saffron salmon sand shell silver
sparrow spring star stone summer sunset tiger timber tulip tunnel turtle valley velvet violet walnut
water willow window winter yellow zebra
"""
WORDS = 3


def make_word() -> str:
    """Return a word for the day that nobody guesses within it."""
    easy = EASY.split()
    return "-".join(secrets.choice(easy) for _ in range(WORDS))


def plain(word: str) -> str:
    """Return a word as it is compared: how a telephone spells it is no mistake."""
    return " ".join(unicodedata.normalize("NFKC", word).casefold().split())
