"""What can be typed, for those who ask."""

from __future__ import annotations

HELP = """\
Type what the last line offers, and press Enter.
These can be typed anywhere:
  n or next     the next page; an open question is skipped
  b or back     the page before
  p or page     this page again
  m or menu     all screens; then type a number
  g             the glossary's terms on this page; g and a word: that term;
                g all: every term
  x or lab      the lab: build a network, and run it
  q or quit     quit
Ctrl+C stops a run, and quits where nothing runs.
Predict, say how sure you are, run it, say what you saw; then read why.
Nothing is graded, and nothing blocks you.
A table is read line by line; its first line names the columns.
Raised signs are not read out? initlesson --plain --ascii writes W^1.
{promise}
Progress: {where}"""
