/** Web ACLs and the load balancers that they are associated with. */
import { expect, test } from 'vitest';
import { matchSelector } from '../../src/network/selector-match.ts';
import { parseSelector } from '../../src/network/selector.ts';
import type { Network } from '../../src/network/network.ts';
import { waypointOf } from '../../src/policy/waypoints.ts';
import { formatSnapshot, type SourceDocument } from '../../src/sources/index.ts';
import { balancerArn, balancing } from './balancing.ts';
import { documents, network, problems, tiny } from './tiny.ts';

const arnOf = (name: string) =>
  `arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/${name}/0a1b2c3d-0000-4000-8000-${name}`;

const managed = { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } };
const own = { RuleGroupReferenceStatement: { ARN: 'arn:aws:wafv2:eu-west-1:111122223333:regional/rulegroup/own/1' } };

const acl = (name: string, more: object = {}) => ({ ARN: arnOf(name), Name: name, Id: 'x', ...more });

const listed = (...names: readonly string[]): SourceDocument => ({
  file: 'web-acls.json',
  json: { WebACLs: names.map((name) => acl(name)), NextMarker: names.at(-1) },
});

const resources = (name: string, ...ResourceArns: readonly string[]): SourceDocument => ({
  file: `list-resources-for-web-acl.regional-webacl-${name}-0a1b2c3d-0000-4000-8000-${name}.json`,
  json: { ResourceArns },
});

const unread = (name: string) => ({ unread: 'wafv2 list-resources-for-web-acl', subject: arnOf(name) });

const read = (...more: readonly SourceDocument[]) => network(balancing(...more));

test('a web ACL of which only the name was read has unread rule groups and balancers', () => {
  const net = read(listed('front'));
  expect(net.webAcls.get(arnOf('front'))).toMatchObject({
    name: 'front',
    associated: [],
    unread: unread('front'),
    ruleGroups: { unread: 'wafv2 get-web-acl', subject: arnOf('front') },
  });
  expect(net.coverage).toContainEqual(expect.objectContaining({ kind: 'web-acl', status: 'assumed' }));
});

test('its rule groups are those of Firewall Manager and of its own rules, in the order in which they are asked', () => {
  const WebACL = acl('front', {
    Rules: [{ Statement: managed }, { Statement: own }, { Statement: { GeoMatchStatement: {} } }],
    PreProcessFirewallManagerRuleGroups: [{ FirewallManagerStatement: managed }],
  });
  const net = read(listed('front'), { file: 'get-web-acl.json', json: { WebACL, LockToken: 'x' } });
  expect(net.webAcls.get(arnOf('front'))?.ruleGroups).toEqual([
    'AWS:AWSManagedRulesCommonRuleSet',
    'AWS:AWSManagedRulesCommonRuleSet',
    own.RuleGroupReferenceStatement.ARN,
  ]);
});

test('its resources are all the balancers that it is associated with', () => {
  const net = read(listed('front', 'spare'), resources('front', balancerArn), resources('spare'));
  expect([...net.webAcls.values()]).toMatchObject([{ associated: [balancerArn] }, { associated: [] }]);
  for (const one of net.webAcls.values()) expect(one).not.toHaveProperty('unread');
  const Request = { WebACLArn: arnOf('front') };
  const asked = read(listed('front'), { file: 'x.json', json: { Request, Response: { ResourceArns: [] } } });
  expect(asked.webAcls.get(arnOf('front'))).not.toHaveProperty('unread');
});

test('resources of another type tell nothing of balancers', () => {
  const Request = { WebACLArn: arnOf('front'), ResourceType: 'API_GATEWAY' };
  const other = read(listed('front'), { file: 'x.json', json: { Request, Response: { ResourceArns: [] } } });
  expect(other.webAcls.get(arnOf('front'))?.unread).toEqual(unread('front'));
  const gateways = read(listed('front'), resources('front', 'arn:aws:apigateway:eu-west-1::/restapis/a/stages/b'));
  expect(gateways.webAcls.get(arnOf('front'))?.unread).toEqual(unread('front'));
});

test('the web ACL of every balancer tells the balancers of every web ACL', () => {
  const WebACL = acl('front', { Rules: [] });
  const file = 'get-web-acl-for-resource.loadbalancer-app-front-0123456789abcdef.json';
  const Request = { ResourceArn: balancerArn };
  for (const one of [
    { file, json: { WebACL } },
    { file: 'x.json', json: { Request, Response: { WebACL } } },
  ]) {
    const net = read(listed('front', 'spare'), one);
    expect(net.webAcls.get(arnOf('front'))).toMatchObject({ associated: [balancerArn], ruleGroups: [] });
    expect(net.webAcls.get(arnOf('spare'))).not.toHaveProperty('unread');
  }
});

