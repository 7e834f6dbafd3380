"""Commands that measure the project and print tables."""
