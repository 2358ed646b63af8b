import { describe, expect, it } from 'vitest';
import { imagenetClasses } from './imagenet-classes.js';
import { imagenetTree, wordnetPath, type WordnetNode } from './wordnet.js';

function* nodes(node: WordnetNode): Generator<WordnetNode> {
  yield node;
  for (const child of node.children) yield* nodes(child);
}

describe('imagenetTree', () => {
  const all = [...nodes(imagenetTree())];

  it('ends in the thousand classes, each once, by id and name', () => {
    const leaves = all.filter(({ children }) => children.length === 0);
    const byNumber = leaves.sort((a, b) => Number(a.classIndex) - Number(b.classIndex));
    expect(byNumber.map(({ classIndex }) => classIndex)).toEqual(imagenetClasses.map((_, i) => i));
    expect(byNumber.map(({ wordnetId, name }) => ({ wordnetId, name }))).toEqual(imagenetClasses);
  });

  it('has every synset once, and the same tree at each call', () => {
    expect(new Set(all.map(({ wordnetId }) => wordnetId)).size).toBe(all.length);
    expect(all.every(({ wordnetId }) => /^n\d{8}$/.test(wordnetId))).toBe(true);
    expect(imagenetTree()).toBe(all[0]);
  });

  it('counts what is below a synset as ImageNet does', () => {
    const below = (name: string) => {
      const node = all.find((each) => each.name === name && each.children.length > 0);
      return [...nodes(node!)].filter(({ classIndex }) => classIndex !== undefined).length;
    };
    expect(below('dog')).toBe(118);
    expect(below('domestic_cat')).toBe(5);
    expect(below('entity')).toBe(1000);
  });
});

describe('wordnetPath', () => {
  it('goes from the most general word to the class', () => {
    const path = [
      ...['entity', 'physical_entity', 'object', 'whole', 'living_thing', 'organism', 'animal'],
      ...['chordate', 'vertebrate', 'mammal', 'placental', 'carnivore', 'feline', 'cat'],
      ...['domestic_cat', 'tabby'],
    ];
    expect(wordnetPath(281)).toEqual(path);
    expect(wordnetPath('n02123045')).toEqual(path);
  });

  it.each([-1, 1000, 1.5, NaN, 'tabby', 'n00001740'])('refuses %s', (wrong) => {
    expect(() => wordnetPath(wrong)).toThrow(
      'imagenetClass must be a class of ImageNet, 0 to 999, or its WordNet id',
    );
  });
});
