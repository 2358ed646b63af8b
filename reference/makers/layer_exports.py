"""The layers that Keras exports, with the class name that a file has for each; and which layers of the matrix take masks."""

import inspect

import keras
from keras import layers
from keras.src.api_export import get_name_from_symbol

from . import layer_cases
from .numbers import write_json

SEED = 0


def make(folder):
    exports = {
        name: get_name_from_symbol(value).split(".")[-1]
        for name, value in inspect.getmembers(layers, inspect.isclass)
        if issubclass(value, layers.Layer)
    }
    write_json(folder / "exports.json", exports)
    cases = [case for group in layer_cases.GROUPS.values() for case in group]
    write_json(folder / "masking.json", {name: masking(build) for name, build in cases})


def masking(build):
    """By the names of the layers of a case."""
    keras.backend.clear_session()
    kinds = (keras.Model, layers.InputLayer)
    own = [layer for layer in build().layers if isinstance(layer, layers.Layer) and not isinstance(layer, kinds)]
    return {layer.name: layer.supports_masking for layer in own}
