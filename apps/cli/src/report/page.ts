// A page that needs nothing else: no script, no file, no network.

import { Html, markup } from './markup.js';

export interface Page {
  readonly title: string;
  /** Lines below the title. */
  readonly facts: readonly string[];
  readonly sections: readonly Html[];
}

export function pageHtml({ title, facts, sections }: Page): string {
  return String(markup`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
<h1>${title}</h1>
<ul>${facts.map((fact) => markup`<li>${fact}`)}</ul>
${sections}
</html>
`);
}

export function section(title: string, content: Html): Html {
  return markup`<section><h2>${title}</h2>
${content}
</section>
`;
}

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1180px; margin: 2rem auto; padding: 0 1rem; color: #1c2128; background: #fff; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
.scroll { overflow-x: auto; } svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; } th, td { padding: .3rem .9rem; border-bottom: 1px solid #d0d7de; text-align: right; font-variant-numeric: tabular-nums; }
th { font-weight: 600; } th:first-child { text-align: left; } caption { text-align: left; padding: .3rem 0; color: #57606a; white-space: nowrap; }
.confusion td { min-width: 2.4rem; text-align: center; border: 1px solid #fff; }
.confusion thead th { text-align: center; }
.gallery { display: grid; grid-template-columns: repeat(auto-fill, 168px); gap: 1rem; }
.gallery figure { margin: 0; font-size: 12px; line-height: 1.4; overflow-wrap: anywhere; }
.gallery img { width: 160px; height: 160px; object-fit: contain; background: #f0f2f4; border: 3px solid #d0d7de; border-radius: 4px; }
.gallery .wrong img { border-color: #cf222e; } .gallery .right img { border-color: #1a7f37; }
.gallery .file { color: #57606a; }
`;
