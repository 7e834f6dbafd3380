"""Datasette in this process, on one snapshot."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import closing
from ipaddress import ip_address
from pathlib import Path

import datasette_dashboards
import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm

from quotes.browsing import plugin
from quotes.browsing.metadata import metadata, settings
from quotes.store.snapshot import Snapshot

_HERE = Path(__file__).parent


def open_datasette(snapshot: Snapshot, *, public: bool = False) -> Datasette:
    """Return a Datasette that shows a snapshot, as a file that never changes.

    :param public: Whether others than this machine's users can reach it.
    """
    if not pm.is_registered(plugin):
        pm.register(plugin)
    if public and pm.is_registered(datasette_dashboards):
        # Its charts put SQL of their own to the server, which strangers may not.
        pm.unregister(datasette_dashboards)
    # With rich installed, every address that is not there would be a page of values on the terminal.
    pm.get_plugin("datasette.handle_exception").rich = None
    return Datasette(
        immutables=[str(snapshot.path)],
        metadata=metadata(snapshot, charts=not public),
        settings=settings(snapshot, public=public),
        template_dir=str(_HERE / "templates"),
        static_mounts=[(plugin.STATIC, str(_HERE / "static"))],
    )


def serve(snapshot: Snapshot, *, host: str, port: int, on_ready: Callable[[str], None]) -> None:
    """Show a snapshot over HTTP until SIGINT or SIGTERM.

    :param port: 0 is any that is free.
    :param on_ready: Called with the address once connections are taken.
    :raises OSError: Nothing can listen there.
    """
    with closing(_listen(host, port)) as listener:
        address = _address(host, listener.getsockname()[1])
        app = open_datasette(snapshot, public=not _is_loopback(host)).app()
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
        on_ready(address)
        server.run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    family, *_, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    return socket.create_server(where[:2], family=family, backlog=128)


def _address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
