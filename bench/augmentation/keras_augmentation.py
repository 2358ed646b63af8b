"""Keras's side: keras_augmentation.py OPTIONS; milliseconds for an image, by batch, without the first one."""

import json
import sys
import time
import warnings

# Keras calls SciPy by a name that SciPy is about to drop.
warnings.simplefilter("ignore")

import keras  # noqa: E402
import numpy as np  # noqa: E402
import scipy  # noqa: E402
from keras.src.legacy.preprocessing.image import ImageDataGenerator  # noqa: E402

BATCHES, WARM_UP, BATCH_SIZE = 4, 1, 32

x = (np.random.RandomState(1).uniform(size=((BATCHES + WARM_UP) * BATCH_SIZE, 224, 224, 3)) * 255).astype("float32")
flow = ImageDataGenerator(**json.loads(sys.argv[1])).flow(x, batch_size=BATCH_SIZE, shuffle=False, seed=1)
milliseconds = []
for _ in range(BATCHES + WARM_UP):
    started = time.perf_counter()
    next(flow)
    milliseconds.append((time.perf_counter() - started) * 1000 / BATCH_SIZE)
versions = {"keras": keras.__version__, "scipy": scipy.__version__}
print(json.dumps({"milliseconds": milliseconds[WARM_UP:], "versions": versions}))
