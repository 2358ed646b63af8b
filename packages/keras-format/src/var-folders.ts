// Where Keras 3 keeps weights in .keras and .weights.h5 files: a folder for each layer, counted by class. Knows no tfjs.

import { GraftError } from '@graftjs/core';
import { deepestNesting } from './deepest-nesting.js';
import { type Config, isRecord } from './fields.js';
import { innerFieldsOf, ownCellOf } from './inner-layers.js';
import { snakeCase } from './snake-case.js';

/** A layer that may hold weights. */
export interface Place {
  /** `layers/functional/layers/dense_1` */
  readonly folder: string;
  /** Names of the models and layers that it is in, from the outermost one's layer on, and its own. */
  readonly path: readonly string[];
  /** Folders in its folder that hold its weights, each the same number of them; its own folder is `''`. */
  readonly parts: readonly string[];
}

/** A folder of layers: of a model's, or of those that a layer is made of. */
interface Container {
  readonly folder: string;
  /** The names of their folders. */
  readonly children: ReadonlySet<string>;
}

export interface Places {
  readonly layers: readonly Place[];
  readonly containers: readonly Container[];
  /** Models, and layers made of others: the folders that would hold variables of their own. */
  readonly empty: readonly string[];
}

/** Keras's own names of classes that it exports under others. */
const classes: Readonly<Record<string, string>> = {
  GroupQueryAttention: 'GroupedQueryAttention',
};

/** Folders of what a layer is made of and says nothing of in its config, in the order in which it lists their weights. */
function partsOf(className: string, config: Config): readonly string[] {
  const gate = config.use_gate === true ? ['_gate_dense'] : [];
  if (className === 'MultiHeadAttention') {
    return ['query_dense', 'key_dense', ...gate, 'value_dense', 'output_dense'];
  }
  if (className === 'GroupQueryAttention') {
    return ['_query_dense', '_key_dense', ...gate, '_value_dense', '_output_dense'];
  }
  return [''];
}

/**
 * The places of all layers of a model.
 *
 * @throws GraftError when the topology is none
 */
export function findPlaces(topology: unknown, fileName: string): Places {
  const finder = new Finder(fileName);
  finder.visitModel(isRecord(topology) && isRecord(topology.config) ? topology.config : {}, '', []);
  return finder;
}

class Finder implements Places {
  readonly layers: Place[] = [];
  readonly containers: Container[] = [];
  readonly empty: string[] = [];

  constructor(private readonly fileName: string) {}

  /** @param folder with a slash at its end */
  visitModel({ layers }: Config, folder: string, path: readonly string[]): void {
    if (!Array.isArray(layers) || path.length > deepestNesting) {
      throw new GraftError(`${this.fileName} holds a model without layers, or one nested too deep`);
    }
    this.visitList(layers, `${folder}layers`, path);
    this.empty.push(`${folder}vars`);
  }

  private visitList(list: readonly unknown[], folder: string, path: readonly string[]): void {
    const counts = new Map<string, number>();
    const children = new Set<string>();
    for (const layer of list) {
      this.visitLayer(layer, path, (className) => {
        const base = snakeCase(
          Object.hasOwn(classes, className) ? `${classes[className]}` : className,
        );
        const count = counts.get(base) ?? 0;
        counts.set(base, count + 1);
        const child = count > 0 ? `${base}_${count}` : base;
        children.add(child);
        return `${folder}/${child}`;
      });
    }
    this.containers.push({ folder, children });
  }

  private visitLayer(
    layer: unknown,
    path: readonly string[],
    folderOf: (className: string) => string,
  ): void {
    if (!isRecord(layer) || typeof layer.class_name !== 'string' || !isRecord(layer.config)) {
      throw new GraftError(`${this.fileName} holds a layer without class_name and config`);
    }
    if (path.length > deepestNesting) {
      throw new GraftError(`${this.fileName} holds layers nested more than ${deepestNesting} deep`);
    }
    const { config } = layer;
    // The package of a class that its author registered is no part of its name.
    const className = layer.class_name.replace(/^.*>/, '');
    const folder = folderOf(className);
    const here = [...path, String(config.name ?? layer.name)];
    const cell = ownCellOf(className);
    const inner = innerFieldsOf(className);
    if (Array.isArray(config.layers)) this.visitModel(config, `${folder}/`, here);
    else if (cell !== undefined) {
      const object = { class_name: cell, config: { name: snakeCase(cell) } };
      this.visitInner([{ folder: 'cell', value: object }], folder, here);
    } else if (inner.length > 0) {
      const values = inner.map((each) => ({ folder: each.folder, value: config[each.field] }));
      this.visitInner(values, folder, here);
    } else {
      this.layers.push({ folder, path: here, parts: partsOf(className, config) });
    }
  }

  private visitInner(
    inner: readonly { readonly folder: string; readonly value: unknown }[],
    folder: string,
    path: readonly string[],
  ): void {
    for (const { folder: own, value } of inner) {
      if (Array.isArray(value)) this.visitList(value, `${folder}/${own}`, path);
      else this.visitLayer(value, path, () => `${folder}/${own}`);
    }
    const children = new Set(['vars', ...inner.map((each) => each.folder)]);
    this.containers.push({ folder, children });
    this.empty.push(`${folder}/vars`);
  }
}
