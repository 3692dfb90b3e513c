/** What a load balancer's node takes, what it sends to which target, and how the reply comes back through it. */
import { expect, test } from 'vitest';
import type { Network } from '../../src/network/network.ts';
import type { Unread } from '../../src/network/resource.ts';
import { passes } from '../../src/network/unknown.ts';
import { balancerNamed, groupArn } from '../support/aws-load-balancer.ts';
import { networkOf } from '../support/network.ts';
import type { BalancerSpec, Change, Spec, TargetGroupSpec } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';
import { type Ask, send, verdict } from './world.ts';

/** Clients C in PUB and D in S2, targets I1 in S1 (az1) and I2 in S2 (az2), which admit the node's group alone. */
const around: Change = {
  groups: [
    { id: 'sg-lb', vpc: 'vpc-a', in: ['all 0.0.0.0/0', 'all ::/0'], out: ['all 0.0.0.0/0', 'all ::/0'] },
    { id: 'sg-target', vpc: 'vpc-a', in: ['tcp 8080 sg-lb', 'udp 53 sg-lb'], out: [] },
  ],
  interfaces: [
    { id: 'eni-c', subnet: 'subnet-pub', ips: ['10.0.9.77'], groups: ['sg-egr'] },
    { id: 'eni-d', subnet: 'subnet-s2', ips: ['10.0.2.77'], groups: ['sg-egr'] },
    { id: 'eni-i1', subnet: 'subnet-s1', ips: ['10.0.1.10'], groups: ['sg-target'] },
    { id: 'eni-i2', subnet: 'subnet-s2', ips: ['10.0.2.10'], groups: ['sg-target'] },
  ],
};

const at = [{ subnet: 'subnet-pub', ips: ['10.0.9.30=198.51.100.30'] }];

const alb: BalancerSpec = {
  id: 'web',
  type: 'alb',
  at,
  groups: ['sg-lb'],
  public: true,
  listeners: ['HTTPS 443 app'],
};
const nlb: BalancerSpec = { ...alb, type: 'nlb', listeners: ['TCP 443 app'], crossZone: true };
const clb: BalancerSpec = { ...alb, type: 'clb', listeners: ['TCP 443 8080'], instances: ['i-i1'] };
const app: TargetGroupSpec = { id: 'app', vpc: 'vpc-a', protocol: 'HTTP', port: 8080, targets: ['i-i1', 'i-i2'] };
const kept: TargetGroupSpec = { ...app, protocol: 'TCP' };

const behind = (balancer: BalancerSpec, group: TargetGroupSpec = app, ...more: readonly Change[]): Spec =>
  world(around, { balancers: [balancer], targetGroups: [group] }, ...more);

/** What nodes send on, by the balancer's name and its turn; `web` by its node in PUB unless said. */
type Sends = Readonly<Record<string, string | readonly [node: string, packet: string]>>;

function ask(spec: Spec, sends: Sends, more: Ask = {}): Ask {
  const emits = Object.entries(sends).map(([turn, what]) => {
    const [name = '', number] = turn.split(' ');
    const [id, packet] = typeof what === 'string' ? [`eni-${name}-pub`, what] : what;
    const key = balancerNamed(spec, name);
    return [number === undefined ? key : `${key} ${number}`, { packet, at: { kind: 'interface', id } }] as const;
  });
  return { ...more, emits: Object.fromEntries(emits) };
}

const run = (spec: Spec, from: string, text: string, sends: Sends = {}, more: Ask = {}, network = networkOf(spec)) =>
  send(network, from, text, ask(spec, sends, more));
const said = (...args: Parameters<typeof run>): string =>
  verdict(run(...args)).replace(/arn:\S*\/([^/\s]+)\/[0-9a-f]+/, '$1');

/** The network with parts of the group `app` replaced, as no call's answer would have them. */
function regrouped(spec: Spec, change: object): Network {
  const network = networkOf(spec);
  const id = groupArn('app');
  return { ...network, targetGroups: new Map([[id, { ...network.targetGroups.get(id)!, ...change }]]) };
}

const unread: Unread = { unread: 'elbv2 describe-target-group-attributes', subject: groupArn('app') };
const key = `unread:${unread.unread}:${unread.subject}`;

const toNode = 'tcp 10.0.9.77:40000 -> 10.0.9.30:443';
const own = 'tcp 10.0.9.30:5000 -> 10.0.1.10:8080';
const asClient = 'tcp 10.0.9.77:40000 -> 10.0.1.10:8080';

