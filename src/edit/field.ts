/** The fields of edits: how each is read from text, written as text, and called in the documentation. */
import { didYouMean } from '../base/near.ts';
import type { ProblemAt } from '../base/problem.ts';
import { type Result, fail, ok } from '../base/result.ts';
import { type Address, formatAddress, parseAddress } from '../net/address.ts';
import { type Prefix, formatPrefix, parsePrefix, prefixOf } from '../net/prefix.ts';
import { hasPorts, isIcmp, parseProtocol, protocolName } from '../net/protocol.ts';
import { readSelector } from '../network/selector.ts';
import type { TrafficMatch } from '../network/traffic-match.ts';
import type { Named, NamedPeer, NamedRule } from './edit.ts';

export interface Field<T> {
  /** What stands for it in a line of documentation: `TRAFFIC`. */
  readonly label: string;
  readonly says: string;
  /** The only values that there are, where they are words. */
  readonly words?: readonly string[];
  readonly read: (text: string) => Result<T, ProblemAt>;
  readonly write: (value: T) => string;
}

const wrong = (code: string, message: string, hint: string, column = 1): Result<never, ProblemAt> =>
  fail({ code, column, message, hint });

/** What stands before a zone's id or name, where it is taken down. */
export const zonePrefix = 'zone:';

/** A selector, or a word that the edit knows. */
export const selector = (label: string, says: string): Field<Named> => ({
  label,
  says,
  read: (text) => {
    const { problems } = readSelector(text);
    return problems.length > 0 ? { ok: false, problems } : ok(text);
  },
  write: (name) => name,
});

/** A selector, or a zone. */
export const selectorOrZone = (label: string, says: string): Field<Named> => {
  const plain = selector(label, says);
  return { ...plain, read: (text) => (text.startsWith(zonePrefix) ? ok(text) : plain.read(text)) };
};

export const choice = <const W extends string>(label: string, says: string, ...words: readonly W[]): Field<W> => ({
  label,
  says,
  words,
  read: (text) => {
    const found = words.find((word) => word === text);
    if (found !== undefined) return ok(found);
    const all = words.map((word) => `\`${word}\``).join(' or ');
    return wrong('bad-edit', `\`${text}\` is not ${all}.`, didYouMean(text, words) ?? `Write ${all}.`);
  },
  write: (word) => word,
});

/** A word as it stands, such as an id to be. */
export const word = (label: string, says: string, shape: RegExp, example: string): Field<string> => ({
  label,
  says,
  read: (text) =>
    shape.test(text) ? ok(text) : wrong('bad-edit', `\`${text}\` is not ${says}.`, `Write it like \`${example}\`.`),
  write: (text) => text,
});

/** All that follows, blanks included. */
export const rest = (label: string, says: string): Field<string> => ({
  label,
  says,
  read: (text) => ok(text),
  write: (text) => text,
});

export const number = (label: string, says: string, from: number, to: number): Field<number> => ({
  label,
  says,
  read: (text) =>
    /^\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to
      ? ok(Number(text))
      : wrong('bad-edit', `\`${text}\` is no number from ${from} to ${to}.`, `It is ${says}.`),
  write: String,
});

export const ruleName: Field<NamedRule> = {
  label: 'RULE',
  says: '`sid:N`, or `line:N` counted from 1',
  read: (text) =>
    /^(?:sid|line):\d{1,10}$/.test(text)
      ? ok(text as NamedRule)
      : wrong('bad-edit', `\`${text}\` names no rule.`, 'Write `sid:100`, or `line:3` for the third rule.'),
  write: (name) => name,
};

export const address: Field<Address> = {
  label: 'ADDRESS',
  says: 'an IP address',
  read: (text) => {
    const read = parseAddress(text);
    return read === undefined
      ? wrong('bad-address', `\`${text}\` is no IP address.`, 'Write it like `10.0.1.7`.')
      : ok(read);
  },
  write: formatAddress,
};

/** An address, or one of the words. */
export const addressOr = <const W extends string>(says: string, ...words: readonly W[]): Field<Address | W> => ({
  label: ['ADDRESS', ...words].join('|'),
  says,
  read: (text) => {
    const found = words.find((one) => one === text);
    return found === undefined ? address.read(text) : ok(found);
  },
  write: (value) => (typeof value === 'string' ? value : formatAddress(value)),
});

