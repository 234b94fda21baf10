from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from xml.etree import ElementTree

from engine.tables import Column, Table
from lessons.model import Paragraph, Span
from tests.tui.handouts import as_page, whole
from tui.handout.document import Contents, Document, Heading
from tui.handout.html import page
from tui.telling.told import Figures


def tree(text: str) -> ElementTree.Element:
    """Return a page as a tree: it is written so that a strict parser takes it."""
    return ElementTree.fromstring(text.removeprefix("<!DOCTYPE html>"))


def words(element: ElementTree.Element) -> str:
    return "".join(element.itertext()).strip()


def test_headings_are_in_order_and_none_is_empty() -> None:
    found = [each for each in tree(as_page()).iter() if re.fullmatch(r"h[1-6]", each.tag)]
    levels = [int(each.tag[1]) for each in found]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(words(each) for each in found)
    assert [words(each) for each in found[1:]] == [heading.text for heading in whole().headings]


def test_every_table_has_a_caption_and_headers_that_say_what_they_head() -> None:
    tables = list(tree(as_page()).iter("table"))
    assert len(tables) > 40
    for table in tables:
        caption = table.find("caption")
        assert caption is not None
        assert words(caption)
        heads = list(table.iter("th"))
        assert {head.get("scope") for head in heads} == {"col", "row"}
        assert all(words(head) for head in heads)
        assert len({len(row) for row in table.iter("tr")}) == 1


def test_every_name_is_there_once_and_every_link_leads_to_one() -> None:
    root = tree(as_page())
    names = Counter(each.get("id") for each in root.iter() if each.get("id"))
    assert set(names.values()) == {1}
    links = [str(each.get("href")) for each in root.iter("a")]
    assert all(link.startswith("#") and link[1:] in names for link in links)
    labels = [each.get("aria-labelledby") for each in root.iter() if each.get("aria-labelledby")]
    assert all(label in names for label in labels)


def test_nothing_is_loaded_and_nothing_is_run() -> None:
    root = tree(as_page())
    assert not {each.tag for each in root.iter()} & {"script", "link", "img", "iframe", "object"}
    assert not [
        name for each in root.iter() for name in each.attrib if name == "src" or name.startswith("on")
    ]
    assert "url(" not in as_page()
    assert "@import" not in as_page()


def test_a_drawing_is_read_out_in_words_and_a_formula_as_it_stands() -> None:
    pres = list(tree(as_page()).iter("pre"))
    drawings = [pre for pre in pres if pre.get("role") == "img"]
    (network,) = [pre for pre in drawings if "10 units" in words(pre)]
    assert str(network.get("aria-label")).startswith("The network, from left to right: x, the point; ")
    assert [pre for pre in pres if "L = −ln(p)" in words(pre) and pre.get("role") is None]
    assert not [pre for pre in pres if pre not in drawings and re.search("[─-▿]", words(pre))]


def test_landmarks_and_language() -> None:
    root = tree(as_page())
    assert root.get("lang") == "en"
    assert words(next(root.iter("title"))) == whole().title
    for landmark in ("header", "nav", "main"):
        assert len(list(root.iter(landmark))) == 1
    body = root.find("body")
    assert body is not None
    assert body[0].get("href") == f"#{next(root.iter('main')).get('id')}"


def test_what_looks_like_markup_is_text() -> None:
    table = Table((Column("a", "<a> & b", ""), Column("b", "", "")), (("<script>", '"x"'),))
    document = Document(
        "1 < 2 & 3",
        (
            Heading(2, "Contents", "contents"),
            Contents(),
            Heading(2, "<b>", "b"),
            Paragraph((Span("</p>", "code"), Span("&amp;"))),
            Figures(table, "</caption>"),
        ),
    )
    root = tree(page(document))
    said = words(root)
    for text in ("1 < 2 & 3", "<b>", "</p>&amp;", "</caption>", "<a> & b", "<script>", '"x"'):
        assert text in said


def test_headings_that_are_alike_or_have_no_letters_keep_names_of_their_own() -> None:
    table = Figures(Table((Column("a", "a", ""), Column("b", "b", "")), (("1", "2"),)), "c")
    texts = ["Contents", "?!", "…", "table.1", "T", "T", "T 1"]
    headings = [Heading(2, text, f"{at}" if at else "contents") for at, text in enumerate(texts)]
    root = tree(page(Document("T", (headings[0], Contents(), *headings[1:], table))))
    names = [str(each.get("id")) for each in root.iter() if each.get("id") is not None]
    assert len(names) == len(set(names)) == len(texts) + 2
    assert all(names)
