// How each class fares, and which is taken for which, as tables of a page.

import type { ClassificationReport } from '@graftjs/training';
import { percent } from '../terminal/percent.js';
import { markup, type Html } from './markup.js';

export function classTable({ classes }: ClassificationReport, names: readonly string[]): Html {
  const share = (value: number) => (Number.isNaN(value) ? '–' : percent(value));
  const rows = classes.map(({ support, precision, recall, f1 }, i) => {
    const shares = [precision, recall, f1].map((value) => markup`<td>${share(value)}`);
    return markup`<tr><th>${names[i] ?? ''}<td>${support}${shares}`;
  });
  return markup`<div class="scroll"><table>
<thead><tr><th>class<th>photos<th>precision<th>recall<th>F1</thead>
<tbody>${rows}</tbody></table></div>`;
}

/** A row for each class, a column for what its photos were taken for; the darker, the larger the share of the row. */
export function confusionTable(
  { confusion, classes }: ClassificationReport,
  names: readonly string[],
): Html {
  const rows = confusion.map((row, i) => {
    const support = classes[i]?.support ?? 0;
    const cells = row.map((count, j) => {
      const style = colours(support > 0 ? count / support : 0, i === j);
      const title = `${names[i] ?? ''} taken for ${names[j] ?? ''}`;
      return markup`<td style="${style}" title="${title}">${count}`;
    });
    return markup`<tr><th>${names[i] ?? ''}${cells}`;
  });
  return markup`<div class="scroll"><table class="confusion">
<caption>Rows: what photos are. Columns: what they are taken for.</caption>
<thead><tr><th>${names.map((name) => markup`<th>${name}`)}</thead>
<tbody>${rows}</tbody></table></div>`;
}

/** Green for what is right, red for what is wrong. */
function colours(share: number, right: boolean): string {
  const ink = share > 0.55 ? '#fff' : '#1c2128';
  return `background: rgba(${right ? '26, 127, 55' : '207, 34, 46'}, ${share.toFixed(3)}); color: ${ink}`;
}
