"""What pads, crops, repeats or turns its input."""

from keras import layers

from .models import chain

FIRST = {"data_format": "channels_first"}

CASES = [
    ("Permute", chain((2, 3, 4), lambda: layers.Permute((3, 1, 2)))),
    ("RepeatVector", chain((3,), lambda: layers.RepeatVector(2))),
    ("ZeroPadding1D", chain((2, 3), lambda: layers.ZeroPadding1D((2, 1)))),
    ("ZeroPadding1D: channels first", chain((2, 3), lambda: layers.ZeroPadding1D((2, 1), **FIRST))),
    ("ZeroPadding2D", chain((2, 3, 2), lambda: layers.ZeroPadding2D(((1, 0), (2, 1))))),
    ("ZeroPadding2D: channels first", chain((2, 3, 2), lambda: layers.ZeroPadding2D((0, 1), **FIRST))),
    ("ZeroPadding3D", chain((1, 2, 1, 2), lambda: layers.ZeroPadding3D(((1, 0), (0, 1), (1, 1))))),
    ("ZeroPadding3D: channels first", chain((1, 2, 1, 2), lambda: layers.ZeroPadding3D(1, **FIRST))),
    ("Cropping1D", chain((5, 2), lambda: layers.Cropping1D((2, 1)))),
    ("Cropping2D", chain((4, 5, 2), lambda: layers.Cropping2D(((1, 0), (2, 1))))),
    ("Cropping2D: channels first", chain((2, 4, 5), lambda: layers.Cropping2D((1, 2), **FIRST))),
    ("Cropping3D", chain((2, 2, 3, 2), lambda: layers.Cropping3D(((1, 0), (0, 1), (1, 1))))),
    ("Cropping3D: channels first", chain((2, 3, 3, 3), lambda: layers.Cropping3D(1, **FIRST))),
    ("UpSampling1D", chain((3, 2), lambda: layers.UpSampling1D(3))),
    ("UpSampling2D", chain((2, 3, 2), lambda: layers.UpSampling2D((3, 2)))),
    ("UpSampling2D: channels first", chain((2, 2, 3), lambda: layers.UpSampling2D(2, **FIRST))),
    *(
        (
            f"UpSampling2D: {way}",
            chain((2, 3, 1), lambda way=way: layers.UpSampling2D((2, 3), interpolation=way)),
        )
        for way in ("bilinear", "bicubic", "lanczos3", "lanczos5")
    ),
    (
        "UpSampling2D: bilinear with channels first",
        chain((2, 2, 3), lambda: layers.UpSampling2D(2, interpolation="bilinear", **FIRST)),
    ),
    ("UpSampling3D", chain((1, 2, 2, 2), lambda: layers.UpSampling3D((2, 1, 2)))),
]
