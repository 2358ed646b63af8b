"""Keras's side of zoo-parity: keras_zoo.py --list, or keras_zoo.py MODEL DIR, the model as @graftjs/model-zoo calls it.

Writes top.weights.h5 and no-top.weights.h5, and for each an image and what the model makes of it, as float32. Prints what
was written as JSON.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "reference"))

import keras  # noqa: E402
import tensorflow as tf  # noqa: E402
from makers.formula import fill, head_of, values  # noqa: E402
from makers.zoo import head_scale  # noqa: E402
from makers.zoo_cases import FAMILIES  # noqa: E402

# No file of Keras's holds AlexNet's LocalResponseNormalization: the tests compare that model.
MODELS = {name: model for models in FAMILIES.values() for name, model in models.items() if name != "alexNet"}


def main(name, folder):
    model = MODELS[name]
    made = model.make(weights=None)
    image = image_of(made)
    fill(made)
    fill(made, head_scale(made, image))
    # What enters the classifier.
    entering = head_of(made)._inbound_nodes[0].input_tensors[0]
    features, probabilities = keras.Model(made.inputs, [entering, made.outputs[0]])(image)
    write(folder, {"top-image": image, "features": features, "probabilities": probabilities})
    made.save_weights(folder / "top.weights.h5")

    size = model.sizes[1]
    pooled = model.make(weights=None, include_top=False, pooling="avg", input_shape=(size, size, 3))
    fill(pooled)
    image = image_of(pooled)
    write(folder, {"no-top-image": image, "averaged": pooled(image)})
    pooled.save_weights(folder / "no-top.weights.h5")
    return {
        "parameters": made.count_params(),
        "top": {"size": made.input_shape[1], "featureLayer": entering._keras_history.operation.name},
        "noTop": {"size": size},
    }


def image_of(model):
    return values("inputs", (1, *model.input_shape[1:]), -1, 1)


def write(folder, arrays):
    for file, array in arrays.items():
        tf.convert_to_tensor(array).numpy().astype("<f4").tofile(folder / f"{file}.f32")


if sys.argv[1] == "--list":
    versions = {"keras": keras.__version__, "tensorflow": tf.__version__}
    print(json.dumps({"models": list(MODELS), "versions": versions}))
else:
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]))))
