"""Goes on with training that others have saved: resume.py DIR.

For each NAME.keras, NAME.h5 and NAME.weights.h5 (for the model of NAME.keras, compiled as there) in the folder, trains the model with its optimizer for `steps` steps on `x` and `y` of
data.json (flat; the shapes are the model's) and writes the losses, each before its update, to losses.json by file name.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

import h5py  # noqa: E402
import keras  # noqa: E402
import numpy as np  # noqa: E402


def load(path):
    if path.name.endswith(".weights.h5"):
        model = keras.models.load_model(path.with_name(path.name.replace(".weights.h5", ".keras")))
        # Only what the file holds may remain.
        for variable in [*model.variables, *model.optimizer.variables]:
            variable.assign(np.full(variable.shape, 7, variable.dtype))
        model.load_weights(path)
        return model
    model = keras.models.load_model(path)
    if path.suffix == ".h5":
        # Keras 3 builds the optimizer without the weights of the layers and then cannot restore it: done here.
        restored = type(model.optimizer).from_config(model.optimizer.get_config())
        restored.build(model.trainable_variables)
        with h5py.File(path) as file:
            group = file["optimizer_weights"]
            values = [group[name][()] for name in group.attrs["weight_names"]]
        for variable, value in zip(restored.variables, values, strict=True):
            variable.assign(value)
        model.compile(restored, model.loss)
    return model


def main(folder):
    data = json.loads((folder / "data.json").read_text())
    losses = {}
    for path in sorted([*folder.glob("*.keras"), *folder.glob("*.h5")]):
        model = load(path)
        x, y = (
            np.array(data[key], "float32").reshape(-1, *tensor.shape[1:])
            for key, tensor in [("x", model.inputs[0]), ("y", model.outputs[0])]
        )
        losses[path.name] = [float(model.train_on_batch(x, y)) for _ in range(data["steps"])]
    (folder / "losses.json").write_text(json.dumps(losses))


main(Path(sys.argv[1]))
