from __future__ import annotations

from pathlib import Path

import pytest

from lessons.errors import LessonError
from lessons.model import Bullets, Feedback, Math, Prose, Question, Quote, Variant, plain
from lessons.parts.ledger import LedgerTable
from lessons.parts.loss_table import LossTable
from lessons.parts.run import Run
from lessons.parts.trials import Trials
from lessons.screens import parse_screen

QUESTION = """\
:::{question} moved
:kind: predict

How many?

- [ ] All of them
  > No: `dW` is zero.
- [x] None
  > Yes.
:::"""


def parse(text: str) -> tuple[object, ...]:
    screen = parse_screen(Path("s.md"), "s", text)
    return tuple(part for page in screen.pages for part in page.parts)


def test_a_screen_in_full() -> None:
    after = ":::{run} a-run\n:::\n\n:::{feedback} moved\n:::\n"
    text = f"# The *title*\n\nText.\n\n{QUESTION}\n\n---\n\n{after}"
    screen = parse_screen(Path("s.md"), "the-screen", text)
    assert (screen.slug, screen.title, len(screen.pages)) == ("the-screen", "The title", 2)
    prose, question = screen.pages[0].parts
    assert isinstance(prose, Prose)
    assert isinstance(question, Question)
    assert [(choice.slug, choice.right) for choice in question.choices] == [
        ("all-of-them", False),
        ("none", True),
    ]
    assert question.right is question.choice("none")
    assert screen.pages[1].parts == (Run("a-run"), Feedback("the-screen", "moved"))


def test_every_block_and_style() -> None:
    (prose,) = parse(
        "# T\n\nA *b* **c** `d` {value}`e f`\ng.\n\n> q\n\n- one\n- two\n\n```math\na = b\n c\n```\n"
    )
    assert isinstance(prose, Prose)
    text, quote, bullets, formula = prose.blocks
    assert [(span.text, span.style) for span in text.spans] == [  # type: ignore[union-attr]
        ("A ", ""),
        ("b", "emphasis"),
        (" ", ""),
        ("c", "strong"),
        (" ", ""),
        ("d", "code"),
        (" ", ""),
        ("e f", "value"),
        (" ", ""),
        ("g.", ""),
    ]
    assert isinstance(quote, Quote)
    assert isinstance(bullets, Bullets)
    assert [plain(item) for item in bullets.items] == ["one", "two"]
    assert formula == Math(("a = b", " c"))


