"""Turn trained weights into what the reader loads: int8 ONNX, tokenizer, transitions, settings."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from quotes.pipeline.batching import batch_of
from training.network import Reader, pretrained

INPUTS = ("pieces", "owners", "ends", "features", "reverse")


def load_reader(base: Path, weights: Path) -> Reader:
    """Return the network with trained weights, ready to read."""
    reader = pretrained(base)
    reader.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    return reader.eval()


def export(reader: Reader, base: Path, plain: Path, out: Path) -> None:
    """Write ``encoder.onnx``, ``transitions.npy`` and ``tokenizer.json``: float32 to ``plain``, int8 to ``out``.

    Weights are quantised by channel, activations as they come; only the matrix products, the embeddings and
    the recurrent layer are, so what is lost is a few tenths of a point (see the model card).
    """
    for folder in (plain, out):
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "transitions.npy", reader.transitions.detach().float().numpy())
        shutil.copy(base / "tokenizer.json", folder / "tokenizer.json")
    export_float(reader, plain / "encoder.onnx")
    with tempfile.TemporaryDirectory() as scratch:
        prepared = Path(scratch) / "prepared.onnx"
        quant_pre_process(str(plain / "encoder.onnx"), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared),
            str(out / "encoder.onnx"),
            op_types_to_quantize=["MatMul", "Gather", "LSTM", "Gemm"],
            per_channel=True,
            weight_type=QuantType.QInt8,
        )


def write_checksums(folder: Path) -> None:
    """Write ``SHA256SUMS`` of every file in the folder of the weights, as ``sha256sum`` does."""
    files = sorted(path for path in folder.iterdir() if path.name not in ("SHA256SUMS", "model-card.md"))
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf8")


def export_float(reader: Reader, path: Path) -> None:
    """Write the network as float32 ONNX: one window, any number of pieces and words."""
    reader.encoder.config._attn_implementation = "eager"
    words = [(2054, 2003), (2023,), (1029,)]
    features = np.ones((3, 3), dtype=np.int8)
    batch = batch_of([words], [features])
    dynamic = {name: {1: "pieces" if name in ("pieces", "owners") else "words"} for name in INPUTS}
    torch.onnx.export(
        reader,
        tuple(torch.from_numpy(batch[name]) for name in INPUTS),
        str(path),
        input_names=list(INPUTS),
        output_names=["scores"],
        dynamic_axes={**dynamic, "scores": {1: "words"}},
        opset_version=17,
        dynamo=False,
    )
    onnx.checker.check_model(str(path))
