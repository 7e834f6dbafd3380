from datetime import date

import pytest

from quotes.pipeline.days import day_said

TUESDAY = date(2021, 6, 29)


@pytest.mark.parametrize(
    ("report", "day"),
    [
        ("he told reporters in Rome on Monday", date(2021, 6, 28)),
        ("she said Tuesday", date(2021, 6, 29)),
        ("she said last Tuesday", date(2021, 6, 22)),
        ("Kirby said in a late Sunday statement", date(2021, 6, 27)),
        ("he said yesterday", date(2021, 6, 28)),
        ("he said in an interview on June 15", date(2021, 6, 15)),
        ("he said on Dec. 3", date(2020, 12, 3)),
        ("he wrote on January 5, 2019,", date(2019, 1, 5)),
        ("he said in Monday’s briefing", None),
        ("he will speak next Monday", None),
        ("he spoke on Monday and on Tuesday", None),
        ("he said on February 30, 2020", None),
        ("he said", None),
    ],
)
def test_a_day_counts_when_the_report_names_just_one(report, day):
    assert day_said(report, TUESDAY) == day
