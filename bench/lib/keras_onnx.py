"""Keras's model as ONNX: keras_onnx.py MODEL_H5 OUT LIBRARIES, a folder that has tf2onnx."""

import json
import os
import sys

import keras
import numpy as np

file, out, libraries = sys.argv[1:]
# After TensorFlow's own: tf2onnx would bring another protobuf.
sys.path.append(libraries)
model = keras.models.load_model(file)
model(np.zeros((1, *model.input_shape[1:]), "float32"))
model.export(f"{out}.tmp", format="onnx", verbose=False)
os.replace(f"{out}.tmp", out)
print(json.dumps(out))
