"""One quotation, in every form."""

import pytest

ANNOTATION = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


@pytest.fixture
def closed(client):
    (item,) = client.items("quotes", q="bridge")
    return item


def test_a_quotation_comes_with_all_that_is_known_of_it(client, closed):
    detail = client.get(f"quotes/{closed['id']}").json()
    assert {name: detail[name] for name in closed} == closed
    (mark,) = detail["highlights"]
    assert detail["context"]["text"][mark["start"] : mark["end"]] == closed["contents"][0]["text"]
    assert [each["name"] for each in detail["alternatives"]] == ["Ben Castro"]
    assert detail["rejected"] is False
    assert detail["corrections"] == []


def test_the_link_shows_the_place_in_the_article(client, closed):
    link = client.get(f"quotes/{closed['id']}").json()["link"]
    # Without the marks, which may be straight there, and the comma, which may be missing.
    assert link == "https://example.org/bridge?a=1#:~:text=The%20bridge%20will%20be%20closed%20on%20Monday"


def test_a_long_quotation_is_linked_by_its_first_and_last_words(client, samples, db):
    words = " ".join(f"word-{n}" for n in range(60))
    text = f"“{words}.” Ana Duarte said."
    samples.fill(db, [samples.replace(samples.bridge, id="long", text=text, url="https://example.org/#top")])
    (item,) = client.items("quotes", article="long")
    link = client.get(f"quotes/{item['id']}").json()["link"]
    assert link.startswith("https://example.org/#:~:text=word%2D0%20word%2D1")
    assert link.endswith(",word%2D54%20word%2D55%20word%2D56%20word%2D57%20word%2D58%20word%2D59.")


def test_schema_org_knows_it_as_a_quotation(client, closed):
    answer = client.get(f"quotes/{closed['id']}", headers={"Accept": "application/ld+json"})
    assert answer.headers["Content-Type"] == "application/ld+json"
    assert answer.headers["Vary"].startswith("Accept,")
    assert answer.json() == {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "@id": f"{client.address}/api/v1/quotes/{closed['id']}",
        "url": f"{client.address}/api/v1/quotes/{closed['id']}",
        "text": "The bridge will be closed on Monday,",
        "creator": {"@type": "Person", "name": "Ana Duarte", "jobTitle": "mayor"},
        "dateCreated": "2021-06-29",
        "isBasedOn": {
            "@type": "NewsArticle",
            "identifier": "bridge",
            "headline": "A bridge is closed",
            "url": "https://example.org/bridge?a=1",
            "datePublished": "2021-06-29",
            "publisher": {"@type": "Organization", "name": "The Example Post"},
        },
    }


def test_it_is_a_web_annotation_of_its_article(client, closed):
    answer = client.get(f"quotes/{closed['id']}", headers={"Accept": ANNOTATION})
    assert answer.headers["Content-Type"] == ANNOTATION
    (target,) = answer.json()["target"]
    assert target["source"] == "https://example.org/bridge?a=1"
    quote, position = target["selector"]
    assert quote["exact"] == closed["contents"][0]["text"]
    assert quote["prefix"] == ""
    assert quote["suffix"].startswith(" the mayor, Ana Duarte")
    assert (position["start"], position["end"]) == (0, 38)


def test_a_form_that_there_is_not_is_not_acceptable(client, closed):
    answer = client.get(f"quotes/{closed['id']}", headers={"Accept": "image/png"})
    assert answer.status_code == 406


def test_a_quotation_without_speaker_or_address_leaves_them_out(client):
    (item,) = client.items("quotes", q="café")
    assert client.get(f"quotes/{item['id']}").json()["link"] is None
    assert (
        "url"
        not in client.get(f"quotes/{item['id']}", headers={"Accept": "application/ld+json"}).json()[
            "isBasedOn"
        ]
    )
    annotation = client.get(f"quotes/{item['id']}", headers={"Accept": ANNOTATION}).json()
    assert annotation["target"][0]["source"] == "urn:x-quotes:article:notes%2F2021%20a"
    (late,) = client.items("quotes", kind="indirect")
    assert (
        "creator" not in client.get(f"quotes/{late['id']}", headers={"Accept": "application/ld+json"}).json()
    )
