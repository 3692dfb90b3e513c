/** Why properties hold, as text: what each proof rests on. */
import type { PropertyResult } from '../../result/document.ts';
import { hang, indent, section } from './layout.ts';
import type { Names } from './names.ts';
import { type Paint, narrower } from './paint.ts';

/** Nothing for a property of which nobody asked. */
export function becauseLines(result: PropertyResult, names: Names, page: Paint): readonly string[] {
  const { id, title } = result;
  const paint = narrower(page, 2);
  const [summary, items] = becauseTexts(result);
  if (summary === '') return [];
  const spoken = (text: string): string => paint.names(names.in(text));
  const body = [
    ...hang('', spoken(summary), paint.width),
    ...items.flatMap((item, i) => section(paint, i === 0 ? 'Rests on' : '', [spoken(item)])),
  ];
  return [
    '',
    ...hang('', `${paint.good(`HOLDS  ${id}`)}${title === null ? '' : `  ${title}`}`, page.width),
    ...body.map((line) => indent(line, 2)),
  ];
}

const emptyText = (vacuousBecause: string): string => `It says nothing of rules. ${vacuousBecause}`;

/** The same among the notes, where nobody asked for more. */
export const emptyNotes = ({ because, vacuousBecause }: PropertyResult): readonly string[] =>
  because !== undefined || vacuousBecause === undefined ? [] : [emptyText(vacuousBecause)];

/** What is said of the whole, and of each thing that the proof rests on; all empty where nothing was asked. */
export function becauseTexts({
  because,
  vacuousBecause,
}: PropertyResult): readonly [summary: string, items: readonly string[]] {
  if (because === undefined) return ['', []];
  const vacuous = vacuousBecause === undefined ? [] : [emptyText(vacuousBecause)];
  if (because.length === 0) return [vacuous.join(''), []];
  const all = because.every(({ alone }) => alone);
  const doubled = because.length > 1 ? 'Each is needed: were it opened alone' : 'It is needed: were it opened';
  const sentences = [
    ...vacuous,
    'With these as they are, no other group, ACL, route table or firewall could let such a flow through, whatever it said.',
    ...(all ? [`${doubled}, the property would not hold.`] : []),
  ];
  return [
    sentences.join(' '),
    because.map(({ says, alone, resource }) =>
      all || alone || resource === 'routes' ? says : `${says}; opened alone, something else still closes the way`,
    ),
  ];
}
