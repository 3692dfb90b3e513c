/** Where two policies can differ, told from the rules that changed: no flow that they treat differently lies elsewhere. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPlane } from '../../src/dataplane/plane.ts';
import { freeHeader } from '../../src/dataplane/header.ts';
import type { Variable } from '../../src/dataplane/symbol.ts';
import { whatChanged } from '../../src/firewall/changed.ts';
import { openCourt } from '../../src/firewall/court.ts';
import type { Subject } from '../../src/firewall/subject.ts';
import { size } from '../../src/net/interval.ts';
import { type Packet, echoRequest } from '../../src/net/packet.ts';
import { isIcmp } from '../../src/net/protocol.ts';
import { syn } from '../../src/net/tcp-flags.ts';
import type { Mode } from '../../src/network/replay.ts';
import { judge } from '../../src/trace/firewall/judge.ts';
import { isTrue } from '../../src/verify/truth.ts';
import { packets, policies } from '../support/random-firewall.ts';
import { type PolicyWords, ruled } from '../trace/firewall-world.ts';
import { packet as read } from '../trace/world.ts';
import { contest } from './contest.ts';

const modes: readonly Mode[] = ['packet', 'connection', 'client-data', 'data'];

const flows = fc.array(fc.record({ text: packets, payload: fc.nat() }), { minLength: 30, maxLength: 30 });

const subjectOf = (words: PolicyWords): Subject => {
  const network = ruled(words);
  return {
    network,
    firewall: network.firewalls.get('firewall-1')!,
    policy: network.firewallPolicies.get('policy-1')!,
  };
};

/** The policy without prefix lists and groups that nobody read, and another in which a rule of each is in place of one. */
const pairs = fc.tuple(policies, policies, fc.nat(), fc.boolean()).map(([words, others, drawn, removed]) => {
  const { one, two } = words.groups!;
  const plain = (group: NonNullable<typeof one>) => ({ ...group, references: {} });
  const before: PolicyWords = { ...words, groups: { one: plain(one!), two: plain(two!) } };
  const rules = [...one!.rules!];
  const [other] = others.groups!['one']!.rules!;
  rules.splice(drawn % (rules.length + 1), removed ? 1 : 0, ...(other === undefined ? [] : [other]));
  const after: PolicyWords = { ...before, groups: { ...before.groups, one: { ...plain(one!), rules } } };
  return [before, after] as const;
});

test('flows that two policies treat differently lie where some changed rule has to do with them', () => {
  const seen = { differently: 0, outside: 0, inside: 0 };
  fc.assert(
    fc.property(pairs, flows, ([first, second], tried) => {
      const [before, after] = [subjectOf(first), subjectOf(second)];
      const court = openCourt([before, after], { judge, timeoutMs: 1000 });
      const plane = createPlane(before.network, {
        sides: new Map(),
        grouping: false,
        label: () => '',
        wanted: () => true,
        exacting: false,
        replies: true,
        mode: 'data',
        payloads: court.payloads,
      });
      for (const { text, payload: drawn } of tried) {
        const packet = read(text);
        const { family } = packet.src;
        const changed = whatChanged(court, before, after, family);
        const header = freeHeader(plane.symbols, 'sent', family);
        const over = court.payloads.over(packet.protocol);
        let index = BigInt(drawn) % size(over);
        const part = over.find(({ lo, hi }) => index <= hi - lo || ((index -= hi - lo + 1n), false))!;
        const number = part.lo + index;
        const payload = court.payloads.witness(Number(number));
        const values = new Map(Object.entries(valuesOf(packet)));
        const value = (variable: Variable): bigint =>
          variable.name.endsWith('.payload') ? number : values.get(variable.name.split('.').at(-1)!)!;
        const inside = changed.parts.some((predicate) => isTrue({ header, predicate }, value, () => false));
        seen[inside ? 'inside' : 'outside']++;
        const alone = isIcmp(packet.protocol) && packet.icmpType !== echoRequest(packet.protocol);
        for (const mode of alone ? (['packet'] as const) : modes) {
          const passes = ({ network, firewall }: Subject): boolean =>
            judge({ network, firewall, packet, payload, mode, sides: new Map() }).passes;
          const [was, is] = [passes(before), passes(after)];
          if (was !== is) seen.differently++;
          const which = `${mode}: ${text} carrying ${JSON.stringify(payload)}`;
          if (!inside) expect(`${was} ${which}`).toBe(`${is} ${which}`);
          else expect(`${passes(changed.before)} ${passes(changed.after)} ${which}`).toBe(`${was} ${is} ${which}`);
        }
      }
    }),
    contest(3),
  );
  expect(seen.differently).toBeGreaterThan(100);
  expect(seen.outside).toBeGreaterThan(seen.inside / 20);
  expect(seen.inside).toBeGreaterThan(seen.outside / 20);
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
