"""Which files keras.applications downloads, and files as they are, of a MobileNet so narrow that they are small."""

from unittest import mock

import h5py
import keras
import numpy as np
from keras import applications
from keras.src.legacy.saving import legacy_h5_format
from keras.src.utils import file_utils

from .numbers import flat, inputs, write_json

SEED = 11
TAKES_MINUTES = True

# Of the MobileNets one file for each width and one for each size; the names of the others follow.
WIDTHS = {"MobileNet": [0.25, 0.5, 0.75], "MobileNetV2": [0.35, 0.5, 0.75, 1.3, 1.4]}
SIZES = {"MobileNet": [128, 160, 192], "MobileNetV2": [96, 128, 160, 192]}
OTHERS = """
    DenseNet121 DenseNet169 DenseNet201 InceptionResNetV2 InceptionV3 NASNetLarge NASNetMobile ResNet101 ResNet101V2
    ResNet152 ResNet152V2 ResNet50 ResNet50V2 VGG16 VGG19 Xception
""".split()


def make(folder):
    write_json(folder / "published.json", published())
    write_json(folder / "mobilenet.json", mobilenet(folder))


class Captured(Exception):
    pass


def published():
    asked = [(name, {}) for name in [*WIDTHS, *OTHERS]]
    asked += [(name, {"alpha": alpha}) for name, alphas in WIDTHS.items() for alpha in alphas]
    asked += [
        (name, {"input_shape": (size, size, 3)}) for name, sizes in SIZES.items() for size in sizes
    ]
    return [
        {
            "model": name,
            "alpha": options.get("alpha"),
            "size": options.get("input_shape", [None])[0],
            "top": download_of(name, include_top=True, **options),
            "noTop": download_of(name, include_top=False, **options),
        }
        for name, options in asked
    ]


def download_of(name, **options):
    """The arguments of the one download that a model asks for: Keras builds it first."""

    def get_file(fname, origin, cache_subdir, file_hash=None):
        assert cache_subdir == "models"
        raise Captured({"name": fname, "url": origin, "md5": file_hash})

    keras.backend.clear_session()
    with mock.patch.object(file_utils, "get_file", get_file):
        try:
            getattr(applications, name)(weights="imagenet", **options)
        except Captured as captured:
            return captured.args[0]
    raise AssertionError(f"{name} downloads nothing")


def mobilenet(folder):
    keras.backend.clear_session()
    random = np.random.RandomState(SEED)
    settings = {"alpha": 0.04, "input_shape": (32, 32, 3), "weights": None}
    whole = applications.MobileNet(**settings, classes=5)
    for weight in whole.weights:
        spread = inputs(random, *weight.shape, scale=0.3)
        weight.assign(np.abs(spread) + 0.5 if weight.name == "moving_variance" else spread)
    features = applications.MobileNet(**settings, include_top=False)
    for layer in features.layers[1:]:
        layer.set_weights(whole.get_layer(layer.name).get_weights())
    for name, model in {"mobilenet": whole, "mobilenet-no-top": features}.items():
        # The layout that the published files have: what `save_weights` wrote in Keras 2. The latest HDF5 makes it small.
        with h5py.File(folder / f"{name}.h5", "w", libver="latest") as file:
            legacy_h5_format.save_weights_to_hdf5_group(file, model)
    x = inputs(random, 2, 32, 32, 3)
    return {
        "x": flat(x),
        "whole": flat(whole.predict(x, verbose=0)),
        "features": flat(features.predict(x, verbose=0)),
    }
