"""A document as one web page: no scripts, nothing loaded from anywhere, readable by everybody."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from engine.tables import Table
from lessons.layout import cell_width
from lessons.model import Block, Bullets, Math, Paragraph, Quote, Span, Spans
from tui.handout.document import Contents, Defined, Document, Heading, Item, Reference
from tui.telling.told import Example, Figures, Numbered

STYLE = Path(__file__).with_name("page.css")
NARROW = 26
"""Characters of a line that fit the smallest screen; what is wider scrolls in a frame of its own."""
TAGS = {"strong": "strong", "emphasis": "em", "code": "code"}
SKIP = "lessons.start"
"""No anchor of a heading has a point: neither this nor the name of a table meets one."""


def page(document: Document) -> str:
    """Return a document as a web page."""
    title = escape(document.title)
    at = next((at for at, item in enumerate(document.items) if isinstance(item, Contents)), 0)
    writer = _Writer(document)
    # The heading of the contents stands before them, and belongs to the navigation.
    before, navigation, after = (
        document.items[: max(0, at - 1)],
        document.items[max(0, at - 1) : at + 1],
        document.items[at + 1 :],
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>{title}</title>
<style>
{STYLE.read_text(encoding="utf-8")}</style>
</head>
<body>
<a class="skip" href="#{SKIP}">Skip to the lessons</a>
<header>
<h1>{title}</h1>
{writer.items(before)}
</header>
<nav aria-labelledby="{document.anchors["contents"]}">
{writer.items(navigation)}
</nav>
<main id="{SKIP}">
{writer.items(after)}
</main>
</body>
</html>
"""


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.captions = 0

    def items(self, items: Iterable[Item]) -> str:
        return "\n".join(self._item(item) for item in items)

    def _item(self, item: Item) -> str:
        match item:
            case Heading(level, text, key):
                return f'<h{level} id="{escape(self.document.anchors[key])}">{escape(text)}</h{level}>'
            case Reference(text, key):
                return f"<p>{self._link(text, key)}</p>"
            case Contents():
                return self._contents()
            case Defined(items):
                return "\n".join(["<dl>", *(_defined(term, said) for term, said in items), "</dl>"])
            case Figures(table, caption):
                return self._figures(table, caption)
            case Example(label, words):
                return f"<p>{escape(label)} <code>initlesson {escape(words)}</code></p>"
            case _:
                return _block(item)

    def _link(self, text: str, key: str) -> str:
        anchor = self.document.anchors.get(key)
        return f'<a href="#{escape(anchor)}">{escape(text)}</a>' if anchor else escape(text)

    def _contents(self) -> str:
        written: list[str] = []
        for heading in self.document.headings:
            if heading.level == 2 and heading.key != "contents":
                written += ["</ul></li>"] if written else []
                written.append(f"<li>{self._link(heading.text, heading.key)}<ul>")
            elif heading.level == 3:
                written.append(f"<li>{self._link(heading.text, heading.key)}</li>")
        lines = ["<ul>", *written, "</ul></li>", "</ul>"]
        return "\n".join(lines).replace("<ul>\n</ul>", "")

    def _figures(self, table: Table, caption: str) -> str:
        self.captions += 1
        name = f"table.{self.captions}"
        texts = table.texts()
        widths = [
            max(cell_width(text) for text in column)
            for column in zip([column.heading for column in table.columns], *texts, strict=True)
        ]
        right = [' class="number"' if column.form else "" for column in table.columns]
        heads = "".join(
            f'<th scope="col"{side}>{escape(column.heading)}</th>' if column.heading else "<td></td>"
            for column, side in zip(table.columns, right, strict=True)
        )
        rows = [
            f'<tr><th scope="row"{right[0]}>{escape(row[0])}</th>'
            + "".join(f"<td{side}>{escape(cell)}</td>" for cell, side in zip(row[1:], right[1:], strict=True))
            + "</tr>"
            for row in texts
        ]
        written = "\n".join(
            [
                "<table>",
                f'<caption id="{name}">{escape(caption)}</caption>',
                f"<thead><tr>{heads}</tr></thead>",
                "<tbody>",
                *rows,
                "</tbody>",
                "</table>",
            ]
        )
        wide = sum(widths) + 3 * len(widths) > NARROW
        return _frame(written, f'aria-labelledby="{name}"') if wide else written


def _frame(written: str, name: str) -> str:
    """Return something wide in a frame that scrolls, also for those who use the keyboard."""
    return f'<div class="wide" role="group" tabindex="0" {name}>\n{written}\n</div>'


def _defined(term: Spans, said: tuple[Block | Numbered, ...]) -> str:
    told = "\n".join(map(_block, said))
    return f"<dt>{_inline(term)}</dt>\n<dd>\n{told}\n</dd>"


def _block(block: Block | Numbered) -> str:
    match block:
        case Paragraph(spans):
            return f"<p>{_inline(spans)}</p>"
        case Quote(paragraphs):
            said = "".join(f"<p>{_inline(spans)}</p>" for spans in paragraphs)
            return f"<blockquote>{said}</blockquote>"
        case Bullets(items):
            return _list("ul", items)
        case Numbered(items):
            return _list("ol", items)
        case Math(lines, words):
            # A drawing would be read out sign by sign.
            drawn = f' role="img" aria-label="{escape(words)}"' if words else ""
            written = f"<pre{drawn}>{escape(chr(10).join(lines))}</pre>"
            wide = max(cell_width(line) for line in lines) > NARROW
            name = "Drawing" if words else "Formula"
            return _frame(written, f'aria-label="{name}"') if wide else written


def _list(tag: str, items: Iterable[Spans]) -> str:
    return "\n".join([f"<{tag}>", *(f"<li>{_inline(item)}</li>" for item in items), f"</{tag}>"])


def _inline(spans: Spans) -> str:
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    text, tag = escape(span.text), TAGS.get(span.style)
    return f"<{tag}>{text}</{tag}>" if tag else text
