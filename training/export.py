"""Turn trained weights into what the reader loads: int8 ONNX, tokenizer, transitions, settings."""

from __future__ import annotations

import json
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


def export(reader: Reader, base: Path, out: Path) -> None:
    """Write ``encoder.onnx`` (int8), ``transitions.npy`` and ``tokenizer.json``.

    Weights are quantised by channel, activations as they come; only the matrix products, the embeddings and
    the recurrent layer are, so what is lost is a few tenths of a point (see the model card).
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain, prepared = Path(folder) / "plain.onnx", Path(folder) / "prepared.onnx"
        export_float(reader, plain)
        quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared),
            str(out / "encoder.onnx"),
            op_types_to_quantize=["MatMul", "Gather", "LSTM", "Gemm"],
            per_channel=True,
            weight_type=QuantType.QInt8,
        )
    np.save(out / "transitions.npy", reader.transitions.detach().float().numpy())
    shutil.copy(base / "tokenizer.json", out / "tokenizer.json")


def export_float(reader: Reader, path: Path) -> None:
    """Write the network as float32 ONNX, any number of windows, pieces and words."""
    reader.encoder.config._attn_implementation = "eager"
    words = [(2054, 2003), (2023,), (1029,)]
    features = np.ones((3, 3), dtype=np.int8)
    batch = batch_of([words, words[:2]], [features, features[:2]])
    dynamic = {name: {0: "windows", 1: "pieces" if name in ("pieces", "owners") else "words"} for name in INPUTS}
    torch.onnx.export(
        reader,
        tuple(torch.from_numpy(batch[name]) for name in INPUTS),
        str(path),
        input_names=list(INPUTS),
        output_names=["scores"],
        dynamic_axes={**dynamic, "scores": {0: "windows", 1: "words"}},
        opset_version=17,
        dynamo=False,
    )
    onnx.checker.check_model(str(path))


def write_settings(out: Path, settings: dict) -> None:
    """Write ``settings.json``, which the pipeline reads beside the weights."""
    (out / "settings.json").write_text(json.dumps(settings, indent=1, sort_keys=True) + "\n")
