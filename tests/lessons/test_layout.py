from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lessons.layout import cell_width, lay_out, wrap
from lessons.model import Bullets, Math, Paragraph, Quote, Span

styles = st.sampled_from(["", "strong", "emphasis"])
words = st.text(alphabet="abcdefgh, δ²", min_size=1, max_size=12)
texts = st.lists(st.builds(Span, words, styles), min_size=1, max_size=20).map(tuple)


@given(texts, st.integers(20, 80), st.sampled_from(["", "• ", "│ "]))
def test_wrapping_keeps_every_word_and_no_line_is_too_wide(
    spans: tuple[Span, ...], width: int, first: str
) -> None:
    lines = wrap(spans, width, first)
    longest = max(len(word) for word in "".join(span.text for span in spans).split() or [""])
    assert all(cell_width(line.text) <= max(width, len(first) + longest) for line in lines)
    said = " ".join(line.text for line in lines).removeprefix(first).split()
    assert said == "".join(span.text for span in spans).split()


def test_blocks() -> None:
    blocks = (
        Paragraph((Span("two words", ""), Span(" and "), Span("y = 0", "code"))),
        Bullets(((Span("one"),), (Span("two that is long"),))),
        Quote(((Span("said"),), (Span("again"),))),
        Math(("a = b",)),
    )
    lines = [line.text for line in lay_out(blocks, 14, str)]
    assert lines == [
        "two words and",
        "y = 0",
        "",
        "• one",
        "• two that is",
        "  long",
        "",
        "│ said",
        "│",
        "│ again",
        "",
        "  a = b",
    ]


def test_a_short_formula_is_not_broken() -> None:
    lines = wrap((Span("abc "), Span("y = 0", "code"), Span(", then")), 8)
    assert [line.text for line in lines] == ["abc", "y = 0,", "then"]


def test_values_are_resolved() -> None:
    (line,) = lay_out((Paragraph((Span("p = "), Span("a b", "value"))),), 40, lambda text: text.upper())
    assert line.spans == (Span("p = "), Span("A B", "value"))


def test_cell_width() -> None:
    assert cell_width("aˡ⁻¹") == 4
    assert cell_width("漢字") == 4
    assert cell_width("é") == 1
