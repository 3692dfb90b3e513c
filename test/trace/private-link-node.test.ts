/** What comes to a load balancer's node by PrivateLink, and what that sends on (semantics 2.42, 9.19, 12.14). */
import { describe, expect, test } from 'vitest';
import { invariant } from '../../src/base/invariant.ts';
import { parsePacket } from '../../src/net/packet.ts';
import { parsePrefix } from '../../src/net/prefix.ts';
import type { Emission } from '../../src/network/replay.ts';
import { isUnread, type Unread, unreadKey } from '../../src/network/resource.ts';
import { replay } from '../../src/trace/index.ts';
import { groupArn } from '../support/aws-load-balancer.ts';
import { networkOf } from '../support/network.ts';
import type { BalancerSpec, Change, TargetGroupSpec } from '../support/spec.ts';
import {
  ask,
  edited,
  emission,
  flow,
  net,
  open,
  passesBy,
  send,
  spec,
  thin,
  thinId,
  usual,
  verdict,
} from './private-link-world.ts';

const web = (more: Partial<TargetGroupSpec>): Change => ({ targetGroups: [{ id: 'web', ...more }] });

const crossing = networkOf(spec(thin({ crossZone: true })));

describe('the node', () => {
  const far = { sent: 'eni-thin-b2 10.1.2.20:2048 > 10.1.2.10:8080' };

  test('stands in the endpoint’s zone, unless the balancer crosses zones', () => {
    expect(ask(net, far)).toBe(
      'denied by interface-endpoint ELB_NOT_CROSSZONE: `vpce-1` hands over to nodes of `thin` in its own zone alone, `use1-az1`, and `eni-thin-b2` is in `use1-az2`',
    );
    expect(ask(crossing, far)).toBe('eni-t2');
    const unread: Unread = { unread: 'elbv2 describe-load-balancer-attributes', subject: thinId };
    const untold = edited(net, 'loadBalancers', thinId, { crossZone: unread });
    expect(ask(untold)).toBe('eni-t1');
    expect(ask(untold, far)).toMatch(/ELB_NOT_CROSSZONE: whether `thin` takes in `use1-az2` .* was not read$/);
    expect(ask(untold, { ...far, sides: { [unreadKey(unread)]: true } })).toBe('eni-t2');
  });

  test('is none where the balancer has none in the endpoint’s zone, and does not cross zones', () => {
    const at = [{ subnet: 'subnet-b2', ips: ['10.1.2.20'] }];
    expect(ask(networkOf(spec(thin({ at }))), far)).toMatch(/ELB_NOT_CROSSZONE/);
    expect(ask(networkOf(spec(thin({ at, crossZone: true }))), far)).toBe('eni-t2');
  });

  test.each(['eni-thin-b1', 'eni-1-s1'])('in another Region takes what comes in one piece (%s)', (id) => {
    const apart = edited(net, 'interfaces', id, { region: 'eu-west-1' });
    expect(ask(apart)).toBe('eni-t1');
    expect(ask(apart, passesBy('vpce-1', false))).toMatch(/is taken to drop/);
    const untold = edited(net, 'interfaces', 'eni-thin-b1', { region: undefined });
    expect(ask(untold)).toBe('eni-t1');
  });

  test('in another Region may be of any zone', () => {
    const apart = edited(net, 'interfaces', 'eni-thin-b2', { region: 'eu-west-1' });
    expect(ask(apart, far)).toBe('eni-t2');
    expect(ask(apart, { ...far, ...passesBy('vpce-1', false) })).toMatch(/is taken to drop/);
  });

  test('takes what a listener of its balancer takes, as it was at the endpoint', () => {
    expect(ask(net, {}, 'tcp 10.0.2.10:40000 -> 10.0.1.50:80')).toBe(
      'denied by load-balancer ELBV2_LISTENER_PORT_RESTRICTION: no listener of `thin` listens on TCP 80',
    );
    expect(ask(net, {}, 'udp 10.0.2.10:40000 -> 10.0.1.50:443')).toMatch(/no listener of `thin` listens on UDP 443$/);
    const onlyTcp = networkOf(spec(thin({ listeners: ['TCP 443 web'] })));
    expect(ask(onlyTcp, {}, 'udp 10.0.2.10:40000 -> 10.0.1.50:443')).toMatch(/ELBV2_LISTENERS_MISMATCH/);
  });

  test('is up, or sends nothing', () => {
    expect(ask(edited(net, 'interfaces', 'eni-thin-b1', { attached: false }))).toMatch(/BAD_STATE: `eni-thin-b1`/);
  });

  test('is not asked for the ACL or the table of its subnet on the way in', () => {
    const walled = (allowed: string) =>
      networkOf(
        spec({
          acls: [{ id: 'acl-n', vpc: 'vpc-b', in: [`100 allow all ${allowed}`], out: [`100 allow all ${allowed}`] }],
          subnets: [{ id: 'subnet-b1', acl: 'acl-n' }],
        }),
      );
    expect(ask(walled('10.1.3.0/24'))).toBe('eni-t1');
    // On the way out, and for the reply, it is.
    expect(ask(walled('10.0.0.0/16'))).toMatch(/^denied by network-acl SUBNET_ACL_RESTRICTION: .* outbound/);
  });

  test('gets the target’s reply past the ACL of its subnet', () => {
    const deaf = networkOf(
      spec({
        acls: [{ id: 'acl-n', vpc: 'vpc-b', in: ['100 allow all 10.0.0.0/16'], out: open.out }],
        subnets: [{ id: 'subnet-b1', acl: 'acl-n' }],
      }),
    );
    expect(ask(deaf)).toMatch(/^eni-t1, no reply: network-acl SUBNET_ACL_RESTRICTION: .* inbound/);
  });
});

