/** What a scenario's `expected.yaml` says of each property, and what a result lacks of it. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Block, Flow, Verdict } from '../../src/result/answer.ts';

/** The keys are explained in `scenarios/genai-private/expected.yaml`. */
export interface Expectation {
  readonly verdict: Verdict;
  readonly from?: string | readonly string[];
  readonly to?: string | readonly string[];
  readonly traffic?: string;
  readonly through?: readonly string[];
  readonly past?: readonly string[];
  readonly rules?: readonly string[];
  readonly sni?: string;
  readonly stopped?: readonly string[];
  readonly assumptions?: readonly string[];
}

type Expectations = Readonly<Record<string, Expectation>>;

const ofFlow = ['from', 'to', 'traffic', 'through', 'past', 'rules', 'sni'] as const;
const keys = new Set<string>(['verdict', ...ofFlow, 'stopped', 'assumptions']);

/** By network (`network`, `variants/NAME`), what every property must come to. */
export function readExpectations(scenario: string): ReadonlyMap<string, Expectations> {
  const file = new URL(`../../scenarios/${scenario}/expected.yaml`, import.meta.url);
  const { network, variants } = parse(readFileSync(file, 'utf8')) as Record<
    'network' | 'variants',
    Record<string, never>
  >;
  const healthy = expectations(network);
  const all = Object.entries(variants).map(([name, differing]): [string, Expectations] => {
    const known = expectations(differing);
    for (const id of Object.keys(known)) if (!(id in healthy)) throw new Error(`${name}: no property ${id}`);
    return [`variants/${name}`, { ...healthy, ...known }];
  });
  return new Map([['network', healthy], ...all]);
}

const expectations = (written: Record<string, Verdict | Expectation>): Expectations =>
  Object.fromEntries(
    Object.entries(written).map(([id, value]) => {
      const expected = typeof value === 'string' ? { verdict: value } : value;
      const unknown = Object.keys(expected).filter((key) => !keys.has(key));
      if (unknown.length > 0) throw new Error(`${id}: ${unknown.join(', ')} is no key of an expectation`);
      return [id, expected];
    }),
  );

/** The parts of a property's result that an expectation speaks of. */
export interface Shown {
  readonly verdict: Verdict;
  readonly flows: readonly Flow[];
  readonly blockedBy: readonly Block[];
  readonly assumptions: readonly string[];
  readonly reason?: string | null;
}

/** One line for each thing that is not as expected; the flow must be one of those shown. */
export function differences(expected: Expectation, shown: Shown): readonly string[] {
  if (expected.verdict !== shown.verdict) return [`is ${shown.verdict}, should be ${expected.verdict}`];
  const stoppers = new Set(
    shown.blockedBy.map((block) => block.resource + (block.direction === 'return' ? ' (return)' : '')),
  );
  const missing = [
    ...(expected.stopped ?? []).filter((each) => !stoppers.has(each)).map((each) => `is not stopped by ${each}`),
    ...(expected.assumptions ?? [])
      .filter((each) => !shown.assumptions.includes(each))
      .map((each) => `does not name ${each}, but ${shown.assumptions.join(', ') || 'nothing'}`),
  ];
  const asked = ofFlow.filter((key) => expected[key] !== undefined);
  if (asked.length === 0) return missing;
  if (shown.flows.length === 0) {
    const named = asked.every(
      (key) => (key === 'from' || key === 'to') && [expected[key]!].flat().some((id) => shown.reason?.includes(id)),
    );
    return named ? missing : [...missing, 'shows no flow'];
  }
  const perFlow = shown.flows.map((flow) => flowDifferences(expected, flow));
  return [...missing, ...(perFlow.find((each) => each.length === 0) ?? perFlow[0]!)];
}

function flowDifferences(expected: Expectation, flow: Flow): readonly string[] {
  const { from, to, traffic, through = [], past = [], rules = [], sni } = expected;
  const hops = flow.hops.map((hop) => hop.resource);
  const path = hops.join(' > ');
  const out: string[] = [];
  if (from !== undefined && ![from].flat().includes(flow.from)) out.push(`starts at ${flow.from}`);
  if (to !== undefined && ![to].flat().includes(flow.to)) out.push(`ends at ${flow.to}`);
  if (traffic !== undefined && !describes(traffic, flow)) out.push(`is ${JSON.stringify(flow.packet)}, not ${traffic}`);
  let at = 0;
  for (const hop of through) {
    const next = hops.indexOf(hop, at);
    if (next < 0) out.push(`does not go through ${hop} in its place: ${path}`);
    else at = next + 1;
  }
  for (const hop of past) if (hops.includes(hop)) out.push(`goes through ${hop}: ${path}`);
  const decided = flow.hops.flatMap((hop) => hop.rule ?? []);
  for (const rule of rules)
    if (!decided.includes(rule)) out.push(`is not let through by ${rule}: ${decided.join(', ')}`);
  if (sni !== undefined && !new RegExp(sni).test(flow.packet.sni ?? ''))
    out.push(`asks for ${flow.packet.sni ?? 'no name'}, not ${sni}`);
  return out;
}

/** `ipv6`, `ipv4 tcp/443`. */
function describes(traffic: string, { packet }: Flow): boolean {
  const [family, service] = traffic.split(' ');
  const isIpv6 = packet.src.includes(':');
  if ((family === 'ipv6') !== isIpv6) return false;
  if (service === undefined) return true;
  const [protocol, port] = service.split('/');
  return packet.protocol === protocol && (port === undefined || packet.dstPort === Number(port));
}
