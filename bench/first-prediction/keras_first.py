"""Keras's side: keras_first.py FILE WAY, from load_model to the first prediction by `call` or `predict`."""

import json
import re
import sys
import time
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

file, way = sys.argv[1:]
image = np.full((1, 224, 224, 3), 0.5, "float32")
started = time.time()
model = keras.models.load_model(file)
result = model(image).numpy() if way == "call" else model.predict(image, verbose=0)
finished = time.time()
peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
print(
    json.dumps(
        {
            "finished": finished,
            "loadSeconds": finished - started,
            "peakMegabytes": int(peak[1]) / 1024,
            "largest": float(result.max()),
            "versions": {"keras": keras.__version__, "tensorflow": tf.__version__},
        }
    )
)
