"""What the tables of a snapshot and their columns mean, and how each is first shown.

Keys are Datasette's (https://docs.datasette.io/en/stable/metadata.html).
"""

from __future__ import annotations

from typing import Any

_ARTICLE = "The article it stands in"
_SPEAKER = "The speaker’s own page: other names, roles, every quotation"
_OUTLET = "Who published the article"

TABLES: dict[str, dict[str, Any]] = {
    "who_said_what": {
        "title": "Who said what",
        "description": (
            "One row is one quotation: direct, mixed or indirect. Search looks in the words, the speaker’s name "
            "and the role; “…” keeps words together, a minus leaves out, * stands for any ending. Where the "
            "article does not say clearly enough who spoke, who is empty."
        ),
        "columns": {
            "who": "The speaker, by the fullest name the article gives; empty where that is not clear",
            "role": "The capacity the article gives the speaker in this quotation",
            "kind": "direct: all within quotation marks; mixed: some of it; indirect: none",
            "what": "What was said; … joins pieces that stand apart",
            "date": "The day it was said where the text tells, else the day of the article",
            "year": "The year of that day",
            "outlet": _OUTLET,
            "title": "The article’s headline",
            "url": "The article’s address: check a quotation there before relying on it",
            "context": "The sentence, or sentences, that the quotation stands in",
            "source": "The words that name the sayer, just as printed: she, the mayor, Ana Duarte",
            "cue": "The words that signal the quotation: said, according to, denied",
            "act": "speech, writing, belief (thinks, wants) or other (praised, promised)",
            "confidence": "How often, of 1, words and speaker are both right in quotations like this",
            "who_kind": "person, organization, document, unnamed_person or unnamed_group",
            "id": "The quotation’s permanent id: “quotes show” takes it, and ?id=… links to the row",
            "article_id": _ARTICLE,
            "speaker_id": _SPEAKER,
            "same_words": "Where other articles have the same words: all of them",
        },
        "facets": ["who", "role", "outlet", "year", "kind"],
        "facet_size": 12,
        "sort_desc": "date",
        "size": 50,
        "label_column": "what",
        "fts_table": "quotes_fts",
        "fts_pk": "number",
    },
    "speakers_quoted": {
        "title": "Speakers",
        "description": (
            "One row is one speaker: a person, an organization, a document, or somebody unnamed, who is a "
            "speaker of one article alone. Two people of the same full name are one row."
        ),
        "columns": {
            "speaker_id": "The speaker’s permanent id",
            "who": "The name",
            "kind": "person, organization, document, unnamed_person or unnamed_group",
            "quotations": "How many there are",
            "articles": "How many articles quote the speaker",
            "first": "The day of the earliest quotation",
            "last": "The day of the latest",
            "names": "Every form of the name that articles use",
            "number": "The row’s place in the full-text index",
        },
        "facets": ["kind"],
        "sort_desc": "quotations",
        "size": 50,
        "label_column": "who",
        "fts_table": "speakers_fts",
        "fts_pk": "number",
    },
    "roles_held": {
        "title": "Roles held",
        "description": "One row is a role that one article gives a speaker, quoted in that role or not.",
        "columns": {
            "who": "The speaker",
            "role": "The role, just as printed",
            "date": "The day of the article",
            "year": "The year of the article",
            "outlet": _OUTLET,
            "title": "The article’s headline",
            "article_id": "The article",
            "speaker_id": _SPEAKER,
        },
        "facets": ["role", "year", "outlet"],
        "facet_size": 12,
        "sort_desc": "date",
        "size": 50,
        "label_column": "role",
    },
    "articles": {
        "title": "Articles",
        "description": "One row is one article, as it was read.",
        "columns": {
            "id": "The article’s id",
            "title": "The headline",
            "outlet": _OUTLET,
            "published": "The day",
            "author": "The byline",
            "url": "The address of the original",
            "quotations": "How many were found in it",
            "reader": "The version of the reader that found them",
            "text": "The whole text, if the snapshot has it; offsets count in it",
        },
        "facets": ["outlet"],
        "facet_size": 12,
        "sort_desc": "published",
        "size": 50,
        "label_column": "title",
    },
    "same_words": {
        "title": "The same words in several articles",
        "description": (
            "One row is a statement of four words or more that stands in more than one article, case and marks "
            "aside: wire copy, a slogan, or a sentence that everybody printed."
        ),
        "columns": {
            "what": "The words, as the earliest article has them",
            "said_by": "To whom the articles attribute them: more than one name deserves a second look",
            "outlets": "How many outlets printed them",
            "articles": "How many articles",
            "first": "The day of the earliest",
            "last": "The day of the latest",
        },
        "sort_desc": "articles",
        "size": 50,
        "label_column": "what",
    },
    "corrections_made": {
        "title": "Corrections",
        "description": "One row is something that a person corrected in what was read. Corrections are never deleted.",
        "columns": {
            "id": "The correction’s id",
            "at": "When, in UTC",
            "corrected_by": "Who corrected it",
            "field": "What was wrong: speaker, role, kind, or that it is a quotation at all (rejected)",
            "before": "What it was",
            "value": "What it is now",
            "reason": "Why",
            "what": "The quotation’s words then",
            "undone_at": "When the correction was taken back, if it was",
            "undone_by": "Who took it back",
            "quote_id": "The quotation’s id then",
            "article_id": "The article’s id",
        },
        "facets": ["field", "corrected_by"],
        "sort_desc": "at",
        "size": 50,
    },
    "snapshot": {
        "title": "This snapshot",
        "description": "When the database was copied, and what was in it.",
        "columns": {
            "taken": "When it was copied, in UTC",
            "version": "How many changes the database had seen",
            "changed": "When the last of them was made, in UTC",
            "articles": "Articles in it",
            "quotations": "Quotations in it",
            "speakers": "Speakers quoted in it",
        },
    },
}
