"""What people touch: the command line, the Textual app and the plain printer."""

__version__ = "0.1.0"
