import { expect, test } from 'vitest';
import { untoldZone } from '../../src/network/zone.ts';
import { changed, home, into, network, path, routes, sent, toB } from './transit-pair.ts';
import { type Ask, type Words, send, verdict, world } from './world.ts';

test('a flow crosses the gateway and its reply comes back, by the table and the attachments that the path shows', () => {
  const result = send(network, 'eni-1', toB);
  expect(verdict(result)).toBe('eni-b');
  expect(path(result)).toEqual([
    'tgw-attach-a forward',
    'tgw-1 forward',
    'tgw-rtb-1 10.1.0.0/16 -> tgw-attach-b',
    'tgw-attach-b forward',
  ]);
  expect(path({ hops: result.returnHops ?? [] })).toEqual([
    'tgw-attach-b forward',
    'tgw-1 forward',
    'tgw-rtb-1 10.0.0.0/16 -> tgw-attach-a',
    'tgw-attach-a forward',
  ]);
});

test('a modelled gateway counts though it stands among the opaque ones', () => {
  const opaque = { 'tgw-1': { kind: 'transit-gateway', vpcs: ['vpc-a', 'vpc-b'] } } as const;
  expect(sent({ opaque }, 'eni-1', toB)).toBe('eni-b');
  const text = 'tcp 192.168.0.1:40000 -> 10.1.1.5:443';
  const emits = { 'tgw-1': { packet: text, at: { kind: 'vpc', id: 'vpc-b' } } } as const;
  expect(sent({ opaque }, 'onprem', text, { enters: 'tgw-1', emits, sides: ['passes:tgw-1'] })).toMatch(/^denied/);
});

test('the reply needs its own routes', () => {
  expect(sent({ tables: { 'rtb-b': [] } }, 'eni-1', toB)).toBe(
    'eni-b, no reply: reply route-table rtb-b NO_ROUTE_TO_DESTINATION',
  );
  const attachments = {
    'tgw-attach-b': { to: 'vpc-b', subnets: ['subnet-bt'], table: 'tgw-rtb-2' },
  };
  expect(sent({ attachments, transitTables: { 'tgw-rtb-2': [] } }, 'eni-1', toB)).toBe(
    'eni-b, no reply: reply transit-gateway-route-table tgw-rtb-2 TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT',
  );
});

test('an attachment without a table drops what arrives by it, and takes what is sent to it', () => {
  const attachments = { 'tgw-attach-b': { to: 'vpc-b', subnets: ['subnet-bt'] } };
  expect(sent({ attachments }, 'eni-1', toB)).toBe(
    'eni-b, no reply: reply transit-gateway-attachment tgw-attach-b TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION',
  );
});

test('a VPC needs an attachment in force', () => {
  const attachments = (state: string) => ({
    'tgw-attach-a': { to: 'vpc-a', subnets: ['subnet-at'], table: 'tgw-rtb-1', state },
  });
  const pending = { attachments: attachments('pending') };
  expect(sent(pending, 'eni-1', toB)).toBe('denied: transit-gateway tgw-1 BAD_STATE_ATTACHMENT');
  expect(sent(pending, 'eni-1', toB, { sides: ['up:tgw-attach-a'] })).toBe('eni-b');
  expect(sent(pending, 'eni-b', 'tcp 10.1.1.5:40000 -> 10.0.1.5:443', { mode: 'packet' })).toBe(
    'denied: transit-gateway-attachment tgw-attach-a BAD_STATE_ATTACHMENT',
  );
  const elsewhere = { attachments: { 'tgw-attach-a': { to: 'vpc-c', subnets: [], table: 'tgw-rtb-1' } } };
  expect(sent(elsewhere, 'eni-1', toB)).toBe('denied: transit-gateway tgw-1 BAD_STATE_ATTACHMENT');
});

