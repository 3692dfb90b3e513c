import { describe, expect, test } from 'vitest';
import { networkOf } from '../support/network.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { faultsOf, linesOf, repaired } from './helped.ts';

/** I1 is open to everybody; the other two of these hosts are in groups of their own. */
const hosts = {
  groups: [
    { id: 'sg-web', vpc: 'vpc-a', in: [], out: ['all 0.0.0.0/0'] },
    { id: 'sg-ops', vpc: 'vpc-a', in: [], out: ['all 0.0.0.0/0'] },
    { id: 'sg-db', vpc: 'vpc-a', in: ['tcp 5432 10.0.0.0/16'], out: [] },
  ],
  interfaces: [
    { id: 'eni-i1', subnet: 'subnet-s1', ips: ['10.0.1.10'], groups: ['sg-web'] },
    { id: 'eni-i2', subnet: 'subnet-s1', ips: ['10.0.1.20'], groups: ['sg-ops'] },
    { id: 'eni-db', subnet: 'subnet-s2', ips: ['10.0.2.30'], groups: ['sg-db'] },
  ],
} satisfies Change;

const onlyWeb = `{ id: only-web, forbid: { from: any, to: eni-db, except: { from: eni-i1, traffic: tcp/5432 } } }`;
const webWorks = `{ id: web-works, require: { from: eni-i1, to: eni-db, traffic: tcp/5432 } }`;
const opsWork = `{ id: ops-work, require: { from: eni-i2, to: eni-db, traffic: tcp/5432 } }`;

const policy = (...properties: readonly string[]): string =>
  `version: 1\nproperties:\n${properties.map((one) => `  - ${one}\n`).join('')}`;

/** The sets found for the property, and none of them is faulty. */
async function setsFor(change: Change, id: string, ...properties: readonly string[]) {
  const network = networkOf(world(change));
  const text = policy(...properties);
  const document = await repaired(network, text);
  const result = document.results.find((one) => one.id === id)!;
  expect(await faultsOf(network, text, document, result)).toEqual([]);
  return { sets: linesOf(result.repairs!), repairs: result.repairs! };
}

describe('repairs of what is forbidden', () => {
  test('a rule goes, where nothing needs it', async () => {
    const { sets } = await setsFor(hosts, 'only-web', onlyWeb);
    expect(sets).toContainEqual(['sg-db ingress change tcp/5432 10.0.0.0/16 -> tcp/5432 sg-web']);
    expect(sets.every((lines) => lines.length === 1)).toBe(true);
  });

  test('a repair that would break a requirement is none', async () => {
    const { sets: free } = await setsFor(hosts, 'only-web', onlyWeb);
    // The trap: without the rule, the web host would be cut off as well.
    const removal = ['sg-db ingress remove tcp/5432 10.0.0.0/16'];
    const { sets } = await setsFor(hosts, 'only-web', onlyWeb, webWorks);
    expect(free).toContainEqual(removal);
    expect(sets).not.toContainEqual(removal);
    expect(sets).toContainEqual(['sg-db ingress change tcp/5432 10.0.0.0/16 -> tcp/5432 sg-web']);
  });

  test('what contradicts a requirement has no repair, and that is said', async () => {
    const { sets, repairs } = await setsFor(hosts, 'only-web', onlyWeb, webWorks, opsWork);
    expect(sets).toEqual([]);
    expect(repairs.tried).toBeGreaterThan(5);
  });

  test('the way through the firewall, where that is the exception', async () => {
    const inspected: Change = {
      subnets: [{ id: 'subnet-fw', vpc: 'vpc-a', cidrs: ['10.0.5.0/24'], zone: 'az1', table: 'rtb-fw' }],
      tables: [
        { id: 'rtb-s1', vpc: 'vpc-a', routes: ['0.0.0.0/0 igw-a'] },
        { id: 'rtb-fw', vpc: 'vpc-a', routes: ['0.0.0.0/0 igw-a'] },
      ],
      firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-fw', ip: '10.0.5.9', firewall: 'fw' }],
      interfaces: [{ id: 'eni-i1', subnet: 'subnet-s1', ips: ['10.0.1.10=198.51.100.1'], groups: ['sg-egr'] }],
    };
    const forbid = '{ id: inspected, forbid: { from: eni-i1, to: internet, except: { via: vpce-fw } } }';
    const { sets } = await setsFor(inspected, 'inspected', forbid);
    expect(sets[0]).toEqual(['rtb-s1 route 0.0.0.0/0 -> vpce-fw']);
  });

  test('several edits, where each closes one of several ways', async () => {
    // In one subnet, so that groups alone decide; and the sender has to go on talking to another.
    const twoWays: Change = {
      groups: [{ id: 'sg-x', vpc: 'vpc-a', in: ['tcp 22 0.0.0.0/0', 'udp 53 0.0.0.0/0'], out: [] }],
      interfaces: [
        { id: 'eni-i2', subnet: 'subnet-s1', ips: ['10.0.1.20'], groups: ['sg-x'] },
        { id: 'eni-i3', subnet: 'subnet-s1', ips: ['10.0.1.30'], groups: ['sg-open'] },
      ],
    };
    const forbid = '{ id: shut, forbid: { from: eni-i1, to: eni-i2 } }';
    const others = ['tcp/22', 'udp/53'].map(
      (traffic, i) => `{ id: r${i}, require: { from: eni-i1, to: eni-i3, traffic: ${traffic} } }`,
    );
    const { sets } = await setsFor(twoWays, 'shut', forbid, ...others);
    expect(sets).toContainEqual(['sg-x ingress remove tcp/22 0.0.0.0/0', 'sg-x ingress remove udp/53 0.0.0.0/0']);
  });
});

describe('repairs of what is required', () => {
  const cut: Change = {
    ...hosts,
    groups: hosts.groups.map((one) => (one.id === 'sg-db' ? { ...one, in: [] } : one)),
    subnets: [{ id: 'subnet-s2', acl: 'acl-db' }],
    acls: [{ id: 'acl-db', vpc: 'vpc-a', in: ['100 allow tcp 5432 10.0.1.0/24'], out: ['100 allow udp 53 0.0.0.0/0'] }],
  };

  test('the whole path is opened: the group, and the network ACL for replies', async () => {
    const { sets } = await setsFor(cut, 'web-works', webWorks);
    expect(sets.length).toBeGreaterThan(1);
    for (const lines of sets) {
      expect(lines.filter((line) => line.startsWith('sg-db ingress add tcp/5432'))).toHaveLength(1);
      expect(lines.filter((line) => line.startsWith('acl-db outbound'))).toHaveLength(1);
    }
  });

  test('what another property forbids is not opened with it', async () => {
    const { sets } = await setsFor(cut, 'web-works', webWorks, onlyWeb);
    expect(sets.length).toBeGreaterThan(0);
    for (const lines of sets) expect(lines).not.toContain('sg-db ingress add tcp/5432 10.0.1.0/24');
  });
});
