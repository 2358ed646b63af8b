"""Writes fixtures/ here, by hand: pip install -r requirements.txt && python make.py. Not part of `npm run reference`:
tf_keras, which is Keras 2, wants the whole `tensorflow` beside the `tensorflow-cpu` of the other fixtures.
"""

import importlib.metadata
import json
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

import numpy as np  # noqa: E402
import tf_keras as keras  # noqa: E402
from tf_keras import layers  # noqa: E402

SEED = 17
TOOLS = ["tf_keras", "tensorflow", "numpy", "h5py"]


def cnn():
    image = keras.Input((10, 10, 3), name="image")
    x = layers.ZeroPadding2D(((0, 1), (1, 0)), name="pad")(image)
    x = layers.Conv2D(
        5, 3, strides=2, kernel_regularizer=keras.regularizers.L2(1e-3), activation="swish", name="conv"
    )(x)
    x = layers.BatchNormalization(epsilon=1e-4, momentum=0.9, name="conv_bn")(x)
    x = layers.ReLU(6.0, name="relu")(x)
    x = layers.DepthwiseConv2D(
        3, padding="same", depthwise_initializer=keras.initializers.VarianceScaling(2.0), name="depthwise"
    )(x)
    x = layers.GlobalAveragePooling2D(name="means")(x)
    x = layers.Dropout(0.2, name="dropout")(x)
    return keras.Model(image, layers.Dense(4, activation="softmax", name="classes")(x), name="cnn")


def nested():
    """Models within a model, one of them called thrice, once with training=False, and one a Sequential."""
    at = keras.Input((6,), name="at")
    x = layers.Dense(6, activation="tanh", name="a")(at)
    shared = keras.Model(at, layers.BatchNormalization(name="bn")(x), name="shared")
    shared.get_layer("a").trainable = False
    chain = keras.Sequential([layers.Dense(6, input_shape=(6,), name="a"), layers.Activation("swish")], name="chain")
    x = keras.Input((6,), name="x")
    y = shared(chain(shared(x)), training=False)
    y = layers.Add(name="sum")([y, x])
    return keras.Model(x, [shared(y), chain(x)], name="nested")


ACTIVATIONS = """elu exponential gelu hard_sigmoid leaky_relu linear log_softmax mish relu relu6 selu sigmoid silu softmax
softplus softsign swish tanh""".split()


def renamed():
    """What Keras 3 computes otherwise, calls otherwise, or lacks; and all activations."""
    image = keras.Input((3, 3, 2), name="image")
    tokens = keras.Input((4,), name="tokens", dtype="int32")
    x = layers.Conv2DTranspose(3, 2, strides=2, activation="hard_sigmoid", name="transpose")(image)
    outputs = [
        layers.ThresholdedReLU(0.4, name="thresholded")(x),
        layers.LeakyReLU(0.1, name="leaky")(image),
        layers.Embedding(5, 3, input_length=4, name="embedding")(tokens),
    ]
    outputs += [layers.Activation(name, name=f"as_{name}")(image) for name in ACTIVATIONS]
    return keras.Model([image, tokens], outputs, name="renamed")


def recurrent():
    """Layers made of others, some of which leave out the names of these, in a model within the model, too."""
    x = keras.Input((5, 3), name="x")
    y = layers.Masking(name="masking")(x)
    y = layers.Bidirectional(layers.LSTM(3, return_sequences=True), merge_mode="sum", name="both")(y)
    y = layers.TimeDistributed(layers.Dense(4), name="steps")(y)
    at = keras.Input((5, 4), name="at")
    z = layers.LSTM(3, return_sequences=True, name="lstm")(at)
    z = layers.TimeDistributed(layers.BatchNormalization(), name="steps")(z)
    inner = keras.Model(at, layers.Bidirectional(layers.GRU(2, reset_after=False), name="both")(z), name="inner")
    cells = [layers.LSTMCell(4), layers.GRUCell(3), layers.GRUCell(3)]
    stack = layers.RNN(cells, return_sequences=True, name="stack")(y)
    _, *states = layers.LSTM(3, return_state=True, name="encoder")(x)
    decoded = layers.LSTM(3, name="decoder")(x, initial_state=states)
    return keras.Model(x, [inner(y), stack, decoded], name="recurrent")


