"""What the commands of a workshop take. Nothing heavy is imported: every start reads this."""

from __future__ import annotations

import argparse
from collections.abc import Callable

FOLDER = "the workshop's folder: its key, its log, its learners"


def add_workshop(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands of a workshop.

    Args:
        command: Adds a command, given its name, what it does, and examples.

    """
    serve = command(
        "serve",
        "hold a workshop: learners come by ssh, each to a session of their own",
        "serve                             a word of the day is made and shown",
        "serve --word apple-pie --qr       your own word, and a code for the projector",
        "serve --keys class.pub            those whose keys stand in this file",
        "serve --rehearse 100              is this machine up to a class of a hundred?",
    )
    who = serve.add_argument_group("who may come in")
    way = who.add_mutually_exclusive_group()
    way.add_argument("--word", help="those who know this word; one is made if nothing is said")
    way.add_argument("--open", action="store_true", help="anybody, with nothing asked")
    who.add_argument("--keys", metavar="FILE", help="those whose keys stand in this authorized_keys file")
    who.add_argument(
        "--room-password",
        metavar="FILE",
        help="a file with the password of the user instructor, who sees the room over SSH; "
        "or set INITLESSON_ROOM_PASSWORD",
    )
    where = serve.add_argument_group("where")
    where.add_argument("--host", help="listen on this address alone")
    where.add_argument("--port", type=int, default=2222, help="listen on this port (2222)")
    _add_folder(where)
    where.add_argument(
        "--store",
        metavar="URL",
        help="keep learners in PostgreSQL, for several servers: postgresql://USER@HOST/DATABASE; "
        "or set INITLESSON_STORE, which shows no password in a list of processes",
    )
    where.add_argument("--attach", metavar="SOCKET", help="let sessions of the host's own sshd in here")
    where.add_argument("--metrics", metavar="PORT", type=int, help="numbers for Prometheus, on 127.0.0.1")
    most = serve.add_argument_group("how much")
    most.add_argument(
        "--sessions", metavar="N", type=int, default=400, help="sessions at the same time (400)"
    )
    most.add_argument("--from-one", metavar="N", type=int, help="the same, from one address (as many)")
    most.add_argument("--idle", metavar="MINUTES", type=float, default=60, help="end after no key (60)")
    most.add_argument("--hours", metavar="HOURS", type=float, default=6, help="end in any case (6)")
    most.add_argument("--memory", metavar="MB", type=int, default=256, help="of a session (256)")
    most.add_argument(
        "--first-user",
        metavar="UID",
        type=int,
        help="started as root: give each session a user of its own from this number on (200000)",
    )
    shown = serve.add_argument_group("shown")
    shown.add_argument("--qr", action="store_true", help="a code with the address")
    shown.add_argument("--rehearse", metavar="N", type=int, help="try it with N scripted learners, and end")
    room = command(
        "room",
        "show the room of a workshop: who is where, who is stuck, votes",
        "room",
        "room --folder DIR",
    )
    _add_folder(room)
    room.add_argument("--socket", help=argparse.SUPPRESS)
    attach = command(
        "attach",
        "come to a workshop on this host, as its sshd does for learners",
        "attach",
        "attach --socket /run/initlesson/attach --name Ada",
    )
    _add_folder(attach)
    attach.add_argument("--socket", help="the socket that serve --attach has made")
    attach.add_argument("--name", default="", help="the learner's name; that of the user if left out")


def _add_folder(to: argparse._ActionsContainer) -> None:
    to.add_argument("--folder", metavar="DIR", help=FOLDER)
