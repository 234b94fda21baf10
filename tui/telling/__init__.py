"""The course in words: what each part of a screen says, for those who read and do not look."""
