/** Traffic as people write it, in flags or as `tcp/443`, read into sets of headers (`interfaces.md`, Traffic). */
import { didYouMean } from '../base/near.ts';
import type { ProblemAt } from '../base/problem.ts';
import { type Result, ok, unless } from '../base/result.ts';
import { parseAddress } from '../net/address.ts';
import { type Prefix, parsePrefix, prefixOf } from '../net/prefix.ts';
import { hasPorts, isIcmp, parseProtocol, protocolName, protocols } from '../net/protocol.ts';
import type { PortRange } from '../network/traffic-match.ts';
import { type Bound, type CarriedFlags, carriedOf } from './payload.ts';
import type { Traffic } from './question.ts';

/** The flags that name headers, by their names on the command line and in policies. */
export interface TrafficFlags extends CarriedFlags {
  readonly proto?: string;
  readonly port?: string;
  readonly 'icmp-type'?: string;
  readonly 'icmp-code'?: string;
  readonly 'src-port'?: string;
  readonly 'src-ip'?: string;
  readonly 'dst-ip'?: string;
  readonly fragment?: boolean;
}

/** A problem in the value of one flag. */
export type FlagProblem = ProblemAt & { readonly flag: keyof TrafficFlags };

const protocolWords = ['tcp', 'udp', 'icmp', 'icmpv6', 'all', 'gre', 'esp', 'ah', 'sctp'];

/** `tcp/443`, `udp/53`, `tcp/8000-8100`, `icmp`, `icmp/8`, `47`, `all`. */
export function parseTraffic(text: string): Result<Traffic, ProblemAt> {
  const [first = '', ...rest] = text.trim().split('/');
  const protocol = readProtocol(first);
  if (protocol === undefined) return { ok: false, problems: [badProtocol(first, 1)] };
  if (rest.length === 0) return ok(protocol === 'all' ? {} : { protocol });
  const column = text.indexOf('/') + 2;
  const wrong = (message: string, hint?: string): Result<never, ProblemAt> => ({
    ok: false,
    problems: [{ code: 'bad-traffic', column, message, ...(hint === undefined ? {} : { hint }) }],
  });
  if (protocol !== 'all' && isIcmp(protocol) && rest.length <= 2) {
    const [type, code] = rest.map((part) => readNumber(part, 255));
    if (type === undefined || (rest.length === 2 && code === undefined))
      return wrong(`\`${rest.join('/')}\` is no ICMP type and code.`, 'Both are 0 to 255, as in `icmp/8/0`.');
    return ok({ protocol, icmpType: type, ...(code === undefined ? {} : { icmpCode: code }) });
  }
  if (protocol === 'all' || !hasPorts(protocol))
    return wrong(`\`${first}\` has no ports.`, 'Only tcp and udp have ports.');
  const ports = rest.length === 1 ? readPorts(rest[0]!) : undefined;
  if (ports === undefined) return wrong(badPorts(rest.join('/')), portsHint);
  return ok({ protocol, ports });
}

/** Whether the text names traffic rather than a place: it begins with a protocol. */
export const looksLikeTraffic = (text: string): boolean => {
  const [first = '', ...rest] = text.trim().split('/');
  return readProtocol(first) !== undefined && rest.length <= 2;
};

/**
 * The headers that the flags name, all of them together; `base` is what `traffic` named. Ports without a protocol mean
 * TCP and UDP; an ICMP type without one means ICMP.
 */
export function trafficOf(flags: TrafficFlags, base?: readonly Traffic[]): Result<readonly Traffic[], FlagProblem> {
  const problems: FlagProblem[] = [];
  const report = (flag: keyof TrafficFlags, problem: Omit<ProblemAt, 'column'> & { column?: number }) =>
    void problems.push({ column: 1, ...problem, flag });

  const proto = flags.proto === undefined ? undefined : readProtocol(flags.proto);
  if (flags.proto !== undefined && proto === undefined) report('proto', badProtocol(flags.proto, 1));
  const ports = portsOf(flags.port, (problem) => report('port', problem));
  const srcPorts = portsOf(flags['src-port'], (problem) => report('src-port', problem));
  const icmpType = numberOf(flags['icmp-type'], (problem) => report('icmp-type', problem));
  const icmpCode = numberOf(flags['icmp-code'], (problem) => report('icmp-code', problem));
  const src = prefixOfText(flags['src-ip'], (problem) => report('src-ip', problem));
  const dst = prefixOfText(flags['dst-ip'], (problem) => report('dst-ip', problem));
  const { carried, bounds } = carriedOf(flags, report);

  if (icmpCode !== undefined && flags['icmp-type'] === undefined)
    report('icmp-code', {
      code: 'bad-traffic',
      message: 'An ICMP code means nothing without its type.',
      hint: 'Name the type as well.',
    });
  const portFlag = flags.port !== undefined ? 'port' : flags['src-port'] !== undefined ? 'src-port' : undefined;
  if (portFlag !== undefined && proto !== undefined && (proto === 'all' || !hasPorts(proto)))
    report(portFlag, {
      code: 'bad-traffic',
      message: `${protocolText(proto)} has no ports.`,
      hint: 'Only tcp and udp have ports.',
    });
  if (flags['icmp-type'] !== undefined && proto !== undefined && (proto === 'all' || !isIcmp(proto)))
    report('icmp-type', {
      code: 'bad-traffic',
      message: `${protocolText(proto)} has no ICMP type.`,
      hint: 'The protocol is icmp or icmpv6.',
    });
  if (flags['icmp-type'] !== undefined && portFlag !== undefined && flags.proto === undefined)
    report('icmp-type', {
      code: 'bad-traffic',
      message: 'ICMP has no ports.',
      hint: 'Ask for ports and for ICMP one after the other.',
    });

  const bases = base ?? protocolsMeant(proto, portFlag !== undefined, icmpType !== undefined);
  const free = base === undefined && proto === undefined && icmpType === undefined;
  const carriers = carriersOf(bases, bounds, free, report);
  return unless(problems, () =>
    carriers.map((each) => ({
      ...each,
      ...carried,
      ...(ports === undefined ? {} : { ports }),
      ...(srcPorts === undefined ? {} : { srcPorts }),
      ...(icmpType === undefined ? {} : { icmpType }),
      ...(icmpCode === undefined ? {} : { icmpCode }),
      ...(src === undefined ? {} : { src }),
      ...(dst === undefined ? {} : { dst }),
      ...(flags.fragment === undefined ? {} : { fragment: flags.fragment }),
    })),
  );
}

