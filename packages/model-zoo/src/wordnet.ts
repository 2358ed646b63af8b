// ImageNet as a tree: the classes, and what stands above them in WordNet.

import { invalidArgument } from '@graftjs/core';
import { imagenetClasses } from './imagenet-classes.js';
import { wordnetOutline } from './wordnet-outline.js';

/** A synset of WordNet with what ImageNet has below it. */
export interface WordnetNode {
  /** Its id in WordNet 3.0: `n` and eight digits. */
  readonly wordnetId: string;
  /** Its first word, `domestic_cat`; of a class of ImageNet, that class's name. */
  readonly name: string;
  /** For a class of ImageNet, its number; such a node has no children. */
  readonly classIndex?: number;
  readonly children: readonly WordnetNode[];
}

interface Tree {
  readonly root: WordnetNode;
  /** For each class the nodes from the root to it. */
  readonly paths: readonly (readonly WordnetNode[])[];
}

let parsed: Tree | undefined;

/**
 * The thousand classes of ImageNet as a tree by what they are, from `entity` down. Where WordNet has something above a
 * class by several ways (a dog is a canine and a domestic animal), the first of them is taken.
 *
 * @returns the root
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { imagenetTree } from '@graftjs/model-zoo';
 * const { name, children } = imagenetTree();
 * console.log(name, children.length); // entity 2
 */
export function imagenetTree(): WordnetNode {
  return tree().root;
}

/**
 * What a class of ImageNet is, from the most general word to its own name: the way to it in {@link imagenetTree}.
 *
 * @param imagenetClass number of the class, 0 to 999, or its WordNet id
 * @throws GraftError when ImageNet has no such class
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { wordnetPath } from '@graftjs/model-zoo';
 * console.log(wordnetPath(281).slice(-4)); // ['feline', 'cat', 'domestic_cat', 'tabby']
 */
export function wordnetPath(imagenetClass: number | string): readonly string[] {
  const index =
    typeof imagenetClass === 'number'
      ? imagenetClass
      : imagenetClasses.findIndex(({ wordnetId }) => wordnetId === imagenetClass);
  const path = tree().paths[index];
  if (path === undefined) {
    const rule = 'a class of ImageNet, 0 to 999, or its WordNet id';
    throw invalidArgument('imagenetClass', rule, imagenetClass);
  }
  return path.map(({ name }) => name);
}

function tree(): Tree {
  parsed ??= parse(wordnetOutline.trim().split('\n'));
  return parsed;
}

function parse(lines: readonly string[]): Tree {
  const paths: WordnetNode[][] = [];
  /** The nodes from the root to the last line, which are still filled. */
  const open: (WordnetNode & { children: WordnetNode[] })[] = [];
  for (const line of lines) {
    const text = line.trimStart();
    open.length = line.length - text.length;
    const siblings = open.at(-1)?.children ?? [];
    if (text.startsWith('n')) {
      const node = { wordnetId: text.slice(0, 9), name: text.slice(10), children: [] };
      siblings.push(node);
      open.push(node);
      continue;
    }
    for (const classIndex of text.split(' ').map(Number)) {
      const node = { ...imagenetClasses[classIndex]!, classIndex, children: [] };
      siblings.push(node);
      paths[classIndex] = [...open, node];
    }
  }
  return { root: open[0]!, paths };
}