test('any subnet of a zone with an attachment subnet may use the gateway, and none of another zone', () => {
  expect(verdict(send(network, 'eni-2', 'tcp 10.0.2.5:40000 -> 10.1.1.5:443'))).toBe('eni-b');
  expect(verdict(send(network, 'eni-3', 'tcp 10.0.3.5:40000 -> 10.1.1.5:443'))).toBe(
    'denied: transit-gateway-attachment tgw-attach-a TGW_ROUTE_AZ_RESTRICTION',
  );
});

test('a Local Zone goes by a parent zone that is a choice, where it is taken to', () => {
  const text = 'tcp 10.0.3.5:40000 -> 10.1.1.5:443';
  const subnet = (zone: string) => ({ 'subnet-3': { cidrs: ['10.0.3.0/24'], zone, table: 'rtb-a' } });
  const local = { subnets: subnet('use1-bos1-az1') };
  const sides = ['up:tgw-attach-a'];
  expect(sent(local, 'eni-3', text)).toMatch(/TGW_ROUTE_AZ_RESTRICTION$/);
  expect(sent(local, 'eni-3', text, { sides })).toBe('eni-b');
  const there = (zones: Ask['zones']) =>
    into(send(world(changed(local)), 'eni-3', text, { sides, ...(zones === undefined ? {} : { zones }) }));
  expect(there({ 'tgw-attach-a forward': 'subnet-at2' })).toBe('subnet-bt2');
  expect(there({ 'tgw-attach-a forward': 'subnet-at' })).toBe('subnet-bt');
  expect(sent({ subnets: subnet('us-east-1f') }, 'eni-3', text, { sides })).toMatch(/TGW_ROUTE_AZ_RESTRICTION$/);
});

test('a zone told by its id may be one that is told by its name, or that nobody tells', () => {
  const text = 'tcp 10.0.3.5:40000 -> 10.1.1.5:443';
  for (const zone of ['use1-az6', untoldZone('aws_subnet.three')]) {
    const words: Words = { subnets: { 'subnet-3': { cidrs: ['10.0.3.0/24'], zone, table: 'rtb-a' } } };
    expect(sent(words, 'eni-3', text)).toMatch(/TGW_ROUTE_AZ_RESTRICTION$/);
    expect(sent(words, 'eni-3', text, { sides: ['up:tgw-attach-a'] })).toBe('eni-b');
  }
});

test('a regional NAT gateway leaves by any zone of the attachment', () => {
  const words: Words = {
    nats: { 'nat-r': { ips: ['10.0.7.9=203.0.113.9'], routeTable: 'rtb-nat' } },
    tables: { 'rtb-nat': ['10.1.0.0/16 tgw-1'], 'rtb-a': ['10.0.0.0/8 nat-r'] },
  };
  expect(into(send(world(changed(words)), 'eni-1', toB))).toBe('subnet-bt');
  expect(into(send(world(changed(words)), 'eni-1', toB, { zones: { 'tgw-attach-a forward': 'subnet-at2' } }))).toBe(
    'subnet-bt2',
  );
  expect(sent(words, 'eni-1', toB)).toBe('eni-b');
});

test('on the way out the workload subnet admits outward and the attachment subnet inward, and nothing else is asked', () => {
  const words = (name: string, way: 'in' | 'out', rule: string): Words => ({
    acls: {
      [name]: { in: ['9 allow all 0.0.0.0/0'], out: ['9 allow all 0.0.0.0/0'], [way]: [rule, '9 allow all 0.0.0.0/0'] },
    },
  });
  const ask = { mode: 'packet' } as const;
  expect(sent(words('acl-1', 'out', '1 deny all 10.1.0.0/16'), 'eni-1', toB, ask)).toMatch(/network-acl acl-1/);
  expect(sent(words('acl-at', 'in', '1 deny all 10.0.1.0/24'), 'eni-1', toB, ask)).toMatch(/network-acl acl-at/);
  expect(sent(words('acl-at', 'out', '1 deny all 0.0.0.0/0'), 'eni-1', toB, ask)).toBe('eni-b');
  const back = 'tcp 10.1.1.5:40000 -> 10.0.1.5:443';
  expect(sent(words('acl-at', 'out', '1 deny all 10.0.1.0/24'), 'eni-b', back, ask)).toMatch(/network-acl acl-at/);
  expect(sent(words('acl-1', 'in', '1 deny all 10.1.0.0/16'), 'eni-b', back, ask)).toMatch(/network-acl acl-1/);
  expect(sent(words('acl-at', 'in', '1 deny all 0.0.0.0/0'), 'eni-b', back, ask)).toBe('eni-1');
});

