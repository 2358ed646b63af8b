"""Writes packages/model-zoo/src/wordnet-outline.ts, by hand: python3 make.py data.noun, that of WordNet 3.0.

What stands above the thousand classes of ImageNet in WordNet, as an outline. A synset may have several hypernyms; the first
one, in the order of the file, makes it a tree.
"""

import argparse
import hashlib
import re
from pathlib import Path

# Of WordNet 3.0: Debian's package wordnet-base 1:3.0-37 has it as /usr/share/wordnet/data.noun.
SHA256 = "fea17d2f9656611334eac790e5d69e47645fa180c4aa481fb4cd9b3520754ca2"

SOURCES = Path(__file__).resolve().parents[2] / "packages/model-zoo/src"

HEADER = """// What stands above the classes of ImageNet in WordNet, as an outline: data, written by reference/wordnet/make.py.
//
// A line is a synset (its id is `n` and the offset in data.noun) with its first word, or the numbers of the classes that
// stand directly below the synset above them. The words are WordNet's, and its licence wants to be in all copies: bundlers
// keep a comment that begins with an exclamation mark.

/*!
{licence}
*/

export const wordnetOutline = `
{outline}
`;
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("nouns", type=Path)
    content = parser.parse_args().nouns.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        parser.error("data.noun must be that of WordNet 3.0")
    synsets = dict(read(content.decode("ascii")))
    classes = re.findall(r"^n(\d{8}) ", (SOURCES / "imagenet-classes.ts").read_text(), re.MULTILINE)

    children, leaves, seen = {}, {}, set()
    for number, offset in enumerate(classes):
        _, parent = synsets[offset]
        leaves.setdefault(parent, []).append(number)
        while parent is not None and parent not in seen:
            seen.add(parent)
            children.setdefault(synsets[parent][1], []).append(parent)
            parent = synsets[parent][1]
    assert not seen & set(classes), "a class stands above another one"

    def outline(offset, depth):
        yield " " * depth + f"n{offset} {synsets[offset][0]}"
        if offset in leaves:
            yield " " * (depth + 1) + " ".join(map(str, leaves[offset]))
        for child in sorted(children.get(offset, [])):
            yield from outline(child, depth + 1)

    (root,) = children[None]
    licence = re.findall(r"^  \d+ (.*)", content.decode("ascii"), re.MULTILINE)
    text = HEADER.format(
        licence="\n".join(line.rstrip() for line in licence),
        outline="\n".join(outline(root, 0)),
    )
    (SOURCES / "wordnet-outline.ts").write_text(text)


def read(text):
    """Each synset's offset, its first word, and its first hypernym's offset: see WordNet's wndb(5)."""
    for line in text.splitlines():
        if line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        words = int(fields[3], 16)
        pointers = fields[4 + 2 * words + 1 :]
        hypernyms = [
            target
            for symbol, target in zip(pointers[::4], pointers[1::4])
            if symbol in ("@", "@i")
        ]
        yield fields[0], (fields[4], hypernyms[0] if hypernyms else None)


main()