test('from the internet a target is reached through the balancer that it admits, and in no other way (T72)', () => {
  const spec = behind(alb, app, {
    interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10=198.51.100.10'] }],
    tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] }],
  });
  const text = 'tcp 8.8.8.8:40000 -> 198.51.100.30:443';
  const result = run(spec, 'internet', text, { web: own });
  expect(verdict(result)).toBe('eni-i1');
  expect(result.returnHops?.at(-1)?.packet).toMatchObject({ srcPort: 443, dstPort: 40000 });
  expect(said(spec, 'internet', 'tcp 8.8.8.8:40000 -> 198.51.100.10:8080')).toMatch(
    /^denied: security-group sg-target/,
  );
});

test('each step says what the balancer does, by the file that says so', () => {
  const { hops, returnHops } = run(behind(alb), 'eni-c', toNode, { web: own });
  expect(hops.map(({ detail }) => detail)).toContain('load balancer `web` listens on TCP 443');
  expect(hops.map(({ detail }) => detail)).toContain(
    '`web` sends to 10.0.1.10:8080, a target of `app`, as from 10.0.9.30',
  );
  const files = hops.filter(({ kind }) => ['load-balancer', 'target-group'].includes(kind));
  expect(files.map(({ source }) => source?.file)).toEqual([
    expect.stringContaining('describe-listeners'),
    expect.stringContaining('describe-target-health'),
  ]);
  expect(returnHops?.map(({ detail }) => detail)).toContain(
    '`web` gives the reply back to 10.0.9.77, as from 10.0.9.30',
  );
});

test('without a packet to go on it is delivered at the node, and answered there', () => {
  expect(said(behind(alb), 'eni-c', toNode)).toBe('eni-web-pub');
  expect(said(behind(nlb, kept), 'eni-c', toNode)).toBe('eni-web-pub');
});

test('a node takes what some listener listens for, and pings unless it is a Network Load Balancer', () => {
  const port = 'tcp 10.0.9.77:40000 -> 10.0.9.30:80';
  const ping = 'icmp 10.0.9.77 -> 10.0.9.30';
  const udp = 'udp 10.0.9.77:40000 -> 10.0.9.30:443';
  expect(said(behind(alb), 'eni-c', port)).toMatch(/ELBV2_LISTENER_PORT_RESTRICTION$/);
  expect(said(behind(alb), 'eni-c', udp)).toMatch(/ELBV2_LISTENERS_MISMATCH$/);
  expect(said(behind(clb), 'eni-c', port)).toMatch(/ ELB_LISTENER_PORT_RESTRICTION$/);
  expect(said(behind(nlb, kept), 'eni-c', ping)).toMatch(/ELBV2_LISTENERS_MISMATCH$/);
  expect(said(behind(alb), 'eni-c', ping)).toBe('eni-web-pub');
  expect(said(behind(clb), 'eni-c', ping)).toBe('eni-web-pub');
  expect(said(behind(alb), 'eni-c', ping, { web: 'icmp 10.0.9.30 -> 10.0.1.10' })).toMatch(/^denied: load-balancer/);
  const both = { ...nlb, listeners: ['TCP_UDP 443 app'] };
  expect(said(behind(both, { ...kept, protocol: 'TCP_UDP' }), 'eni-c', udp)).toBe('eni-web-pub');
});

test('it sends to registered addresses and ports alone, and from its own node', () => {
  const spec = behind(alb);
  const to = (sent: string | readonly [string, string]) => said(spec, 'eni-c', toNode, { web: sent });
  expect(to('tcp 10.0.9.30:5000 -> 10.0.1.11:8080')).toBe('denied: load-balancer web TARGET_ADDRESS_RESTRICTION');
  expect(to('tcp 10.0.9.30:5000 -> 10.0.1.10:443')).toBe('denied: load-balancer web TARGET_PORT_RESTRICTION');
  expect(to('udp 10.0.9.30:5000 -> 10.0.1.10:8080')).toBe('denied: load-balancer web PROTOCOL_RESTRICTION');
  expect(to('tcp 10.0.9.30:80 -> 10.0.1.10:8080')).toBe('denied: load-balancer web REMAP_EPHEMERAL_PORT');
  expect(to('tcp 10.0.9.31:5000 -> 10.0.1.10:8080')).toBe('denied: load-balancer web ENI_ADDRESS_RESTRICTION');
  expect(to('tcp 198.51.100.30:5000 -> 10.0.1.10:8080')).toBe('denied: load-balancer web ENI_ADDRESS_RESTRICTION');
  expect(to(asClient)).toBe('denied: load-balancer web ENI_ADDRESS_RESTRICTION');
  expect(to(`${own} fragment`)).toBe('denied: load-balancer web');
  expect(to(['eni-i2', own])).toBe('denied: load-balancer web');
  expect(to(own)).toBe('eni-i1');
});

