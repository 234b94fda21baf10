"""The course on paper: one document, its numbers computed, written as Markdown or as a web page."""
