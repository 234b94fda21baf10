from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from engine.tables import Column, Table
from lessons.model import Bullets, Math, Paragraph, Quote, Span, Style
from tests.tui.handouts import as_markdown, whole
from tui.handout.document import Contents, Defined, Document, Heading, Reference
from tui.handout.markdown import inline, markdown
from tui.telling.told import Figures, Numbered

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
NASTY = st.text("ab1 \\`*_[]()<>|~#&;!+-.=δ³ˡ≠½−:/", min_size=1, max_size=8)
STYLES: list[Style] = ["", "strong", "emphasis", "code", "value"]
SPANS = st.lists(st.builds(Span, NASTY, st.sampled_from(STYLES)), min_size=1, max_size=5).map(tuple)


def letters(spans: tuple[Span, ...]) -> list[tuple[str, str]]:
    """Return each character with its style; a blank has none outside code, and those at the ends go."""
    found: list[tuple[str, str]] = [
        (letter, "" if span.style == "value" or (letter == " " and span.style != "code") else span.style)
        for span in spans
        for letter in span.text
    ]
    while found and found[0] == (" ", ""):
        found.pop(0)
    while found and found[-1] == (" ", ""):
        found.pop()
    return found


def read_back(text: str) -> list[tuple[str, str]]:
    tokens = [token for token in PARSER.parse(text) if token.type == "inline"]
    assert len(tokens) <= 1, text
    names: dict[str, Style] = {
        "strong_open": "strong",
        "em_open": "emphasis",
        "strong_close": "",
        "em_close": "",
    }
    spans: list[Span] = []
    style: Style = ""
    for child in (tokens[0].children or []) if tokens else []:
        if child.type in ("text", "code_inline", "text_special"):
            spans.append(Span(child.content, "code" if child.type == "code_inline" else style))
        else:
            assert child.type in names, (child.type, text)
            style = names[child.type]
    return letters(tuple(spans))


@given(SPANS)
@settings(max_examples=600)
@example((Span("(p)", "strong"), Span("s")))
@example((Span("a", "strong"), Span("b"), Span("c", "strong")))
@example((Span("a", "strong"), Span("b", "emphasis"), Span("c")))
@example((Span("1."), Span(" x")))
@example((Span("```"),))
@example((Span("a"), Span("b ", "emphasis"), Span("`", "code"), Span("c", "code")))
def test_a_text_is_read_back_as_it_was(spans: tuple[Span, ...]) -> None:
    assert read_back(inline(spans)) == letters(spans)


@given(st.lists(st.lists(NASTY, min_size=2, max_size=2), min_size=1, max_size=3), NASTY)
@settings(max_examples=200)
def test_a_table_is_read_back_as_it_was(rows: list[list[str]], heading: str) -> None:
    columns = (Column("one", heading, ""), Column("two", "|dW|", ">"))
    table = Table(columns, tuple(tuple(row) for row in rows))
    written = markdown(Document("t", (Figures(table, "c"),)))
    cells = []
    for token in PARSER.parse(written):
        if token.type == "inline" and token.level == 4:
            cells.append("".join(child.content for child in token.children or []))
    expected = [heading, "|dW|", *(cell for row in rows for cell in row)]
    assert cells == [cell.strip() for cell in expected]


def test_blocks() -> None:
    document = Document(
        "T #",
        (
            Heading(2, "A *b*, c", "b"),
            Heading(2, "A b c", "c"),
            Heading(2, "Contents", "contents"),
            Contents(),
            Reference("see it", "c"),
            Reference("nowhere", "nothing"),
            Quote(((Span("one"),), (Span("two"),))),
            Bullets(((Span("- x"),),)),
            Numbered(((Span("2. y"),),)),
            Math(("a ``` b",)),
            Defined((((Span("term", "strong"),), (Paragraph((Span("said"),)), Math(("m",)))),)),
        ),
    )
    assert (
        markdown(document)
        == """\
# T \\#

## A \\*b\\*, c

## A b c

## Contents

- [A \\*b\\*, c](#a-b-c)
- [A b c](#a-b-c-1)

[see it](#a-b-c-1)

nowhere

> one
>
> two

- \\- x

1. 2\\. y

````text
a ``` b
````

- **term**

  said

  ```text
  m
  ```
"""
    )


def test_the_whole_course_reads_back() -> None:
    tokens = PARSER.parse(as_markdown())
    types = {token.type for token in tokens}
    assert not types & {"html_block", "code_block", "hr"}
    inlines = [child for token in tokens for child in token.children or []]
    assert not {child.type for child in inlines} & {"html_inline", "image", "s_open"}
    headings = [token for token in tokens if token.type == "heading_open"]
    assert len(headings) == 1 + len(whole().headings)
    links = {str(child.attrs["href"]) for child in inlines if child.type == "link_open"}
    assert links <= {f"#{name}" for name in whole().anchors.values()}
