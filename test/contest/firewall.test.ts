/** A firewall's policy told twice: as predicates, and by walking through the conversation; on random policies and flows. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { firewallPasses, payloadsOf } from '../../src/dataplane/firewall/index.ts';
import { freeHeader } from '../../src/dataplane/header.ts';
import { unknownsIn } from '../../src/dataplane/unknowns.ts';
import { createPlane } from '../../src/dataplane/plane.ts';
import type { Variable } from '../../src/dataplane/symbol.ts';
import { size } from '../../src/net/interval.ts';
import { type Packet, echoRequest } from '../../src/net/packet.ts';
import { isIcmp } from '../../src/net/protocol.ts';
import { policyOf } from '../../src/network/firewall-policy.ts';
import type { Mode } from '../../src/network/replay.ts';
import { syn } from '../../src/net/tcp-flags.ts';
import { judge } from '../../src/trace/firewall/judge.ts';
import { packets, policies } from '../support/random-firewall.ts';
import { ruled } from '../trace/firewall-world.ts';
import { packet as read } from '../trace/world.ts';
import { isTrue } from '../../src/verify/truth.ts';
import { contest } from './contest.ts';

const modes: readonly Mode[] = ['packet', 'connection', 'client-data', 'data'];

const flows = fc.array(
  fc.record({ text: packets, payload: fc.nat(), sides: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }) }),
  { minLength: 20, maxLength: 20 },
);

test('what the rules let through is what the conversation gets through', () => {
  const seen = { passed: 0, stopped: 0, ties: 0, flags: 0 };
  fc.assert(
    fc.property(policies, flows, (words, tried) => {
      const network = ruled(words);
      const firewall = network.firewalls.get('firewall-1')!;
      const plane = createPlane(network, {
        sides: new Map(),
        grouping: false,
        label: () => '',
        wanted: () => true,
        exacting: false,
        replies: true,
        mode: 'data',
      });
      const policy = policyOf(network, firewall)!;
      const payloads = payloadsOf(plane);
      for (const { text, payload: drawn, sides: drawnSides } of tried) {
        const packet = read(text);
        const { family } = packet.src;
        const header = freeHeader(plane.symbols, 'sent', family);
        const over = payloads.over(packet.protocol);
        let index = BigInt(drawn) % size(over);
        const part = over.find(({ lo, hi }) => index <= hi - lo || ((index -= hi - lo + 1n), false))!;
        const number = part.lo + index;
        const payload = payloads.witness(Number(number));
        const values = new Map(Object.entries(valuesOf(packet)));
        const value = (variable: Variable): bigint =>
          variable.name.endsWith('.payload') ? number : values.get(variable.name.split('.').at(-1)!)!;
        // Only an echo request is answered: of any other ICMP there is no more than the packet.
        const alone = isIcmp(packet.protocol) && packet.icmpType !== echoRequest(packet.protocol);
        for (const mode of alone ? (['packet'] as const) : modes) {
          const predicate = firewallPasses(plane, firewall, policy, family, mode);
          const sides = new Map(
            [...unknownsIn(predicate)].toSorted().map((key, i) => [key, drawnSides[i % drawnSides.length]!]),
          );
          if (sides.has('fact:10.21')) seen.ties++;
          if (sides.has('fact:10.16')) seen.flags++;
          const told = isTrue({ header, predicate }, value, (key) => sides.get(key));
          const walked = judge({ network, firewall, packet, payload, mode, sides });
          seen[walked.passes ? 'passed' : 'stopped']++;
          const which = `${mode}: ${text} carrying ${JSON.stringify(payload)}, sides ${JSON.stringify([...sides])}; ${walked.why}`;
          expect(`${told} ${which}`).toBe(`${walked.passes} ${which}`);
        }
      }
    }),
    contest(4),
  );
  const { passed, stopped, ties, flags } = seen;
  expect(ties).toBeGreaterThan(0);
  expect(flags).toBeGreaterThan(0);
  expect(passed).toBeGreaterThan((passed + stopped) / 10);
  expect(stopped).toBeGreaterThan((passed + stopped) / 10);
});

const valuesOf = (packet: Packet): Readonly<Record<string, bigint>> => ({
  src: packet.src.value,
  dst: packet.dst.value,
  protocol: BigInt(packet.protocol),
  srcPort: BigInt(packet.srcPort),
  dstPort: BigInt(packet.dstPort),
  icmpType: BigInt(packet.icmpType),
  icmpCode: BigInt(packet.icmpCode),
  fragment: packet.fragment ? 1n : 0n,
  flags: BigInt(packet.protocol === 6 ? (packet.tcpFlags ?? syn) : 0),
});
