"""A process that serves the application: waitress, with threads, until it is told to stop."""

from __future__ import annotations

import gc
import signal
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

from api.app import create_app
from api.database import lock_for_server
from api.settings import Settings
from quotes.errors import StoreBusyError
from quotes.store import Store

#: How long requests in flight have to finish once the server is told to stop, in seconds.
GRACE_S = 30.0
_MAX_REFUSED_BYTES = 64 * 1024 * 1024


def serve(
    settings: Settings,
    *,
    host: str,
    port: int,
    threads: int = 6,
    trusted_proxy: str | None = None,
    on_ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve a database until SIGTERM or SIGINT, then finish the requests in flight.

    :param port: 0 is any that is free.
    :param trusted_proxy: Address of a reverse proxy whose ``X-Forwarded-For`` and ``-Proto`` are believed.
    :param on_ready: Called with the server's address once it can be asked.
    :raises StoreError: The database cannot be used, or another server writes to it.
    :raises OSError: The port is taken.
    """
    with ExitStack() as stack:
        if not settings.read_only:
            Store.check_path(settings.db)
            stack.enter_context(lock_for_server(settings.db))
            _bring_up_to_date(settings)
        app = create_app(settings)
        stack.callback(app.extensions["quotes-database"].close)
        server = listen(app, settings, host=host, port=port, threads=threads, trusted_proxy=trusted_proxy)
        stack.callback(server.close)
        # What is there now stays: a collection need not look through it again and again.
        gc.collect()
        gc.freeze()
        on_ready(_address(server))
        _run(server)


def _bring_up_to_date(settings: Settings) -> None:
    try:
        Store.open(settings.db, "rw", create=False, wait_s=1).close()
    except StoreBusyError:
        # Whoever is writing has done so already.
        return


def listen(
    app: Flask,
    settings: Settings,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    threads: int = 6,
    trusted_proxy: str | None = None,
    sockets: dict[int, Any] | None = None,
) -> Any:
    """Return waitress's server for an application, which listens already.

    :param sockets: Where it keeps its connections.
    """
    proxy: dict[str, Any] = {}
    if trusted_proxy is not None:
        proxy = {
            "trusted_proxy": trusted_proxy,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
        }
    return create_server(
        app,
        map=sockets,
        host=host,
        port=port,
        threads=threads,
        ident=None,
        clear_untrusted_proxy_headers=True,
        connection_limit=1000,
        channel_timeout=60,
        # The application refuses long bodies, with a sentence; this only bounds what it takes to hear it.
        max_request_body_size=max(_MAX_REFUSED_BYTES, settings.max_body_bytes),
        **proxy,
    )


def _address(server: Any) -> str:
    host, port = server.socket.getsockname()[:2] if hasattr(server, "socket") else server.effective_listen[0]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  (where it can be reached from here)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _run(server: Any) -> None:
    """Serve until a signal comes, then take no more and finish what is under way."""
    stopping: list[int] = []
    sockets = server.map if hasattr(server, "map") else server._map

    def stop(number: int, _: Any) -> None:
        stopping.append(number)
        if len(stopping) > 1:
            raise SystemExit(128 + number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        while not stopping:
            wasyncore.loop(timeout=0.5, map=sockets, use_poll=True, count=1)
        _finish(sockets)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _finish(sockets: dict[int, Any]) -> None:
    listening = [each for each in sockets.values() if getattr(each, "accepting", False)]
    for each in listening:
        each.accepting = False
        each.del_channel(sockets)
        each.socket.close()
    deadline = time.monotonic() + GRACE_S
    while time.monotonic() < deadline and any(map(_is_busy, list(sockets.values()))):
        wasyncore.loop(timeout=0.1, map=sockets, use_poll=True, count=1)


def _is_busy(channel: Any) -> bool:
    """Return whether a connection has a request that is being received, answered or sent back."""
    return bool(
        getattr(channel, "requests", None)
        or getattr(channel, "request", None)
        or getattr(channel, "total_outbufs_len", 0)
    )
