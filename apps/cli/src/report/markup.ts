// Text and markup for a page, kept apart: what comes from outside is escaped.

/** Markup that may stand in a page as it is. */
export class Html {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

const entities: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;' },
  ...{ '"': '&quot;', "'": '&#39;' },
};

type Part = string | number | Html | readonly Part[];

/** Markup of a template: strings and numbers in it are escaped, markup and lists are not. */
export function markup(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const inserted = parts.map(textOf);
  return new Html(template.reduce((text, part, i) => `${text}${inserted[i - 1]}${part}`));
}

function textOf(part: Part): string {
  if (part instanceof Html) return part.text;
  if (typeof part === 'string' || typeof part === 'number')
    return String(part).replace(/[&<>"']/g, (c) => entities[c] as string);
  return part.map(textOf).join('');
}
