/** A question as understood, in words. */
import { formatFamily } from '../../net/address.ts';
import type { ExceptionJson, PlacesJson, QuestionJson, TrafficJson, WaypointJson } from '../../result/question.ts';
import type { AssertionJson, PropertyResult } from '../../result/document.ts';
import { carriedText } from './carried.ts';
import { plural } from './layout.ts';
import type { Names } from './names.ts';

/** What a property demands: of each of its questions as `questionText` gives it; an `assert` asks none. */
export const demandTexts = (
  { question, assertion }: Pick<PropertyResult, 'question' | 'assertion'>,
  names: Names,
): readonly (readonly string[])[] =>
  assertion === undefined ? question.map((each) => questionText(each, names)) : [[assertionText(assertion, names)]];

function assertionText({ on, members, has }: AssertionJson, names: Names): string {
  const [only] = members;
  const who =
    members.length === 1 && only !== undefined
      ? names.of(only)
      : `Each of ${on} (${plural(members.length, 'resource')})`;
  return `${who} has ${has.map((each) => `\`${each}\``).join(' and ')}.`;
}

/** One sentence that asks or forbids, and one line of what narrows it. */
export function questionText(question: QuestionJson, names: Names): readonly string[] {
  const from = placesText(question.from, names);
  const to = placesText(question.to, names);
  const traffic = trafficText(question.traffic);
  const and = traffic === 'anything' ? '' : ` with ${traffic}`;
  const pair = question.every === 'pair';
  const sentence = {
    ask: () => `Can ${from} reach ${to}${and}?`,
    forbid: () => `Nothing from ${from} reaches ${to}${and}${exceptText(question.except, names)}.`,
    require: () => `${eachOf(question.from)}${from} reaches ${pair ? eachOf(question.to, 'each of ') : ''}${to}${and}.`,
  }[question.kind]();
  // An aside before a comma, or at the end, needs none of its own.
  return [sentence.replaceAll(/,(?=[,.?])/g, ''), narrowing(question)];
}

const eachOf = ({ members }: PlacesJson, words = 'Each of '): string => (members.length === 1 ? '' : words);

const modes = {
  packet: 'a packet, one way',
  connection: 'a connection, so replies come back',
  data: 'a connection on which data passes',
  payload: 'data of a client on TCP, a packet of anything else',
} as const;

function narrowing({ mode, families, via, viaBoth, avoid, assume }: QuestionJson): string {
  const ways = [
    ...via.map((each) => `via ${each.text}`),
    ...viaBoth.map((each) => `there and back via the same ${each.text}`),
    ...avoid.map((each) => `not via ${each.text}`),
  ];
  const family = families.length === 2 ? 'IPv4 and IPv6' : formatFamily(families[0]!);
  const assuming = assume.length === 0 ? [] : [`assuming ${assume.join(', ')}`];
  return [modes[mode], family, ...ways, ...assuming].join('; ');
}

/** The selector, and what it stands for where that is not plain from it. */
export function placesText({ text, members, silent }: PlacesJson, names: Names): string {
  const [only] = members;
  if (members.length === 1 && only !== undefined) {
    const name = names.of(only);
    return only === text || name === text
      ? name
      : text === '0.0.0.0/0' || text === '::/0'
        ? 'the internet'
        : `${text}, which is ${name},`;
  }
  if (members.length > 0) return `${text} (${plural(members.length, 'place')})`;
  return silent.length === 1 && silent[0]?.id === text ? names.of(text) : text;
}

export function trafficText(traffic: readonly TrafficJson[]): string {
  const texts = traffic.map((each) => oneTraffic(each));
  return texts.length === 0 || texts.includes('anything') ? 'anything' : texts.join(' or ');
}

function oneTraffic(traffic: TrafficJson): string {
  const { protocol, port, srcPort, icmpType, icmpCode, src, dst, fragment } = traffic;
  const type = icmpType === undefined ? '' : ` type ${icmpType}${icmpCode === undefined ? '' : ` code ${icmpCode}`}`;
  const parts = [
    protocol === undefined ? '' : `${protocol}${port === undefined ? '' : `/${port}`}${type}`,
    srcPort === undefined ? '' : `from port ${srcPort}`,
    src === undefined ? '' : `from ${src}`,
    dst === undefined ? '' : `to ${dst}`,
    fragment === true ? 'in fragments' : '',
  ].filter((part) => part !== '');
  const header = parts.length === 0 ? 'anything' : parts.join(' ');
  return [header, carriedText(traffic)].filter((part) => part !== '').join(' ');
}

const waypointText = ({ text }: WaypointJson): string => `via ${text}`;

function exceptText(except: readonly ExceptionJson[], names: Names): string {
  if (except.length === 0) return '';
  const each = except.map(({ via, traffic, from, to }) =>
    [
      ...(from === undefined ? [] : [`from ${placesText(from, names)}`]),
      ...(to === undefined ? [] : [`to ${placesText(to, names)}`]),
      ...(traffic === undefined ? [] : [`with ${trafficText(traffic)}`]),
      ...(via === undefined ? [] : [waypointText(via)]),
    ].join(' '),
  );
  return `, except ${each.join(', or ')}`;
}