test('what is declared to drop drops, and a listener that forwards nowhere answers itself', () => {
  const spec = behind(alb);
  const not = [passes(balancerNamed(spec, 'web'))];
  expect(said(spec, 'eni-c', toNode, { web: own }, { not })).toBe('denied: load-balancer web');
  expect(said(spec, 'eni-c', toNode, {}, { not })).toBe('eni-web-pub');
  const redirect = behind({ ...alb, listeners: ['HTTPS 443 redirect'] });
  expect(said(redirect, 'eni-c', toNode)).toBe('eni-web-pub');
  expect(said(redirect, 'eni-c', toNode, { web: own })).toBe('denied: load-balancer web ELBV2_LISTENER_HAS_NO_TG');
});

test('a rule for clients in a block is for no others', () => {
  const spec = (block: string) => behind({ ...alb, listeners: [`HTTPS 443 fixed | app from ${block}`] });
  expect(said(spec('10.0.9.0/24'), 'eni-c', toNode, { web: own })).toBe('eni-i1');
  expect(said(spec('10.0.8.0/24'), 'eni-c', toNode, { web: own })).toBe('denied: load-balancer web');
});

test('nothing goes to a function, nor by listeners that nobody read', () => {
  const lambda = behind(
    { ...alb, listeners: ['HTTPS 443 f'] },
    {
      id: 'f',
      type: 'lambda',
      targets: ['arn:aws:lambda:us-east-1:111122223333:function:f'],
    },
  );
  expect(said(lambda, 'eni-c', toNode, { web: own })).toMatch(/TARGET_ADDRESS_RESTRICTION$/);
  const { listeners: _, ...rest } = alb;
  const opaque = behind(rest);
  expect(said(opaque, 'eni-c', toNode, { web: own })).toBe('eni-web-pub');
  const sides = [passes(balancerNamed(opaque, 'web'))];
  expect(said(opaque, 'eni-c', toNode, { web: own }, { sides })).toBe('eni-i1');
});

const second = 'tcp 10.0.9.30:5000 -> 10.0.2.10:8080';
const everywhere: Partial<BalancerSpec> = { at: [...at, { subnet: 'subnet-s2', ips: ['10.0.2.30'] }] };

test('without crossing zones a node sends to targets of its own zone', () => {
  const spec = behind({ ...alb, ...everywhere }, { ...app, crossZone: false });
  expect(said(spec, 'eni-c', toNode, { web: own })).toBe('eni-i1');
  expect(said(spec, 'eni-c', toNode, { web: second })).toBe('denied: load-balancer web ELBV2_NO_TARGETS_IN_AZ');
  expect(said(behind({ ...alb, ...everywhere }), 'eni-c', toNode, { web: second })).toBe('eni-i2');
  const classic = behind({ ...clb, ...everywhere, instances: ['i-i2'] });
  expect(said(classic, 'eni-c', toNode, { web: second })).toBe('denied: load-balancer web ELB_NOT_CROSSZONE');
  const crossing = behind({ ...clb, ...everywhere, instances: ['i-i2'], crossZone: true });
  expect(said(crossing, 'eni-c', toNode, { web: second })).toBe('eni-i2');
});

test('a setting that nobody read lets zones be crossed where it is taken to', () => {
  const spec = behind({ ...alb, ...everywhere });
  const network = regrouped(spec, { crossZone: unread });
  expect(said(spec, 'eni-c', toNode, { web: own }, {}, network)).toBe('eni-i1');
  expect(said(spec, 'eni-c', toNode, { web: second }, {}, network)).toMatch(/ELBV2_NO_TARGETS_IN_AZ$/);
  expect(said(spec, 'eni-c', toNode, { web: second }, { sides: [key] }, network)).toBe('eni-i2');
});

