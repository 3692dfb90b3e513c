/** What verdicts rest on, folded, and where they come from: for a reviewer who wants to know how much to trust them. */
import type { CheckDocument, Header } from '../../result/document.ts';
import { some } from '../text/layout.ts';
import { coverageText } from '../text/leaning.ts';
import { bullets, code, folded, plain } from './markup.ts';

/** How many lines of one sort are shown; JSON has them all. */
const shown = 10;

export function leaningMarkdown(document: Pick<CheckDocument, 'assumptions' | 'facts'> & Header): readonly string[] {
  return folded('What this rests on', [...sortsMarkdown(document), `${coverageText(document.coverage)}.`]);
}

type Readings = Pick<Header, 'defaults' | 'warnings' | 'unmodelled'>;

/** The same of a comparison, whose verdicts lean on what both sides lack. */
export function readingsMarkdown(document: Readings): readonly string[] {
  const body = sortsMarkdown({ ...document, assumptions: [], facts: [] });
  return body.length === 0 ? [] : folded('What this rests on', body.slice(0, -1));
}

function sortsMarkdown(document: Pick<CheckDocument, 'assumptions' | 'facts'> & Readings): readonly string[] {
  const { assumptions, facts, defaults, warnings, unmodelled } = document;
  const sorts: readonly (readonly [string, readonly string[]])[] = [
    ['Assumed', assumptions.map((each) => code(each))],
    [
      'Facts of how AWS behaves that are disputed or unverified',
      facts.map(
        ({ fact, value, says }) => `${code(fact)} taken as ${value === 'yes' ? 'true' : 'false'}: ${plain(says)}`,
      ),
    ],
    [
      'Not in the input, and taken at AWS’s default',
      defaults.map(
        ({ setting, value, call }) =>
          `${plain(setting)} is taken as ${plain(value)}; ${code(`aws ${call}`)} would tell`,
      ),
    ],
    [
      'Not modelled',
      unmodelled.map(
        ({ kind, id, why = '', affects = '' }) =>
          `${plain(kind)} ${code(id)}: ${plain([why, affects].filter((part) => part !== '').join('; affects '))}`,
      ),
    ],
    ['Warnings', warnings.map((each) => plain(each))],
  ];
  return sorts.flatMap(([title, items]) =>
    items.length === 0 ? [] : [`**${title}**`, '', ...bullets(some(items, shown)), ''],
  );
}

/** Which network, which program: enough to have the same answer again, by `command` where it is told. */
export const originMarkdown = ({ tool, network }: Pick<Header, 'tool' | 'network'>, command?: string): string =>
  `${tool.name} ${tool.version}, network ${networkMarkdown(network)}.${command === undefined ? '' : ` Again: ${code(command)}`}`;

/** The same of a comparison. */
export const sidesMarkdown = ({
  tool,
  before,
  after,
}: Record<'before' | 'after', Header['network']> & Pick<Header, 'tool'>): string =>
  `${tool.name} ${tool.version}, before ${networkMarkdown(before)}, after ${networkMarkdown(after)}.`;

const networkMarkdown = ({ sha256, sources }: Header['network']): string =>
  `${code(`sha256:${sha256}`)} of ${some(sources, 3)
    .map((file) => code(file))
    .join(', ')}`;