@pytest.mark.parametrize(
    ("directive", "part"),
    [
        (":::{run} zeros\n:::", Run("zeros")),
        (
            ":::{run} zeros\n:numbers: cost units\n:picture: weights\n:::",
            Run("zeros", ("cost", "units"), "weights"),
        ),
        (":::{ledger} zeros\n:::", LedgerTable((Variant("", "zeros"),))),
        (
            ":::{ledger}\n:steps: yes\n- `a` one case\n- `b` another\n:::",
            LedgerTable((Variant("one case", "a"), Variant("another", "b")), steps=True),
        ),
        (
            ":::{trials}\n:numbers: moved\n:guess: moves\n- `a` one case\n- `b` another\n:::",
            Trials((Variant("one case", "a"), Variant("another", "b")), ("moved",), "moves"),
        ),
        (":::{loss-table}\n:::", LossTable(0.5)),
        (":::{loss-table}\n:start: 0.25\n:::", LossTable(0.25)),
        (":::{feedback} q\n:::", Feedback("s", "q")),
        (":::{feedback} other/q\n:later: yes\n:::", Feedback("other", "q", later=True)),
    ],
)
def test_directives(directive: str, part: object) -> None:
    assert parse(f"# T\n\n{directive}\n") == (part,)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "begins with its title"),
        ("Text first\n\n# T\n", 1, "begins with its title"),
        ("# T\n", 1, "an empty page"),
        ("# T\n\na\n\n---\n", 5, "an empty page"),
        ("# T\n\n---\n\na\n", 3, "an empty page"),
        ("# T\n\na\n\n## More\n", 5, "heading is not allowed"),
        ("# T\n\n<b>x</b>\n", 3, "html inline is not allowed"),
        ("# T\n\n[x](y)\n", 3, "link is not allowed"),
        ("# T\n\n![x](y)\n", 3, "image is not allowed"),
        ("# T\n\n```python\nx\n```\n", 3, "fence is not allowed"),
        ("# T\n\n1. one\n", 3, "ordered list is not allowed"),
        ("# T\n\n- a\n  - b\n", 4, "only paragraphs"),
        ("# T\n\na {vale}`x`\n", 3, "unknown role {vale}; allowed: {value} and {app}"),
        ("# T\n\n:::{runn} x\n:::\n", 3, "unknown directive {runn}; allowed: question, blank"),
        ("# T\n\n:::run\n:::\n", 3, "a directive begins with"),
        ("# T\n\n:::{run}\n:::\n", 3, "needs a scenario"),
        ("# T\n\n:::{loss-table} x\n:::\n", 3, "takes no argument"),
        ("# T\n\n:::{run} x\nbody\n:::\n", 3, "takes no body"),
        ("# T\n\n:::{run} x\n:speed: 3\n:::\n", 4, "unknown option speed; allowed: numbers, picture"),
        ("# T\n\n:::{loss-table}\n:start: 0.5\n:start: 0.5\n:::\n", 5, "stands twice"),
        (
            "# T\n\n:::{loss-table}\n:start: 1.5\n:::\n",
            3,
            "start is 1.5; allowed: a number from 0.01 to 0.99",
        ),
        ("# T\n\n:::{loss-table}\n:start: nan\n:::\n", 3, "start is nan"),
        ("# T\n\n:::{feedback} q\n:later: soon\n:::\n", 3, "later is soon; allowed: yes, no"),
        ("# T\n\n" + QUESTION.replace("predict", "guess"), 3, "kind is guess; allowed: predict, observe"),
        ("# T\n\n" + QUESTION.replace("moved", "Moved!"), 3, "'Moved!' is no name"),
        ("# T\n\n" + QUESTION.replace("[x]", "[ ]"), 3, "exactly one is right"),
        ("# T\n\n" + QUESTION.replace("[ ]", "[x]"), 3, "exactly one is right"),
        ("# T\n\n" + QUESTION.replace("  > Yes.\n", ""), 10, "feedback below it"),
        ("# T\n\n" + QUESTION.replace("- [x] None", "- None"), 10, "a choice begins with"),
        ("# T\n\n" + QUESTION.replace("None", "All of them"), 3, "begin with the same words"),
        ("# T\n\n" + QUESTION.replace("How many?\n\n", ""), 3, "has no text before its choices"),
        ("# T\n\n" + QUESTION.replace("\n:::", "\n\nMore.\n:::"), 13, "only hints may follow the choices"),
        ("# T\n\n:::{trials}\n- `a` one\n:::\n", 3, "has 1 scenarios; allowed: 2 to 9"),
        ("# T\n\n:::{trials}\n- `a` one\n- `a` two\n:::\n", 3, "names a scenario twice"),
        ("# T\n\n:::{trials}\n- `a` one\n- b two\n:::\n", 5, "write each item as"),
        ("# T\n\n:::{trials}\n- `a` one\n- `b`\n:::\n", 5, "write each item as"),
        ("# T\n\n:::{trials}\ntext\n:::\n", 4, "takes nothing but a list"),
        ("# T\n\n:::{run} a\n:numbers: size\n:::\n", 3, "numbers has size; allowed: cost"),
        ("# T\n\n:::{run} a\n:numbers: cost cost\n:::\n", 3, "names each once"),
        ("# T\n\n:::{ledger} a\n- `b` c\n:::\n", 3, "not both"),
        (f"# T\n\n{QUESTION}\n\n{QUESTION}\n", None, "two questions are named moved"),
    ],
)
def test_what_is_not_allowed_is_named_with_its_line(text: str, line: int | None, says: str) -> None:
    with pytest.raises(LessonError) as caught:
        parse(text)
    assert caught.value.line == line
    assert says in str(caught.value)
    assert str(caught.value).startswith("s.md")


def test_words_for_the_app_alone_and_a_drawing_in_words() -> None:
    (prose,) = parse("# T\n\n{app}``Press `r`.`` Look.\n\n```math x goes to p.\nx ──▶ p\n```\n")
    assert isinstance(prose, Prose)
    text, drawing = prose.blocks
    assert [(span.text, span.style, span.app) for span in text.spans] == [  # type: ignore[union-attr]
        ("Press ", "", True),
        ("r", "code", True),
        (".", "", True),
        (" Look.", "", False),
    ]
    assert drawing == Math(("x ──▶ p",), "x goes to p.")
