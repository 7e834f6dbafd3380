"""A published snapshot, shown in Datasette: what its tables mean, questions ready to be asked, charts.

Nothing here is needed to publish a snapshot; Datasette itself is imported by :mod:`~quotes.browsing.plugin`
and :mod:`~quotes.browsing.server` alone, and comes with ``quote-tracker[browse]``.
"""
