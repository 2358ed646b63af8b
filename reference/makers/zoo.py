"""The models of the zoo as Keras has them: layers, weights, parameters, outputs and gradients, a file a family.

No weights are stored: a formula gives them here and in the tests. Keras computes in float64, so that the fixture is the same
whatever the CPU, and a gradient that is zero by the mathematics is told from a small one.
"""

import contextlib
import hashlib
import math
import re

import keras
import numpy as np
import tensorflow as tf

from .formula import fill, head_of, name_of, values
from .numbers import flat, write_json
from .zoo_cases import FAMILIES

SEED = 0
TAKES_MINUTES = True

# A hash for every so many layers: when one differs, little is left to look through.
LAYERS_A_HASH = 24
# Of the values of an output, about so many.
SAMPLES = 48
BATCH = 2
LABELS = [3, 7]
# Settings of layers that may not show in the outputs.
SETTINGS = ["epsilon", "momentum", "rate"]


def make(folder):
    keras.config.set_dtype_policy("float64")
    keras.config.set_floatx("float64")
    try:
        for family, models in FAMILIES.items():
            made = {name: made_model(model) for name, model in models.items()}
            write_json(folder / f"{family}.json", {"layersAHash": LAYERS_A_HASH, "models": made})
    finally:
        keras.config.set_floatx("float32")
        keras.config.set_dtype_policy("float32")


def made_model(model):
    cases = [made_case(model.make, arguments, compared) for arguments, compared in model.cases()]
    steps = [training_step(model.make, arguments) for arguments in model.steps()]
    return {"cases": cases, "steps": steps}


def made_case(make_model, arguments, compared):
    keras.utils.clear_session()
    # Weights without values where only their shapes count: VGG16 has more than a gigabyte of them.
    with contextlib.nullcontext() if compared else keras.StatelessScope(initialize_variables=False):
        model = make_model(weights=None, **arguments)
    case = {"options": camel_case(arguments), "name": model.name, **structure(model)}
    if not compared:
        return case
    fill(model)
    x = inputs(model)
    if arguments.get("include_top", True):
        case["headScale"] = head_scale(model, x)
        fill(model, case["headScale"])
    return case | {"output": sampled(model(x, training=False).numpy())}


def inputs(model):
    return values("inputs", (BATCH, *model.input_shape[1:]), -1, 1)


def head_scale(model, x):
    """A power of 2 that gives logits of about the size of a trained network's; else one class may get all probability."""
    head = head_of(model)
    activation, head.activation = head.activation, None
    logits = keras.Model(model.inputs, head.output)([x], training=False).numpy()
    head.activation = activation
    return 2.0 ** -round(math.log2(logits.std()))


def structure(model):
    lines = [described(layer) for layer in model.layers]
    chunks = [lines[i : i + LAYERS_A_HASH] for i in range(0, len(lines), LAYERS_A_HASH)]
    return {
        "parameters": model.count_params(),
        "trainable": sum(math.prod(weight.shape) for weight in model.trainable_weights),
        "outputShape": list(model.output_shape),
        "layers": len(lines),
        "hashes": [hashlib.sha256("\n".join(chunk).encode()).hexdigest()[:8] for chunk in chunks],
    }


def described(layer):
    """`Conv2D conv1 <- input_layer | kernel 3,3,3,32`, and settings as multiples of 1e-9."""
    nodes = [] if isinstance(layer, keras.layers.InputLayer) else layer._inbound_nodes
    sources = [tensor._keras_history.operation.name for node in nodes for tensor in node.input_tensors]
    config = layer.get_config()
    settings = [f"{key} {round(config[key] * 1e9)}" for key in SETTINGS if config.get(key) is not None]
    weights = [
        f"{name_of(layer, weight).split('/')[-1]} {','.join(map(str, weight.shape))}" for weight in layer.weights
    ]
    head = f"{type(layer).__name__} {layer.name} <- {','.join(sources)}"
    return " | ".join([head, *settings, *weights])


def training_step(make_model, arguments):
    """The cross-entropy of two images in training mode, and each weight's length of its gradient; 0 where mathematics says so."""
    keras.utils.clear_session()
    model = make_model(weights=None, classifier_activation=None, **arguments)
    fill(model)
    weights = [weight for layer in model.layers for weight in layer.trainable_weights]
    with tf.GradientTape() as tape:
        logits = model(inputs(model), training=True)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(LABELS, logits))
    gradients = tape.gradient(loss, [weight.value for weight in weights])
    norms = np.array([np.linalg.norm(gradient) for gradient in gradients])
    norms[norms < 1e-10 * norms.max()] = 0
    return {
        "options": camel_case(arguments),
        "loss": float(f"{float(loss):.8g}"),
        "gradientNorms": [float(f"{norm:.4g}") for norm in norms],
    }


def sampled(output):
    """Some values, evenly spaced, and of all of them the mean and the largest magnitude."""
    step = max(1, output.size // SAMPLES)
    return {
        "shape": list(output.shape),
        "step": step,
        "values": flat(output.ravel()[::step].astype("float32")),
        "summary": flat(np.array([output.mean(), np.abs(output).max()], "float32")),
    }


def camel_case(arguments):
    """Keras's arguments as options of @graftjs/model-zoo."""
    return {re.sub(r"_(.)", lambda letter: letter[1].upper(), key): value for key, value in arguments.items()}
