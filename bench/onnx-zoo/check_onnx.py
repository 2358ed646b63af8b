"""What the package onnx says of a file: check_onnx.py FILE LIBRARIES, a folder that has onnx."""

import json
import sys

file, libraries = sys.argv[1:]
sys.path.append(libraries)
import onnx  # noqa: E402

model = onnx.load(file)
problem = None
try:
    onnx.checker.check_model(model, full_check=True)
    onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
except (onnx.checker.ValidationError, onnx.shape_inference.InferenceError) as error:
    problem = str(error).split("\n")[0]
operators = {node.op_type for node in model.graph.node}
print(
    json.dumps(
        {
            "nodes": len(model.graph.node),
            "operators": len(operators),
            "problem": problem,
            "versions": {"onnx": onnx.__version__},
        }
    )
)
