"""The parts of a page that a directive describes, one kind a file."""
