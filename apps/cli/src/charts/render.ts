// From the description of a picture, in Vega or Vega-Lite, to an SVG.

import type { Spec } from 'vega';
import type { TopLevelSpec } from 'vega-lite';

/** An SVG that needs nothing else. */
export async function renderSvg(specification: Spec): Promise<string> {
  // Loaded when it is needed: it is large.
  const { View, parse } = await import('vega');
  const view = new View(parse(specification), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}

/** As {@link renderSvg}, of a chart that a package gives as plain JSON. */
export async function renderVegaLite(chart: Readonly<Record<string, unknown>>): Promise<string> {
  const { compile } = await import('vega-lite');
  const whole = { background: 'white', padding: 16, ...chart };
  return renderSvg(compile(whole as unknown as TopLevelSpec).spec);
}