test('a target by its address stands in every zone or in one that is told; else it is taken to', () => {
  const group = (target: string): TargetGroupSpec => ({ ...app, type: 'ip', crossZone: false, targets: [target] });
  const spec = (target: string) => behind({ ...alb, ...everywhere }, group(target));
  expect(said(spec('10.0.2.10@all'), 'eni-c', toNode, { web: second })).toBe('eni-i2');
  expect(said(spec('10.0.2.10@az2'), 'eni-c', toNode, { web: second })).toMatch(/ELBV2_NO_TARGETS_IN_AZ$/);
  const untold = regrouped(spec('10.0.2.10@az2'), {
    targets: [
      {
        kind: 'address',
        id: '10.0.2.10',
        address: { family: 'ipv4', value: 0x0a00020an },
        port: 8080,
        source: { file: '', place: '' },
      },
    ],
  });
  const tell = (more: Ask) => said(spec('10.0.2.10@az2'), 'eni-c', toNode, { web: second }, more, untold);
  expect(tell({})).toMatch(/ELBV2_NO_TARGETS_IN_AZ$/);
  expect(tell({ sides: [passes(balancerNamed(spec('10.0.2.10@az2'), 'web'))] })).toBe('eni-i2');
});

test('zones without a node and targets that are not healthy get something only by their facts', () => {
  expect(said(behind(alb), 'eni-c', toNode, { web: second })).toBe(
    'denied: load-balancer web ELB_INSTALLED_AZ_RESTRICTION',
  );
  expect(said(behind(alb), 'eni-c', toNode, { web: second }, { sides: ['fact:12.10'] })).toBe('eni-i2');
  const ill = behind(alb, { ...app, targets: ['i-i1 draining'] });
  expect(said(ill, 'eni-c', toNode, { web: own })).toBe('denied: load-balancer web');
  expect(said(ill, 'eni-c', toNode, { web: own }, { sides: ['fact:12.10-health'] })).toBe('eni-i1');
});

test("a target admits by the balancer's group, though the client's address is kept (T74), and not by the client's", () => {
  const spec = behind(nlb, kept);
  expect(said(spec, 'eni-c', toNode, { web: asClient })).toBe('eni-i1');
  expect(said(spec, 'eni-c', toNode, { web: own })).toMatch(/ELBV2_SOURCE_ADDRESS_PRESERVATION$/);
  const byClient = behind(nlb, kept, { groups: [{ id: 'sg-target', in: ['tcp 8080 sg-egr'] }] });
  expect(said(byClient, 'eni-c', toNode, { web: asClient })).toMatch(/security-group sg-target/);
  const byBlock = behind(nlb, kept, { groups: [{ id: 'sg-target', in: ['tcp 8080 10.0.9.77/32'] }] });
  expect(said(byBlock, 'eni-c', toNode, { web: asClient })).toBe('eni-i1');
});

test("a node's own groups decide what leaves it", () => {
  const spec = behind(alb, app, { groups: [{ id: 'sg-lb', out: ['tcp 443 0.0.0.0/0'] }] });
  expect(said(spec, 'eni-c', toNode, { web: own })).toMatch(/^denied: security-group sg-lb/);
  expect(said(spec, 'eni-c', toNode)).toBe('eni-web-pub');
});

test("the client's address and port are both kept, or neither", () => {
  const spec = behind(nlb, kept);
  expect(said(spec, 'eni-c', toNode, { web: 'tcp 10.0.9.77:40001 -> 10.0.1.10:8080' })).toMatch(/PRESERVATION$/);
  const fragment = `${toNode} fragment`;
  expect(said(spec, 'eni-c', fragment, { web: asClient })).toMatch(/PRESERVATION$/);
  expect(said(spec, 'eni-c', fragment, { web: `${asClient} fragment` })).toBe('eni-i1');
  const proxied = behind(nlb, { ...kept, preserve: false });
  expect(said(proxied, 'eni-c', fragment, { web: own })).toBe('eni-i1');
  expect(said(proxied, 'eni-c', toNode, { web: asClient })).toMatch(/ENI_ADDRESS_RESTRICTION$/);
});

test('whether it is kept was not read: either way, where that is taken', () => {
  const spec = behind(nlb, kept);
  const network = regrouped(spec, { preservesClientIp: unread });
  for (const sent of [own, asClient]) {
    expect(said(spec, 'eni-c', toNode, { web: sent }, {}, network)).toMatch(/PRESERVATION$/);
    expect(said(spec, 'eni-c', toNode, { web: sent }, { sides: [key] }, network)).toBe('eni-i1');
  }
});

