"""The parts of a page, one widget a file, its CSS beside it."""
