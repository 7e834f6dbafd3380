"""Names as they stand in Datasette's addresses."""

from __future__ import annotations


def tilde_encoded(text: str) -> str:
    """Return a name as Datasette writes it in its addresses.

    Source: https://docs.datasette.io/en/stable/internals.html#tilde-encoding
    """
    plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    return "".join(
        chr(byte) if chr(byte) in plain else "+" if byte == ord(" ") else f"~{byte:02X}"
        for byte in text.encode()
    )
