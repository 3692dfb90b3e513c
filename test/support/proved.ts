/** What the prover makes of a vector's line, held against its verdict: asked, forbidden, as a packet and as a connection. */
import type { Verifier } from '../../src/explain/index.ts';
import { sameAddress } from '../../src/net/address.ts';
import { prefixContains, prefixOf } from '../../src/net/prefix.ts';
import { hasPorts, isIcmp, protocols } from '../../src/net/protocol.ts';
import { flagsOfBits, syn } from '../../src/net/tcp-flags.ts';
import { parseAssumption } from '../../src/network/assumption.ts';
import type { Network } from '../../src/network/network.ts';
import type { Mode } from '../../src/network/replay.ts';
import { replay } from '../../src/trace/index.ts';
import { type Place, type Places, type Question, type Traffic, anyWay } from '../../src/policy/question.ts';
import type { Answer } from '../../src/result/answer.ts';
import { isInternet } from './internet.ts';
import { type Reach, reachIn } from './reach.ts';
import { addressesOf } from './samples.ts';
import { isOpaque } from './traced.ts';
import { type Line, type Outcome, outcomesOf } from './vector.ts';

/** Everything in which the prover differs from the line; empty when it agrees. */
export async function proverComplaints(network: Network, verifier: Verifier, line: Line): Promise<readonly string[]> {
  const complaints: string[] = [];
  for (const [mode, outcome] of outcomesOf(line)) {
    const expected = reaches[outcome];
    // Only a hostile sender writes a source that is not its own.
    const kinds = isForged(network, line) ? (['forbid'] as const) : (['ask', 'forbid'] as const);
    for (const kind of kinds) {
      const answer = await answerTo(verifier, questionOf(network, line, kind, mode, line.sides));
      const reach = reachIn({ kind }, answer);
      if (reach !== expected)
        complaints.push(
          `${kind}, ${mode}: ${expected} expected, and the answer is\n${JSON.stringify(answer, undefined, 1)}`,
        );
      else if (kind === 'ask') complaints.push(...blameComplaints(line, mode, answer));
      if (reach === 'undecided')
        complaints.push(...(await settlementComplaints(network, verifier, line, kind, mode, answer)));
    }
  }
  return complaints;
}

const answerTo = (verifier: Verifier, question: Question): Promise<Answer> =>
  verifier.answer(question, { replay, timeoutMs: 60_000 });

const reaches: Readonly<Record<Outcome, Reach>> = { through: 'reachable', stopped: 'unreachable', open: 'undecided' };

/** The question whether exactly this packet gets anywhere. */
function questionOf(
  network: Network,
  line: Line,
  kind: 'ask' | 'forbid',
  mode: Mode,
  sides: ReadonlyMap<string, boolean>,
): Question {
  const { packet } = line;
  const ports = hasPorts(packet.protocol);
  const traffic: Traffic = {
    protocol: packet.protocol,
    src: prefixOf(packet.src),
    dst: prefixOf(packet.dst),
    fragment: packet.fragment,
    ...(ports ? { ports: exactly(packet.dstPort), srcPorts: exactly(packet.srcPort) } : {}),
    ...(isIcmp(packet.protocol) ? { icmpType: packet.icmpType, icmpCode: packet.icmpCode } : {}),
    ...(packet.protocol === protocols.tcp ? { tcpFlags: flagsOfBits(packet.tcpFlags ?? syn) } : {}),
    ...carriedBy(line),
  };
  return {
    kind,
    from: places(line.origin),
    to: places(destinationOf(network, line)),
    traffic: [traffic],
    families: [packet.src.family],
    mode,
    ...anyWay,
    sides,
  };
}

function carriedBy({ payload }: Line): Traffic {
  if (payload === undefined) return {};
  const { app, sni, httpHost, dnsName, dnsType } = payload;
  return {
    app,
    ...(sni === undefined ? {} : { sni }),
    ...(httpHost === undefined ? {} : { httpHost }),
    ...(dnsName === undefined ? {} : { dnsName }),
    ...(dnsType === undefined ? {} : { dnsType }),
  };
}

/** The place that the packet is for: whoever holds its destination, the internet, or just that address. */
function destinationOf(network: Network, { at, packet: { dst } }: Line): Place {
  if (at === 'dns' || at === 'onprem') return { kind: at };
  if (at?.startsWith('eni-') === true) return { kind: 'interface', id: at };
  for (const { id, addresses, prefixes } of network.interfaces.values()) {
    const own = addresses.flatMap(({ address, publicIp, carrierIp }) =>
      [address, publicIp, carrierIp].filter((one) => one !== undefined),
    );
    if (own.some((one) => sameAddress(one, dst)) || prefixes.some((prefix) => prefixContains(prefix, dst)))
      return { kind: 'interface', id };
  }
  return at !== 'service' && isInternet(network, dst) ? { kind: 'internet' } : { kind: 'cidr', prefix: prefixOf(dst) };
}

const exactly = (port: number) => ({ from: port, to: port });

const places = (...members: Place[]): Places => ({ text: 'the vector', members, any: false, silent: [] });

function isForged(network: Network, { origin, packet }: Line): boolean {
  if (origin.kind !== 'interface') return false;
  const { prefixes, addresses } = network.interfaces.get(origin.id)!;
  const own = addressesOf({ prefixes, addresses });
  return !own.some(({ family, value }) => family === packet.src.family && value === packet.src.value);
}

function blameComplaints(line: Line, mode: Mode, answer: Answer): readonly string[] {
  if (line.blame === undefined || answer.verdict !== 'violated') return [];
  const { kind, code } = line.blame;
  const direction = line.verdict === 'PKT' && !line.judged ? 'return' : 'forward';
  const blamed = answer.blockedBy.some(
    (block) => block.direction === direction && block.kind === kind && (code === undefined || block.code === code),
  );
  return blamed ? [] : [`${mode}: ${kind} is not blamed ${direction}, but ${JSON.stringify(answer.blockedBy)}`];
}

/** The assumptions named settle the question, and are those of the line. */
async function settlementComplaints(
  network: Network,
  verifier: Verifier,
  line: Line,
  kind: 'ask' | 'forbid',
  mode: Mode,
  answer: Answer,
): Promise<readonly string[]> {
  const named = answer.assumptions.map((text) => parseAssumption(text));
  const wanted = new Set([...line.unknowns.keys()].map(family));
  const settled = await answerTo(
    verifier,
    questionOf(
      network,
      line,
      kind,
      mode,
      new Map([...line.sides, ...named.map((one) => [one!.key, one!.side] as const)]),
    ),
  );
  return [
    ...(named.some((one) => wanted.has(family(one!.key)))
      ? []
      : [`${mode}: the assumptions named are ${answer.assumptions.join(', ')}`]),
    ...(settled.verdict === 'undecided' && !isOpaque(line)
      ? [`${mode}: ${answer.assumptions.join(', ')} settles nothing`]
      : []),
  ];
}

/** Two lists tie, so that either of their keys settles it. */
const family = (key: string): string => key.replace(/^(prefers:[^:]+):.*$/, '$1');