test('a target never reaches itself by a balancer that keeps its address', () => {
  const text = 'tcp 10.0.1.10:40000 -> 10.0.9.30:443';
  const more = { groups: [{ id: 'sg-target', in: ['tcp 8080 sg-lb'], out: ['all 0.0.0.0/0'] }] };
  const self = 'tcp 10.0.1.10:40000 -> 10.0.1.10:8080';
  expect(said(behind(nlb, kept, more), 'eni-i1', text, { web: self })).toBe('denied: load-balancer web');
  expect(said(behind(nlb, { ...kept, preserve: false }, more), 'eni-i1', text, { web: own })).toBe('eni-i1');
});

/** VPC B 10.1.0.0/16 with host B in it, by a peering connection or a transit gateway. */
const abroad = (way: 'pcx-1' | 'tgw-1'): Change => ({
  vpcs: [{ id: 'vpc-b', cidrs: ['10.1.0.0/16'] }],
  subnets: [{ id: 'subnet-b', vpc: 'vpc-b', cidrs: ['10.1.1.0/24'], zone: 'az1', table: 'rtb-b' }],
  tables: [
    { id: 'rtb-b', vpc: 'vpc-b', main: true, routes: [`10.0.0.0/16 ${way}`] },
    { id: 'rtb-pub', vpc: 'vpc-a', routes: ['0.0.0.0/0 igw-a', `10.1.0.0/16 ${way}`] },
  ],
  acls: [
    { id: 'acl-b', vpc: 'vpc-b', default: true, in: ['100 allow all 0.0.0.0/0'], out: ['100 allow all 0.0.0.0/0'] },
  ],
  groups: [{ id: 'sg-b', vpc: 'vpc-b', in: ['tcp 8080 10.0.0.0/16'], out: [] }],
  interfaces: [{ id: 'eni-b', subnet: 'subnet-b', ips: ['10.1.1.10'], groups: ['sg-b'] }],
  ...(way === 'pcx-1'
    ? { opaque: [{ id: 'pcx-1', vpcs: ['vpc-a', 'vpc-b'] }] }
    : {
        tgws: [{ id: 'tgw-1' }],
        attachments: [
          { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-pub'], table: 'tgw-rtb-1' },
          { id: 'tgw-attach-b', gateway: 'tgw-1', to: 'vpc-b', subnets: ['subnet-b'], table: 'tgw-rtb-1' },
        ],
        transitTables: [
          { id: 'tgw-rtb-1', gateway: 'tgw-1', routes: ['10.0.0.0/16 tgw-attach-a', '10.1.0.0/16 tgw-attach-b'] },
        ],
      }),
});
const far: TargetGroupSpec = { ...kept, type: 'ip', targets: ['10.1.1.10@all'] };

test('a target beyond a transit gateway is reached by the node, and never as from the client (T75)', () => {
  const proxied = behind(nlb, { ...far, preserve: false }, abroad('tgw-1'));
  expect(said(proxied, 'eni-c', toNode, { web: 'tcp 10.0.9.30:5000 -> 10.1.1.10:8080' })).toBe('eni-b');
  const spec = behind(nlb, { ...far, preserve: true }, abroad('tgw-1'));
  const sent = { web: 'tcp 10.0.9.77:40000 -> 10.1.1.10:8080' };
  expect(said(spec, 'eni-c', toNode, sent)).toMatch(/ELBV2_SOURCE_ADDRESS_PRESERVATION$/);
  expect(said(spec, 'eni-c', toNode, { web: 'tcp 10.0.9.30:5000 -> 10.1.1.10:8080' })).toMatch(/PRESERVATION$/);
  expect(said(spec, 'eni-c', toNode, sent, { mode: 'packet', not: ['fact:12.13'] })).toBe('eni-b');
});

test('in a peered VPC a target sees the client, and its reply comes back by a fact alone', () => {
  const spec = behind(nlb, { ...far, preserve: true }, abroad('pcx-1'));
  const sent = { web: 'tcp 10.0.9.77:40000 -> 10.1.1.10:8080' };
  expect(said(spec, 'eni-c', toNode, sent)).toMatch(/^eni-b, no reply: reply load-balancer web/);
  expect(said(spec, 'eni-c', toNode, sent, { sides: ['fact:12.16'] })).toBe('eni-b');
});

const narrow = (out: string, into: string): Change => ({
  acls: [
    { id: 'acl-t', vpc: 'vpc-a', in: ['100 allow all 0.0.0.0/0'], out: [out] },
    { id: 'acl-n', vpc: 'vpc-a', in: ['90 allow tcp 443 0.0.0.0/0', into], out: ['100 allow all 0.0.0.0/0'] },
  ],
  subnets: [
    { id: 'subnet-s1', acl: 'acl-t' },
    { id: 'subnet-pub', acl: 'acl-n' },
  ],
});

test("a target's reply to the node goes by routes and network ACLs", () => {
  const spec = (out: string, into: string) => behind(alb, app, narrow(out, into));
  const text = 'tcp 8.8.8.8:40000 -> 198.51.100.30:443';
  const all = '100 allow all 0.0.0.0/0';
  expect(
    said(spec('100 allow tcp 5000 10.0.9.30/32', '100 allow tcp 5000 10.0.1.10/32'), 'internet', text, { web: own }),
  ).toBe('eni-i1');
  expect(said(spec('100 allow tcp 40000 8.8.8.8/32', all), 'internet', text, { web: own })).toMatch(
    /no reply: reply network-acl acl-t/,
  );
  expect(said(spec(all, '100 allow tcp 5001 10.0.1.10/32'), 'internet', text, { web: own })).toMatch(
    /no reply: reply network-acl acl-n/,
  );
});

test("a target's reply to the client's own address passes network ACLs, and needs a route that nobody follows", () => {
  const text = 'tcp 8.8.8.8:40000 -> 198.51.100.30:443';
  const sent = { web: 'tcp 8.8.8.8:40000 -> 10.0.1.10:8080' };
  const all = '100 allow all 0.0.0.0/0';
  const routed = (route: string): Change => ({ tables: [{ id: 'rtb-s1', routes: [route] }] });
  const nat: Change = { nats: [{ id: 'nat-1', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] }] };
  const open = behind(nlb, kept, nat, routed('0.0.0.0/0 nat-1'));
  const result = run(open, 'internet', text, sent);
  expect(verdict(result)).toBe('eni-i1');
  expect(result.returnHops?.map(({ kind }) => kind)).not.toContain('nat-gateway');

  const without = behind(nlb, kept);
  expect(said(without, 'internet', text, sent)).toMatch(/^eni-i1, no reply: reply load-balancer web/);
  expect(said(without, 'internet', text, sent, { sides: ['fact:12.16'] })).toBe('eni-i1');
  const hole = behind(nlb, kept, nat, routed('0.0.0.0/0 nat-1 blackhole'));
  expect(said(hole, 'internet', text, sent)).toMatch(/^eni-i1, no reply/);

  const filtered = (out: string, into: string) => behind(nlb, kept, nat, routed('0.0.0.0/0 nat-1'), narrow(out, into));
  const right = filtered('100 allow tcp 40000 8.8.8.8/32', '100 allow tcp 40000 10.0.1.10/32');
  expect(said(right, 'internet', text, sent)).toBe('eni-i1');
  expect(said(filtered('100 allow tcp 5000 10.0.9.30/32', all), 'internet', text, sent)).toMatch(
    /no reply: reply network-acl acl-t/,
  );
  expect(said(filtered(all, '100 allow tcp 40000 8.8.8.8/32'), 'internet', text, sent)).toMatch(
    /no reply: reply network-acl acl-n/,
  );
});