test('without the balancers nothing tells that all of them are told', () => {
  expect(network([...documents(tiny), listed('front')]).webAcls.get(arnOf('front'))?.unread).toEqual(unread('front'));
  const net = network([...documents(tiny), listed('front'), resources('front', balancerArn)]);
  const call = 'elbv2 describe-load-balancers';
  expect(net.webAcls.get(arnOf('front'))?.unread).toEqual({ unread: call, subject: arnOf('front') });
});

test('a web ACL for CloudFront is on no balancer', () => {
  const global = { ...acl('edge'), ARN: arnOf('edge').replace('regional/', 'global/') };
  const net = read({ file: 'x.json', json: { WebACLs: [global] } });
  expect([...net.webAcls.values()][0]).not.toHaveProperty('unread');
});

test('an association of one for CloudFront with a balancer, which AWS would refuse, does not count', () => {
  const arn = arnOf('edge').replace('regional/', 'global/');
  const file = 'list-resources-for-web-acl.global-webacl-edge-0a1b2c3d-0000-4000-8000-edge.json';
  const listing = { file: 'x.json', json: { WebACLs: [{ ...acl('edge'), ARN: arn }] } };
  const net = read(listing, { file, json: { ResourceArns: [balancerArn] } });
  expect(net.webAcls.get(arn)?.associated).toEqual([]);
  expect(net.warnings).toContainEqual(expect.stringContaining(`\`${arn}\` is a web ACL for CloudFront`));
});

test('a warning says that a balancer sends requests on where AWS WAF does not answer', () => {
  const attributes = (value: string): SourceDocument => ({
    file: 'describe-load-balancer-attributes.loadbalancer-app-front-0123456789abcdef.json',
    json: {
      Attributes: [
        { Key: 'load_balancing.cross_zone.enabled', Value: 'true' },
        { Key: 'waf.fail_open.enabled', Value: value },
      ],
    },
  });
  const warned = (value: string, ...of: readonly string[]): readonly string[] =>
    read(attributes(value), listed('front'), resources('front', ...of)).warnings.filter((one) =>
      one.includes('waf.fail_open'),
    );
  expect(warned('true', balancerArn)).toEqual([expect.stringContaining(balancerArn)]);
  expect(warned('false', balancerArn)).toEqual([]);
  expect(warned('true')).toEqual([]);
});

test('a balancer with two web ACLs is of two moments', () => {
  const both = balancing(listed('front', 'spare'), resources('front', balancerArn), resources('spare', balancerArn));
  expect(problems(both)).toMatchObject([{ code: 'conflicting-association' }]);
});

test('resources of nobody are a problem, and web ACLs of AWS WAF Classic are passed over by name', () => {
  expect(problems(balancing(listed('front'), { ...resources('front', balancerArn), file: 'x.json' }))).toMatchObject([
    { code: 'unknown-subject', file: 'x.json' },
  ]);
  const net = read({ file: 'classic.json', json: { WebACLs: [{ WebACLId: 'w-1', Name: 'old' }] } });
  expect(net.webAcls.size).toBe(0);
  expect(net.coverage).toContainEqual(expect.objectContaining({ kind: 'WebACLs', status: 'not-modelled' }));
});

const via = (net: Network, text: string) => {
  const selector = parseSelector(text);
  const matches = selector.ok ? matchSelector(net, selector.value) : selector;
  return matches.ok ? waypointOf(net, { text, matches: matches.value }) : matches;
};

test('a path goes by a web ACL where it goes by one of its balancers, if all of them are known', () => {
  const net = read(listed('front'), resources('front', balancerArn));
  expect(via(net, 'web-acl:front')).toEqual({
    ok: true,
    value: { text: 'web-acl:front', ids: new Set([arnOf('front'), balancerArn]) },
  });
  expect(via(read(listed('front')), 'web-acl:*')).toMatchObject({ ok: false, problems: [{ code: 'missing-call' }] });
});

test('a snapshot holds web ACLs', () => {
  const net = read(listed('front', 'spare'), resources('front', balancerArn));
  expect(network([{ file: 'network.json', text: formatSnapshot(net) }])).toEqual(net);
});

test.each([{ WebACLs: {} }, { WebACLs: 'x' }, { WebACLs: [null] }, { WebACLs: ['x'] }])(
  'an answer that holds no web ACLs where they belong is a mistake of the input: %j',
  (json) => {
    expect(problems(balancing({ file: 'web-acls.json', json }))).toContainEqual(
      expect.objectContaining({ code: 'wrong-type', file: 'web-acls.json' }),
    );
  },
);
