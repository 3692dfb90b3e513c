/** Markdown that GitHub, GitLab and Jira read alike: text that cannot become markup, tables, folded parts. */

/** A text of somebody else's, in which nothing is markup; code in backticks stays code. */
export const plain = (text: string): string =>
  text
    .split(/(`[^`\n]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replaceAll(/[\\<>*_[\]#|~]/g, (mark) => `\\${mark}`)))
    .join('')
    .replaceAll('\n', ' ');

/** A name as code. */
export const code = (text: string): string => {
  const line = text.replaceAll('\n', ' ');
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
};

/** Cells are Markdown; a bar in one ends no cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map((cells) => row(cells))];
}

/** A part that opens on a click; `summary` is plain text. */
export const folded = (summary: string, body: readonly string[]): readonly string[] => [
  `<details><summary>${summary.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('`', '')}</summary>`,
  '',
  ...body,
  '',
  '</details>',
];

export const bullets = (items: readonly string[]): readonly string[] => items.map((item) => `- ${item}`);

/** Text as it is, behind a fence that nothing in it can end. */
export function fenced(text: readonly string[]): readonly string[] {
  const longest = Math.max(2, ...(text.join('\n').match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return [fence, ...text, fence];
}
