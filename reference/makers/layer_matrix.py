"""Every layer that keras-format claims, each in a tiny model: what Keras computes with it, and its gradients.

A case is `(name, build)`: a name of the form `Class` or `Class: variant`, and a function that makes the model. The cases
stand in `layer_cases/`, one module a group, and each group is one fixture.
"""

import json

import keras
import numpy as np
import tensorflow as tf

from . import layer_cases
from .numbers import flat, inputs, write_json

SEED = 11
BATCH = 2


def make(folder):
    for group, cases in layer_cases.GROUPS.items():
        write_json(folder / f"{group}.json", {"cases": [made(name, build) for name, build in cases]})


def made(name, build):
    keras.backend.clear_session()
    model = build()
    random = np.random.RandomState(SEED)
    initialise(model, random)
    weights = {layer.name: [array(weight) for weight in ordered(layer)] for layer in model.layers}
    x = [inputs(random, BATCH, *tensor.shape[1:]) for tensor in model.inputs]
    y = outputs_of(model, x, training=False)
    training = not {name, name.split(":")[0]} & layer_cases.RANDOM
    loss_gradients = gradients(model, x, training)
    states = [array(weight) for weight in model.non_trainable_weights] if training else []
    return {
        "name": name,
        "topology": json.loads(model.to_json()),
        "weights": weights,
        "inputs": [described(each) for each in x],
        "outputs": [described(each) for each in y],
        "training": training,
        **loss_gradients,
        # After the pass that gave the gradients.
        "states": states,
    }


def gradients(model, x, training):
    """Of the loss, in training mode where that is deterministic: by the weights that train, and by the inputs."""
    tensors = [tf.constant(each) for each in x]
    variables = [weight.value for weight in model.trainable_weights]
    with tf.GradientTape() as tape:
        tape.watch(tensors)
        outputs = outputs_of(model, tensors, training)
        loss = sum(tf.reduce_sum(y * factors(y.shape)) for y in outputs)
    try:
        by_weight, by_input = tape.gradient(loss, [variables, tensors])
    except LookupError:
        # TensorFlow has no gradient for some ops: resizing by area.
        by_weight, by_input = [], []
    names = [weight.path for weight in model.trainable_weights]
    return {
        "weightGradients": [{"name": n, **described(tf.convert_to_tensor(g))} for n, g in zip(names, by_weight)],
        # None for an input of indices.
        "inputGradients": [g if g is None else described(np.asarray(g)) for g in by_input],
    }


def factors(shape):
    """What the loss multiplies an output by, value by value, before it sums."""
    return ((np.arange(np.prod(shape)) * 7 % 11 - 5) / 4).astype("float32").reshape(shape)


def outputs_of(model, x, training):
    y = model(x if len(x) > 1 else x[0], training=training)
    return list(y) if isinstance(y, (list, tuple)) else [y]


def initialise(model, random):
    for weight in model.weights:
        # Answers in the middle of the range show errors that saturated ones hide.
        value = inputs(random, *weight.shape, scale=0.5)
        if weight.name in ("gamma", "scale", "moving_variance", "variance"):
            value = 0.5 + np.abs(value)
        weight.assign(value)
    for layer in model.layers:
        # Normalization computes with a copy of its weights.
        if hasattr(layer, "finalize_state"):
            layer.finalize_state()


def ordered(layer):
    """As in an .h5 file: what trains first."""
    return layer.trainable_weights + layer.non_trainable_weights


def array(weight):
    return {"name": weight.path, **described(weight.numpy())}


def described(values):
    values = np.asarray(values)
    return {"shape": list(values.shape), "values": flat(values)}
