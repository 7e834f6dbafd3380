"""Write the model card that lies beside the weights."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

_CARD = """# Model card: the reader's encoder

**What it does.** Scores each word of English news text: whether it begins or continues a source, a cue or a
content of an attribution; where a cue's source and a content's cue stand; named entities, parts of speech,
sentence starts. Made for, and measured on, news articles; nothing else.

**Made from**
- all-MiniLM-L6-v2 (22M parameters, Apache-2.0), the starting weights.
- PolNeAR (Newell, Margolin, Ruths: *An Attribution Relations Corpus for Political News*, LREC 2018), 840
  training articles of the 2016 US campaign; its terms are with its authors. The articles are not
  part of the weights' package.
- Stanford CoreNLP's reading of the same articles, for entities, parts of speech and sentences (automatic, so
  noisy).
- For who *he* and *she* are: CoreNLP's chains, GUM's (Zeldes, LREC 2017) and GAP's (Webster et al., TACL 2018), and
  the lists of given names that Faker carries (MIT).

**How.** `python -m training`, see `training/README.md`; these runs, each of which averages its weights as it goes:

{runs}

Their mean, exported to ONNX and quantised to int8 by channel. SHA-256 of `encoder.onnx`: `{digest}`.

**Scores on the 84 dev articles** (the head alone; exact F1 of spans by words, accuracy elsewhere, in percent;
the whole reader's scores are in the README)

| | float32 | int8 |
|---|---|---|
{rows}

**Limits.** One topic (US politics, 2016) and seven outlets taught it: other topics read worse, and how much
worse is not known beyond the two articles in `seeds/`. English alone. Annotators themselves agree on 71% of
cues and 68% of contents exactly. Names unlike those of its time and place are recognised less surely. A
quotation it gives is evidence to check against the text, which the offsets make easy, and not a finding.
"""


def write_card(
    out: Path, runs: dict[str, dict[str, float]], plain: dict[str, float], quantised: dict[str, float]
) -> None:
    """Write ``model-card.md`` into the folder of the weights.

    :param runs: The name and the recipe of each run whose weights went into the mean.
    """
    digest = hashlib.sha256((out / "encoder.onnx").read_bytes()).hexdigest()
    rows = "\n".join(
        f"| {head.replace('_', ' ')} | {plain[head]:.1f} | {quantised[head]:.1f} |" for head in plain
    )
    text = _CARD.format(
        runs="\n".join(f"- {name}: `{json.dumps(recipe)}`" for name, recipe in runs.items()),
        digest=digest,
        rows=rows,
    )
    (out / "model-card.md").write_text(text, encoding="utf8")
