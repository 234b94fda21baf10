"""A document as Markdown: CommonMark, and tables as code hosts read them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from engine.tables import Table
from lessons.model import Block, Bullets, Math, Paragraph, Quote, Span, Spans
from tui.handout.document import Contents, Defined, Document, Heading, Item, Reference
from tui.telling.told import Example, Figures, Numbered

SPECIAL = re.compile(r"[\\`*_\[\]<>~|#]|&(?=#?\w)")
AT_THE_START = re.compile(r"([+-])|(\d{1,9})([.)])")
MARKS = {"strong": "**", "emphasis": "_"}


def markdown(document: Document) -> str:
    """Return a document as Markdown, ending with a line break."""
    blocks = [f"# {inline((Span(document.title),))}", *(_item(document, item) for item in document.items)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _item(document: Document, item: Item) -> str:
    match item:
        case Heading(level, text):
            return f"{'#' * level} {inline((Span(text),))}"
        case Reference(text, key):
            shown = escaped(text)
            return f"[{shown}](#{document.anchors[key]})" if key in document.anchors else shown
        case Contents():
            return "\n".join(
                f"{'  ' * (heading.level - 2)}- [{escaped(heading.text)}](#{document.anchors[heading.key]})"
                for heading in document.headings
                if heading.level < 4 and heading.key != "contents"
            )
        case Defined(items):
            return "\n".join(
                _indented("- ", "\n\n".join([inline(term), *map(_block, said)])) for term, said in items
            )
        case Figures(table, caption):
            return f"{inline((Span(caption, 'emphasis'),))}\n\n{_table(table)}"
        case Example(label, words):
            return inline((Span(f"{label} "), Span(f"initlesson {words}", "code")))
        case _:
            return _block(item)


def _block(block: Block | Numbered) -> str:
    match block:
        case Paragraph(spans):
            return inline(spans)
        case Quote(paragraphs):
            return _prefixed("> ", "\n\n".join(inline(spans) for spans in paragraphs))
        case Bullets(items):
            return "\n".join(f"- {inline(item)}" for item in items)
        case Numbered(items):
            return "\n".join(f"{count}. {inline(item)}" for count, item in enumerate(items, start=1))
        case Math(lines):
            # Not `math`: code hosts would take these formulas for LaTeX.
            fence = _fence("\n".join(lines), 3)
            return "\n".join([f"{fence}text", *lines, fence])


def _prefixed(mark: str, text: str) -> str:
    return "\n".join(f"{mark}{line}".rstrip() for line in text.split("\n"))


def _indented(mark: str, text: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([mark + first, *(f"{' ' * len(mark)}{line}".rstrip() for line in rest)])


def _table(table: Table) -> str:
    def row(cells: Sequence[str]) -> str:
        return f"| {' | '.join(cells)} |"

    heads = [escaped(column.heading) for column in table.columns]
    rules = ["---:" if column.form else "---" for column in table.columns]
    cells = [[escaped(cell) for cell in each] for each in table.texts()]
    return "\n".join([row(heads), row(rules), *map(row, cells)])


def escaped(text: str) -> str:
    """Return a text so that Markdown reads it as it stands, anywhere but at the start of a block."""
    return SPECIAL.sub(r"\\\g<0>", text)


def inline(spans: Spans) -> str:
    """Return spans so that Markdown reads them as they stand, also at the start of a block."""
    pieces = _pieces(spans)
    written = ""
    for index, (text, style) in enumerate(pieces):
        after = pieces[index + 1][0][:1] if index + 1 < len(pieces) else ""
        if style == "code":
            written += _code(text)
        elif style in MARKS:
            mark = MARKS[style]
            if written and pieces[index - 1][1] not in (*MARKS, "code") and not _apart(written[-1]):
                written = written[:-1] + _entity(written[-1])
            written += mark + escaped(text) + mark
            if after and not pieces[index + 1][1] and not _apart(after):
                pieces[index + 1] = (after + pieces[index + 1][0][1:], "joined")
        elif style == "joined":
            written += _entity(text[0]) + escaped(text[1:])
        else:
            written += escaped(text)
    return AT_THE_START.sub(_start, written, count=1) if AT_THE_START.match(written) else written


def _start(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}"


def _pieces(spans: Spans) -> list[tuple[str, str]]:
    """Return texts with their styles, neighbours of one style joined, and no blank at the edge of a mark."""
    pieces: list[tuple[str, str]] = []
    for span in spans:
        style = "" if span.style == "value" else span.style
        text = span.text
        if style in MARKS:
            inner = text.strip()
            before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
            parts = [(before, ""), (inner, style), (after, "")] if inner else [(text, "")]
        else:
            parts = [(text, style)]
        for each in parts:
            if each[0] and pieces and pieces[-1][1] == each[1]:
                pieces[-1] = (pieces[-1][0] + each[0], each[1])
            elif each[0]:
                pieces.append(each)
    return pieces


def _apart(character: str) -> bool:
    """Return whether a mark may stand beside a character whatever is on its other side."""
    return character.isspace() or unicodedata.category(character)[0] in "PS"


def _entity(character: str) -> str:
    return f"&#{ord(character)};"


def _code(text: str) -> str:
    fence = _fence(text, 1)
    blank_edges = text[0] == text[-1] == " " and text.strip()
    pad = " " if text.startswith("`") or text.endswith("`") or blank_edges else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _fence(text: str, least: int) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    return "`" * max(least, longest + 1)
