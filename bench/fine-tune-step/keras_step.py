"""Keras's side: seconds of each step, by the clock and of the processor, printed as JSON."""

import json
import resource
import sys
import time

import keras
import numpy as np
import tensorflow as tf

size, batch_size, classes, warm, steps = map(int, sys.argv[1:])
base = keras.applications.MobileNetV2((size, size, 3), include_top=False, pooling="avg", weights=None)
model = keras.Model(base.input, keras.layers.Dense(classes, activation="softmax")(base.output))
model.compile(optimizer=keras.optimizers.Adam(), loss="sparse_categorical_crossentropy")
rng = np.random.default_rng(1)
x = rng.uniform(-1, 1, (batch_size, size, size, 3)).astype("float32")
y = np.arange(batch_size) % classes
data = tf.data.Dataset.from_tensors((x, y)).cache().repeat(warm + steps)


class Clock(keras.callbacks.Callback):
    seconds, processor = [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.started = time.perf_counter(), time.process_time()

    def on_train_batch_end(self, batch, logs=None):
        if batch >= warm:
            self.seconds.append(time.perf_counter() - self.started[0])
            self.processor.append(time.process_time() - self.started[1])


model.fit(data, epochs=1, verbose=0, callbacks=[Clock()])
print(
    json.dumps(
        {
            "seconds": Clock.seconds,
            "processorSeconds": Clock.processor,
            "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "versions": {"keras": keras.__version__, "tensorflow": tf.__version__},
        }
    )
)
