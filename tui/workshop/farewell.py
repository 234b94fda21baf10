"""The last words to a terminal, and what puts it back as it was."""

from __future__ import annotations

from tui.terminal import NO_CURSOR

# The lesson's driver does this by itself, unless it is no longer there. Its module would bring Textual here.
TIDY = "\x1b[?2026l\x1b[?1006l\x1b[?1003l\x1b[?1002l\x1b[?1000l\x1b[?1004l\x1b[?2004l\x1b[m\x1b[?7h\x1b[?25h"
"""No frame is open, no mouse, no focus, no marks of pastes, no colour; wrapping and the cursor are on."""
LEAVE = "\x1b[m\x1b[H\x1b[J\x1b[?1049l"
"""The first screen again; where there is one alone, it is empty."""

KEPT = "what you answered is kept; come back with the same command."
WHY = {
    "quit": "Until next time: " + KEPT,
    "crashed": "The lesson ended by a mistake of its own: " + KEPT,
    "taken over": "You went on in another terminal. If that was not you, tell your instructor.",
    "time": "Your time for one sitting is over: " + KEPT,
    "idle": "Nobody typed for a long time, so the lesson ended: " + KEPT,
    "server stops": "The workshop stops: " + KEPT,
    "gone": "The workshop's server is gone: " + KEPT,
    "stalled": "Your terminal took nothing for too long, so the lesson ended: " + KEPT,
}


ROOM = {
    "quit": "The workshop goes on without you; come back with the same command.",
    "server stops": "The workshop stops.",
}


def farewell(why: str, term: str = "xterm", *, instructor: bool = False) -> bytes:
    """Return what a terminal gets when a session is over, whatever the session left behind.

    Args:
        why: Why it is over.
        term: What the terminal calls itself.
        instructor: Whether it showed the room.

    """
    if instructor:
        sentence = ROOM.get(
            why, "The room was closed; the workshop goes on. Come back with the same command."
        )
    else:
        sentence = WHY.get(why, "The lesson ended: " + KEPT)
    if term in NO_CURSOR:
        return f"\r\n{sentence}\r\n".encode()
    # Who quits is back in the shell already, within whose lines nothing is to be erased.
    return f"{TIDY}{LEAVE * (why != 'quit')}\r{sentence}\r\n".encode()


def status(why: str) -> int:
    """Return the exit status of a session."""
    return 0 if why == "quit" else 1
