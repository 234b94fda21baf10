"""Scripted learners over real SSH, to see whether a machine is up to a class."""
