from __future__ import annotations

import pytest

from lessons.ascii import aligned, one_for_one, spelt


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dWˡ = δˡ · (aˡ⁻¹)ᵀ", "dW^l = delta^l * (a^(l-1))^T"),
        ("10⁻⁶ and 10¹²", "10^-6 and 10^12"),
        ("w₁ · x₁, zᵢ₋₁", "w_1 * x_1, z_(i-1)"),
        ("e⁻ᶻ", "e^(-z)"),
        ("2·10 + 10·5", "2*10 + 10*5"),
        ("δ · ", "delta * "),
        ("·  ·", ".  ."),
        ("·· W¹ = 0··", ".. W^1 = 0.."),
        ("√0 + ε, √(2/n)", "sqrt(0) + eps, sqrt(2/n)"),
        ("∂L/∂p = −½ ≠ 0 … g′", "dL/dp = -1/2 != 0 ... g'"),
        ("z ← z − Σ", "z <- z - sum"),
        ("↑ ↓ choose, ↑↓, ←→, down ↓", "Up/Down choose, Up/Dn, Lt/Rt, down v"),
        ("from 0 to 1, ↑ above; the arrow ↑", "from 0 to 1, ^ above; the arrow ^"),
        ("§4.2, “naïve” Łukasz", 'sec. 4.2, "naive" ?ukasz'),
        ("漢", "??"),
        ("plain", "plain"),
    ],
)
def test_text_is_spelt(text: str, expected: str) -> None:
    assert spelt(text) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("dw  =  δ            ·  a", "dw  =  delta        .  a"),
        ("δ   x    y", "delta x  y"),
        ("δδ  x     y", "deltadelta x  y"),
        ("x ──W¹──▶ p", "x --W^1-> p"),
        ("½    ½    |", "1/2  1/2  |"),
        ("no blank behind δ", "no blank behind delta"),
    ],
)
def test_blanks_of_a_line_give_what_a_longer_spelling_takes(line: str, expected: str) -> None:
    assert aligned(line) == expected


def test_what_is_left_keeps_its_cells() -> None:
    assert "".join(map(one_for_one, "│·✓✗●○▸░▒▓█δ漢e\N{COMBINING ACUTE ACCENT}")) == "|.+x*o>.:*#???e"
    assert "".join(map(one_for_one, "⠁⠉⠒⠤⣀⡇⠛⣤⠶⠀")) == "''--.:'.- ", "as high as its dots are"