OPTIMIZERS = {
    "sgd": lambda: keras.optimizers.SGD(0.02, momentum=0.9),
    "sgd-plain": lambda: keras.optimizers.SGD(0.02),
    "rmsprop": lambda: keras.optimizers.RMSprop(0.01),
    "adam": lambda: keras.optimizers.Adam(0.01),
    "scheduled": lambda: keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(0.02, 10, 0.5)),
    "adadelta": lambda: keras.optimizers.Adadelta(1.0),
    # What was the only kind before Keras 2.11.
    "legacy-sgd": lambda: keras.optimizers.legacy.SGD(0.02, momentum=0.9, nesterov=True),
    "legacy-rmsprop": lambda: keras.optimizers.legacy.RMSprop(0.005, momentum=0.5, centered=True),
    "legacy-adam": lambda: keras.optimizers.legacy.Adam(0.01),
    "legacy-decay": lambda: keras.optimizers.legacy.Adam(0.02, decay=0.1),
    "legacy-amsgrad": lambda: keras.optimizers.legacy.Adam(0.01, amsgrad=True),
    "legacy-adadelta": lambda: keras.optimizers.legacy.Adadelta(1.0),
    "legacy-adamax": lambda: keras.optimizers.legacy.Adamax(0.01),
}
STEPS, SAVED = 20, 10


def network():
    """With a frozen layer, and a model within the model."""
    at = keras.Input((6,), name="at")
    inner = keras.Model(at, layers.Dense(5, name="b")(layers.Dense(6, activation="tanh", name="a")(at)), name="inner")
    start = keras.Input((4,), name="start")
    x = layers.Dense(6, activation="tanh", name="first")(start)
    x = layers.Dense(6, name="frozen", trainable=False)(x)
    return keras.Model(start, layers.Dense(1, name="head")(inner(x)), name="network")


def make_training(folder):
    """Twenty steps of training, with a file after the tenth."""
    random = np.random.RandomState(SEED)
    x, y = (np.round(random.normal(size=(16, width)), 3).astype("float32") for width in (4, 1))
    initial = network()
    initialise(initial, random)
    losses = {}
    for name, optimizer in OPTIMIZERS.items():
        keras.backend.clear_session()
        model = network()
        model.set_weights(initial.get_weights())
        model.compile(optimizer(), "mean_squared_error")
        losses[name] = []
        for step in range(STEPS):
            if step == SAVED:
                model.save(folder / f"training-{name}.h5")
            losses[name].append(float(str(np.float32(model.train_on_batch(x, y)))))
    data = {"saved": SAVED, "x": described(x)["values"], "y": described(y)["values"], "losses": losses}
    (folder / "training.json").write_text(json.dumps(data, separators=(",", ":")) + "\n")


def initialise(model, random):
    values = []
    for weight in model.weights:
        value = np.round(random.normal(size=weight.shape) * 0.5, 3)
        is_scale = "gamma" in weight.name or "variance" in weight.name
        values.append(0.5 + np.abs(value) if is_scale else value)
    model.set_weights(values)


def example(random, tensor):
    shape = (3, *tensor.shape[1:])
    if tensor.dtype.is_integer:
        return random.randint(5, size=shape)
    return np.round(random.normal(size=shape), 3).astype("float32")


def described(array):
    values = [float(str(np.float32(value))) for value in np.ravel(array)]
    return {"shape": list(array.shape), "values": values}


def main():
    folder = Path(__file__).parent / "fixtures"
    folder.mkdir(exist_ok=True)
    for build in (cnn, nested, renamed, recurrent):
        random = np.random.RandomState(SEED)
        model = build()
        initialise(model, random)
        # Compiled, so that the file has a training_config.
        model.compile("adam", "mse")
        model.save(folder / f"{model.name}.h5")
        model.save_weights(folder / f"{model.name}-weights.h5")
        x = [example(random, tensor) for tensor in model.inputs]
        y = model.predict(x if len(x) > 1 else x[0], verbose=0)
        outputs = y if isinstance(y, list) else [y]
        answers = {
            "inputs": [described(array) for array in x],
            "outputs": [described(array) for array in outputs],
            "trainable": [weight.name for weight in model.trainable_weights],
        }
        (folder / f"{model.name}.json").write_text(json.dumps(answers, separators=(",", ":")) + "\n")
    make_training(folder)
    tools = {tool: importlib.metadata.version(tool) for tool in TOOLS}
    (folder / "manifest.json").write_text(json.dumps({"seed": SEED, "tools": tools}, indent=2) + "\n")


main()
