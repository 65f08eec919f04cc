"""A complete embedding model of a few kilobytes, so that all run-time code is tested for real without preparing the big one."""

import string
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from knowledge.encoder import model, tokens
from knowledge.encoder.model import PreparedModel

DIM = 8
SPECIAL = {"bos": 0, "eos": 2, "unk": 3}
VOCABULARY = [
    *((mark, 0.0) for mark in ("<s>", "<pad>", "</s>", "<unk>")),
    *((letter, -6.0) for letter in "▁:" + string.ascii_lowercase),
    *((piece, -4.0) for piece in ("▁par", "cel", "▁the", "ing")),
]


def tiny_tokenizer() -> Tokenizer:
    made = Tokenizer(models.Unigram(VOCABULARY, unk_id=SPECIAL["unk"]))
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    made.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    made.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])  # pyright: ignore[reportUnknownMemberType]
    return made


def tiny_graph() -> onnx.ModelProto:
    """Mean of the tokens' rows in a random table, made 1 long."""
    table = np.random.default_rng(1).normal(size=(len(VOCABULARY), DIM)).astype(np.float32)
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        helper.make_node("ReduceMean", ["rows"], ["mean"], axes=[1], keepdims=0),
        helper.make_node("ReduceL2", ["mean"], ["length"], axes=[1], keepdims=1),
        helper.make_node("Div", ["mean", "length"], ["embedding"]),
        helper.make_node("Identity", ["attention_mask"], ["unused"]),
    ]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in ("input_ids", "attention_mask")]
    outputs = [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["texts", DIM])]
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, [numpy_helper.from_array(table, "table")])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a finished model with 8 numbers a vector and at most 12 tokens a text."""
    folder = tmp_path_factory.mktemp("tiny")
    whole = folder / "whole.json"
    tiny_tokenizer().save(str(whole))
    assert tokens.compact(whole, folder, SPECIAL)
    graph, target = tiny_graph(), str(folder / model.GRAPH)
    onnx.save_model(graph, target, save_as_external_data=True, location=model.WEIGHTS, size_threshold=0)  # pyright: ignore[reportUnknownMemberType]
    model.write(PreparedModel("tiny-1", DIM, "test", "q: ", "p: ", max_tokens=12, pad=1, cosine=1.0), folder)
    return folder
