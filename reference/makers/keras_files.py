"""The models of h5-models in Keras's other formats: .keras, .weights.h5, and the older layout of weights alone.

What they answer stands in h5-models; the weights are the same.
"""

import h5py
import numpy as np
from keras.src.legacy.saving import legacy_h5_format

from . import h5_models

SEED = h5_models.SEED


def make(folder):
    for build in (h5_models.cnn, h5_models.nested):
        model = build()
        h5_models.initialise(model, np.random.RandomState(SEED))
        model.save(folder / f"{model.name}.keras")
        model.save_weights(folder / f"{model.name}.weights.h5")
        # What `model.save_weights("weights.h5")` wrote in Keras 2, and `load_weights` still reads.
        with h5py.File(folder / f"{model.name}-older-weights.h5", "w") as file:
            legacy_h5_format.save_weights_to_hdf5_group(file, model)
