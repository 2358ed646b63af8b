// The picture of the zoo: accuracy over operations, a circle for each model, as large as its parameters are many.

import type { Spec } from 'vega';
import type { ModelEntry } from '@graftjs/model-zoo';
import { renderSvg } from '../charts/render.js';
import { placeLabels } from './place-labels.js';

/** A model with what was measured of it. */
export interface Measured extends ModelEntry {
  /** In milliseconds, for one image. */
  readonly latency: number;
}

const [width, height] = [760, 460] as const;

/** Of the circle for the most parameters that a model here has, in square pixels. */
const [mostParameters, largestArea] = [144e6, 3600] as const;

/** An SVG, on white. */
export function accuracyChart(models: readonly Measured[]): Promise<string> {
  return renderSvg(chart(models));
}

interface Axes {
  /** In billions. */
  readonly operations: readonly [number, number];
  readonly accuracy: readonly [number, number];
}

/** Round ends with some room around the models. */
function axesOf(models: readonly Measured[]): Axes {
  const operations = models.map(({ multiplyAdds }) => multiplyAdds / 1e9);
  const accuracies = models.map(({ top1 }) => 100 * top1);
  const [least, most] = [Math.min(...accuracies), Math.max(...accuracies)];
  return {
    operations: [Math.min(...operations) / 1.5, Math.max(...operations) * 2],
    accuracy: [Math.floor(least - 2) / 100, Math.ceil(most + 2) / 100],
  };
}

function chart(models: readonly Measured[]): Spec {
  const axes = axesOf(models);
  return {
    ...{ width, height, padding: 16, background: 'white' },
    config: {
      axis: { gridColor: '#e5e5e5', domainColor: '#888', tickColor: '#888', titlePadding: 10 },
      legend: { titlePadding: 8, offset: 24, symbolStrokeColor: '#555', symbolFillColor: '#bbb' },
    },
    title: {
      text: 'Accuracy on ImageNet over operations',
      subtitle:
        'Size of a circle: parameters. Colour: time for one image, measured on this machine.',
      ...{ anchor: 'start', offset: 16, fontSize: 17, subtitleFontSize: 12, subtitleColor: '#555' },
    },
    data: [{ name: 'models', values: valuesOf(models, axes) }],
    scales: [
      { name: 'x', type: 'log', range: 'width', domain: [...axes.operations] },
      { name: 'y', type: 'linear', range: 'height', zero: false, domain: [...axes.accuracy] },
      { name: 'area', type: 'linear', range: [0, largestArea], domain: [0, mostParameters] },
      {
        ...{ name: 'colour', type: 'log', range: { scheme: 'viridis' } },
        domain: { data: 'models', field: 'latency' },
      },
    ],
    axes: [
      {
        ...{ orient: 'bottom', scale: 'x', title: 'multiply-adds for one image, in billions' },
        ...{ grid: true, values: [0.1, 0.3, 1, 3, 10, 30, 100] },
      },
      { orient: 'left', scale: 'y', title: 'top-1 accuracy', format: '.0%', grid: true },
    ],
    legends: [
      { size: 'area', title: 'parameters', values: [5e6, 25e6, 60e6, 140e6], format: '.2~s' },
      { fill: 'colour', title: 'milliseconds', type: 'gradient', format: '.2~r' },
    ],
    marks: [
      {
        ...{ type: 'symbol', from: { data: 'models' } },
        encode: {
          enter: {
            x: { scale: 'x', field: 'operations' },
            y: { scale: 'y', field: 'accuracy' },
            size: { scale: 'area', field: 'parameters' },
            fill: { scale: 'colour', field: 'latency' },
            ...{ fillOpacity: { value: 0.75 }, stroke: { value: '#333' } },
          },
        },
      },
      {
        ...{ type: 'text', from: { data: 'models' } },
        encode: {
          enter: {
            ...{ x: { field: 'labelX' }, y: { field: 'labelY' }, text: { field: 'title' } },
            ...{ align: { value: 'center' }, baseline: { value: 'middle' } },
            ...{ fontSize: { value: 11 }, fill: { value: '#222' } },
          },
        },
      },
    ],
  };
}

function valuesOf(models: readonly Measured[], axes: Axes): object[] {
  const [left, right] = axes.operations.map(Math.log) as [number, number];
  const [bottom, top] = axes.accuracy;
  const circles = models.map(({ title, multiplyAdds, top1, parameters }) => ({
    text: title,
    x: (width * (Math.log(multiplyAdds / 1e9) - left)) / (right - left),
    y: height * (1 - (top1 - bottom) / (top - bottom)),
    radius: Math.sqrt((largestArea * parameters) / mostParameters / Math.PI),
  }));
  // A character of 11 pixels' height is about so wide.
  const places = placeLabels(circles, [width, height], 6.5);
  const values = models.map(({ title, multiplyAdds, top1, parameters, latency }, i) => ({
    ...{ title, operations: multiplyAdds / 1e9, accuracy: top1, parameters, latency },
    ...{ labelX: places[i]?.x, labelY: places[i]?.y },
  }));
  // Small circles are drawn last, or large ones would hide them.
  return values.sort((a, b) => b.parameters - a.parameters);
}
