/** `diff` of networks as text: flows opened, flows closed, each with its path and what stops it on the other side. */
import { formatFamily } from '../../net/address.ts';
import type { ChangeDoubt, ChangedFlow, ChangedPlaces, Otherwise, PropertyChange } from '../../result/change.ts';
import type { NetworkDiffDocument } from '../../result/document.ts';
import { differenceLines } from './firewall-diff.ts';
import { doubtText } from './firewall.ts';
import { hang, indent, lines, margin, plural, section, some } from './layout.ts';
import { defaultText } from './leaning.ts';
import { type Names, namesOf } from './names.ts';
import { type Paint, narrower } from './paint.ts';
import { blockLines, familyText, packetText, pathLines } from './path.ts';
import { carriedText } from './carried.ts';
import { trafficText } from './question.ts';

/** How many places a line names, and how many defaults are told. */
const shown = 5;

export function networkDiffText(document: NetworkDiffDocument, paint: Paint, quiet: boolean): string {
  if (quiet)
    return lines([
      ...document.properties.filter(({ change }) => change !== 'none').map(propertyText),
      document.verdict,
    ]);
  const { opened, closed, omitted, undecided, firewalls, properties, defaults, warnings } = document;
  const names = namesOf(document.topology);
  const inner = narrower(paint, margin);
  return lines([
    ...section(paint, 'Question', [questionText(document)]),
    ...section(paint, 'Answer', [answerText(document, paint)]),
    ...section(
      paint,
      'Properties',
      properties.map((one) => propertyLine(one, paint)),
    ),
    ...placesLines('Opened', opened, 'before', names, paint),
    ...placesLines('Closed', closed, 'after', names, paint),
    ...omittedLines(omitted, paint),
    '',
    ...section(
      paint,
      'Undecided',
      undecided.flatMap((one) => changeDoubtLines(one, names)),
    ),
    ...differenceLines('Passed now', firewalls.opened, inner, paint),
    ...differenceLines('Dropped now', firewalls.closed, inner, paint),
    ...section(
      paint,
      'Undecided',
      firewalls.undecided.map((one) => doubtText(one, paint)),
    ),
    '',
    ...section(
      paint,
      'Defaults',
      some(
        defaults.map((each) => defaultText(each)),
        shown,
      ),
    ),
    ...section(paint, 'Warnings', some(warnings, shown)),
  ]);
}

export function questionText({
  question: { before, after, from, to, traffic, families, assume, mode },
}: NetworkDiffDocument): string {
  const between =
    from === undefined && to === undefined ? 'between all places' : `from ${from ?? 'anywhere'} to ${to ?? 'anywhere'}`;
  const what = trafficText(traffic);
  const parts = [
    ...(what === 'anything' ? [] : [what]),
    ...(families.length === 1 ? [formatFamily(families[0]!)] : []),
    ...(assume.length === 0 ? [] : [`assuming ${assume.join(', ')}`]),
  ];
  return `Which ${mode === 'packet' ? 'packets' : 'packets, and their replies,'} ${between} get through in ${after} and not in ${before}, or the other way round?${parts.length === 0 ? '' : ` (${parts.join('; ')})`}`;
}

export function answerText(
  { verdict, opened, closed, omitted, decidedBy, undecided, firewalls, question: { mode } }: NetworkDiffDocument,
  paint: Paint,
): string {
  const count = (all: readonly ChangedPlaces[], more: number) =>
    all.reduce((sum, { flows }) => sum + flows.length, more);
  const by = paint.dim(decidedBy === 'z3' ? '; decided by Z3' : '; closed before the solver');
  switch (verdict) {
    case 'same':
      return `${paint.good('SAME')}  no change in reachability; proved for every packet${mode === 'packet' ? ', one way (`--mode connection` compares replies as well)' : ' and its reply'}${by}`;
    case 'different': {
      const policies = firewalls.opened.length + firewalls.closed.length;
      const parts = [
        `${plural(count(opened, omitted.opened), 'family', 'families')} of flows opened, ${count(closed, omitted.closed)} closed`,
        ...(policies === 0 ? [] : [`${plural(policies, 'kind')} of flows treated differently by firewall policies`]),
        ...(undecided.length === 0 ? [] : ['there may be more']),
      ];
      return `${paint.bad('DIFFERENT')}  ${parts.join('; ')}`;
    }
    case 'undecided':
      return `${paint.unsure('UNDECIDED')}  what is not known decides`;
  }
}

