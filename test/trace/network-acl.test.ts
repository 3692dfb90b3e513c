import { expect, test } from 'vitest';
import { type AclWords, send, verdict, world } from './world.ts';

const text = 'tcp 10.0.1.5:40000 -> 10.0.2.5:443';
const withAcl = (words: AclWords, subnet: 'subnet-1' | 'subnet-2' = 'subnet-1') =>
  world({
    acls: { 'acl-x': words },
    subnets: {
      [subnet]: { cidrs: [subnet === 'subnet-1' ? '10.0.1.0/24' : '10.0.2.0/24'], table: 'rtb-1', acl: 'acl-x' },
    },
    interfaces: { 'eni-1b': { subnet: 'subnet-1', ips: ['10.0.1.6'] } },
  });

const server = (out: string) => withAcl({ in: ['100 allow tcp/443 0.0.0.0/0'], out: [out] }, 'subnet-2');

const twoEntries = (deny: number, allow: number) =>
  withAcl(
    { in: [`${deny} deny tcp/22 0.0.0.0/0`, `${allow} allow all 0.0.0.0/0`], out: ['100 allow all 0.0.0.0/0'] },
    'subnet-2',
  );

test('a network ACL is not asked inside one subnet', () => {
  const network = withAcl({ in: [], out: [] });
  expect(verdict(send(network, 'eni-1', 'tcp 10.0.1.5:40000 -> 10.0.1.6:22'))).toBe('eni-1b');
  expect(verdict(send(network, 'eni-1', text))).toBe('denied: network-acl acl-x SUBNET_ACL_RESTRICTION');
});

test('a reply needs an ephemeral port open in the network ACL', () => {
  expect(verdict(send(server('100 allow tcp/32768-60999 10.0.1.0/24'), 'eni-1', text))).toBe('eni-2');
  expect(verdict(send(server('100 allow tcp/443 10.0.1.0/24'), 'eni-1', text))).toBe(
    'eni-2, no reply: reply network-acl acl-x SUBNET_ACL_RESTRICTION',
  );
  expect(
    verdict(send(server('100 allow tcp/32768-60999 10.0.1.0/24'), 'eni-1', 'tcp 10.0.1.5:61001 -> 10.0.2.5:443')),
  ).toMatch(/no reply/);
});

test('the lowest-numbered matching entry decides', () => {
  const ssh = 'tcp 10.0.1.5:40000 -> 10.0.2.5:22';
  expect(verdict(send(twoEntries(90, 100), 'eni-1', ssh))).toMatch(/^denied/);
  expect(verdict(send(twoEntries(100, 90), 'eni-1', ssh))).toBe('eni-2');
});

test('the rules that AWS adds last are shown as `*`, whether they were read or not', () => {
  const shown = (inbound: readonly string[]) => {
    const hop = send(withAcl({ in: inbound, out: [] }, 'subnet-2'), 'eni-1', text).blocks[0]?.hop;
    return [hop?.rule, hop?.detail.replace(/^.* (rule \S+) .*$/, '$1')];
  };
  expect(shown(['32767 deny all 0.0.0.0/0'])).toEqual(['rule *', 'rule *']);
  expect(shown([])).toEqual(['rule *', 'rule *']);
  expect(shown(['32766 deny all 0.0.0.0/0'])).toEqual(['rule 32766', 'rule 32766']);
});

test('an entry of one family says nothing of the other', () => {
  const network = world({
    acls: { 'acl-x': { in: ['100 allow all 0.0.0.0/0'], out: ['100 allow all 0.0.0.0/0'] } },
    subnets: { 'subnet-2': { cidrs: ['10.0.2.0/24', '2600:1f00:a:2::/64'], table: 'rtb-2', acl: 'acl-x' } },
  });
  expect(verdict(send(network, 'eni-1', 'tcp [2600:1f00:a:1::5]:40000 -> [2600:1f00:a:2::5]:443'))).toMatch(
    /^denied: network-acl acl-x/,
  );
});

test('an unread network ACL admits by declared side', () => {
  const acl = { unread: 'describe-network-acls', subject: 'subnet-1' };
  const network = world({ subnets: { 'subnet-1': { cidrs: ['10.0.1.0/24'], table: 'rtb-1', acl } } });
  expect(verdict(send(network, 'eni-1', text))).toMatch(/^denied: network-acl subnet-1/);
  expect(verdict(send(network, 'eni-1', text, { sides: ['unread:describe-network-acls:subnet-1'] }))).toBe('eni-2');
});

test('every denial on the way out and back is listed when the question goes past them', () => {
  const network = world({
    acls: { 'acl-x': { in: [], out: [] } },
    groups: { 'sg-none': {} },
    subnets: { 'subnet-2': { cidrs: ['10.0.2.0/24'], table: 'rtb-2', acl: 'acl-x' } },
    interfaces: { 'eni-2': { subnet: 'subnet-2', ips: ['10.0.2.5'], groups: ['sg-none'] } },
  });
  expect(verdict(send(network, 'eni-1', text, { pastDenials: true }))).toBe(
    'eni-2, with: network-acl acl-x SUBNET_ACL_RESTRICTION, security-group sg-none SG_HAS_NO_RULES, reply network-acl acl-x SUBNET_ACL_RESTRICTION',
  );
});
