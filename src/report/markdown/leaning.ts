/** What verdicts rest on, folded, and where they come from: for a reviewer who wants to know how much to trust them. */
import type { CheckDocument, Header } from '../../result/document.ts';
import { some } from '../text/layout.ts';
import { coverageText } from '../text/leaning.ts';
import { bullets, code, folded, plain } from './markup.ts';

/** How many lines of one sort are shown; JSON has them all. */
const shown = 10;

export function leaningMarkdown(document: Pick<CheckDocument, 'assumptions' | 'facts'> & Header): readonly string[] {
  const { assumptions, facts, defaults, warnings, unmodelled, coverage } = document;
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
        ({ setting, value, call }) => `${code(setting)} is ${plain(value)}; ${code(`aws ${call}`)} would tell`,
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
  const body = sorts.flatMap(([title, items]) =>
    items.length === 0 ? [] : [`**${title}**`, '', ...bullets(some(items, shown)), ''],
  );
  return folded('What this rests on', [...body, `${coverageText(coverage)}.`]);
}

/** Which network, which program: enough to have the same answer again. */
export const originMarkdown = ({ tool, network }: Header, command: string): string =>
  `${tool.name} ${tool.version}, network ${code(`sha256:${network.sha256}`)} of ${some(network.sources, 3)
    .map((file) => code(file))
    .join(', ')}. Again: ${code(command)}`;
