/** HTML in which texts of others stay text: every value of a template is escaped, but for what is markup already. */
import { escaped } from '../svg/text.ts';

export interface Markup {
  readonly markup: string;
}

type Value = string | number | Markup | readonly Markup[];

/** Indentation is the source's, and is left there. */
export const html = (strings: TemplateStringsArray, ...values: readonly Value[]): Markup => ({
  markup: strings
    .map((string) => string.replaceAll(/\n\s*/g, '\n'))
    .reduce((all, string, i) => all + markupOf(values[i - 1] ?? '') + string),
});

const markupOf = (value: Value): string =>
  typeof value === 'object'
    ? 'markup' in value
      ? value.markup
      : value.map(({ markup }) => markup).join('')
    : escaped(String(value));

export const nothing: Markup = { markup: '' };

/** What was made elsewhere, and escaped there. */
export const made = (markup: string): Markup => ({ markup });

/** A name of somebody else's: it has a direction of its own. */
export const name = (text: string): Markup => html`<bdi>${text}</bdi>`;

export const code = (text: string): Markup => html`<code><bdi>${text}</bdi></code>`;

/** A sentence with ids in backticks. */
export const sentence = (text: string): Markup =>
  html`${text.split(/`([^`\n]*)`/).map((part, i) => (i % 2 === 1 ? code(part) : html`${part}`))}`;

export const list = (items: readonly Markup[], look = ''): Markup =>
  items.length === 0
    ? nothing
    : html`<ul class="${look}">
        ${items.map((item) => html`<li>${item}</li>`)}
      </ul>`;

/** A name and what is said of it, for each that is said something of. */
export function facts(rows: readonly (readonly [name: string, said: Markup | undefined])[]): Markup {
  const told = rows.flatMap(([title, said]) =>
    said === undefined || said.markup === ''
      ? []
      : [
          html`<div>
            <dt>${title}</dt>
            <dd>${said}</dd>
          </div>`,
        ],
  );
  return told.length === 0 ? nothing : html`<dl>${told}</dl>`;
}
