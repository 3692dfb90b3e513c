/** Listeners and what they forward to: every answer that tells of them, and what none of them tells. */
import { expect, test } from 'vitest';
import { formatPrefix } from '../../src/net/prefix.ts';
import type { Network } from '../../src/network/network.ts';
import { isUnread, unreadKey } from '../../src/network/resource.ts';
import type { SourceDocument } from '../../src/sources/index.ts';
import {
  balancerArn,
  balancing,
  forward,
  group,
  groupArn,
  groups,
  listener,
  listenerArn,
  listeners,
  networkArn,
  onlyDefault,
  rule,
  rules,
} from './balancing.ts';
import { network, problems } from './tiny.ts';

/** Each listener in one line: protocol, ports, then groups with the clients they are for, and those who may not get there. */
function linesOf(net: Network, id = balancerArn): readonly string[] | string {
  const { listeners: own } = net.loadBalancers.get(id)!;
  if (isUnread(own)) return unreadKey(own);
  return own.map(({ protocol, from, to, forwards }) => {
    const ports = from === to ? String(from) : `${from}-${to}`;
    if (isUnread(forwards)) return `${protocol} ${ports} ${unreadKey(forwards)}`;
    const shown = forwards.map(({ group: arn, sources, unsure }) =>
      [
        arn.split('/')[1],
        ...(sources === undefined ? [] : ['from', ...sources.map(formatPrefix)]),
        ...(unsure === undefined ? [] : ['perhaps', ...(unsure === 'all' ? ['all'] : unsure.map(formatPrefix))]),
      ].join(' '),
    );
    return [`${protocol} ${ports}`, ...shown].join(', ');
  });
}

const web = groups(group('web'), group('api'), group('admin'));

const read = (...more: readonly SourceDocument[]) => linesOf(network(balancing(web, ...more)));

const unread = `unread:elbv2 describe-listeners:${balancerArn}`;
const rulesUnread = `unread:elbv2 describe-rules:${listenerArn()}`;

test('listeners that no call read are unread', () => {
  expect(read()).toBe(unread);
  expect(read({ file: 'listeners.json', json: { Listeners: [] } })).toBe(unread);
});

test('a balancer of which an answer shows no listener has none', () => {
  expect(read(listeners())).toEqual([]);
  const Request = { LoadBalancerArn: balancerArn };
  expect(read({ file: 'x.json', json: { Request, Response: { Listeners: [] } } })).toEqual([]);
  const LoadBalancerListeners = [{ LoadBalancerArn: balancerArn, Listeners: [] }];
  expect(read({ file: 'x.json', json: { LoadBalancerListeners } })).toEqual([]);
});

test('a file that is named after another balancer than its listeners are of tells nothing of it', () => {
  const own = listener(forward('web'), {
    ListenerArn: listenerArn('net/thin/0123456789abcdee'),
    LoadBalancerArn: networkArn,
    Protocol: 'TCP',
  });
  expect(read(listeners(own))).toBe(unread);
});

test('an answer about one balancer tells nothing of another', () => {
  const net = network(balancing(web, onlyDefault, listeners(listener())));
  expect(linesOf(net)).toEqual(['HTTPS 443, web']);
  expect(linesOf(net, networkArn)).toBe(`unread:elbv2 describe-listeners:${networkArn}`);
});

test('listeners asked for by name tell nothing of the others', () => {
  const Request = { ListenerArns: [listenerArn()] };
  expect(read(onlyDefault, { file: 'x.json', json: { Request, Response: { Listeners: [listener()] } } })).toBe(unread);
});

test('a page of a balancer whose last page is not there is not all it listens on', () => {
  const first = { file: '1.json', json: { Listeners: [listener()], NextMarker: 'x' } };
  const other = listener(forward('web'), {
    ListenerArn: listenerArn('net/thin/0123456789abcdee'),
    LoadBalancerArn: networkArn,
    Protocol: 'TCP',
  });
  expect(read(onlyDefault, first, { file: '2.json', json: { Listeners: [other] } })).toBe(unread);
  const last = listener(forward('api'), { ListenerArn: `${listenerArn()}b`, Port: 80, Protocol: 'HTTP' });
  expect(read(onlyDefault, first, listeners(last))).toEqual(['HTTPS 443, web', expect.stringContaining('HTTP 80')]);
});

