import { expect, it } from 'vitest';
import { Html, markup } from './markup.js';

it('escapes what is no markup', () => {
  const name = `<b> & "it's"`;
  expect(String(markup`<p title="${name}">${name}</p>`)).toBe(
    '<p title="&lt;b&gt; &amp; &quot;it&#39;s&quot;">&lt;b&gt; &amp; &quot;it&#39;s&quot;</p>',
  );
});

it('takes markup, numbers and lists as they are', () => {
  const rows = [1, 2].map((n) => markup`<td>${n}`);
  expect(String(markup`<tr>${rows}${new Html('<td>&amp;')}</tr>`)).toBe(
    '<tr><td>1<td>2<td>&amp;</tr>',
  );
  expect(String(markup`${[]}`)).toBe('');
});
