"""Writes fixtures: python make.py --out DIR [name…]. Without names, all of them."""

import argparse
import importlib.metadata
import logging
import os
import platform
from pathlib import Path

# Set before TensorFlow loads: quiet, and the same arithmetic on every CPU as far as it goes.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

import keras  # noqa: E402
from makers import MAKERS  # noqa: E402
from makers.numbers import write_json  # noqa: E402

TOOLS = ["keras", "tensorflow-cpu", "numpy", "h5py"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(MAKERS))
    parser.add_argument("--quick", action="store_true", help="leave out the makers that take minutes")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in MAKERS]
    if unknown:
        parser.error(f"name must be one of {', '.join(MAKERS)}. Received: {', '.join(unknown)}")

    # That .h5 is a legacy format, and that building several models retraces: both are meant here.
    logging.getLogger("absl").setLevel(logging.ERROR)
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    options.out.mkdir(parents=True, exist_ok=True)
    tools = {"python": platform.python_version()}
    tools |= {tool: importlib.metadata.version(tool) for tool in TOOLS}
    manifest = {}
    quick = [name for name in MAKERS if not getattr(MAKERS[name], "TAKES_MINUTES", False)]
    for name in options.names or (quick if options.quick else MAKERS):
        maker = MAKERS[name]
        before = files(options.out)
        (options.out / name).mkdir()
        # Keras numbers names over a whole process; a fixture must not depend on what was made before it.
        keras.utils.clear_session()
        maker.make(options.out / name)
        more = {tool: importlib.metadata.version(tool) for tool in getattr(maker, "TOOLS", [])}
        manifest[name] = {
            "script": f"makers/{name.replace('-', '_')}.py",
            "seed": maker.SEED,
            "tools": tools | more,
            "files": sorted(files(options.out) - before),
        }
    for folder in options.out.iterdir():
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    write_json(options.out / "manifest.json", manifest)


def files(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


main()
