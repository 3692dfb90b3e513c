/** PrivateLink through to the provider's targets, and back (semantics 9.17 to 9.22). */
import { describe, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.ts';
import { serviceBehind } from '../../src/network/private-link.ts';
import type { ReplayResult } from '../../src/network/replay.ts';
import { networkOf } from '../support/network.ts';
import type { BalancerSpec, Change } from '../support/spec.ts';
import {
  all,
  ask,
  edited,
  emission,
  flow,
  net,
  open,
  passesBy,
  replayed,
  send,
  spec,
  thin,
  thinId,
  usual,
  verdict,
} from './private-link-world.ts';

describe('a packet at an endpoint of a service', () => {
  test('goes on from a node as the node’s own, and the reply leaves the endpoint’s subnet as from the endpoint', () => {
    const result = send(net);
    const told = (hops: ReplayResult['hops'] = []) =>
      hops.filter(({ action }) => action !== 'allow').map(({ kind, detail }) => `${kind}: ${detail}`);
    expect(told(result.hops)).toEqual([
      'network-interface: `eni-i2` sends to 10.0.1.50',
      'route-table: route table `rtb-s2`: 10.0.0.0/16 leads to `local`',
      'interface-endpoint: `vpce-1` hands the packet to `thin` in the service `vpce-svc-1`',
      'load-balancer: load balancer `thin` listens on TCP 443',
      'target-group: `thin` sends to 10.1.3.10:8080, a target of `web`, as from 10.1.1.20',
      'route-table: route table `rtb-b`: 10.1.0.0/16 leads to `local`',
      'network-interface: `eni-t1` receives the packet',
    ]);
    expect(told(result.returnHops)).toEqual([
      'route-table: route table `rtb-b`: 10.1.0.0/16 leads to `local`',
      'load-balancer: `thin` gives the reply back to 10.0.2.10, as from 10.0.1.50',
      'route-table: route table `rtb-s1`: 10.0.0.0/16 leads to `local`',
      'network-interface: the reply is back at `eni-i2`',
    ]);
    expect(result.replied).toBe(true);
  });

  test('is delivered there where the flow’s choices send nothing on', () => {
    expect(ask(net, { sent: null })).toBe('eni-1-s1');
    expect(ask(net, { sent: null, ...passesBy('vpce-1', false) })).toBe('eni-1-s1');
  });

  test('goes on over UDP too, and as no other protocol', () => {
    const sent = 'eni-thin-b1 10.1.1.20:2048 > 10.1.3.10:53';
    expect(ask(net, { sent }, 'udp 10.0.2.10:40000 -> 10.0.1.50:53')).toBe('eni-t1');
    expect(ask(net, {}, 'icmp 10.0.2.10 -> 10.0.1.50')).toMatch(/^denied by network-interface PROTOCOL_RESTRICTION/);
  });

  test('is sent on by nodes of the service’s balancers alone', () => {
    const other = networkOf(
      spec({
        balancers: [
          {
            id: 'other',
            type: 'nlb',
            at: [{ subnet: 'subnet-b1', ips: ['10.1.1.30'] }],
            groups: [],
            listeners: ['TCP 443 web'],
          },
        ],
      }),
    );
    expect(ask(other, { sent: 'eni-other-b1 10.1.1.30:2048 > 10.1.3.10:8080' })).toBe(
      'denied by interface-endpoint: the service `vpce-svc-1` sends on by the nodes of its load balancers: `eni-other-b1` is none of them',
    );
    expect(ask(net, { sent: 'eni-gone 10.1.1.20:2048 > 10.1.3.10:8080' })).toMatch(/`eni-gone` is none of them/);
    const elsewhere = { ...emission(usual, 6), at: { kind: 'vpc', id: 'vpc-b' } } as const;
    expect(verdict(replayed(net, flow, new Map([['vpce-1', elsewhere]])))).toMatch(/not at vpc$/);
  });

  test('goes on by any of several balancers', () => {
    const both = networkOf(
      spec({
        balancers: [
          {
            id: 'other',
            type: 'nlb',
            at: [{ subnet: 'subnet-b1', ips: ['10.1.1.30'] }],
            groups: [],
            listeners: ['TCP 443 web'],
          },
        ],
        services: [{ id: 'vpce-svc-1', balancers: ['thin', 'other'] }],
        groups: [{ id: 'sg-t', in: ['all 10.1.1.0/24'] }],
      }),
    );
    expect(ask(both)).toBe('eni-t1');
    expect(ask(both, { sent: 'eni-other-b1 10.1.1.30:2048 > 10.1.3.10:8080' })).toBe('eni-t1');
  });
});

describe('a connection', () => {
  const connected = (state: string) =>
    edited(net, 'endpointServices', 'vpce-svc-1', { connections: [{ ...connection, state }] });
  const [connection] = net.endpointServices.get('vpce-svc-1')!.connections;

  test.each(['rejected', 'pendingAcceptance', 'expired', 'failed', 'deleted'])(
    'that is %s hands nothing over',
    (state) => {
      const denied = `denied by interface-endpoint BAD_STATE: the connection of \`vpce-1\` to \`vpce-svc-1\` is ${state}`;
      expect(ask(connected(state))).toBe(denied);
      expect(ask(connected(state), { sides: { 'up:vpce-1': true } })).toBe(denied);
    },
  );

  test.each(['pending', 'deleting', 'partial'])('that is %s does where the endpoint is taken to be up', (state) => {
    expect(ask(connected(state))).toMatch(/^denied by interface-endpoint BAD_STATE/);
    expect(ask(connected(state), { sides: { 'up:vpce-1': true } })).toBe('eni-t1');
  });

  test('goes by the service’s own state as well', () => {
    const served = (state: string) => edited(net, 'endpointServices', 'vpce-svc-1', { state });
    const up = { sides: { 'up:vpce-svc-1': true } };
    expect(ask(served('Deleted'), up)).toBe(
      'denied by interface-endpoint BAD_STATE: the service `vpce-svc-1` is Deleted',
    );
    expect(ask(served('Pending'))).toMatch(/BAD_STATE: the service `vpce-svc-1` is Pending$/);
    expect(ask(served('Pending'), up)).toBe('eni-t1');
  });

  test('goes by the endpoint’s own state, as without a service', () => {
    const pending = edited(net, 'endpoints', 'vpce-1', { state: 'pending' });
    expect(ask(pending)).toBe('denied by network-interface BAD_STATE: `vpce-1` is pending');
    expect(ask(pending, { sides: { 'up:vpce-1': true } })).toBe('eni-t1');
  });

  test('hands nothing over where the endpoint or the balancer is said to drop', () => {
    expect(ask(net, passesBy('vpce-1', false))).toBe(
      'denied by interface-endpoint: `vpce-1` is taken to drop the packet',
    );
    expect(ask(net, passesBy(thinId, false))).toBe('denied by load-balancer: `thin` is taken to drop the packet');
    expect(ask(net, passesBy('vpce-1', true))).toBe('eni-t1');
    expect(ask(net, passesBy(thinId, true))).toBe('eni-t1');
  });
});

describe('the reply', () => {
  test('leaves the endpoint’s subnet by its ACL, and asks no groups of the endpoint', () => {
    const quiet = networkOf(
      spec({
        groups: [{ id: 'sg-in', vpc: 'vpc-a', in: ['tcp 443 0.0.0.0/0'], out: [] }],
        interfaceEndpoints: [{ id: 'vpce-1', groups: ['sg-in'] }],
      }),
    );
    expect(ask(quiet)).toBe('eni-t1');
    const walled = networkOf(
      spec({
        acls: [{ id: 'acl-e', vpc: 'vpc-a', in: open.in, out: ['100 allow all 10.1.0.0/16'] }],
        subnets: [{ id: 'subnet-s1', acl: 'acl-e' }],
      }),
    );
    expect(ask(walled)).toMatch(/^eni-t1, no reply: network-acl SUBNET_ACL_RESTRICTION: .* out of `subnet-s1`/);
  });

  test('needs a route from there to a client elsewhere, whatever the provider’s routes', () => {
    const peered = (...back: readonly string[]) =>
      networkOf(
        spec({
          vpcs: [{ id: 'vpc-c', cidrs: ['10.2.0.0/16'] }],
          subnets: [{ id: 'subnet-c', vpc: 'vpc-c', cidrs: ['10.2.1.0/24'], zone: 'az1', table: 'rtb-c' }],
          tables: [
            { id: 'rtb-c', vpc: 'vpc-c', main: true, routes: ['10.0.0.0/16 pcx-1'] },
            { id: 'rtb-s1', routes: back },
          ],
          acls: [{ id: 'acl-c', vpc: 'vpc-c', default: true, ...open }],
          groups: [{ id: 'sg-c', vpc: 'vpc-c', ...all }],
          interfaces: [{ id: 'eni-c', subnet: 'subnet-c', ips: ['10.2.1.10'], groups: ['sg-c'] }],
          opaque: [{ id: 'pcx-1', vpcs: ['vpc-a', 'vpc-c'] }],
        }),
      );
    const text = 'tcp 10.2.1.10:40000 -> 10.0.1.50:443';
    expect(ask(peered('10.2.0.0/16 pcx-1'), {}, text)).toBe('eni-t1');
    expect(ask(peered(), {}, text)).toMatch(/^eni-t1, no reply: route-table NO_ROUTE_TO_DESTINATION: .*`rtb-s1`/);
  });
});

describe('the same balancer', () => {
  test('is entered by its nodes as ever, with the choices of its own', () => {
    const text = 'tcp 10.1.2.10:40000 -> 10.1.1.20:443';
    const free = networkOf(spec({ groups: [{ id: 'sg-t', ...all }] }));
    const kept = { [thinId]: 'eni-thin-b1 10.1.2.10:40000 > 10.1.3.10:8080' };
    expect(ask(free, { more: kept }, text)).toBe('eni-t1');
    expect(ask(free, {}, text)).toBe('eni-thin-b1');
    expect(ask(free, { more: { [thinId]: usual } }, text)).toMatch(/ELBV2_SOURCE_ADDRESS_PRESERVATION/);
  });

  test('may have an Application Load Balancer behind it, and the reply comes back through both', () => {
    const two = networkOf(
      spec(
        {
          balancers: [
            {
              id: 'inner',
              type: 'alb',
              at: [{ subnet: 'subnet-t1', ips: ['10.1.3.20'] }],
              groups: ['sg-i'],
              listeners: ['HTTP 443 web'],
            },
          ],
          groups: [
            { id: 'sg-i', vpc: 'vpc-b', in: ['tcp 443 10.1.1.20/32'], out: all.out },
            { id: 'sg-t', in: ['tcp 8080 sg-i'] },
          ],
          targetGroups: [
            { id: 'web', protocol: 'HTTP' },
            { id: 'proxy', vpc: 'vpc-b', protocol: 'TCP', port: 443, type: 'alb', targets: ['inner'] },
          ],
        },
        thin({ listeners: ['TCP 443 proxy'] }),
      ),
    );
    const inner = [...two.loadBalancers.values()].find(({ name }) => name === 'inner')!.id;
    const sent = 'eni-thin-b1 10.1.1.20:2048 > 10.1.3.20:443';
    expect(ask(two, { sent, more: { [inner]: 'eni-inner-t1 10.1.3.20:3000 > 10.1.3.10:8080' } })).toBe('eni-t1');
  });
});

describe('a balancer of the consumer', () => {
  test('may send to the endpoint as from the client, and the reply comes back through both', () => {
    const two = networkOf(
      spec({
        balancers: [
          {
            id: 'near',
            type: 'nlb',
            at: [{ subnet: 'subnet-pub', ips: ['10.0.9.30'] }],
            groups: [],
            listeners: ['TCP 443 link'],
          },
        ],
        targetGroups: [
          {
            id: 'link',
            vpc: 'vpc-a',
            protocol: 'TCP',
            port: 443,
            type: 'ip',
            preserve: true,
            targets: ['10.0.1.50'],
          },
        ],
      }),
    );
    const near = [...two.loadBalancers.values()].find(({ name }) => name === 'near')!.id;
    const more = { [near]: 'eni-near-pub 10.0.2.10:40000 > 10.0.1.50:443' };
    expect(ask(two, { more }, 'tcp 10.0.2.10:40000 -> 10.0.9.30:443')).toBe('eni-t1');
  });
});

describe('services in a row', () => {
  /** `thin`'s target is an endpoint in VPC B itself, of that service. */
  const chained = (service: string, ...more: readonly Change[]) =>
    networkOf(
      spec(
        { targetGroups: [{ id: 'web', type: 'ip', port: 443, targets: ['10.1.3.60'] }] },
        {
          groups: [{ id: 'sg-e', vpc: 'vpc-b', ...all }],
          interfaceEndpoints: [
            {
              id: 'vpce-2',
              vpc: 'vpc-b',
              service,
              at: [{ subnet: 'subnet-t1', ips: ['10.1.3.60'] }],
              groups: ['sg-e'],
            },
          ],
        },
        ...more,
      ),
    );
  const sent = 'eni-thin-b1 10.1.1.20:2048 > 10.1.3.60:443';

  test('are crossed one after the other, and back', () => {
    const row = chained('vpce-svc-2', {
      balancers: [
        {
          id: 'deep',
          type: 'nlb',
          at: [{ subnet: 'subnet-b1', ips: ['10.1.1.40'] }],
          groups: [],
          listeners: ['TCP 443 last'],
        },
      ],
      targetGroups: [{ id: 'last', vpc: 'vpc-b', protocol: 'TCP', port: 8080, targets: ['i-t1'] }],
      services: [{ id: 'vpce-svc-2', balancers: ['deep'] }],
      groups: [{ id: 'sg-t', in: ['tcp 8080 10.1.1.40/32'] }],
    });
    const more = { 'vpce-2': 'eni-deep-b1 10.1.1.40:3000 > 10.1.3.10:8080' };
    expect(ask(row, { sent, more })).toBe('eni-t1');
    expect(ask(row, { sent })).toBe('eni-2-t1');
  });

  test('may lead through one endpoint twice, by another node each time', () => {
    const twice = chained('vpce-svc-1', thin({ crossZone: true }), {
      groups: [{ id: 'sg-t', ...all }],
      targetGroups: [{ id: 'web', targets: ['10.1.3.60', '10.1.3.10'] }],
    });
    const more = { 'vpce-2': sent, 'vpce-2 2': 'eni-thin-b2 10.1.2.20:3000 > 10.1.3.10:443' };
    const text = 'tcp 10.1.2.10:40000 -> 10.1.3.60:443';
    expect(ask(twice, { more }, text)).toBe('eni-t1');
    expect(ask(twice, { more: { 'vpce-2': sent } }, text)).toBe('eni-2-t1');
    // What the balancer's nodes send of what comes to themselves is another choice.
    expect(ask(twice, { more: { 'vpce-2': sent, [thinId]: more['vpce-2 2'] } }, text)).toBe('eni-2-t1');
  });

  test('may lead back to the same node, as often as the flow’s choices say', () => {
    const round = chained('vpce-svc-1');
    expect(ask(round, { sent, more: { 'vpce-2': sent } })).toBe('eni-2-t1');
    expect(ask(round, { sent, more: { 'vpce-2': sent, 'vpce-2 2': sent } })).toBe('eni-2-t1');
    expect(ask(round, { sent, more: { 'vpce-2': usual } })).toMatch(/TARGET_ADDRESS_RESTRICTION/);
  });
});

describe('the service behind an endpoint', () => {
  const behind = (network: Network) => serviceBehind(network, 'vpce-1')?.id;

  test('is modelled where all its Network Load Balancers are', () => {
    expect(behind(net)).toBe('vpce-svc-1');
    expect(serviceBehind(net, 'vpce-2')).toBeUndefined();
    const { listeners: _, ...mute } = thin().balancers![0] as BalancerSpec;
    const unheard = networkOf(spec({ balancers: [{ gone: 'thin' }] }, { balancers: [mute] }));
    expect(behind(unheard)).toBeUndefined();
    const service = (change: object) => edited(net, 'endpointServices', 'vpce-svc-1', change);
    expect(behind(service({ loadBalancers: [] }))).toBeUndefined();
    expect(behind(service({ loadBalancers: [thinId, 'arn:elsewhere'] }))).toBeUndefined();
    expect(
      behind(service({ loadBalancers: { unread: 'elbv2 describe-load-balancers', subject: 'x' } })),
    ).toBeUndefined();
    expect(behind(service({ endpointType: 'GatewayLoadBalancer' }))).toBeUndefined();
    const [connection] = net.endpointServices.get('vpce-svc-1')!.connections;
    expect(behind(service({ connections: [{ ...connection, known: false }] }))).toBeUndefined();
    expect(behind(edited(net, 'loadBalancers', thinId, { balancerType: 'application' }))).toBeUndefined();
  });

  test('that is not may hand on anything, and then alone', () => {
    const opaque = edited(net, 'endpointServices', 'vpce-svc-1', { loadBalancers: [] });
    const anything = { sent: 'eni-t2 10.1.2.10:2048 > 10.1.3.10:8080' };
    const free = { groups: [{ id: 'sg-t', ...all }] };
    expect(ask(opaque, anything)).toBe('eni-1-s1');
    const freed = edited(networkOf(spec(free)), 'endpointServices', 'vpce-svc-1', { loadBalancers: [] });
    expect(ask(freed, { ...anything, ...passesBy('vpce-1', true) })).toBe('eni-t1');
    expect(ask(networkOf(spec(free)), { ...anything, ...passesBy('vpce-1', true) })).toMatch(
      /`eni-t2` is none of them/,
    );
  });
});
