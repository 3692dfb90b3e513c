/** Random edits, typed: of any kind, about things that a network has, or has not. */
import * as fc from 'fast-check';
import type { Edit } from '../../src/edit/edit.ts';
import { type Address, parseAddress } from '../../src/net/address.ts';
import { parsePrefix, type Prefix } from '../../src/net/prefix.ts';
import { type AnyResource, type Network, resourcesOf } from '../../src/network/network.ts';
import { isUnread } from '../../src/network/resource.ts';
import type { TrafficMatch } from '../../src/network/traffic-match.ts';

const blocks = ['0.0.0.0/0', '::/0', '10.0.0.0/8', '10.0.0.0/24', '10.0.0.64/26', '10.9.0.0/16', '2600:1f18:a:1::/64'];
const addresses = ['10.0.0.77', '10.0.0.4', '10.0.0.70', '10.0.0.1', '198.51.100.77', '2600:1f18:a:1::77'];

const block: fc.Arbitrary<Prefix> = fc.constantFrom(...blocks.map((text) => parsePrefix(text)!));
const address: fc.Arbitrary<Address> = fc.constantFrom(...addresses.map((text) => parseAddress(text)!));

const traffic: fc.Arbitrary<TrafficMatch> = fc.oneof(
  fc.constant<TrafficMatch>({ protocol: 'all' }),
  fc.constantFrom(6, 17, 47).map((protocol): TrafficMatch => ({ protocol })),
  fc
    .tuple(fc.constantFrom(6, 17), fc.nat({ max: 65_534 }), fc.nat({ max: 9 }))
    .map(([protocol, from, more]): TrafficMatch => ({ protocol, ports: { from, to: Math.min(65_535, from + more) } })),
  fc.nat({ max: 255 }).map((type): TrafficMatch => ({ protocol: 1, icmp: { type } })),
  fc.nat({ max: 255 }).map((code): TrafficMatch => ({ protocol: 58, icmp: { type: 1, code } })),
);