test('in the attachment subnet itself both lists are asked on the way out, and none on the way in', () => {
  const words = (inward: string, outward: string): Words => ({
    subnets: { 'subnet-at': { cidrs: ['10.0.8.0/28'], zone: 'az1', table: 'rtb-a', acl: 'acl-at' } },
    interfaces: { 'eni-at': { subnet: 'subnet-at', ips: ['10.0.8.5'] } },
    acls: { 'acl-at': { in: [inward, '9 allow all 0.0.0.0/0'], out: [outward, '9 allow all 0.0.0.0/0'] } },
  });
  const out = 'tcp 10.0.8.5:40000 -> 10.1.1.5:443';
  const ask = { mode: 'packet' } as const;
  expect(sent(words('1 deny all 10.0.8.0/28', '1 allow all 0.0.0.0/0'), 'eni-at', out, ask)).toMatch(/acl-at/);
  expect(sent(words('1 allow all 0.0.0.0/0', '1 deny all 10.1.0.0/16'), 'eni-at', out, ask)).toMatch(/acl-at/);
  expect(sent(words('1 deny all 10.1.0.0/16', '1 deny all 10.0.8.0/28'), 'eni-at', out, ask)).toBe('eni-b');
  const back = 'tcp 10.1.1.5:40000 -> 10.0.8.5:443';
  expect(sent(words('1 deny all 0.0.0.0/0', '1 deny all 0.0.0.0/0'), 'eni-b', back, ask)).toBe('eni-at');
});

test('IPv6 needs the support of both attachments', () => {
  const text = 'tcp [2600:1f00:a:1::5]:40000 -> [2600:1f00:b:1::5]:443';
  expect(verdict(send(network, 'eni-1', text))).toBe('eni-b');
  const without = (id: 'a' | 'b', subnets: string[]) => ({
    attachments: { [`tgw-attach-${id}`]: { to: `vpc-${id}`, subnets, table: 'tgw-rtb-1' } },
  });
  expect(sent(without('a', ['subnet-at']), 'eni-1', text)).toBe(
    'denied: transit-gateway-attachment tgw-attach-a PROTOCOL_RESTRICTION',
  );
  expect(sent(without('b', ['subnet-bt']), 'eni-1', text)).toBe(
    'denied: transit-gateway-attachment tgw-attach-b PROTOCOL_RESTRICTION',
  );
  expect(sent(without('b', ['subnet-bt']), 'eni-1', toB)).toBe('eni-b');
});

test('the longest prefix wins, then static, then prefix list, then propagated; a blackhole that wins drops', () => {
  const lists = { 'pl-b': ['10.1.0.0/16'] };
  const black = /^denied: transit-gateway-route-table tgw-rtb-1 TGW_RTB_BAD_STATE_ROUTE$/;
  const by = (...lines: string[]): string => sent({ ...routes(home, ...lines), lists }, 'eni-1', toB);
  expect(by('10.1.0.0/16 blackhole', '10.1.1.0/24 tgw-attach-b')).toBe('eni-b');
  expect(by('10.1.0.0/16 tgw-attach-b', '10.1.1.0/24 blackhole')).toMatch(black);
  expect(by('10.1.0.0/16 blackhole', '10.1.0.0/16 tgw-attach-b propagated')).toMatch(black);
  expect(by('10.1.0.0/16 tgw-attach-b propagated', 'pl-b blackhole')).toMatch(black);
  expect(by('10.1.0.0/16 tgw-attach-b', 'pl-b blackhole')).toBe('eni-b');
  expect(by()).toBe('denied: transit-gateway-route-table tgw-rtb-1 TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT');
});

