"""Whether a form that was sent is one of these pages'."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request

from api.problems import ProblemError


def require_own_form() -> None:
    """Do nothing if the form comes from here.

    There are no cookies, so no other site can act in a reader's name; but it could make a reader's browser
    spend what the server allows that reader.

    :raises ProblemError: A page of another site sent it. Browsers say so
        (https://www.w3.org/TR/fetch-metadata/); what says nothing is no browser that another site controls.
    """
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    foreign = site not in (None, "same-origin", "none")
    if site is None and origin is not None:
        foreign = urlsplit(origin).netloc != request.host
    if foreign:
        raise ProblemError(
            "bad-request", "The form was sent from another site: open the page here and send it."
        )
