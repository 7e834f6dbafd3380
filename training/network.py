"""The network: a small transformer, features of the letters, a recurrent layer, and one row of scores a word."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from quotes.pipeline.features import SIZES
from quotes.pipeline.labels import HEADS, SPAN_LABELS, WIDTH

FEATURE_WIDTH = 12
HIDDEN = 160
IMPOSSIBLE = -1e4


class Reader(nn.Module):
    """Score every label of every head for each word of a batch of windows.

    The word's vector is its first and its last piece, each a learned mix of all layers added to the last
    (Peters et al., 2018), beside its feature codes. Transitions between span labels are learned with it.
    """

    def __init__(self, config: BertConfig, dropout: float = 0.2) -> None:
        super().__init__()
        width = config.hidden_size
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.piece_features = nn.ModuleList(nn.Embedding(n, width, padding_idx=0) for n in SIZES)
        self.word_features = nn.ModuleList(nn.Embedding(n, FEATURE_WIDTH, padding_idx=0) for n in SIZES)
        for table in self.piece_features:
            nn.init.zeros_(table.weight)
        self.mix = nn.Parameter(torch.zeros(config.num_hidden_layers + 1))
        self.dropout = nn.Dropout(dropout)
        inputs = 2 * width + FEATURE_WIDTH * len(SIZES)
        self.forwards = nn.LSTM(inputs, HIDDEN, batch_first=True)
        self.backwards = nn.LSTM(inputs, HIDDEN, batch_first=True)
        self.heads = nn.Linear(2 * HIDDEN, WIDTH)
        self.transitions = nn.Parameter(torch.zeros(len(SPAN_LABELS), len(SPAN_LABELS)))

    def forward(
        self, pieces: Tensor, owners: Tensor, ends: Tensor, features: Tensor, reverse: Tensor
    ) -> Tensor:
        """Return the scores. *Shape:* ``(windows, words, WIDTH)``

        :param pieces: Ids, 0 for padding. *Shape:* ``(windows, pieces)``
        :param owners: Index of the word that each piece belongs to, plus one; 0 for none. *Shape:* as ``pieces``
        :param ends: First and last piece of each word. *Shape:* ``(windows, words, 2)``
        :param features: Codes, 0 for padding. *Shape:* ``(windows, words, 3)``
        :param reverse: For each word the index of the word that stands there when the window is read
            backwards; padding stays last, so that it changes nothing. *Shape:* ``(windows, words)``
        """
        embedded = self.encoder.embeddings.word_embeddings(pieces)
        for i, table in enumerate(self.piece_features):
            codes = nn.functional.pad(features[:, :, i], (1, 0)).gather(1, owners)
            embedded = embedded + table(codes)
        mask = (pieces != 0).long() if len(pieces) > 1 else None  # one window alone is not padded
        layers = self.encoder(
            inputs_embeds=embedded, attention_mask=mask, output_hidden_states=True
        ).hidden_states
        weights = torch.softmax(self.mix, 0)
        mixed = layers[-1] + sum(weights[i] * layer for i, layer in enumerate(layers))
        width = mixed.shape[-1]
        first = mixed.gather(1, ends[:, :, :1].expand(-1, -1, width))
        last = mixed.gather(1, ends[:, :, 1:].expand(-1, -1, width))
        extra = [table(features[:, :, i]) for i, table in enumerate(self.word_features)]
        words = self.dropout(torch.cat([first, last, *extra], -1))
        ahead, _ = self.forwards(words)
        behind, _ = self.backwards(words.gather(1, reverse.unsqueeze(-1).expand_as(words)))
        behind = behind.gather(1, reverse.unsqueeze(-1).expand_as(behind))
        return self.heads(self.dropout(torch.cat([ahead, behind], -1)))


def pretrained(folder: Path, dropout: float = 0.2) -> Reader:
    """Return a reader whose encoder starts from all-MiniLM-L6-v2.

    :param folder: Holds ``config.json`` and ``model.safetensors``.
    """
    config = BertConfig.from_json_file(folder / "config.json")
    config.attention_probs_dropout_prob = 0.0
    config._attn_implementation = "sdpa"
    reader = Reader(config, dropout)
    weights = load_file(folder / "model.safetensors")
    weights = {name.removeprefix("bert."): w for name, w in weights.items() if "pooler" not in name}
    missing, _ = reader.encoder.load_state_dict(weights, strict=False)
    if any("position_ids" not in name for name in missing):
        raise ValueError(f"{folder} does not hold the encoder's weights: {missing[:3]} …")
    return reader


def barred_transitions() -> Tensor:
    """Return what to add to the transitions so that ``I-x`` follows ``B-x`` or ``I-x`` alone."""
    barred = torch.zeros(len(SPAN_LABELS), len(SPAN_LABELS))
    for i, before in enumerate(SPAN_LABELS):
        for j, after in enumerate(SPAN_LABELS):
            if after.startswith("I-") and before[2:] != after[2:]:
                barred[i, j] = IMPOSSIBLE
    return barred


def crf_loss(scores: Tensor, labels: Tensor, mask: Tensor, transitions: Tensor) -> Tensor:
    """Return the negative log-likelihood of the labels, summed (Lafferty et al., 2001).

    A window may begin inside a span, so any label may come first.

    :param scores: *Shape:* ``(windows, words, labels)``
    :param labels: *Shape:* ``(windows, words)``
    :param mask: True for words, which stand before the padding. *Shape:* as ``labels``
    """
    transitions = transitions + barred_transitions().to(scores)
    weight = mask.to(scores)
    gold = (scores.gather(2, labels.unsqueeze(-1)).squeeze(-1) * weight).sum()
    gold = gold + (transitions[labels[:, :-1], labels[:, 1:]] * weight[:, 1:]).sum()
    alpha = scores[:, 0]
    for t in range(1, scores.shape[1]):
        following = torch.logsumexp(alpha.unsqueeze(2) + transitions, 1) + scores[:, t]
        alpha = torch.where(mask[:, t].unsqueeze(1), following, alpha)
    return torch.logsumexp(alpha, 1).sum() - gold


def losses(scores: Tensor, labels: dict[str, Tensor], mask: Tensor, transitions: Tensor) -> dict[str, Tensor]:
    """Return the loss of each head, a word's mean; ``spans_by_word`` is the span head's without transitions.

    A CRF alone leaves a long span's words nearly undecided between inside and outside, so that small errors of
    rounding add up; the loss by word keeps them apart.

    :param labels: For each head, *shape* ``(windows, words)``; :data:`training.prepare.IGNORE` is left out.
    """
    scores = scores.float()
    found = {"spans": crf_loss(scores[:, :, HEADS["spans"]], labels["spans"], mask, transitions) / mask.sum()}
    by_word = nn.functional.cross_entropy(
        scores[:, :, HEADS["spans"]].flatten(0, 1), labels["spans"].flatten(), reduction="none"
    )
    found["spans_by_word"] = by_word[mask.flatten()].mean()
    for head in HEADS:
        if head == "spans":
            continue
        wanted = labels[head]
        n = (wanted >= 0).sum().clamp(min=1)
        total = nn.functional.cross_entropy(
            scores[:, :, HEADS[head]].flatten(0, 1), wanted.flatten(), ignore_index=-100, reduction="sum"
        )
        found[head] = total / n
    return found
