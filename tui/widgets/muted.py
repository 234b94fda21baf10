"""The style of what is said quietly: alone in its file, for what is drawn before any page is read."""

MUTED = "$foreground-muted"
