"""What Keras makes of models that others saved: predict.py DIR.

For each NAME.h5 or NAME.keras in the folder, reads `inputs` from NAME.json (a list of {shape, values}) and writes
NAME.keras.json: `outputs` likewise, `names` of the layers and `trainable`, the number of trainable values. Where there is
a NAME.weights.h5, the model takes its weights from there. Where NAME.json names formats to `save`, Keras writes the model
anew, as NAME.saved.keras, .h5 or .weights.h5.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

import keras  # noqa: E402
import numpy as np  # noqa: E402


def predict(path):
    model = keras.models.load_model(path, compile=False)
    weights = path.with_suffix(".weights.h5")
    if weights.exists():
        model.set_weights([np.full(weight.shape, np.nan) for weight in model.weights])
        model.load_weights(weights)
    given = json.loads(path.with_suffix(".json").read_text())
    x = [np.array(a["values"], "float32").reshape(a["shape"]) for a in given["inputs"]]
    # Without a graph, which takes longer to make than all else here.
    y = model(x if len(x) > 1 else x[0], training=False)
    outputs = [np.asarray(a) for a in (y if isinstance(y, (list, tuple)) else [y])]
    result = {
        "outputs": [{"shape": a.shape, "values": a.ravel().tolist()} for a in outputs],
        "names": [layer.name for layer in model.layers],
        "trainable": int(sum(np.prod(weight.shape) for weight in model.trainable_weights)),
    }
    path.with_suffix(".keras.json").write_text(json.dumps(result))
    for ending in given.get("save", []):
        file = path.with_suffix(f".saved{ending}")
        model.save_weights(file) if ending == ".weights.h5" else model.save(file)


folder = Path(sys.argv[1])
for path in sorted([*folder.glob("*.h5"), *folder.glob("*.keras")]):
    if not path.name.endswith(".weights.h5"):
        predict(path)