describe('the groups of the node', () => {
  /** `sg-thin` with these inbound rules. */
  const admitting = (rules: readonly string[], more: Partial<BalancerSpec> = {}) =>
    networkOf(spec(thin(more), { groups: [{ id: 'sg-thin', in: rules }] }));

  test('T77: filter clients by their own addresses where they are to, and targets see the node’s', () => {
    const rules = ['tcp 443 10.50.0.0/16'];
    expect(ask(admitting(rules))).toMatch(
      /^denied by security-group ENI_SG_RULES_MISMATCH: .*`sg-thin` of `eni-thin-b1` .* admits tcp\/443 from 10.0.2.10$/,
    );
    expect(ask(admitting(rules, { enforces: false }))).toBe('eni-t1');
    expect(send(admitting(rules, { enforces: false })).hops.at(-1)!.packet.src).toEqual(emission(usual, 6).packet.src);
  });

  test.each([
    ['the client’s address', 'tcp 443 10.0.2.10/32', true],
    ['the endpoint’s address', 'all 10.0.1.50/32', false],
    ['the port of the targets', 'tcp 8080 0.0.0.0/0', false],
    ['another protocol', 'udp 443 0.0.0.0/0', false],
  ])('judge %s', (_, rule, passes) => {
    expect(ask(admitting([rule])) === 'eni-t1').toBe(passes);
  });

  test('know no groups of clients, declared ones neither', () => {
    const referring = admitting(['all sg-thin']);
    const member = edited(referring, 'interfaces', 'eni-i2', { groups: ['sg-thin', 'sg-open'] });
    expect(ask(member)).toMatch(/^denied by security-group SG_REFERENCES_NOT_PRESERVED/);
    const declared = { 'members:sg-thin': true, 'members:sg-thin=10.0.0.0/8': true };
    expect(ask(referring, { sides: declared })).toMatch(/^denied by security-group/);
  });

  test('know none of whoever comes out of a gateway that is opaque, declared ones neither', () => {
    const outside = (rule: string) => {
      const network = networkOf(
        spec({
          groups: [{ id: 'sg-thin', in: [rule] }],
          opaque: [{ id: 'tgw-1', vpcs: ['vpc-a'], subnets: ['subnet-s2'] }],
        }),
      );
      const packet = parsePacket('tcp 10.99.0.5:40000 -> 10.0.1.50:443')!;
      return replay({
        network,
        origin: { kind: 'onprem' },
        packet,
        mode: 'connection',
        choices: {
          nat: new Map(),
          enters: 'tgw-1',
          emits: new Map<string, Emission>([
            ['tgw-1', { packet, at: { kind: 'vpc', id: 'vpc-a' } }],
            ['vpce-1', emission(usual, 6)],
          ]),
        },
        sides: new Map([
          ['passes:tgw-1', true],
          ['members:sg-thin', true],
        ]),
        pastDenials: false,
      });
    };
    expect(verdict(outside('all 10.99.0.0/16'))).toBe('eni-t1');
    expect(verdict(outside('all sg-thin'))).toMatch(/^denied by security-group/);
  });

  test('filter nothing where there are none', () => {
    expect(ask(networkOf(spec(thin({ groups: [] }))))).toBe('eni-t1');
  });

  test('whose rules nobody read admit where they are taken to', () => {
    const unread: Unread = { unread: 'describe-security-group-rules', subject: 'sg-thin' };
    const untold = edited(net, 'securityGroups', 'sg-thin', { ingress: unread });
    expect(ask(untold)).toMatch(/^denied by security-group/);
    expect(ask(untold, { sides: { [unreadKey(unread)]: true } })).toBe('eni-t1');
  });

  test('let out to targets what their outbound rules admit', () => {
    const closed = (enforces: boolean) =>
      networkOf(spec(thin({ enforces }), { groups: [{ id: 'sg-thin', out: ['tcp 9090 0.0.0.0/0'] }] }));
    for (const enforces of [true, false])
      expect(ask(closed(enforces))).toMatch(/^denied by security-group .* egress rule that admits tcp\/8080/);
  });

  test('are named by what a target’s group admits', () => {
    expect(ask(networkOf(spec({ groups: [{ id: 'sg-t', in: ['tcp 8080 sg-thin'] }] })))).toBe('eni-t1');
    expect(ask(networkOf(spec({ groups: [{ id: 'sg-t', in: ['tcp 8080 sg-t'] }] })))).toMatch(/`sg-t` of `eni-t1`/);
  });

  test('are listed with every other denial where all are asked for', () => {
    const shut = networkOf(
      spec({
        groups: [
          { id: 'sg-thin', in: [] },
          { id: 'sg-t', in: [] },
        ],
      }),
    );
    const { blocks } = send(shut, flow, { pastDenials: true });
    expect(blocks.map(({ direction, hop: { resource } }) => `${direction} ${resource}`)).toEqual([
      'forward sg-thin',
      'forward sg-t',
    ]);
  });
});