test('a target in the subnet of its client answers through the node all the same', () => {
  const text = 'tcp 10.0.2.77:40000 -> 10.0.9.30:443';
  const sent = { web: 'tcp 10.0.2.77:40000 -> 10.0.2.10:8080' };
  const spec = behind({ ...nlb, ...everywhere }, kept);
  const result = run(spec, 'eni-d', text, sent);
  expect(verdict(result)).toBe('eni-i2');
  expect(result.returnHops?.filter(({ kind }) => kind === 'load-balancer')).toHaveLength(1);
});

test('a route table that nobody read has the route where it is taken to', () => {
  const spec = behind(nlb, kept);
  const network = networkOf(spec);
  const routeTable = { unread: 'describe-route-tables', subject: 'subnet-s1' };
  const subnets = new Map([...network.subnets, ['subnet-s1', { ...network.subnets.get('subnet-s1')!, routeTable }]]);
  const blind = { ...network, subnets };
  expect(said(spec, 'eni-c', toNode, { web: asClient }, {}, blind)).toMatch(/no reply: reply load-balancer web/);
  const sides = ['unread:describe-route-tables:subnet-s1'];
  expect(said(spec, 'eni-c', toNode, { web: asClient }, { sides }, blind)).toBe('eni-i1');
});

const walled: Change = {
  subnets: [{ id: 'subnet-fw', vpc: 'vpc-a', cidrs: ['10.0.8.0/24'], zone: 'az1', table: 'rtb-fw' }],
  tables: [
    { id: 'rtb-fw', vpc: 'vpc-a', routes: [] },
    { id: 'rtb-pub', vpc: 'vpc-a', routes: ['0.0.0.0/0 igw-a', '10.0.1.0/24 vpce-fw'] },
  ],
  firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-fw', ip: '10.0.8.5', firewall: 'fw-1' }],
  groups: [{ id: 'sg-target', in: ['tcp 8080 0.0.0.0/0'] }],
};

