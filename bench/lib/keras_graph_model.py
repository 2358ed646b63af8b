"""Keras's model as a tfjs graph model: keras_graph_model.py MODEL FOLDER LIBRARIES, a folder that has tensorflowjs."""

import importlib.machinery
import json
import sys
import tempfile
import types
from pathlib import Path

import keras

file, folder, libraries = sys.argv[1:]
model = keras.models.load_model(file, compile=False)


def module(name, path=None):
    found = types.ModuleType(name)
    found.__spec__ = importlib.machinery.ModuleSpec(name, None)
    if path:
        found.__path__ = [str(path)]
    sys.modules[name] = found


# The converter imports all that it could ever convert. These two are not in a model of Keras; and a package that is made
# here imports no more than is asked of it.
module("tensorflow_decision_forests")
module("tensorflow_hub")
module("tensorflowjs", Path(libraries) / "tensorflowjs")
module("tensorflowjs.converters", Path(libraries) / "tensorflowjs" / "converters")
sys.path.append(libraries)
from tensorflowjs.converters.tf_saved_model_conversion_v2 import convert_tf_saved_model  # noqa: E402

with tempfile.TemporaryDirectory() as saved:
    model.export(saved, verbose=False)
    convert_tf_saved_model(saved, folder)
print(json.dumps(folder))