test('without its rules, what a listener forwards to is unread', () => {
  expect(read(listeners(listener()))).toEqual([`HTTPS 443 ${rulesUnread}`]);
  // The default rule is in every whole answer.
  expect(read(listeners(listener()), rules(rule(1, forward('api'))))).toEqual([`HTTPS 443 ${rulesUnread}`]);
  const page = { file: 'rules.json', json: { Rules: [rule('default', forward('web'))], NextMarker: 'x' } };
  const other = {
    ...rule('default', forward('web')),
    RuleArn: 'arn:aws:elasticloadbalancing:x:1:listener-rule/a/b/c/d/e',
  };
  expect(read(listeners(listener()), page, { file: 'r.json', json: { Rules: [other] } })).toEqual([
    `HTTPS 443 ${rulesUnread}`,
  ]);
  const Request = { RuleArns: ['x'] };
  const Response = { Rules: [rule('default', forward('web'))] };
  expect(read(listeners(listener()), { file: 'r.json', json: { Request, Response } })).toEqual([
    `HTTPS 443 ${rulesUnread}`,
  ]);
});

test('a listener forwards to the groups of its default action and of every rule', () => {
  const path = [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/api/*'] } }];
  const all = rules(rule(1, forward('api', 'admin'), path), rule('default', forward('web')));
  expect(read(listeners(listener()), all)).toEqual(['HTTPS 443, api, admin, web']);
});

test('what every rule forwards for certain clients only is for those clients', () => {
  const from = (...Values: readonly string[]) => [{ Field: 'source-ip', SourceIpConfig: { Values } }];
  const path = { Field: 'path-pattern', PathPatternConfig: { Values: ['/api/*'] } };
  const bounded = [
    rule(1, forward('admin'), from('10.0.0.0/8')),
    rule(2, forward('admin'), [path, ...from('192.0.2.1/32', '2001:db8::/32')]),
    rule(3, forward('api'), from('10.0.0.0/8')),
  ];
  const standard = rule('default', forward('web'));
  expect(read(listeners(listener()), rules(...bounded, rule(4, forward('api'), [path]), standard))).toEqual([
    [
      'HTTPS 443',
      'admin from 10.0.0.0/8',
      'admin from 192.0.2.1/32 2001:db8::/32 perhaps 10.0.0.0/8',
      'api from 10.0.0.0/8 perhaps 10.0.0.0/8',
      'api perhaps 10.0.0.0/8 192.0.2.1/32 2001:db8::/32',
      'web perhaps 10.0.0.0/8',
    ].join(', '),
  ]);
  // A Network Load Balancer asks for the family of the client's address.
  const family = [{ Field: 'source-ip', SourceIpConfig: { IpAddressType: 'ipv6' } }];
  expect(read(listeners(listener()), rules(rule(1, forward('api'), family), standard))).toEqual([
    'HTTPS 443, api from ::/0, web perhaps ::/0',
  ]);
});

const asking = (Field: string, ...Values: readonly string[]) => ({ Field, Values });

test.each([
  ['nothing before it', [], 'web'],
  ['a page for everybody', [asking('path-pattern', '/*')], 'web perhaps all'],
  ['a page for some paths', [asking('path-pattern', '/old/*')], 'web'],
  ['a page for a host', [asking('host-header', 'old.example.com')], 'web'],
  ['a page for whatever host', [asking('host-header', '*')], 'web perhaps all'],
])('whether a default action is reached with %s before it', (_, conditions, expected) => {
  const before = conditions.length === 0 ? [] : [rule(1, { Type: 'fixed-response' }, conditions)];
  expect(read(listeners(listener()), rules(...before, rule('default', forward('web'))))).toEqual([
    `HTTPS 443, ${expected}`,
  ]);
});

test.each([
  ['/api/*', '/api/v1/*', 'api perhaps all'],
  ['/api/v1/*', '/api/*', 'api'],
  ['/ap?/*', '/api/*', 'api perhaps all'],
  ['/API/*', '/api/*', 'api'],
])('a rule for %s before one for %s', (first, second, expected) => {
  const standard = rule('default', { Type: 'fixed-response' });
  const before = rule(1, { Type: 'fixed-response' }, [asking('path-pattern', first)]);
  const own = rule(2, forward('api'), [asking('path-pattern', second)]);
  expect(read(listeners(listener({ Type: 'fixed-response' })), rules(own, before, standard))).toEqual([
    `HTTPS 443, ${expected}`,
  ]);
  // What asks for more leaves something.
  const more = { ...before, Conditions: [asking('path-pattern', first), asking('http-request-method', 'POST')] };
  expect(read(listeners(listener({ Type: 'fixed-response' })), rules(own, more, standard))).toEqual(['HTTPS 443, api']);
});

test('a group whose weight is 0 gets only the clients that are bound to it', () => {
  const weighed = (first: number, second: number) => ({
    Type: 'forward',
    ForwardConfig: {
      TargetGroups: [
        { TargetGroupArn: groupArn('web'), Weight: first },
        { TargetGroupArn: groupArn('api'), Weight: second },
      ],
    },
  });
  const action = weighed(1, 0);
  expect(read(listeners(listener(action)), rules(rule('default', action)))).toEqual([
    'HTTPS 443, web, api perhaps all',
  ]);
});

test('a redirect and a fixed response forward nothing, and who signs in is forwarded after', () => {
  const redirect = { Type: 'redirect', RedirectConfig: { Port: '443', StatusCode: 'HTTP_301' } };
  expect(read(listeners(listener(redirect)), rules(rule('default', redirect)))).toEqual(['HTTPS 443']);
  const DefaultActions = [{ Type: 'authenticate-oidc' }, forward('web')];
  const answered = rule(1, { Type: 'fixed-response' }, [asking('path-pattern', '/old/*')]);
  expect(
    read(
      listeners(listener({}, { DefaultActions })),
      rules(answered, { ...rule('default', {}), Actions: DefaultActions }),
    ),
  ).toEqual(['HTTPS 443, web']);
});

test('an action or a protocol that is not known leaves everything open', () => {
  const strange = { Type: 'teleport' };
  expect(read(listeners(listener()), rules(rule(1, strange), rule('default', forward('web'))))).toEqual([
    `HTTPS 443 ${rulesUnread}`,
  ]);
  const net = network(balancing(web, onlyDefault, listeners(listener(forward('web'), { Protocol: 'SCTP' }))));
  expect(linesOf(net)).toBe(unread);
  expect(net.warnings.join(' ')).toContain('protocol that is not known');
});

test('a Gateway Load Balancer listens on everything and has no rules', () => {
  const gateway = listener(forward('web'), { Protocol: 'GENEVE', Port: undefined });
  expect(read(listeners(gateway))).toEqual(['GENEVE 0-65535, web']);
});

test('target groups that no call read leave open what is forwarded to, and missing ones are blamed', () => {
  const net = network(balancing(onlyDefault, listeners(listener())));
  expect(linesOf(net)).toEqual([`HTTPS 443 unread:elbv2 describe-target-groups:${groupArn('web')}`]);
  expect(problems(balancing(onlyDefault, listeners(listener()), groups(group('api'))))).toMatchObject([
    { code: 'dangling-reference', place: '/Listeners/0', message: expect.stringContaining(groupArn('web')) as string },
  ]);
});

test('what is read once more is the same, and what differs is of another moment', () => {
  const LoadBalancerListeners = [{ LoadBalancerArn: balancerArn, Listeners: [listener()] }];
  const again = { file: 'again.json', json: { LoadBalancerListeners } };
  expect(read(onlyDefault, listeners(listener()), again)).toEqual(['HTTPS 443, web']);
  const changed = listeners(listener(forward('web'), { Port: 8443 }));
  expect(problems(balancing(web, onlyDefault, changed, again))).toMatchObject([{ code: 'duplicate-id' }]);
});

test('listeners of a balancer that is not in the input are named', () => {
  const stray = listener(forward('web'), { LoadBalancerArn: balancerArn.replace('front', 'gone') });
  expect(problems(balancing(web, listeners(stray)))).toMatchObject([
    { code: 'dangling-reference', message: expect.stringContaining('loadbalancer/app/gone') as string },
  ]);
});

test('listeners and rules of other services are passed over by name', () => {
  const accelerator = 'arn:aws:globalaccelerator::111122223333:accelerator/a/listener/b';
  const net = network(
    balancing(
      { file: 'ga.json', json: { Listeners: [{ ListenerArn: accelerator }] } },
      { file: 'events.json', json: { Rules: [{ Name: 'nightly' }] } },
    ),
  );
  expect(net.coverage.filter(({ status }) => status === 'not-modelled').map(({ id }) => id)).toEqual([
    accelerator,
    'nightly',
  ]);
});

test('misshapen listeners are problems, each with its place', () => {
  const bad = [
    listener(forward('web'), { Port: 70_000 }),
    listener(forward('web'), { ListenerArn: `${listenerArn()}b`, Port: undefined }),
    listener(forward('web'), { ListenerArn: `${listenerArn()}c`, Protocol: undefined }),
  ];
  const from = rules(rule(1, forward('web'), [{ Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.0/40'] } }]), {
    ...rule('default', forward('web')),
    RuleArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:rule',
  });
  expect(problems(balancing(web, listeners(...bad), from)).map(({ code, place }) => `${code} ${place}`)).toEqual([
    'bad-port /Listeners/0/Port',
    'missing-field /Listeners/1',
    'missing-field /Listeners/2',
    'bad-cidr /Rules/0/Conditions/0/SourceIpConfig/Values',
    'unknown-value /Rules/1/RuleArn',
  ]);
});
