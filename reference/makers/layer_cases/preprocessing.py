"""What prepares an input: scaling and resizing."""

from keras import layers

from .models import chain

FIRST = {"data_format": "channels_first"}
WAYS = ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", "area")


def resizing(shape, *size, **options):
    return chain(shape, lambda: layers.Resizing(*size, **options))


CASES = [
    ("Rescaling", chain((2, 3), lambda: layers.Rescaling(1 / 127.5, offset=-1))),
    ("Rescaling: by channel", chain((2, 3), lambda: layers.Rescaling([0.5, 2, 3], offset=[1, 0, -1]))),
    ("Normalization", chain((2, 3), lambda: layers.Normalization())),
    (
        "Normalization: given",
        chain((2, 3), lambda: layers.Normalization(mean=[1, 2, 3], variance=[4, 2, 1])),
    ),
    (
        "Normalization: inverted",
        chain((2, 3), lambda: layers.Normalization(mean=0.5, variance=2.0, invert=True)),
    ),
    *((f"Resizing: {way} up", resizing((2, 3, 2), 3, 5, interpolation=way)) for way in WAYS),
    *((f"Resizing: {way} down", resizing((5, 4, 1), 2, 3, interpolation=way)) for way in WAYS),
    *(
        (f"Resizing: {way} antialias", resizing((5, 4, 1), 2, 3, interpolation=way, antialias=True))
        for way in ("bilinear", "bicubic", "lanczos3")
    ),
    ("Resizing: cropped", resizing((5, 4, 1), 2, 3, crop_to_aspect_ratio=True)),
    ("Resizing: padded", resizing((5, 2, 1), 4, 3, pad_to_aspect_ratio=True, fill_value=0.5)),
    ("Resizing: channels first", resizing((2, 3, 4), 2, 5, **FIRST)),
    ("CenterCrop", chain((5, 4, 1), lambda: layers.CenterCrop(2, 3))),
    ("CenterCrop: too small", chain((3, 4, 1), lambda: layers.CenterCrop(4, 3))),
    ("CenterCrop: channels first", chain((2, 5, 4), lambda: layers.CenterCrop(2, 3, **FIRST))),
    *(
        (
            f"CategoryEncoding: {mode}",
            chain((5,), lambda: layers.ReLU(), lambda mode=mode: layers.CategoryEncoding(3, mode), lambda: layers.Dense(2)),
        )
        for mode in ("multi_hot", "count", "one_hot")
    ),
    (
        "CategoryEncoding: one_hot of one",
        chain((4, 1), lambda: layers.ReLU(), lambda: layers.CategoryEncoding(3, "one_hot"), lambda: layers.Dense(2)),
    ),
    (
        "Discretization",
        chain((5,), lambda: layers.Discretization([-0.5, 0, 0.7]), lambda: layers.Embedding(4, 2)),
    ),
    *(
        (
            f"Discretization: {mode}",
            chain((5,), lambda mode=mode: layers.Discretization([-0.5, 0.7], output_mode=mode), lambda: layers.Dense(2)),
        )
        for mode in ("multi_hot", "count", "one_hot")
    ),
]
