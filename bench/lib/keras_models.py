"""Saves an architecture of Keras with random weights: keras_models.py NAME FOLDER [FILE], or the model of a file.

Writes NAME.h5, NAME.keras, and NAME.json with NAME.bin, the same model as stock tfjs-layers reads it.
"""

import json
import sys
from pathlib import Path

import keras
import numpy as np

name, folder, *files = sys.argv[1:]
folder = Path(folder)
folder.mkdir(parents=True, exist_ok=True)
keras.utils.set_random_seed(7)


def plain(layer):
    """The layer again; stochastic depth, which neither an .h5 file nor tfjs-layers knows by name, as a Dropout."""
    if type(layer).__name__ == "StochasticDepth":
        return keras.layers.Dropout(layer.drop_path_rate, name=layer.name)
    return layer.__class__.from_config(layer.get_config())


if files:
    loaded = keras.models.load_model(files[0], compile=False)
    model = keras.models.clone_model(loaded, clone_function=plain)
    model.set_weights(loaded.get_weights())
else:
    model = getattr(keras.applications, name)(weights=None)


def for_tfjs(layer):
    """A layer of a Functional model as Keras 2 wrote it, which tfjs-layers reads."""
    config = dict(layer["config"], dtype="float32")
    if "batch_shape" in config:
        config["batch_input_shape"] = config.pop("batch_shape")
    nodes = []
    for node in layer["inbound_nodes"]:
        first = node["args"][0]
        tensors = first if isinstance(first, list) else [first]
        nodes.append([[*tensor["config"]["keras_history"], {}] for tensor in tensors])
    described = {"class_name": layer["class_name"], "name": layer["name"]}
    return described | {"config": config, "inbound_nodes": nodes}


config = json.loads(model.to_json())["config"]
ends = {key: [config[key]] for key in ("input_layers", "output_layers")}
topology = {"name": name, "layers": [for_tfjs(layer) for layer in config["layers"]], **ends}


def name_for_tfjs(layer, weight):
    depthwise = isinstance(layer, keras.layers.DepthwiseConv2D) and weight.name == "kernel"
    return f"{layer.name}/{'depthwise_kernel' if depthwise else weight.name}"


weights = [
    {"name": name_for_tfjs(layer, weight), "shape": list(weight.shape), "dtype": "float32"}
    for layer in model.layers
    for weight in layer.weights
]
described = {
    "modelTopology": {"class_name": "Functional", "config": topology},
    "weightsManifest": [{"paths": [f"{name}.bin"], "weights": weights}],
}
values = [weight.numpy().ravel() for layer in model.layers for weight in layer.weights]
np.concatenate(values).astype("<f4").tofile(folder / f"{name}.bin")
(folder / f"{name}.json").write_text(json.dumps(described))
model.save(folder / f"{name}.keras")
# The last one: where it is there, all are.
model.save(folder / f"{name}.h5")
print(json.dumps(str(folder / f"{name}.h5")))
