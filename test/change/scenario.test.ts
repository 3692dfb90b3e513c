/** Variants of scenarios against their healthy networks: the flows that their names promise. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadNetwork } from '../../src/sources/index.ts';
import { compared } from '../support/compared.ts';

const scenarios = join(import.meta.dirname, '../../scenarios');

interface Promised {
  /** A place that flows are opened (closed) to, and their ports; absent: none are. */
  readonly opened?: readonly [to: string, ports: string];
  readonly closed?: readonly [to: string, ports: string];
  readonly mode?: 'connection';
}

const promised: Readonly<Record<string, Promised>> = {
  'public-web-private-db/db-group-open': { opened: ['eni-0db00000000000001', '5432'] },
  'public-web-private-db/nacl-entry-out-of-order': { closed: ['eni-0eb00000000000001', '443'] },
  'public-web-private-db/db-routed-out': {},
  'dual-stack-egress-only/nat-in-private-subnet': { closed: ['internet', '443'] },
  'privatelink-only/group-forgets-s3': { closed: ['vpce-05300000000000001', '443'] },
  'privatelink-only/regional-nat-gateway': {},
  'peered-row/direct-peering': { opened: ['eni-09a40000000000001', '8443'] },
  'peered-row/routes-through-the-middle': {},
  'central-egress/blackhole-missing': { opened: ['eni-01ab0000000000001', '443'] },
  'central-egress/no-way-back': { mode: 'connection', closed: ['internet', 'any'] },
};

for (const [name, { opened, closed, mode = 'packet' }] of Object.entries(promised))
  test(`${name}: what it promises, ${opened || closed ? 'and nothing the other way' : 'which is nothing'}`, async () => {
    const [scenario = '', variant = ''] = name.split('/');
    const before = await loadNetwork(join(scenarios, scenario, 'network'));
    const after = await loadNetwork(join(scenarios, scenario, 'variants', variant));
    if (!before.ok || !after.ok) throw new Error('the scenario is read');
    const found = await compared(before.value, after.value, { mode });
    expect(found.undecided).toEqual([]);
    for (const [which, wanted] of [
      ['opened', opened],
      ['closed', closed],
    ] as const) {
      const told = found[which].filter(({ to }) => wanted !== undefined && to.includes(wanted[0]));
      const ports = told.flatMap(({ flows }) => flows.flatMap(({ flow }) => flow.family.dstPorts));
      if (wanted === undefined) expect(found[which]).toEqual([]);
      else expect(ports).toContain(wanted[1]);
    }
  });

test.each([
  ['egress-allow-list', 'action-order', 7],
  ['hub-firewall', 'app-beside-the-firewall', 4],
])(
  '%s/%s: kinds of packets that rules treat one by one are told together, not address by address or flag by flag',
  async (scenario, variant, families) => {
    const before = await loadNetwork(join(scenarios, scenario, 'network'));
    const after = await loadNetwork(join(scenarios, scenario, 'variants', variant));
    if (!before.ok || !after.ok) throw new Error('the scenario is read');
    const found = await compared(before.value, after.value, {});
    expect([found.undecided, found.closed]).toEqual([[], []]);
    expect(found.opened.flatMap(({ flows }) => flows).length).toBeLessThanOrEqual(families);
  },
);