export const placesText = (ids: readonly string[], names: Names): string =>
  some(
    ids.map((id) => names.of(id)),
    shown,
  ).join(', ');

function placesLines(
  title: string,
  all: readonly ChangedPlaces[],
  otherSide: 'before' | 'after',
  names: Names,
  paint: Paint,
): readonly string[] {
  const inner = narrower(paint, margin);
  return all.flatMap(({ from, to, flows }, i) => [
    '',
    ...section(paint, i === 0 ? title : '', [
      ...hang('', paint.bold(`from ${placesText(from, names)} to ${placesText(to, names)}`), inner.width),
      ...flows.flatMap((flow, at) =>
        changedLines(flow, otherSide, at === 0, names, narrower(inner, 2)).map((line) => indent(line, 2)),
      ),
    ]),
  ]);
}

/** The headers, an example, and what it meets on either side; the path of the first of each pair of places. */
function changedLines(
  { flow, otherwise, assumptions }: ChangedFlow,
  otherSide: 'before' | 'after',
  first: boolean,
  names: Names,
  paint: Paint,
): readonly string[] {
  const sent = [packetText(flow.packet), carriedText(flow.packet)].filter((part) => part !== '').join(' ');
  return [
    ...hang('', familyWords(flow.family), paint.width),
    ...hang('e.g.    ', `${sent}, to ${names.of(flow.to)}`, paint.width),
    ...(assumptions.length === 0 ? [] : hang('if      ', assumptions.join(', '), paint.width)),
    ...(first ? pathLines(flow.hops, names, paint) : []),
    ...otherwiseLines(otherwise, names, narrower(paint, 8)).map(
      (line, i) => `${(i === 0 ? otherSide : '').padEnd(8)}${line}`,
    ),
  ];
}

function otherwiseLines({ blockedBy, deliveredTo, reason }: Otherwise, names: Names, paint: Paint): readonly string[] {
  if (reason !== undefined) return hang('', paint.names(names.in(reason)), paint.width);
  if (deliveredTo !== undefined) return [`it is delivered to ${names.of(deliveredTo)}`];
  return blockedBy.length === 0 ? ['it is not delivered'] : blockLines(blockedBy, names, paint);
}

export function familyWords(family: ChangedFlow['flow']['family']): string {
  const { fragments, tcpFlags, carried } = family;
  return [
    familyText(family),
    ...(fragments === undefined ? [] : [fragments ? 'fragments alone' : 'no fragments']),
    ...(tcpFlags === undefined ? [] : [`TCP flags ${some(tcpFlags, shown).join(', ')}`]),
    ...(carried === undefined ? [] : [`carrying ${carried.join(', ')}`]),
  ].join('; ');
}

function omittedLines(omitted: NetworkDiffDocument['omitted'], paint: Paint): readonly string[] {
  const left = omittedText(omitted);
  return left === undefined ? [] : ['', ...section(paint, 'Not shown', [`${left}; \`--max-families\` shows them`])];
}

/** What was found and is not shown; undefined where that is nothing. */
export function omittedText({ opened, closed }: NetworkDiffDocument['omitted']): string | undefined {
  const parts = [
    ...(opened === 0 ? [] : [`${plural(opened, 'family', 'families')} more opened`]),
    ...(closed === 0 ? [] : [`${plural(closed, 'family', 'families')} more closed`]),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

export function changeDoubtLines({ code, from, to, reason, unknowns }: ChangeDoubt, names: Names): readonly string[] {
  const where = from.length === 0 ? '' : ` from ${placesText(from, names)} to ${placesText(to, names)}`;
  return [
    `whether flows${where} are ${code}: ${reason}${unknowns.length === 0 ? '' : `; on ${unknowns.map((one) => `\`${one}\``).join(', ')} they are`}`,
  ];
}

const propertyText = ({ id, before, after, change }: PropertyChange): string =>
  `${change === 'none' ? '' : `${change}  `}${id}: ${before === after ? after : `${before} before, ${after} after`}`;

function propertyLine(property: PropertyChange, paint: Paint): string {
  const { change, reason } = property;
  const color = { broken: paint.bad, fixed: paint.good, none: (text: string) => text }[change];
  return `${color(propertyText(property))}${change === 'broken' && reason !== null ? `; ${reason}` : ''}`;
}
