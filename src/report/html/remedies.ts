/** Edits that would help: what to write where, what to run, what each changes besides. */
import type { RemediesJson, RemedyJson } from '../../result/repair.ts';
import type { Names } from '../text/names.ts';
import { type Words, noneText, priceTexts, provedText } from '../text/repair.ts';
import { type Markup, code, html, list, nothing, sentence } from './markup.ts';

/** Nothing where nobody asked for them. */
export function remediesMarkup(remedies: RemediesJson | undefined, words: Words, names: Names): Markup {
  if (remedies === undefined) return nothing;
  const { found } = remedies;
  if (found.length === 0)
    return html`<h4>${words.title}</h4>
      <p>${sentence(noneText(remedies, words))}</p>`;
  return html`<h4>${words.title}, ${provedText}</h4>
    <ol class="remedies">
      ${found.map((one) => html`<li>${remedyMarkup(one, names)}</li>`)}
    </ol>`;
}

const remedyMarkup = ({ edits, commands, declared, mends, price }: RemedyJson, names: Names): Markup =>
  html`${edits.map(
    ({ edit, notes }) =>
      html`<p class="edit">${code(edit)}</p>
        ${notes.map((note) => html`<p class="dim">${sentence(note)}</p>`)}`,
  )}
  ${commands === undefined ? nothing : html`<pre>${commands.join('\n')}</pre>`}
  ${list([
    ...declared.map(({ address, says }) => html`in ${code(address)}: ${sentence(says)}`),
    ...(mends.length === 0
      ? []
      : [html`mends ${mends.map((id, i) => html`${i === 0 ? '' : ', '}${code(id)}`)} as well`]),
    ...(price === undefined ? [] : priceTexts(price, names).map((text) => sentence(text))),
  ])}`;