/** The id or name of something of these kinds, now and then of another, or of nothing. */
export function anyEdit(network: Network): fc.Arbitrary<Edit> {
  // The targets of a Classic Load Balancer have an id that no selector is.
  const all = [...resourcesOf(network)].filter(({ id }) => id.startsWith('arn:') || !id.includes(':'));
  const of = (...kinds: readonly AnyResource['kind'][]): fc.Arbitrary<string> => {
    const ids = all.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);
    const strange = fc.constantFrom('nothing-1', ...all.map(({ id }) => id));
    return ids.length === 0
      ? strange
      : fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: strange });
  };
  const some = (one: fc.Arbitrary<string>) =>
    fc.array(one, { minLength: 1, maxLength: 2 }).map((ids) => [...new Set(ids)].join(','));
  const orWord = (one: fc.Arbitrary<string>, word: string) => fc.oneof(one, fc.constant(word));
  const group = some(of('security-group'));
  const tables = of('route-table');
  const transitTables = of('transit-gateway-route-table', 'core-network-route-table');
  const nic = of('network-interface', 'instance');
  const subnet = of('subnet');
  const ruleGroup = of('stateful-rule-group');
  const named = (one: fc.Arbitrary<string>) => one.map((name) => ({ kind: 'named' as const, name }));
  const prefix = block.map((value) => ({ kind: 'prefix' as const, prefix: value }));
  const peer = fc.oneof(prefix, named(of('security-group', 'prefix-list')));
  const destination = fc.oneof(prefix, named(of('prefix-list')));
  const routed = all.flatMap((one) =>
    one.kind !== 'transit-gateway-route-table' || isUnread(one.routes)
      ? []
      : one.routes.flatMap(({ destination: to }) => (to.kind === 'prefix' ? [to] : [])),
  );
  const transitDestination = routed.length === 0 ? destination : fc.oneof(destination, fc.constantFrom(...routed));
  const direction = fc.constantFrom('ingress' as const, 'egress' as const);
  const rule = { group, direction, traffic, peer };
  const present = all.flatMap((one) =>
    one.kind !== 'security-group'
      ? []
      : (['ingress', 'egress'] as const).flatMap((side) =>
          isUnread(one[side])
            ? []
            : one[side].map(({ match, peer: to }) => ({
                group: one.id,
                direction: side,
                traffic: match,
                peer: to.kind === 'prefix' ? to : { kind: 'named' as const, name: to.id },
              })),
        ),
  );
  const ruleThere = present.length === 0 ? fc.record(rule) : fc.oneof(fc.record(rule), fc.constantFrom(...present));
  const held = all.flatMap((one) =>
    one.kind !== 'network-interface'
      ? []
      : one.addresses.map(({ address: own }) => ({ interface: one.id, address: own })),
  );
  const entry = {
    acl: of('network-acl'),
    direction: fc.constantFrom('inbound' as const, 'outbound' as const),
    number: fc.constantFrom(1, 50, 100, 101, 200),
  };
  const wholeEntry = { ...entry, action: fc.constantFrom('allow' as const, 'deny' as const), traffic, block };
  const target = orWord(
    of(
      'internet-gateway',
      'nat-gateway',
      'egress-only-internet-gateway',
      'vpc-endpoint',
      'network-interface',
      'instance',
      'network-firewall',
      'transit-gateway',
      'core-network',
      'vpc-peering',
      'vpn-gateway',
    ),
    'local',
  );
  const onOff = fc.constantFrom('on' as const, 'off' as const);
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const kind = <K extends Edit['kind']>(value: K) => fc.constant(value);
  const hasTransit = all.some((one) => one.kind === 'transit-gateway-route-table');
  const setVpcRoute = fc.record({ kind: kind('set-route'), table: some(tables), destination, target });
  const removeVpcRoute = fc.record({ kind: kind('remove-route'), table: tables, destination });
  const setTransitRoute = fc.record({
    kind: kind('set-route'),
    table: some(transitTables),
    destination: transitDestination,
    target: orWord(of('transit-gateway-attachment'), 'blackhole'),
  });
  const removeTransitRoute = fc.record({
    kind: kind('remove-route'),
    table: transitTables,
    destination: transitDestination,
  });
  const name = fc.constantFrom('sid:1', 'sid:2', 'line:1', 'line:9') as fc.Arbitrary<'sid:1'>;
  const text = fc.constantFrom(
    'drop tcp any any -> any 22 (sid:901;)',
    'pass tls $HOME_NET any -> any any (tls.sni; content:"a.example"; sid:902;)',
    'drop tcp any any -> any (sid:903;)',
  );
  const domain = fc.constantFrom('.example.com', 'a.example', 'evil.com');
  return fc
    .oneof<fc.Arbitrary<Edit>[]>(
      fc.record({ kind: kind('add-rule'), ...rule }),
      ruleThere.map((one) => ({ kind: 'remove-rule', ...one })),
      fc.record({ kind: kind('remove-rule-by-id'), group, direction, rule: fc.constantFrom('1', '2', 'sgr-1') }),
      fc
        .tuple(ruleThere, fc.record({ newTraffic: traffic, newPeer: peer }))
        .map(([one, other]) => ({ kind: 'change-rule', ...one, ...other })),
      setVpcRoute,
      hasTransit ? fc.oneof(setVpcRoute, setTransitRoute) : setVpcRoute,
      hasTransit ? fc.oneof(removeVpcRoute, removeTransitRoute) : removeVpcRoute,
      fc.record({ kind: kind('add-entry'), ...wholeEntry }),
      fc.record({ kind: kind('change-entry'), ...wholeEntry }),
      fc.record({ kind: kind('remove-entry'), ...entry }),
      fc.record({ kind: kind('associate-table'), subnet: some(subnet), table: orWord(tables, 'main') }),
      fc.record({ kind: kind('associate-acl'), subnet, acl: orWord(of('network-acl'), 'default') }),
      fc.record({
        kind: kind('associate-edge'),
        gateway: of('internet-gateway', 'vpn-gateway'),
        table: orWord(tables, 'none'),
      }),
      fc.record({
        kind: kind('change-groups'),
        interface: of('network-interface', 'instance', 'vpc-endpoint', 'load-balancer'),
        change: fc.constantFrom('set' as const, 'add' as const, 'remove' as const),
        groups: group,
      }),
      fc.record({ kind: kind('add-address'), interface: nic, address }),
      (held.length === 0 ? fc.record({ interface: nic, address }) : fc.constantFrom(...held)).map((one) => ({
        kind: 'remove-address',
        ...one,
      })),
      fc
        .record({ interface: nic, address: fc.oneof(address, fc.constant('any' as const)), on: optional(address) })
        .map(({ on, ...rest }) => ({ kind: 'add-public-address', ...rest, ...(on === undefined ? {} : { on }) })),
      fc.record({
        kind: kind('remove-public-address'),
        interface: nic,
        address: fc.oneof(address, fc.constant('all' as const)),
      }),
      fc.record({ kind: kind('set-source-dest-check'), interface: nic, check: onOff }),
      fc
        .record({
          subnet,
          addresses: fc.oneof(fc.constant('any' as const), fc.array(address, { minLength: 1, maxLength: 2 })),
          groups: group,
          public: fc.constantFrom('any' as const, 'none' as const),
          id: optional(fc.constantFrom('eni-n1', 'eni-n2')),
        })
        .map(({ id, ...rest }) => ({ kind: 'add-interface', ...rest, ...(id === undefined ? {} : { id }) })),
      fc.record({
        kind: kind('add-interface-endpoint'),
        vpc: of('vpc'),
        service: fc.constantFrom('logs', 'kms', 'nonsense'),
        subnets: some(subnet),
        groups: group,
        privateDns: onOff,
      }),
      fc.record({
        kind: kind('add-gateway-endpoint'),
        vpc: of('vpc'),
        service: fc.constant('s3'),
        tables: some(tables),
      }),
      fc.record({ kind: kind('remove-endpoint'), endpoint: of('vpc-endpoint') }),
      fc.record({ kind: kind('add-firewall-rule'), ruleGroup, text }),
      fc.record({ kind: kind('insert-firewall-rule'), ruleGroup, before: name, text }),
      fc.record({ kind: kind('remove-firewall-rule'), ruleGroup, rule: name }),
      fc.record({ kind: kind('add-domain'), ruleGroup, domain }),
      fc.record({ kind: kind('remove-domain'), ruleGroup, domain }),
      fc.record({
        kind: kind('detach'),
        gateway: of(
          'internet-gateway',
          'egress-only-internet-gateway',
          'vpn-gateway',
          'vpc-peering',
          'carrier-gateway',
          'transit-gateway-attachment',
          'core-network-attachment',
        ),
      }),
      fc.record({
        kind: kind('take-down'),
        what: fc.oneof(
          fc.constantFrom('zone:use1-az1', 'zone:use1-az2'),
          of(
            'instance',
            'network-interface',
            'nat-gateway',
            'vpc-endpoint',
            'network-firewall',
            'load-balancer',
            'vpc-peering',
            'vpn-gateway',
            'vpn-connection',
            'transit-gateway-attachment',
            'core-network-attachment',
            'client-vpn-endpoint',
          ),
        ),
      }),
    )
    .map((edit) => edit);
}
