"""Tiny MarianMT and NLLB folders with random weights, written as `save_pretrained` writes them: what they say is babble, the way there is real."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

LINES = (
    "Where is my order ?",
    "Wo ist meine Bestellung ?",
    "Gdzie jest moje zamówienie ?",
    "I paid for it and it has not come .",
    "Ich habe bezahlt und es ist nicht da .",
    "[1] [2] X1X X2X <1> #1# 1 2 3 4 5 6 7 8 9 0",
)


def _pieces(folder: Path, name: str) -> list[str]:
    """A SentencePiece model of the lines above, and its pieces."""
    import sentencepiece

    model: Any = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(  # pyright: ignore[reportUnknownMemberType]
        sentence_iterator=iter(LINES * 20), model_writer=model, vocab_size=90, model_type="unigram", minloglevel=3, hard_vocab_limit=False
    )
    (folder / name).write_bytes(model.getvalue())
    read: Any = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    return [read.id_to_piece(at) for at in range(read.get_piece_size())]


@pytest.fixture(scope="session")
def marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from transformers import MarianConfig, MarianMTModel

    folder = tmp_path_factory.mktemp("marian") / "opus-mt-de-en"
    folder.mkdir()
    pieces = _pieces(folder, "source.spm")
    (folder / "target.spm").write_bytes((folder / "source.spm").read_bytes())
    vocabulary = {piece: at for at, piece in enumerate(dict.fromkeys(["</s>", "<unk>", *pieces, "<pad>"]))}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    head = {"tokenizer_class": "MarianTokenizer", "source_lang": "deu", "target_lang": "eng"}
    (folder / "tokenizer_config.json").write_text(json.dumps(head), encoding="utf-8")
    pad = vocabulary["<pad>"]
    tiny = {"d_model": 16, "encoder_layers": 1, "decoder_layers": 1, "encoder_attention_heads": 2, "decoder_attention_heads": 2}
    config = MarianConfig(
        vocab_size=len(vocabulary),
        pad_token_id=pad,
        eos_token_id=0,
        decoder_start_token_id=pad,
        forced_eos_token_id=0,
        encoder_ffn_dim=32,
        decoder_ffn_dim=32,
        **tiny,
    )
    MarianMTModel(config).save_pretrained(folder)  # pyright: ignore[reportUnknownMemberType]
    return folder


@pytest.fixture(scope="session")
def nllb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    folder = tmp_path_factory.mktemp("nllb") / "nllb-tiny"
    letters = sorted({char for line in LINES for char in line if char != " "})
    vocabulary = {piece: at for at, piece in enumerate(["<s>", "<pad>", "</s>", "<unk>", "▁", *letters])}
    tokenizer = NllbTokenizer(vocab=vocabulary, merges=[], extra_special_tokens=["eng_Latn", "pol_Latn", "deu_Latn"])
    tokenizer.save_pretrained(str(folder))  # pyright: ignore[reportUnknownMemberType]
    config = M2M100Config(
        vocab_size=len(tokenizer),
        d_model=16,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=32,
        decoder_ffn_dim=32,
        decoder_start_token_id=2,
    )
    M2M100ForConditionalGeneration(config).save_pretrained(folder)  # pyright: ignore[reportUnknownMemberType]
    return folder