test('of two prefix lists with one block the preferred one wins', () => {
  const words = {
    ...routes(home, 'pl-a blackhole', 'pl-b tgw-attach-b'),
    lists: { 'pl-a': ['10.1.0.0/16'], 'pl-b': ['10.1.0.0/16'] },
  };
  expect(sent(words, 'eni-1', toB, { sides: ['prefers:tgw-rtb-1:pl-a'] })).toMatch(/^denied/);
  expect(sent(words, 'eni-1', toB, { sides: ['prefers:tgw-rtb-1:pl-b'] })).toBe('eni-b');
});

test('an unread prefix list holds the destination where it is taken to, in this table', () => {
  const unread = { unread: 'get-managed-prefix-list-entries', subject: 'pl-x' };
  const words = { ...routes(home, '10.1.0.0/16 tgw-attach-b', 'pl-x blackhole'), lists: { 'pl-x': unread } };
  expect(sent(words, 'eni-1', toB)).toBe('eni-b');
  const key = 'unread:get-managed-prefix-list-entries:pl-x@tgw-rtb-1';
  expect(sent(words, 'eni-1', toB, { sides: [key] })).toMatch(/TGW_RTB_BAD_STATE_ROUTE$/);
});

test('a route that comes about is there where it is taken to, and hides the next best then', () => {
  const words = routes(home, '10.1.0.0/16 tgw-attach-a pending', '10.0.0.0/8 tgw-attach-b');
  const ask = { mode: 'packet' } as const;
  expect(sent(words, 'eni-1', toB, ask)).toBe('eni-b');
  expect(sent(words, 'eni-1', toB, { ...ask, sides: ['up:tgw-attach-a'] })).toMatch(/^denied/);
});

test('a table that nobody read leads to the attachment that is chosen, where it is taken to', () => {
  const unread = { unread: 'search-transit-gateway-routes', subject: 'tgw-rtb-1' };
  const words: Words = { transitTables: { 'tgw-rtb-1': unread } };
  const sides = ['unread:search-transit-gateway-routes:tgw-rtb-1'];
  const equals = { 'tgw-rtb-1 forward': 'tgw-attach-b', 'tgw-rtb-1 return': 'tgw-attach-a' };
  const refused = 'denied: transit-gateway-route-table tgw-rtb-1 TGW_RTB_ROUTES_ARE_UNKNOWN';
  expect(sent(words, 'eni-1', toB, { equals })).toBe(refused);
  expect(sent(words, 'eni-1', toB, { sides })).toBe(refused);
  expect(sent(words, 'eni-1', toB, { sides, equals })).toBe('eni-b');
});

test('of attachments with equal cost the choice decides, else the first', () => {
  const words: Words = {
    ...routes(home, '10.1.0.0/16 tgw-attach-v+tgw-attach-b propagated'),
    attachments: { 'tgw-attach-v': { to: 'dxgw-1', table: 'tgw-rtb-1' } },
  };
  expect(sent(words, 'eni-1', toB, { mode: 'packet' })).toBe('onprem');
  expect(sent(words, 'eni-1', toB, { equals: { 'tgw-rtb-1 forward': 'tgw-attach-b' } })).toBe('eni-b');
  expect(sent(words, 'eni-1', toB, { equals: { 'tgw-rtb-1 return': 'tgw-attach-b' }, mode: 'packet' })).toBe('onprem');
});

