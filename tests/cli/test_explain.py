"""What ``quotes explain`` prints, with the real reader, of made-up texts and of the two articles of seeds/."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"

TRAM = (
    "“We are ready for the vote,” the mayor of Rivertown, Ana Duarte, said on Monday.\n\n"
    "“The plan is bad,” said Vera Winter, leader of the opposition. She called the plan “a fairy tale with rails”.\n"
)
STONES = "Bill Stone and Mary Stone met the council. Stone said the bill was late.\n"


@pytest.fixture
def file(tmp_path):
    def write(text, name="tram.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


def lines(result):
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def said(result):
    return " ".join(result.stdout.split())


def test_the_article_s_name_is_followed_by_each_quotation_and_whose_it_is(run, file):
    result = run("explain", file(TRAM))
    assert (result.exit_code, result.stderr) == (0, "")
    shown = [line for line in result.stdout.splitlines() if line and not line.startswith("   ")]
    assert shown[:3] == ["tram", "Ana Duarte, mayor of Rivertown", "  “We are ready for the vote”"]
    assert "Vera Winter, leader of the opposition" in shown


def test_where_quotation_cue_and_source_stand_is_told_by_line_and_characters(run, file):
    shown = said(run("explain", file(TRAM)))
    assert "Quotation direct, speech · line 1, characters 0–28" in shown
    assert "Cue “said” · line 3, characters 101–105" in shown
    assert "Source “Vera Winter, leader of the opposition” · line 3, characters 106–143" in shown


def test_a_pronoun_is_explained_by_the_name_it_means_its_runner_up_and_both_scores(run, file):
    last = lines(run("explain", "--json", file(TRAM)))[-1]
    best, second = last["speaker"]["candidates"][:2]
    assert (best["name"], second["name"]) == ("Vera Winter", "Ana Duarte")
    assert 1 >= best["score"] > second["score"] >= 0
    assert last["speaker"]["why"] == (
        "The source is the pronoun “She”; of the people so far, "
        f"Vera Winter ({best['score']:.2f}) fits better than Ana Duarte ({second['score']:.2f})."
    )
    assert any("Vera Winter was" in sentence for sentence in last["speaker"]["because"])


def test_the_name_and_the_runner_up_are_shown_among_the_words_around_them(run, file):
    shown = said(run("explain", file(TRAM)))
    assert "Name line 3, characters 106–117: “The plan is bad,” said ⟦Vera Winter⟧, leader of the" in shown
    assert "Runner-up line 1, characters 53–63: for the vote,” the mayor of Rivertown, ⟦Ana Duarte⟧" in shown


def test_the_role_comes_with_the_words_it_was_read_from(run, file):
    shown = said(run("explain", file(TRAM)))
    assert "Role mayor of Rivertown, beside the name line 1, characters 33–51:" in shown
    assert "the ⟦mayor of Rivertown⟧, Ana Duarte, said" in shown


def test_the_confidence_is_taken_apart_and_what_lowers_it_is_named(run, file):
    (only,) = lines(run("explain", "--json", file(STONES)))
    confidence = only["confidence"]
    assert confidence["value"] == pytest.approx(confidence["found"] * confidence["speaker"], abs=1e-3)
    worst = confidence["doubts"][0]
    assert (worst["feature"], worst["why"]) == ("speaker", "the speaker is open")
    assert worst["without"] > confidence["value"]
    assert "Lowered by the speaker is open" in said(run("explain", file(STONES)))


def test_a_speaker_left_open_is_told_with_who_it_could_be_and_why_that_is_not_enough(run, file):
    result = run("explain", file(STONES))
    assert "“Stone” (who?)" in result.stdout
    assert "It could also be Mary Stone." in said(result)
    assert "that is less than the 0.70 it takes to name a speaker, so the speaker stays open." in said(result)


def test_a_line_of_json_is_one_quotation_as_extract_has_it_with_its_article(run, file):
    path = file(TRAM)
    (article,) = lines(run("extract", path))
    explained = lines(run("explain", "--json", path))
    assert [line["quote"] for line in explained] == article["quotes"]
    assert all(line["article"] == article["article"] for line in explained)


def test_every_clue_is_exactly_what_stands_there(run, file):
    text = "\ufeff\U0001f642\r\n" + TRAM.replace("\n", "\r\n") + STONES
    path = file("")
    path.write_bytes(text.encode())
    found = lines(run("explain", "--json", path))
    clues = [clue for line in found for clue in line["speaker"]["clues"]]
    clues += [line["role"]["clue"] for line in found if line["role"]]
    assert len(clues) > 3
    for clue in clues:
        assert text[clue["start"] : clue["end"]] == clue["text"]
        assert text[: clue["start"]].endswith(clue["before"])
        assert text[clue["end"] :].startswith(clue["after"])
        assert text[: clue["start"]].count("\n") + 1 == clue["line"]


def test_a_long_quotation_is_cut_short_on_the_page_and_whole_in_json(run, file):
    words = " ".join(f"word{n}" for n in range(60))
    path = file(f"“We have said {words} and will say it again,” said Ana Duarte.")
    assert " …”" in run("explain", path).stdout
    assert "word59 and will" not in said(run("explain", path))
    assert "word59 and will" in lines(run("explain", "--json", path))[0]["quote"]["text"]


def test_standard_input_web_pages_and_json_lines_are_read_as_extract_reads_them(run, file):
    assert lines(run("explain", "--json", "-", stdin=TRAM))[0]["article"]["id"].startswith("stdin-")
    two = "\n".join(json.dumps({"id": name, "text": TRAM}) for name in ("one", "two"))
    ids = [line["article"]["id"] for line in lines(run("explain", "--json", file(two, "two.jsonl")))]
    assert ids == ["one"] * 3 + ["two"] * 3
    page = f"<html><body><article><p>{TRAM}</p></article></body></html>"
    assert lines(run("explain", "--json", file(page, "page.html")))


def test_what_cannot_be_read_is_reported_as_by_extract_and_the_rest_is_done(run, file, tmp_path):
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    files = ["missing.txt", tmp_path / "latin.txt", file(TRAM)]
    result = run("explain", *files)
    assert result.exit_code == 1
    assert "Vera Winter, leader of the opposition" in result.stdout
    assert result.stderr == run("extract", *files).stderr
    assert run("explain", tmp_path / "latin.txt", "--encoding", "windows-1252").exit_code == 0


def test_an_article_without_a_quotation_says_so_on_the_page_and_nothing_in_json(run, file):
    path = file("It rained.")
    assert run("explain", path).stdout == "tram\nNo quotation found.\n\n"
    assert run("explain", "--json", path).stdout == ""


def test_what_a_text_holds_cannot_command_the_terminal(run, file):
    evil = "\x1b]0;owned\x07\x9b31m"
    result = run(
        "explain",
        file(f"Aide {evil} to the mayor, Ana Duarte, said{evil}.\n“Yes{evil}, no,” she said {evil}\n"),
    )
    assert result.exit_code == 0
    assert "�]0;owned" in result.stdout
    assert not {"\x1b", "\x07", "\x9b"} & set(result.stdout)


def test_the_seeds_are_explained_whole(run):
    found = lines(run("explain", "--json", SEEDS))
    assert len(found) == sum(len(line["quotes"]) for line in lines(run("extract", SEEDS)))
    (mcnulty,) = [
        line for line in found if line["quote"]["text"].startswith("The United States does not seek")
    ]
    assert mcnulty["speaker"]["name"] == "Jessica McNulty"
    assert mcnulty["speaker"]["rule"] == "he or she"
    assert mcnulty["speaker"]["clues"][0]["text"] == "Jessica McNulty"
    assert mcnulty["speaker"]["runner_up"]["text"] != "Jessica McNulty"
    (wrong,) = [line for line in found if line["quote"]["text"].startswith("she reserved the right")]
    assert wrong["speaker"]["open"]
    assert wrong["speaker"]["why"].endswith("So the speaker stays open.")


EXAMPLE = re.compile(r"\$ cat (\S+)\n((?:(?!```).)*?\n)\n\$ quotes explain \S+\n(.*?)\n```", re.DOTALL)


@pytest.mark.parametrize("page", ["README.md", "docs/quotations.md"])
def test_the_example_on_the_page_is_what_the_command_prints(run, file, page):
    # Scores change with every training, and lines break where these scores stand.
    def told(text):
        return re.sub(r"\b[01]\.\d\d\b", "0.00", text).split()

    examples = EXAMPLE.findall((ROOT / page).read_text(encoding="utf-8"))
    assert examples
    for name, text, shown in examples:
        assert told(run("explain", file(text, name)).stdout) == told(shown)


def test_a_text_of_hardly_more_than_marks_is_read_without_an_error(run, file):
    result = run(
        "explain", file("Vera Winter said “[link=http://x]no[/link] [red]way”. “ Vera Winter said ”.")
    )
    assert (result.exit_code, result.stderr) == (0, "")


def test_words_that_would_turn_the_direction_of_writing_are_shown_replaced(run, file):
    result = run("explain", file("“We are ready,” said Ana \u202eetrauD\u2066, the mayor."))
    assert result.exit_code == 0
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", result.stdout)
    assert "�etrauD�" in result.stdout


def test_one_word_cried_out_is_explained_like_any_quotation(run, file):
    (only,) = lines(run("explain", "--json", file("“Liar!” shouted Maria Lopez, a baker.")))
    assert (only["quote"]["text"], only["quote"]["speaker"]["name"]) == ("Liar!", "Maria Lopez")