test('a firewall between node and target sees the reply to the node, and none to the client', () => {
  const sides = [passes([...networkOf(behind(alb, app, walled)).firewalls.keys()][0]!)];
  const back: Change = { tables: [{ id: 'rtb-s1', vpc: 'vpc-a', routes: ['10.0.9.0/24 vpce-fw'] }] };
  expect(said(behind(alb, app, walled, back), 'eni-c', toNode, { web: own }, { sides })).toBe('eni-i1');
  expect(said(behind(alb, app, walled), 'eni-c', toNode, { web: own }, { sides })).toMatch(
    /no reply: reply firewall-endpoint/,
  );
  expect(said(behind(nlb, kept, walled, back), 'eni-c', toNode, { web: asClient }, { sides })).toMatch(
    /^eni-i1, no reply/,
  );
});

test('a reply to the client that goes round the node is none of the flow that it began', () => {
  const sides = [passes([...networkOf(behind(nlb, kept, walled)).firewalls.keys()][0]!)];
  const back: Change = { tables: [{ id: 'rtb-s1', vpc: 'vpc-a', routes: ['10.0.9.0/24 vpce-fw'] }] };
  const more = { sides, not: ['fact:4.24'] };
  const spec = behind(nlb, kept, walled, back);
  expect(said(spec, 'eni-c', toNode, { web: asClient }, more)).toMatch(
    /^eni-i1, no reply: reply security-group sg-egr/,
  );
});

test('a firewall before the node sees the reply that the node gives back, and one on both sides sees both', () => {
  const sides = [passes([...networkOf(behind(alb, app, walled)).firewalls.keys()][0]!)];
  const before = (...routes: readonly string[]): Change => ({
    tables: [
      { id: 'rtb-s2', vpc: 'vpc-a', routes: ['10.0.9.0/24 vpce-fw'] },
      { id: 'rtb-pub', vpc: 'vpc-a', routes: ['0.0.0.0/0 igw-a', ...routes] },
      { id: 'rtb-s1', vpc: 'vpc-a', routes: routes.length > 1 ? ['10.0.9.0/24 vpce-fw'] : [] },
    ],
  });
  const text = 'tcp 10.0.2.77:40000 -> 10.0.9.30:443';
  const over = (balancer: BalancerSpec, group: TargetGroupSpec, sent: string, ...routes: readonly string[]) =>
    said(behind(balancer, group, walled, before(...routes)), 'eni-d', text, { web: sent }, { sides });
  expect(over(alb, app, own, '10.0.2.0/24 vpce-fw')).toBe('eni-i1');
  expect(over(alb, app, own, '10.0.2.0/24 vpce-fw', '10.0.1.0/24 vpce-fw')).toBe('eni-i1');
  expect(over(alb, app, own)).toMatch(/no reply: reply firewall-endpoint/);
  const seen = 'tcp 10.0.2.77:40000 -> 10.0.1.10:8080';
  expect(over(nlb, kept, seen, '10.0.2.0/24 vpce-fw')).toBe('eni-i1');
  expect(over(nlb, kept, seen)).toMatch(/no reply: reply firewall-endpoint/);
});

