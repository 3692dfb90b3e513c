/**
 * Differences of random pairs of networks, attacked with packets: a flow is among those opened exactly if the one
 * network delivers it after and not before. Examples are replayed by the comparison itself.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openVerifier } from '../../src/explain/index.ts';
import { formatAddress } from '../../src/net/address.ts';
import { isIcmp } from '../../src/net/protocol.ts';
import { flagsOfBits } from '../../src/net/tcp-flags.ts';
import { parsePrefix } from '../../src/net/prefix.ts';
import type { Network } from '../../src/network/network.ts';
import { type Place, type Places, type Question, anyWay } from '../../src/policy/question.ts';
import { replay } from '../../src/trace/index.ts';
import { compared, everywhere, isAmong } from '../support/compared.ts';
import { speaksOf } from '../support/meaning.ts';
import { networkOf } from '../support/network.ts';
import { chanceFrom } from '../support/random.ts';
import { randomChange } from '../support/random-change.ts';
import { type Sample, describeSample, drawSamples } from '../support/samples.ts';
import { contest } from '../contest/contest.ts';
import { nameOf } from '../../src/explain/flow.ts';

const packets = 500;

/** How many of the flows that are said to be no change are asked of the prover, for each pair and direction. */
const asked = 4;

const everything = (network: Network, mode: Question['mode']): Question => ({
  kind: 'forbid',
  from: everywhere(network, 'from'),
  to: everywhere(network, 'to'),
  traffic: [],
  families: ['ipv4', 'ipv6'],
  mode,
  ...anyWay,
  sides: new Map(),
});

const flowsIn = (network: Network, mode: Question['mode'], seed: number): readonly Sample[] => {
  const question = everything(network, mode);
  return drawSamples(network, new Map(), packets, chanceFrom(seed)).filter((sample) => speaksOf(question, sample));
};

const told = ({ request: { origin, packet }, result: { delivery } }: Sample) => ({
  from: nameOf(origin),
  to: nameOf(delivery!),
  packet,
});

const only = (place: Place): Places => ({ text: 'it', members: [place], any: false, silent: [] });

/** Whether the network may deliver that very flow, by whatever choices; the prover is asked. */
async function mayDeliver(
  network: Network,
  mode: Question['mode'],
  { request: { origin, packet }, result: { delivery } }: Sample,
): Promise<boolean> {
  if (origin.kind === 'interface' && !network.interfaces.has(origin.id)) return false;
  if (delivery!.kind === 'interface' && !network.interfaces.has(delivery!.id)) return false;
  const to = delivery!;
  if (to.kind === 'service' && !network.endpoints.has(to.endpoint)) return false;
  const place: Place =
    to.kind === 'service'
      ? { kind: 'gateway-endpoint', id: to.endpoint }
      : to.kind === 'link-local'
        ? { kind: 'internet' }
        : to.kind === 'interface'
          ? { kind: 'interface', id: to.id }
          : { kind: to.kind };
  const exactly = (value: number) => ({ from: value, to: value });
  const ported = packet.protocol === 6 || packet.protocol === 17;
  const question: Question = {
    ...everything(network, mode),
    from: only(origin.kind === 'interface' ? { kind: 'interface', id: origin.id } : { kind: origin.kind }),
    to: only(place),
    families: [packet.src.family],
    traffic: [
      {
        protocol: packet.protocol,
        ...(ported ? { ports: exactly(packet.dstPort), srcPorts: exactly(packet.srcPort) } : {}),
        ...(isIcmp(packet.protocol) ? { icmpType: packet.icmpType, icmpCode: packet.icmpCode } : {}),
        src: parsePrefix(`${formatAddress(packet.src)}/${packet.src.family === 'ipv4' ? 32 : 128}`)!,
        dst: parsePrefix(`${formatAddress(packet.dst)}/${packet.dst.family === 'ipv4' ? 32 : 128}`)!,
        fragment: packet.fragment,
        ...(packet.protocol === 6 && packet.tcpFlags !== undefined ? { tcpFlags: flagsOfBits(packet.tcpFlags) } : {}),
      },
    ],
  };
  const answer = await openVerifier(network).answer(question, { replay, timeoutMs: 30_000 });
  return answer.verdict !== 'holds';
}

test('a flow is opened exactly if it is delivered after and not before, and closed the other way round', async () => {
  const tally = new Map<string, number>();
  const count = (what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(
      randomChange,
      fc.integer(),
      fc.constantFrom('packet', 'packet', 'connection'),
      async ([first, second], seed, mode) => {
        const [before, after] = [networkOf(first), networkOf(second)];
        const found = await compared(before, after, { timeoutMs: 15_000, mode });
        count(found.opened.length > 0 ? 'opens' : 'opens nothing');
        count(found.closed.length > 0 ? 'closes' : 'closes nothing');
        if (found.undecided.length > 0) count('undecided');
        const faults: string[] = [];
        for (const [which, mine, other] of [
          ['opened', after, before],
          ['closed', before, after],
        ] as const) {
          const unfinished = found.undecided.some(({ code, unknowns }) => code === which && unknowns.length === 0);
          if (unfinished) count('unfinished');
          let tries = 0;
          for (const sample of flowsIn(mine, mode, seed)) {
            const flow = told(sample);
            if (isAmong(mine, found[which], flow)) {
              count(`${which} and sampled`);
              continue;
            }
            if (unfinished || tries >= asked) continue;
            const there = replay({ ...sample.request, network: other });
            if (
              there.delivery !== undefined &&
              nameOf(there.delivery) === flow.to &&
              (mode === 'packet' || there.replied)
            )
              continue;
            tries++;
            if (await mayDeliver(other, mode, sample)) count(`${which} not, by other choices`);
            else faults.push(`${mode} not ${which}: ${flow.from} to ${flow.to} ${describeSample(sample)}`);
          }
          for (const sample of flowsIn(other, mode, seed + 1)) {
            const flow = told(sample);
            if (other.firewallPolicies.size > 0 || other.dnsFirewallAssociations.size > 0) continue;
            if (isAmong(mine, found[which], flow))
              faults.push(`${mode} ${which} and there all along: ${flow.from} to ${flow.to} ${describeSample(sample)}`);
            else count('unchanged');
          }
        }
        expect(faults).toEqual([]);
      },
    ),
    contest(0.15),
  );
  for (const what of [
    'opens',
    'opens nothing',
    'closes',
    'closes nothing',
    'opened and sampled',
    'closed and sampled',
    'unchanged',
  ])
    expect([what, (tally.get(what) ?? 0) > 0]).toEqual([what, true]);
}, 900_000);
