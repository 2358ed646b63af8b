"""Five training steps of a network of recurrent layers and wrappers, as Keras takes them."""

import keras
import numpy as np
from keras import layers

from .numbers import flat, inputs, shortest, write_json

SEED = 14
EXAMPLES, LENGTH, FEATURES, CLASSES, STEPS = 12, 6, 3, 3, 5

OPTIMIZERS = {
    "momentum": lambda: keras.optimizers.SGD(0.1, momentum=0.9),
    "adam": lambda: keras.optimizers.Adam(0.02),
}


def build():
    block = [keras.Input((4,), name="in"), layers.Dense(5, activation="tanh"), layers.BatchNormalization()]
    regular = {"kernel_regularizer": keras.regularizers.L2(0.01), "recurrent_constraint": keras.constraints.MaxNorm(0.6)}
    return keras.Sequential(
        [
            keras.Input((LENGTH, FEATURES), name="sequences"),
            layers.Masking(name="masking"),
            layers.Bidirectional(layers.LSTM(4, return_sequences=True, **regular), name="both"),
            layers.TimeDistributed(layers.Dense(5, activation="tanh"), name="steps"),
            layers.RNN([layers.GRUCell(4), layers.SimpleRNNCell(3, trainable=False)], return_sequences=True, name="cells"),
            layers.GRU(4, reset_after=False, name="last"),
            # The mask ends here.
            layers.RepeatVector(3, name="repeated"),
            layers.TimeDistributed(keras.Sequential(block, name="block"), name="normalized"),
            layers.SimpleRNN(4, name="simple"),
            layers.Dense(CLASSES, activation="softmax", name="classes"),
        ],
        name="sequences",
    )


def make(folder):
    random = np.random.RandomState(SEED)
    initial = build()
    for weight in initial.weights:
        value = inputs(random, *weight.shape, scale=0.4)
        is_scale = weight.name in ("gamma", "moving_variance")
        weight.assign(0.5 + np.abs(value) if is_scale else value)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "initial.keras"
    initial.save(path)
    x = inputs(random, EXAMPLES, LENGTH, FEATURES)
    # Sequences of different lengths.
    for example, length in enumerate(random.randint(2, LENGTH + 1, size=EXAMPLES)):
        x[example, length:] = 0
    y = random.randint(CLASSES, size=EXAMPLES)
    losses = {}
    for name, optimizer in OPTIMIZERS.items():
        model = keras.models.load_model(path)
        model.compile(optimizer(), "sparse_categorical_crossentropy", jit_compile=False)
        losses[name] = [shortest(model.train_on_batch(x, y)) for _ in range(STEPS)]
    shape = [EXAMPLES, LENGTH, FEATURES]
    write_json(folder / "cases.json", {"shape": shape, "x": flat(x), "y": flat(y), "losses": losses})
