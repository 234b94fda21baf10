"""The app's screens: the reader, and what opens on top of it."""