function protocolsMeant(proto: number | 'all' | undefined, ports: boolean, icmp: boolean): readonly Traffic[] {
  if (proto === 'all') return [{}];
  if (proto !== undefined) return [{ protocol: proto }];
  if (ports) return [{ protocol: protocols.tcp }, { protocol: protocols.udp }];
  return icmp ? [{ protocol: protocols.icmp }] : [{}];
}

/**
 * The headers that can carry what the flags say: where the protocol is free, those of the protocols it runs over. A
 * protocol that was named and can not carry it is a contradiction, told of each flag once.
 */
function carriersOf(
  bases: readonly Traffic[],
  bounds: readonly Bound[],
  free: boolean,
  report: (flag: Bound['flag'], problem: Omit<ProblemAt, 'column'>) => void,
): readonly Traffic[] {
  if (bounds.length === 0) return bases;
  const over = bounds.map((each) => each.over).reduce((all, each) => all.filter((one) => each.includes(one)));
  for (const { flag, words, over: able } of bounds) {
    const wrong = free ? undefined : bases.find(({ protocol }) => protocol !== undefined && !able.includes(protocol));
    const hint = `With ${words} the protocol is ${able.map(protocolName).join(' or ')}.`;
    if (wrong !== undefined)
      report(flag, { code: 'bad-traffic', message: `\`${protocolName(wrong.protocol!)}\` has no ${words}.`, hint });
  }
  const [first, ...others] = bounds;
  const clash = others.find(({ over: able }) => !able.some((one) => first!.over.includes(one)));
  if (first!.flag === 'tcp-flags' && clash !== undefined)
    report('tcp-flags', {
      code: 'bad-traffic',
      message: `${clash.words} has no TCP flags.`,
      hint: `It runs over ${clash.over.map(protocolName).join(' or ')}.`,
    });
  return bases.flatMap((each) =>
    each.protocol === undefined
      ? over.map((protocol) => ({ ...each, protocol }))
      : over.includes(each.protocol)
        ? [each]
        : [],
  );
}

const readProtocol = (text: string): number | 'all' | undefined =>
  ['all', '-1'].includes(text.toLowerCase()) ? 'all' : parseProtocol(text);

const protocolText = (protocol: number | 'all'): string =>
  protocol === 'all' ? '`all`' : `\`${protocolName(protocol)}\``;

const badProtocol = (text: string, column: number): ProblemAt => ({
  code: 'bad-protocol',
  column,
  message: `\`${text}\` is no protocol.`,
  hint: didYouMean(text, protocolWords) ?? 'Tcp, udp, icmp, icmpv6, all, or a number from 0 to 255.',
});

/** `443` or `8000-8100`. */
export function readPorts(text: string): PortRange | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text.trim());
  if (match === null) return undefined;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  return from <= to && to <= 65535 ? { from, to } : undefined;
}

const badPorts = (text: string): string => `\`${text}\` is no port and no range of ports.`;
const portsHint = 'A port is 0 to 65535; a range is written `8000-8100`.';

type Report = (problem: Omit<ProblemAt, 'column'>) => void;

function portsOf(text: string | undefined, report: Report): PortRange | undefined {
  const ports = text === undefined ? undefined : readPorts(text);
  if (text !== undefined && ports === undefined)
    report({ code: 'bad-traffic', message: badPorts(text), hint: portsHint });
  return ports;
}

const readNumber = (text: string, most: number): number | undefined =>
  /^\d{1,3}$/.test(text) && Number(text) <= most ? Number(text) : undefined;

function numberOf(text: string | undefined, report: Report): number | undefined {
  const number = text === undefined ? undefined : readNumber(text, 255);
  if (text !== undefined && number === undefined)
    report({ code: 'bad-traffic', message: `\`${text}\` is no number from 0 to 255.` });
  return number;
}

function prefixOfText(text: string | undefined, report: Report): Prefix | undefined {
  if (text === undefined) return undefined;
  const address = parseAddress(text);
  const prefix = address === undefined ? parsePrefix(text) : prefixOf(address);
  if (prefix === undefined)
    report({ code: 'bad-address', message: `\`${text}\` is neither an IP address nor a CIDR block.` });
  return prefix;
}