test('a Classic Load Balancer is filtered by the network ACL of the subnet that it shares with an instance (T29)', () => {
  const near = (out: string, into: string): Spec =>
    behind({ ...clb, instances: ['i-i1'] }, app, {
      interfaces: [{ id: 'eni-i1', subnet: 'subnet-pub', ips: ['10.0.9.10'], groups: ['sg-target'] }],
      acls: [{ id: 'acl-n', vpc: 'vpc-a', in: [into], out: [out] }],
      subnets: [{ id: 'subnet-pub', acl: 'acl-n' }],
    });
  const sent = { web: 'tcp 10.0.9.30:5000 -> 10.0.9.10:8080' };
  const [out, into] = ['100 allow tcp 8080 10.0.9.10/32', '100 allow tcp 5000 10.0.9.10/32'];
  expect(said(near(out, into), 'eni-c', toNode, sent)).toBe('eni-i1');
  expect(said(near('100 allow tcp 80 0.0.0.0/0', into), 'eni-c', toNode, sent)).toBe(
    'denied: network-acl acl-n ELB_ACL_RESTRICTION',
  );
  // Of what the instance answers the fact says nothing.
  expect(said(near(out, '100 allow tcp 80 0.0.0.0/0'), 'eni-c', toNode, sent)).toBe('eni-i1');
  const other = world(around, {
    balancers: [alb],
    targetGroups: [{ ...app, targets: ['i-i1'] }],
    interfaces: [{ id: 'eni-i1', subnet: 'subnet-pub', ips: ['10.0.9.10'], groups: ['sg-target'] }],
    acls: [{ id: 'acl-n', vpc: 'vpc-a', in: [], out: [] }],
    subnets: [{ id: 'subnet-pub', acl: 'acl-n' }],
  });
  expect(said(other, 'eni-c', toNode, sent)).toBe('eni-i1');
});

test('an Application Load Balancer behind a Network Load Balancer sees the client, its targets see it', () => {
  const thin: BalancerSpec = {
    ...nlb,
    id: 'thin',
    at: [{ subnet: 'subnet-pub', ips: ['10.0.9.31'] }],
    listeners: ['TCP 443 proxy'],
  };
  const proxy: TargetGroupSpec = {
    id: 'proxy',
    vpc: 'vpc-a',
    protocol: 'TCP',
    port: 443,
    type: 'alb',
    targets: ['web'],
  };
  const spec = behind(alb, app, { balancers: [thin], targetGroups: [proxy] });
  const text = 'tcp 10.0.9.77:40000 -> 10.0.9.31:443';
  const sends = { thin: 'tcp 10.0.9.77:40000 -> 10.0.9.30:443', web: own };
  const result = run(spec, 'eni-c', text, sends);
  expect(verdict(result)).toBe('eni-i1');
  expect(result.returnHops?.filter(({ kind }) => kind === 'load-balancer')).toHaveLength(2);
  expect(said(spec, 'eni-c', text, { thin: sends.thin })).toBe('eni-web-pub');
  expect(said(spec, 'eni-c', text, { thin: asClient })).toMatch(/TARGET_ADDRESS_RESTRICTION$/);
  const network = networkOf(spec);
  const gone = { ...network.interfaces.get('eni-web-pub')!, attached: false };
  const detached = { ...network, interfaces: new Map([...network.interfaces, [gone.id, gone]]) };
  expect(said(spec, 'eni-c', text, sends, {}, detached)).toMatch(/TARGET_ADDRESS_RESTRICTION$/);
});

test('a flow goes by several nodes in turn, and by one again where it is sent there', () => {
  const group: TargetGroupSpec = {
    ...kept,
    type: 'ip',
    preserve: false,
    port: 443,
    targets: ['10.0.2.30', '10.0.9.30'],
  };
  const spec = behind({ ...nlb, ...everywhere }, group);
  const on = 'tcp 10.0.9.30:5000 -> 10.0.2.30:443';
  expect(said(spec, 'eni-c', toNode, { web: on })).toBe('eni-web-s2');
  const back = ['eni-web-s2', 'tcp 10.0.2.30:6000 -> 10.0.9.30:443'] as const;
  expect(said(spec, 'eni-c', toNode, { web: on, 'web 2': back })).toBe('eni-web-pub');
  expect(said(spec, 'eni-c', toNode, { web: on, 'web 2': back, 'web 3': on })).toBe('eni-web-s2');
});

test('a dual-stack balancer sends to targets of the other family as from itself, and answers in the first', () => {
  const six: Change = { interfaces: [{ id: 'eni-c', ips: ['10.0.9.77', '2600:1f18:a:9::77'] }] };
  const dual = [{ subnet: 'subnet-pub', ips: ['10.0.9.30', '2600:1f18:a:9::30'] }];
  const text = 'tcp [2600:1f18:a:9::77]:40000 -> [2600:1f18:a:9::30]:443';
  for (const [balancer, group] of [
    [alb, app],
    [nlb, kept],
  ] as const) {
    const spec = world6(around, six, { balancers: [{ ...balancer, at: dual }], targetGroups: [group] });
    const result = run(spec, 'eni-c', text, { web: own });
    expect(verdict(result)).toBe('eni-i1');
    expect(result.returnHops?.at(-1)?.packet).toMatchObject({ src: { family: 'ipv6' }, srcPort: 443, dstPort: 40000 });
  }
});
