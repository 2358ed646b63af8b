"""Keras's side: seconds of each epoch after the first, printed as JSON."""

import json
import os
import resource
import sys
import time

sys.path.append(os.path.join(os.path.dirname(__file__), "..", "lib"))

import keras
import tensorflow as tf
from fashion_mnist import load, task_a

EPOCHS = 3

x, y = task_a(*[part[5000:] for part in load("train")])
layers = keras.layers
model = keras.Sequential([keras.Input((784,))])
for units in (300, 100, 50, 50, 50):
    model.add(layers.Dense(units, activation="selu"))
if "dropout" in sys.argv:
    model.add(layers.Dropout(0.2))
model.add(layers.Dense(8, activation="softmax"))
optimizer = keras.optimizers.Adam() if sys.argv[1] == "adam" else keras.optimizers.SGD(1e-3)
model.compile(optimizer=optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])


class Clock(keras.callbacks.Callback):
    seconds = []

    def on_epoch_begin(self, epoch, logs=None):
        self.started = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds.append(time.perf_counter() - self.started)


model.fit(x, y, batch_size=32, epochs=EPOCHS + 1, verbose=0, callbacks=[Clock()])
print(
    json.dumps(
        {
            "seconds": Clock.seconds[1:],
            "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "versions": {"keras": keras.__version__, "tensorflow": tf.__version__},
        }
    )
)