test('in default mode the source keeps its zone, and is put anywhere where the attachment does not stand in it', () => {
  expect(into(send(network, 'eni-1', toB))).toBe('subnet-bt');
  expect(into(send(network, 'eni-2', 'tcp 10.0.2.5:40000 -> 10.1.1.5:443'))).toBe('subnet-bt2');
  const result = send(network, 'eni-1', toB, { zones: { 'tgw-attach-b forward': 'subnet-bt2' } });
  expect(into(result)).toBe('subnet-bt');
  const far: Words = {
    subnets: { 'subnet-bt': { cidrs: ['10.1.8.0/28'], vpc: 'vpc-b', zone: 'az4', table: 'rtb-bt' } },
  };
  const there = (zones: Ask['zones'] = {}) => send(world(changed(far)), 'eni-1', toB, { zones, mode: 'packet' });
  expect(into(there())).toBe('subnet-bt');
  expect(into(there({ 'tgw-attach-b forward': 'subnet-bt2' }))).toBe('subnet-bt2');
  expect(verdict(there({ 'tgw-attach-b forward': 'subnet-b' }))).toBe(
    'denied: transit-gateway-attachment tgw-attach-b TGW_ATTACH_VPC_AZ_RESTRICTION',
  );
});

test('in appliance mode a flow keeps one zone, its own where the destination stands in it or in no subnet', () => {
  const words: Words = {
    attachments: {
      'tgw-attach-b': { to: 'vpc-b', subnets: ['subnet-bt', 'subnet-bt2'], table: 'tgw-rtb-1', appliance: true },
    },
    ...routes(home, '10.1.0.0/16 tgw-attach-b', '0.0.0.0/0 tgw-attach-b'),
    tables: { 'rtb-a': ['0.0.0.0/0 tgw-1'] },
  };
  const there = (text: string, from = 'eni-1', ask: Ask = {}) =>
    into(send(world(changed(words)), from, text, { zones: { 'tgw-attach-b forward': 'subnet-bt2' }, ...ask }));
  expect(there(toB)).toBe('subnet-bt');
  expect(there('tcp 10.0.1.5:40000 -> 10.1.2.5:443')).toBe('subnet-bt2');
  expect(there('tcp 10.0.1.5:40000 -> 10.1.2.5:443', 'eni-1', { zones: {} })).toBe('subnet-bt');
  expect(there('tcp 10.0.1.5:40000 -> 8.8.8.8:443')).toBe('subnet-bt');
});

test('the zone of a flow is kept for its reply through an inspection VPC in appliance mode alone', () => {
  const words = (appliance: boolean): Words => ({
    vpcs: { 'vpc-i': { cidrs: ['10.9.0.0/16'] } },
    subnets: {
      'subnet-i1': { cidrs: ['10.9.1.0/28'], vpc: 'vpc-i', zone: 'az1', table: 'rtb-i' },
      'subnet-i2': { cidrs: ['10.9.2.0/28'], vpc: 'vpc-i', zone: 'az2', table: 'rtb-i' },
    },
    tables: { 'rtb-i': ['0.0.0.0/0 tgw-1'] },
    attachments: {
      'tgw-attach-a': { to: 'vpc-a', subnets: ['subnet-at', 'subnet-at2'], table: 'tgw-rtb-spoke' },
      'tgw-attach-b': { to: 'vpc-b', subnets: ['subnet-bt', 'subnet-bt2'], table: 'tgw-rtb-spoke' },
      'tgw-attach-i': { to: 'vpc-i', subnets: ['subnet-i1', 'subnet-i2'], table: 'tgw-rtb-1', appliance },
    },
    transitTables: { 'tgw-rtb-spoke': ['0.0.0.0/0 tgw-attach-i'] },
  });
  const crossZone = (appliance: boolean, ask: Ask = {}): string => {
    const result = send(world(changed(words(appliance))), 'eni-1', 'tcp 10.0.1.5:40000 -> 10.1.2.5:443', ask);
    expect(verdict(result)).toBe('eni-b2');
    return `${into(result)} / ${into(result, 'returnHops')}`;
  };
  expect(crossZone(false)).toBe('subnet-i1 subnet-bt / subnet-i2 subnet-at2');
  expect(crossZone(true)).toBe('subnet-i1 subnet-bt / subnet-i1 subnet-at');
  expect(crossZone(true, { zones: { 'tgw-attach-i forward': 'subnet-i2' } })).toBe(
    'subnet-i2 subnet-bt2 / subnet-i2 subnet-at2',
  );
});

