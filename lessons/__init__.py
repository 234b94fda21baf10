"""The course and the code that reads and checks it: no user interface."""
