"""The CLIP eye with a tiny CLIP made here: weights that know nothing, but the real classes, files and arithmetic."""

from __future__ import annotations

import io
import string

import numpy as np
import pytest
from PIL import Image

from agent.domain.commerce import Line
from agent.domain.diagnosis import Defect, Unclear, Verdict
from agent.domain.message import Photo
from agent.domain.money import Money
from agent.errors import NotReady
from agent.vision.clip import ClipEye, Pairs
from agent.vision.model_eye import MOST_SURE

PHOTO = Photo(id="p1", width=64, height=64)
LINES = [Line(sku=sku, title=sku, category="audio", quantity=1, price=Money(100, "EUR")) for sku in ("A-100", "B-200")]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    import torch
    from transformers import CLIPConfig, CLIPModel, CLIPTokenizer
    from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

    target = tmp_path_factory.mktemp("clip")
    letters = string.ascii_lowercase + string.digits + "-,.{}"
    signs = [*letters, *(f"{letter}</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    vocabulary = {sign: at for at, sign in enumerate(signs)}
    tokenizer = CLIPTokenizer(vocab=vocabulary, merges=[], model_max_length=64)
    tokenizer.save_pretrained(target)
    side = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2, "projection_dim": 16}
    text = side | {"vocab_size": len(vocabulary), "max_position_embeddings": 64, "eos_token_id": vocabulary["<|endoftext|>"]}
    torch.manual_seed(3)
    model = CLIPModel(CLIPConfig(text_config=text, vision_config=side | {"image_size": 32, "patch_size": 16}, projection_dim=16))
    model.save_pretrained(target, safe_serialization=True)
    CLIPImageProcessorPil(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32}).save_pretrained(target)
    return str(target)


class OnePhoto:
    async def data(self, photo: str) -> bytes | None:
        out = io.BytesIO()
        Image.fromarray(np.random.default_rng(1).integers(0, 255, (64, 64, 3), np.uint8)).save(out, "JPEG")
        return out.getvalue()


def test_shares_sum_to_one_and_are_the_same_every_time(folder):
    pairs, pixels = Pairs(folder), np.zeros((40, 50, 3), np.uint8)
    found = pairs.shares(pixels, ["a photo of a cup", "a photo of a very much longer name of a thing", "x"])
    assert sum(found) == pytest.approx(1, abs=1e-5)
    assert pairs.shares(pixels, ["a photo of a cup", "a photo of a very much longer name of a thing", "x"]) == found


async def test_weights_that_know_nothing_tell_nothing(folder):
    found = await ClipEye(folder, OnePhoto()).diagnose(PHOTO, LINES)
    assert found.verdict is Verdict.CANNOT_TELL and found.reason in (Unclear.NO_PRODUCT, Unclear.UNSURE)


async def test_what_wins_is_told_but_never_surely(folder, monkeypatch):
    eye = ClipEye(folder, OnePhoto())
    monkeypatch.setattr(eye._pairs, "shares", lambda pixels, phrases: [0.97] + [0.03 / (len(phrases) - 1)] * (len(phrases) - 1))
    found = await eye.diagnose(PHOTO, LINES)
    assert (found.sku, found.defect, found.verdict) == ("A-100", Defect.CRACK, Verdict.DEFECT)
    assert found.confidence == found.recognised == MOST_SURE and "not calibrated" in found.eye
    assert (await eye.diagnose(PHOTO, [])).reason is Unclear.NO_PRODUCT


def test_a_folder_without_a_model_is_not_ready_and_says_what_to_do(tmp_path):
    pairs = Pairs(str(tmp_path))
    for _ in range(2):
        with pytest.raises(NotReady, match="PORTSIDE_VISION_MODEL"):
            pairs.shares(np.zeros((8, 8, 3), np.uint8), ["x"])