test('the attachment subnet’s own table decides what is next', () => {
  const words: Words = {
    tables: { 'rtb-bt': ['10.1.1.0/24 eni-fw'] },
    interfaces: { 'eni-fw': { subnet: 'subnet-b2', ips: ['10.1.2.9'], check: false } },
  };
  expect(sent(words, 'eni-1', toB, { mode: 'packet' })).toBe('denied: network-interface eni-fw');
  expect(sent(words, 'eni-1', toB, { mode: 'packet', sides: ['forwards:eni-fw'] })).toBe('eni-b');
});

test('a gateway leads into a NAT gateway, and not into a peering connection or another gateway of the VPC', () => {
  const words = (target: string): Words => ({
    ...routes(home, '0.0.0.0/0 tgw-attach-b'),
    vpcs: { 'vpc-c': { cidrs: ['10.2.0.0/16'] } },
    subnets: {
      'subnet-c': { cidrs: ['10.2.1.0/24'], vpc: 'vpc-c', table: 'rtb-c' },
      'subnet-nat': { cidrs: ['10.1.9.0/24'], vpc: 'vpc-b', zone: 'az1', table: 'rtb-nat' },
    },
    interfaces: { 'eni-c': { subnet: 'subnet-c', ips: ['10.2.1.5'] } },
    peerings: { 'pcx-1': ['vpc-b', 'vpc-c'] },
    igws: { 'igw-b': { vpc: 'vpc-b' } },
    nats: { 'nat-b': { vpc: 'vpc-b', subnet: 'subnet-nat', ips: ['10.1.9.9=203.0.113.9'] } },
    tables: {
      'rtb-a': ['0.0.0.0/0 tgw-1'],
      'rtb-bt': [`0.0.0.0/0 ${target}`],
      'rtb-nat': ['0.0.0.0/0 igw-b', '10.2.0.0/16 pcx-1', '10.0.0.0/16 tgw-1'],
      'rtb-c': ['10.1.0.0/16 pcx-1'],
    },
  });
  const out = 'tcp 10.0.1.5:40000 -> 8.8.8.8:443';
  expect(sent(words('nat-b'), 'eni-1', out)).toBe('internet');
  expect(sent(words('igw-b'), 'eni-1', out)).toBe(
    'denied: internet-gateway igw-b IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS',
  );
  const s3 = { endpoints: { 's3-b': { endpointType: 'Gateway', vpc: 'vpc-b', serviceName: 's3' } } } as const;
  expect(sent({ ...words('s3-b'), ...s3 }, 'eni-1', out)).toMatch(/^denied: gateway-endpoint s3-b/);
  const vgw = { vgws: { 'vgw-b': { vpc: 'vpc-b' } } };
  expect(sent({ ...words('vgw-b'), ...vgw }, 'eni-1', out, { sides: ['passes:vgw-b'] })).toBe(
    'denied: vpn-gateway vgw-b VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS',
  );
  const toC = 'tcp 10.0.1.5:40000 -> 10.2.1.5:443';
  expect(sent(words('pcx-1'), 'eni-1', toC)).toBe('denied: vpc-peering pcx-1');
  expect(sent(words('nat-b'), 'eni-1', toC)).toBe('eni-c');
});

test('a route back and forth is a loop that ends', () => {
  const words: Words = { ...routes(home, '10.3.0.0/16 tgw-attach-b'), tables: { 'rtb-bt': ['10.3.0.0/16 tgw-1'] } };
  expect(sent(words, 'eni-1', 'tcp 10.0.1.5:40000 -> 10.3.0.1:443')).toMatch(/^denied: /);
});
