"""A build is done once, goes on where it stopped, and never leaves half a model."""

import pickle
from pathlib import Path

import pytest

from knowledge.encoder import build, model
from knowledge.encoder.errors import EncoderError, GateFailed, ModelDamaged, ModelNotPrepared, NoRoom, WeightsMissing
from knowledge.encoder.model import PreparedModel


def finished(folder: Path, source: str) -> PreparedModel:
    card = PreparedModel("f1", 8, source, "q: ", "p: ", 12, 1, 1.0)
    for name in (model.GRAPH, model.WEIGHTS, model.TOKENIZER):
        (folder / name).write_bytes(b"x")
    model.write(card, folder)
    return card


def test_a_finished_model_is_returned_at_once(tmp_path: Path) -> None:
    card = finished(tmp_path, build.source_name(None))
    told: list[tuple[str, float]] = []
    assert build.prepare(tmp_path, None, lambda label, share: told.append((label, share))) == card
    assert told == [("ready", 1.0)]


def test_a_model_of_another_source_does_not_count(tmp_path: Path) -> None:
    finished(tmp_path, build.source_name(None))
    with pytest.raises(WeightsMissing, match="EMBEDDING_MODEL"):
        build.prepare(tmp_path, str(tmp_path / "no-such-model"))
    assert model.read(tmp_path).fingerprint == "f1", "the old model must go on serving"


def test_an_unknown_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelNotPrepared, match="portside models prepare"):
        model.read(tmp_path / "nowhere")


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"dim": 1}'])
def test_a_broken_card_is_told_apart_from_none(tmp_path: Path, content: str) -> None:
    (tmp_path / model.CARD).write_text(content)
    with pytest.raises(ModelDamaged, match=r"model\.json"):
        model.read(tmp_path)


def test_a_model_without_its_weights_is_damaged(tmp_path: Path) -> None:
    finished(tmp_path, "x")
    (tmp_path / model.WEIGHTS).unlink()
    with pytest.raises(ModelDamaged, match=model.WEIGHTS):
        model.read(tmp_path)


def test_a_step_that_fails_leaves_nothing_to_go_on_with(tmp_path: Path) -> None:
    def fail(part: Path) -> None:
        (part / "half").touch()
        raise OSError("killed")

    with pytest.raises(OSError, match="killed"):
        build.step(tmp_path / "int8", fail)
    assert not (tmp_path / "int8").exists()
    build.step(tmp_path / "int8", lambda part: (part / "whole").touch())
    assert [path.name for path in (tmp_path / "int8").iterdir()] == ["whole"]
    build.step(tmp_path / "int8", fail)  # done already: not run again


def test_publishing_replaces_the_model_and_keeps_the_rest_of_the_folder(tmp_path: Path) -> None:
    finished(tmp_path, "old")
    (tmp_path / model.PIECES).write_text("old")
    (tmp_path / "vision.onnx").write_text("not ours")
    served, original = tmp_path / "work" / build.SERVED, tmp_path / "work" / model.CHECKPOINT
    served.mkdir(parents=True)
    original.mkdir()
    (original / "model.safetensors").write_bytes(b"1")
    new = finished(served, "new")
    assert build.publish(tmp_path / "work", tmp_path) == new
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {model.CARD, model.GRAPH, model.WEIGHTS, model.TOKENIZER, "vision.onnx", model.CHECKPOINT}


def test_too_little_room_is_said_before_work_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "ROOM", 10**18)
    with pytest.raises(NoRoom, match="Make room"):
        build.prepare(tmp_path)


def test_the_fingerprint_changes_with_weights_tokenizer_and_prefix(tmp_path: Path) -> None:
    def fingerprint(weights: bytes, tokenizer: bytes, prefix: str) -> str:
        (tmp_path / "model.safetensors").write_bytes(weights)
        (tmp_path / "tokenizer.json").write_bytes(tokenizer)
        return build.fingerprint_of(tmp_path, prefix)

    same = fingerprint(b"a", b"b", "c")
    assert same == fingerprint(b"a", b"b", "c")
    assert (
        len({same, fingerprint(b"x", b"b", "c"), fingerprint(b"a", b"x", "c"), fingerprint(b"a", b"b", "x"), fingerprint(b"ab", b"", "c")})
        == 5
    )


@pytest.mark.parametrize("kind", [GateFailed, WeightsMissing, ModelDamaged, ModelNotPrepared])
def test_errors_survive_the_way_back_from_a_build_process(kind: type[EncoderError]) -> None:
    error = kind("why")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