export const addressesOrAny: Field<readonly Address[] | 'any'> = {
  label: 'ADDRESS,…|any',
  says: 'one address or several, or `any`: whichever is free',
  read: (text) => {
    if (text === 'any') return ok('any');
    const read = text.split(',').map((one) => address.read(one.trim()));
    const problems = read.flatMap((one) => (one.ok ? [] : one.problems));
    return problems.length > 0 ? { ok: false, problems } : ok(read.flatMap((one) => (one.ok ? [one.value] : [])));
  },
  write: (value) => (value === 'any' ? value : value.map((one) => formatAddress(one)).join(',')),
};

const blockOf = (text: string): Prefix | undefined => {
  const one = parseAddress(text);
  return one === undefined ? parsePrefix(text) : prefixOf(one);
};

export const block: Field<Prefix> = {
  label: 'CIDR',
  says: 'an address or CIDR block',
  read: (text) => {
    const read = blockOf(text);
    return read === undefined
      ? wrong('bad-address', `\`${text}\` is neither an IP address nor a CIDR block.`, 'Write it like `10.0.0.0/8`.')
      : ok(read);
  },
  write: formatPrefix,
};

/** A block, or a selector of what stands for addresses. */
export const peer = (label: string, says: string): Field<NamedPeer> => ({
  label,
  says,
  read: (text) => {
    const prefix = blockOf(text);
    if (prefix !== undefined) return ok({ kind: 'prefix', prefix });
    const { problems } = readSelector(text);
    return problems.length > 0 ? { ok: false, problems } : ok({ kind: 'named', name: text });
  },
  write: (value) => (value.kind === 'prefix' ? formatPrefix(value.prefix) : value.name),
});

const protocolWords = ['tcp', 'udp', 'icmp', 'icmpv6', 'all', 'gre', 'esp', 'ah', 'sctp'];

/** As rules name it: `tcp/443`, `udp/8000-8100`, `tcp`, `icmp/8/0`, `47`, `all`. */
export const traffic: Field<TrafficMatch> = {
  label: 'TRAFFIC',
  says: '`tcp/443`, `udp/8000-8100`, `icmp/8`, a protocol number, `all`',
  read: readTraffic,
  write: trafficText,
};

function readTraffic(text: string): Result<TrafficMatch, ProblemAt> {
  const [first = '', ...parts] = text.split('/');
  const all = ['all', '-1'].includes(first.toLowerCase());
  const protocol = all ? 'all' : parseProtocol(first);
  const column = first.length + 2;
  if (protocol === undefined)
    return wrong(
      'bad-protocol',
      `\`${first}\` is no protocol.`,
      didYouMean(first, protocolWords) ?? 'Tcp, udp, icmp, icmpv6, all, or a number from 0 to 255.',
    );
  if (parts.length === 0) return ok({ protocol });
  if (protocol !== 'all' && isIcmp(protocol) && parts.length <= 2) {
    const [type, code] = parts.map((part) => (/^\d{1,3}$/.test(part) && Number(part) <= 255 ? Number(part) : -1));
    if (type === undefined || type < 0 || code === -1)
      return wrong('bad-traffic', `\`${parts.join('/')}\` is no ICMP type and code.`, 'As in `icmp/8/0`.', column);
    return ok({ protocol, icmp: { type, ...(code === undefined ? {} : { code }) } });
  }
  if (protocol === 'all' || !hasPorts(protocol))
    return wrong('bad-traffic', `\`${first}\` has no ports.`, 'Only tcp and udp have ports.', column);
  const match = parts.length === 1 ? /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(parts[0]!) : null;
  const [from, to] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
  if (match === null || from > to || to > 65535)
    return wrong(
      'bad-traffic',
      `\`${parts.join('/')}\` is no port and no range of ports.`,
      'A port is 0 to 65535; a range is written `8000-8100`.',
      column,
    );
  return ok(from === 0 && to === 65535 ? { protocol } : { protocol, ports: { from, to } });
}

export function trafficText({ protocol, ports, icmp }: TrafficMatch): string {
  const name = protocol === 'all' ? 'all' : protocolName(protocol);
  if (ports !== undefined) return `${name}/${ports.from === ports.to ? ports.from : `${ports.from}-${ports.to}`}`;
  return icmp === undefined ? name : `${name}/${icmp.type}${icmp.code === undefined ? '' : `/${icmp.code}`}`;
}
