"""Compares the fixtures in a folder with freshly made ones: compare.py COMMITTED FRESH. Prints what differs.

Numbers in JSON, .h5 and .keras may differ by 1e-6 of the largest magnitude in their list or dataset, since matrix products
round differently from one CPU to the next; everything else must be the same. HDF5 and .keras are compared by content, not by bytes.
"""

import io
import json
import sys
import zipfile
from pathlib import Path

import h5py
import numpy as np

TOLERANCE = 1e-6


def main(committed, fresh):
    old, new = (json.loads((folder / "manifest.json").read_text()) for folder in (committed, fresh))
    differences = []
    for name in new:
        if name not in old:
            differences.append(f"{name}: not committed")
            continue
        # The patch version of Python changes no number.
        for manifest in (old, new):
            manifest[name]["tools"].pop("python")
        differences += compare_values(f"manifest.json {name}", old[name], new[name])
        for file in new[name]["files"]:
            if (committed / file).exists():
                differences += compare_files(file, committed / file, fresh / file)
            else:
                differences.append(f"{file}: missing")
    print("\n".join(differences) or f"The same: {', '.join(new)}")
    return 1 if differences else 0


def compare_files(name, old, new):
    if old.suffix == ".h5":
        with h5py.File(old) as a, h5py.File(new) as b:
            return compare_values(name, content(a), content(b))
    if old.suffix == ".keras":
        return compare_values(name, archive(old), archive(new))
    return compare_values(name, json.loads(old.read_text()), json.loads(new.read_text()))


def archive(path):
    """A .keras file as plain values, but for the date and for numbers that Keras takes from memory addresses."""
    with zipfile.ZipFile(path) as file:
        entries = {name: file.read(name) for name in file.namelist()}
    with h5py.File(io.BytesIO(entries.pop("model.weights.h5"))) as weights:
        values = {"model.weights.h5": content(weights)}
    for name, text in entries.items():
        values[name] = json.loads(text, object_hook=without_accidents)
    return values


def without_accidents(value):
    return {key: item for key, item in value.items() if key not in ("date_saved", "shared_object_id")}


def content(node):
    """An HDF5 group as plain values: attributes (JSON ones parsed), datasets, groups."""
    if isinstance(node, h5py.Dataset):
        return node[()]
    attributes = {}
    for key, value in node.attrs.items():
        text = value.decode() if isinstance(value, bytes) else value
        attributes[f"@{key}"] = json.loads(text) if key.endswith("_config") else np.asarray(text).tolist()
    return attributes | {key: content(child) for key, child in node.items()}


def compare_values(path, old, new):
    if isinstance(old, dict) and isinstance(new, dict):
        if old.keys() != new.keys():
            return [f"{path}: keys {sorted(old)} became {sorted(new)}"]
        return [line for key in new for line in compare_values(f"{path}/{key}", old[key], new[key])]
    if is_numeric(old) and is_numeric(new):
        return compare_numbers(path, np.asarray(old), np.asarray(new))
    if isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new):
            return [f"{path}: length {len(old)} became {len(new)}"]
        pairs = enumerate(zip(old, new))
        return [line for i, (a, b) in pairs for line in compare_values(f"{path}/{i}", a, b)]
    return [] if type(old) is type(new) and old == new else [f"{path}: {old!r} became {new!r}"]


def is_numeric(value):
    if isinstance(value, list):
        return len(value) > 0 and all(type(item) in (int, float) for item in value)
    return isinstance(value, np.ndarray | np.generic) or type(value) in (int, float)


def compare_numbers(path, old, new):
    if old.shape != new.shape:
        return [f"{path}: shape {old.shape} became {new.shape}"]
    if old.size == 0 or np.array_equal(old, new):
        return []
    if old.dtype.kind in "iu" and new.dtype.kind in "iu":
        return [f"{path}: {np.sum(old != new)} of {old.size} integers changed"]
    largest = np.abs(old - new).max() / max(np.abs(old).max(), np.finfo("float32").tiny)
    return [] if largest <= TOLERANCE else [f"{path}: differs by {largest:.1e} of its largest value"]


sys.exit(main(*map(Path, sys.argv[1:])))
