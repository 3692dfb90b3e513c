/** What a page says besides its results: what was edited, what the verdicts rest on, where they come from. */
import type { FactUsed } from '../../result/answer.ts';
import type { DefaultTakenJson, Header, ResourceJson } from '../../result/document.ts';
import type { EditJson } from '../../result/edit.ts';
import { some } from '../text/layout.ts';
import { coverageText } from '../text/leaning.ts';
import type { Names } from '../text/names.ts';
import { type Markup, code, html, list, name, nothing, sentence } from './markup.ts';
import type { Section } from './page.ts';

/** How many lines of a sort are shown; JSON has them all. */
const most = 200;

interface Resting extends Partial<Pick<Header, 'coverage'>> {
  readonly assumptions: readonly string[];
  readonly facts: readonly FactUsed[];
  readonly defaults: readonly DefaultTakenJson[];
  readonly unmodelled: readonly ResourceJson[];
  readonly warnings: readonly string[];
}

export function restSection({ assumptions, facts, defaults, unmodelled, warnings, coverage }: Resting): Section {
  const sorts: readonly (readonly [title: string, items: readonly Markup[]])[] = [
    ['Assumed', assumptions.map((each) => code(each))],
    [
      'Facts of how AWS behaves that are disputed or unverified',
      facts.map(
        ({ fact, value, says }) =>
          html`${code(fact)} is taken as ${value === 'yes' ? 'true' : 'false'}: ${sentence(says)}`,
      ),
    ],
    [
      'Not in the input, and taken at AWS’s default',
      defaults.map(
        ({ setting, value, call }) => html`${name(setting)} is taken as ${value}; ${code(`aws ${call}`)} would tell`,
      ),
    ],
    ['Not modelled', unmodelled.map((each) => unmodelledMarkup(each))],
    ['Warnings', warnings.map((each) => sentence(each))],
  ];
  const said = sorts.flatMap(([title, items]) =>
    items.length === 0
      ? []
      : [
          html`<h3>${title}</h3>
            ${list(shortened(items))}`,
        ],
  );
  const read = coverage === undefined ? nothing : html`<p>${coverageText(coverage)}.</p>`;
  const none = said.length === 0 ? html`<p>No assumption, no default and no disputed fact.</p>` : nothing;
  return { title: 'What the verdicts rest on', body: html`${none}${said}${read}` };
}

export const shortened = (items: readonly Markup[]): readonly Markup[] =>
  items.length <= most ? items : [...items.slice(0, most), html`and ${items.length - most} more`];

const unmodelledMarkup = ({ kind, id, why, affects }: ResourceJson): Markup => {
  const said = [...(why === undefined ? [] : [why]), ...(affects === undefined ? [] : [`affects ${affects}`])];
  return html`${kind} ${code(id)}${said.length === 0 ? '' : `: ${said.join('; ')}`}`;
};

export function editsSection(edits: readonly EditJson[] | undefined, names: Names): Section {
  const items = (edits ?? []).map(({ edit, changes, notes }) => {
    const lines = changes.map(({ resource, what, before, after }) => {
      const sign = before === undefined ? '+' : after === undefined ? '−' : '~';
      const told = before === undefined || after === undefined ? (before ?? after ?? '') : `${before} becomes ${after}`;
      return html`<span class="sign">${sign}</span> ${name(names.of(resource))} ${what}: ${name(told)}`;
    });
    return html`${code(edit)}${list([...shortened(lines), ...notes.map((note) => html`<span class="dim">${sentence(note)}</span>`)])}`;
  });
  return { title: 'Edited before anything was asked', body: list(items) };
}

/** Which networks, which program, and the line that gives the same answer again where it is known. */
export const originLines = (
  {
    tool,
    networks,
  }: { readonly tool: Header['tool']; readonly networks: readonly (readonly [string, Header['network']])[] },
  /** The whole line, where the document tells it. */
  again?: string,
): readonly Markup[] => [
  ...networks.map(
    ([title, { sha256, sources }]) =>
      html`${title} ${code(`sha256:${sha256}`)} of
      ${some(sources, 3).map((file, i) => html`${i === 0 ? '' : ', '}${code(file)}`)}`,
  ),
  html`Made by ${tool.name} ${tool.version} from the configuration
  alone${again === undefined ? nothing : html`; again with ${code(again)}`}`,
];
