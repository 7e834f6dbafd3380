"""How ``quotes/weights`` is made from public data. See ``training/README.md``."""
