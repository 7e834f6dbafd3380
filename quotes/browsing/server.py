"""Datasette in this process, on one snapshot."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm

from quotes.browsing import plugin
from quotes.browsing.metadata import metadata, settings
from quotes.store.snapshot import Snapshot

_HERE = Path(__file__).parent


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that takes connections, which wait until they are served.

    :param port: 0 is any that is free.
    :raises OSError: Nothing can listen there.
    """
    family, *_, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    return socket.create_server(where[:2], family=family, backlog=128)


def serve(snapshot: Snapshot, listener: socket.socket, *, on_ready: Callable[[str], None]) -> None:
    """Show a snapshot to whoever connects, until SIGINT or SIGTERM.

    :param on_ready: Called with the address.
    """
    host, port = listener.getsockname()[:2]
    app = open_datasette(snapshot, public=not ip_address(host).is_loopback).app()
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
    on_ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    server.run(sockets=[listener])


def open_datasette(snapshot: Snapshot, *, public: bool) -> Datasette:
    """Return a Datasette that shows a snapshot, as a file that never changes.

    :param public: Whether others than this machine's users can reach it.
    """
    if not pm.is_registered(plugin):
        pm.register(plugin)
    # Datasette has loaded it if it is installed. Its charts put SQL of their own to the server, which strangers
    # may not.
    dashboards = sys.modules.get("datasette_dashboards")
    if dashboards is not None and public:
        pm.unregister(dashboards)
    # With rich installed, every address that is not there would be a page of values on the terminal.
    pm.get_plugin("datasette.handle_exception").rich = None
    return Datasette(
        immutables=[str(snapshot.path)],
        metadata=metadata(snapshot, charts=dashboards is not None and not public),
        settings=settings(snapshot, public=public),
        template_dir=str(_HERE / "templates"),
        static_mounts=[(plugin.STATIC, str(_HERE / "static"))],
    )
