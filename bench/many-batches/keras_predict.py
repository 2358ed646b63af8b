"""Keras's side: keras_predict.py FILE BATCH_SIZE, seconds a batch of a call of predict."""

import json
import sys
import time

import keras
import numpy as np
import tensorflow as tf

BATCHES = 64

file, size = sys.argv[1], int(sys.argv[2])
model = keras.models.load_model(file)
images = np.random.RandomState(0).uniform(size=(size * BATCHES, 224, 224, 3)).astype("float32")
model.predict(images, batch_size=size, verbose=0)
before, started = time.process_time(), time.perf_counter()
model.predict(images, batch_size=size, verbose=0)
seconds = (time.perf_counter() - started) / BATCHES
cpu_seconds = (time.process_time() - before) / BATCHES
versions = {"keras": keras.__version__, "tensorflow": tf.__version__}
print(json.dumps({"seconds": seconds, "cpuSeconds": cpu_seconds, "versions": versions}))