describe('what a target gets', () => {
  const asClient = { sent: 'eni-thin-b1 10.0.2.10:40000 > 10.1.3.10:8080' };
  const restriction = /^denied by load-balancer ENI_ADDRESS_RESTRICTION: `thin` sends as from its node `eni-thin-b1`/;

  test.each([true, false])('is never as from the client, though its group keeps addresses: %s', (preserve) => {
    const keeping = networkOf(spec(web({ preserve }), { groups: [{ id: 'sg-t', in: ['all 0.0.0.0/0'] }] }));
    expect(keeping.targetGroups.get(groupArn('web'))!.preservesClientIp).toBe(preserve);
    expect(ask(keeping)).toBe('eni-t1');
    expect(ask(keeping, asClient)).toMatch(restriction);
  });

  test('is not as from the client either where nobody read whether addresses are kept', () => {
    const unread: Unread = { unread: 'elbv2 describe-target-group-attributes', subject: groupArn('web') };
    const untold = edited(net, 'targetGroups', groupArn('web'), { preservesClientIp: unread });
    expect(ask(untold)).toBe('eni-t1');
    expect(ask(untold, { ...asClient, sides: { [unreadKey(unread)]: true } })).toMatch(restriction);
  });

  test('is from an address of that very node, and from a port above 1023', () => {
    expect(ask(net, { sent: 'eni-thin-b1 10.1.2.20:2048 > 10.1.3.10:8080' })).toMatch(restriction);
    expect(ask(net, { sent: 'eni-thin-b1 10.1.1.20:1023 > 10.1.3.10:8080' })).toMatch(/REMAP_EPHEMERAL_PORT/);
    expect(ask(net, { sent: 'eni-thin-b1 10.1.1.20:1024 > 10.1.3.10:8080' })).toBe('eni-t1');
    expect(ask(net, { sent: 'eni-thin-b1 10.1.1.20:65535 > 10.1.3.10:8080' })).toBe('eni-t1');
  });

  test('goes to registered addresses and ports alone, and of the listener’s groups', () => {
    expect(ask(net, { sent: 'eni-thin-b1 10.1.1.20:2048 > 10.1.3.11:8080' })).toMatch(/TARGET_ADDRESS_RESTRICTION/);
    expect(ask(net, { sent: 'eni-thin-b1 10.1.1.20:2048 > 10.1.3.10:53' })).toMatch(/TARGET_PORT_RESTRICTION/);
  });

  test('stays in the node’s zone unless zones are crossed', () => {
    const over = { sent: 'eni-thin-b1 10.1.1.20:2048 > 10.1.2.10:8080' };
    expect(ask(net, over)).toMatch(/^denied by load-balancer ELBV2_NO_TARGETS_IN_AZ/);
    expect(ask(crossing, over)).toBe('eni-t2');
    // A target group's own setting says nothing of the way to the node.
    const own = networkOf(spec(web({ crossZone: true })));
    expect(ask(own, over)).toBe('eni-t2');
    expect(ask(own, { sent: 'eni-thin-b2 10.1.2.20:2048 > 10.1.2.10:8080' })).toMatch(/ELB_NOT_CROSSZONE/);
  });

  test('goes by the target’s health', () => {
    const sick = networkOf(spec(web({ targets: ['i-t1 draining', 'i-t2'] })));
    expect(ask(sick)).toMatch(/the target `eni-t1` is draining$/);
    expect(ask(sick, { sides: { 'fact:12.10-health': true } })).toBe('eni-t1');
  });

  test('depends on who asks by the client’s own address', () => {
    const { listeners } = net.loadBalancers.get(thinId)!;
    invariant(!isUnread(listeners), 'the listeners were read');
    const listening = (block: string) =>
      edited(net, 'loadBalancers', thinId, {
        listeners: listeners.map((one) => ({
          ...one,
          forwards: [{ group: groupArn('web'), sources: [parsePrefix(block)] }],
        })),
      });
    expect(ask(listening('10.0.2.10/32'))).toBe('eni-t1');
    expect(ask(listening('10.0.1.50/32'))).toMatch(/no rule of `thin` forwards what comes from 10.0.2.10$/);
  });

  test('is asked for the target’s own filters', () => {
    const shut = networkOf(spec({ groups: [{ id: 'sg-t', in: ['all 10.0.0.0/16'] }] }));
    expect(ask(shut)).toMatch(/^denied by security-group ENI_SG_RULES_MISMATCH: .*`sg-t` of `eni-t1`/);
  });

  test('is in its family, whatever the client’s', () => {
    const both = networkOf(
      spec({
        vpcs: [{ id: 'vpc-a', cidrs: ['10.0.0.0/16', '2600:1f18:a::/56'] }],
        subnets: [
          { id: 'subnet-s1', cidrs: ['10.0.1.0/24', '2600:1f18:a:1::/64'] },
          { id: 'subnet-s2', cidrs: ['10.0.2.0/24', '2600:1f18:a:2::/64'] },
        ],
        acls: [
          {
            id: 'acl-default',
            in: ['100 allow all 0.0.0.0/0', '101 allow all ::/0'],
            out: ['100 allow all 0.0.0.0/0', '101 allow all ::/0'],
          },
        ],
        groups: [
          { id: 'sg-open', in: ['all 0.0.0.0/0', 'all ::/0'], out: ['all 0.0.0.0/0', 'all ::/0'] },
          { id: 'sg-thin', in: ['all ::/0'] },
        ],
        interfaces: [{ id: 'eni-i2', ips: ['10.0.2.10', '2600:1f18:a:2::10'] }],
        interfaceEndpoints: [{ id: 'vpce-1', at: [{ subnet: 'subnet-s1', ips: ['10.0.1.50', '2600:1f18:a:1::50'] }] }],
      }),
    );
    expect(ask(both, {}, 'tcp [2600:1f18:a:2::10]:40000 -> [2600:1f18:a:1::50]:443')).toBe('eni-t1');
    expect(ask(both)).toMatch(/^denied by security-group .*`sg-thin`/);
  });
});
