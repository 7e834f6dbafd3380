"""Every address does what the API's description says, whatever it is sent: thousands of made-up requests."""

from collections import Counter

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import negative_data_rejection, positive_data_acceptance

from quotes.store import QuoteQuery, Store

SEED = 20210629
EXAMPLES = 60
AT_LEAST = 2000

# What JSON Schema cannot say: a search has a grammar, a cursor is signed, two days have an order, an id is that
# of something or of nothing; and a day may be written in more ways than the one that the description names.
LEFT_OUT = [positive_data_acceptance, negative_data_rejection]


@pytest.mark.filterwarnings("ignore:.*:DeprecationWarning")
def test_every_address_keeps_what_its_description_promises(request, serve, db, token, samples):
    client = serve(samples.replace(request.getfixturevalue("settings"), readings_per_minute=100_000))
    schema = schemathesis.openapi.from_url(f"{client.address}/openapi.json")
    headers = token()
    with Store.open(db, "ro") as store:
        (row,) = store.search(QuoteQuery(words="bridge"))
    known = {"quote_id": row.id, "speaker_id": row.speaker.id, "article_id": row.article.id}
    counts = Counter()
    for result in schema.get_all_operations():
        operation = result.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            if mode is GenerationMode.NEGATIVE and not (operation.query or operation.body):
                continue
            _try(operation, mode, client, headers, known, counts)
    assert sum(counts.values()) >= AT_LEAST
    assert counts[200] >= AT_LEAST / 5
    assert not [status for status in counts if status >= 500]


def _try(operation, mode, client, headers, known, counts):
    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case):
        # Of a made-up id there is nothing; half of the requests go to what there is.
        if case.path_parameters and sum(counts.values()) % 2 and operation.method != "delete":
            case.path_parameters |= {name: known[name] for name in case.path_parameters if name in known}
        answer = case.call(headers=headers)
        counts[answer.status_code] += 1
        case.validate_response(answer, excluded_checks=LEFT_OUT)

    check()
