"""``quotes token``: made, listed, revoked."""

from quotes.store.tokens import Tokens


def test_a_token_is_printed_once_and_works(run, db):
    made = run("token", "create", "the desk", "--scope", "correct", "--scope", "ingest", "--db", db)
    assert made.exit_code == 0
    token = Tokens(db).find(made.stdout.strip())
    assert token.scopes == ("ingest", "correct")
    assert "not shown again" in made.stderr
    listed = run("token", "list", "--db", db)
    assert listed.stdout.split("\t")[:3] == [token.id, "the desk", "ingest,correct"]
    assert made.stdout.strip() not in listed.stdout


def test_a_token_may_end_by_itself(run, db):
    run("token", "create", "brief", "--scope", "read", "--days", 3, "--db", db)
    assert "until 2" in run("token", "list", "--db", db).stdout


def test_a_revoked_token_says_so(run, db):
    run("token", "create", "the desk", "--scope", "read", "--db", db)
    (token,) = Tokens(db).all()
    assert run("token", "revoke", token.id, "--db", db).exit_code == 0
    assert "revoked 2" in run("token", "list", "--db", db).stdout


def test_mistakes_get_one_sentence(run, db, tmp_path):
    for arguments in (
        ["revoke", "none", "--db", db],
        ["create", " ", "--scope", "read", "--db", db],
        ["create", "x", "--scope", "read", "--db", tmp_path / "none.db"],
        ["list", "--db", tmp_path],
    ):
        result = run("token", *arguments)
        assert result.exit_code == 1
        assert len(result.stderr.strip().splitlines()) == 1
    assert run("token", "create", "x", "--db", db).exit_code == 2
    assert not (tmp_path / "none.db.tokens").exists()
