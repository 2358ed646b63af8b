"""Writes fixtures/ here, by hand: pip install -r requirements.txt && python make.py. Not part of `npm run reference`."""

import importlib.metadata
import json
import math
from collections import OrderedDict
from pathlib import Path

import torch
from safetensors.torch import save_file

SEED = 11
TOOLS = ["torch", "safetensors", "numpy"]
FLOATS = [torch.float32, torch.float16, torch.bfloat16, torch.float64]
INTEGERS = [torch.int8, torch.int16, torch.int32, torch.int64, torch.uint8]


def name_of(dtype):
    return str(dtype).removeprefix("torch.")


def plain_tensors(generator):
    """A tensor of each type, with the values where conversion may go wrong, and odd shapes."""
    special = [0.0, -0.0, float("inf"), float("-inf"), float("nan"), 1e-7, -6e-8, 65504.0]
    tensors = {}
    for dtype in FLOATS:
        random = torch.randn(3, 4, generator=generator, dtype=torch.float64)
        tensors[name_of(dtype)] = random.to(dtype)
        tensors[f"special.{name_of(dtype)}"] = torch.tensor(special, dtype=torch.float64).to(dtype)
    for dtype in INTEGERS:
        limits = torch.iinfo(dtype)
        tensors[name_of(dtype)] = torch.tensor([[limits.min, 0], [3, limits.max]], dtype=dtype)
    tensors["bool"] = torch.tensor([True, False, True])
    tensors["scalar"] = torch.tensor(2.5)
    tensors["empty"] = torch.zeros(0, 3)
    return tensors


def views(generator):
    """Tensors that share a storage, or see it in another order."""
    base = torch.randn(4, 6, generator=generator)
    halves = torch.randn(5, 4, generator=generator).half()
    return OrderedDict(
        base=base,
        transposed=base.t(),
        rows=base[1:3],
        columns=base[:, 2::2],
        expanded=base[:1].expand(3, 6),
        permuted=torch.randn(2, 3, 4, 5, generator=generator).permute(2, 3, 1, 0),
        halves=halves[1:, ::3],
    )


def checkpoint(generator):
    """A model in training: its state dict with parameters, and Adam's state after a step."""
    torch.manual_seed(SEED)
    model = torch.nn.Sequential(
        OrderedDict(conv=torch.nn.Conv2d(2, 3, 3), norm=torch.nn.BatchNorm2d(3), head=torch.nn.Linear(3, 2))
    )
    features = model.norm(model.conv(torch.randn(2, 2, 5, 5, generator=generator)))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    model.head(features.mean(dim=(2, 3))).sum().backward()
    optimizer.step()
    return {
        "epoch": 3,
        "name": "fixture",
        "best": 0.5,
        "plain": plain_tensors(generator),
        "views": views(generator),
        "parameter": torch.nn.Parameter(torch.ones(2, 2)),
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
    }


def flatten(value, name=""):
    if isinstance(value, torch.Tensor):
        return {name: value.detach()}
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    flat = {}
    for key, item in items:
        flat |= flatten(item, f"{name}.{key}" if name else str(key))
    return flat


def described(tensors):
    """What JSON has no exact number for becomes a text."""

    def value(number):
        if isinstance(number, float):
            return number if math.isfinite(number) else str(number).replace("inf", "Infinity")
        return int(number) if abs(number) < 2**53 else str(number)

    def values(tensor):
        return [value(number) for number in tensor.flatten().tolist()]

    return {
        name: {"shape": list(tensor.shape), "dtype": name_of(tensor.dtype), "values": values(tensor)}
        for name, tensor in tensors.items()
    }


def main():
    folder = Path(__file__).parent / "fixtures"
    folder.mkdir(exist_ok=True)
    generator = torch.Generator().manual_seed(SEED)
    content = checkpoint(generator)
    torch.save(content, folder / "zip.pt")
    torch.save(content, folder / "legacy.pt", _use_new_zipfile_serialization=False)
    # A whole module needs its class: what the reader refuses.
    torch.save(torch.nn.Linear(2, 1), folder / "module.pt")
    save_file(content["plain"], folder / "plain.safetensors", metadata={"format": "pt"})
    expected = {
        "checkpoint": described(flatten(content)),
        "safetensors": described(content["plain"]),
    }
    (folder / "expected.json").write_text(json.dumps(expected, separators=(",", ":")) + "\n")
    files = sorted(path.name for path in folder.iterdir() if path.name != "manifest.json")
    tools = {tool: importlib.metadata.version(tool) for tool in TOOLS}
    manifest = {"script": "make.py", "seed": SEED, "tools": tools, "files": files}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


main()
