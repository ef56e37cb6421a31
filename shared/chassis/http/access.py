"""Who may come in: the token of a request, and whether one of its roles permits the action."""

from collections.abc import Mapping, Set

from flask import g, request

from shared.chassis.http.problems import Trouble
from shared.chassis.identity import Actor, NotAuthenticated, Verifier


def authenticate(verifier: Verifier, *, by_dialog: bool) -> None:
    """Put the actor of this request's token in `g.actor`, or raise `Trouble` 401.

    `by_dialog` also takes the token as the password of HTTP Basic, because a browser that is to show a page can
    send no other.
    """
    sent = request.authorization
    token = None
    if sent is not None:
        token = sent.token if sent.type == "bearer" else sent.password if by_dialog else None
    challenge = 'Basic realm="candour", charset="UTF-8"' if by_dialog else 'Bearer realm="candour"'
    if not token:
        text = "Send an access token in the header 'Authorization: Bearer ...'."
        raise Trouble("not-authenticated", text, headers={"WWW-Authenticate": challenge})
    try:
        g.actor = verifier.actor(token)
    except NotAuthenticated as refusal:
        if not by_dialog:
            raise
        raise Trouble("not-authenticated", str(refusal), headers={"WWW-Authenticate": challenge}) from None


def permitted(permissions: Mapping[str, Set[str]], action: str) -> Actor:
    """The actor of this request, acting in the role that permits the action; else `Trouble` 403."""
    actor: Actor = g.actor
    for role in sorted(actor.roles & permissions[action]):
        return actor.acting_as(role)
    needed = " or ".join(sorted(permissions[action])) or "nobody"
    raise Trouble(
        "forbidden",
        f"Your roles do not permit '{action}'.",
        {"rule": f"'{action}' needs the role {needed}.", "next_step": "Ask somebody who has that role."},
    )
