"""``python -m quotes``: the ``quotes`` command, where no script directory is on the path."""

from quotes.cli import main

if __name__ == "__main__":
    main(prog_name="quotes")
