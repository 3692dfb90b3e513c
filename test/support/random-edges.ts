/** Random networks with ways in and out that are no route tables': a carrier gateway, Client VPN, AWS services' interfaces, names. */
import * as fc from 'fast-check';
import { names } from './aws-dns.ts';
import { withClientVpn } from './client-vpn-of-shape.ts';
import { addressIn } from './interfaces-of-shape.ts';
import { specOf } from './network-of-shape.ts';
import { pick } from './random.ts';
import { namesSpecs } from './random-names.ts';
import { halves, index, mostly, once, plainly, rarely, type Shape, shapes } from './random-network.ts';
import { type AnswerSpec, type Change, changed, type InterfaceSpec, type Spec, type TableSpec } from './spec.ts';

const carrierShape = fc.record({
  /** Which hosts have an address of the carrier's, and which tables lead to the gateway, bit by bit. */
  hosts: index,
  tables: index,
  to: fc.array(index, { minLength: 2, maxLength: 2 }),
  pending: rarely,
});

const carried = ['0.0.0.0/0', '203.0.113.0/24', '0.0.0.0/0', '172.16.0.0/12'];

/** VPC A with a carrier gateway. */
export const carrierNetwork: fc.Arbitrary<Spec> = fc.tuple(shapes, carrierShape).map(([base, own]) => {
  const spec = specOf(plainly(base));
  const hosts = spec.interfaces.filter(({ subnet, type }) => subnet !== 'subnet-b' && type === undefined);
  return changed(spec, {
    carriers: [{ id: 'cagw-a', vpc: 'vpc-a', ...(own.pending ? { state: 'pending' } : {}) }],
    interfaces: hosts.flatMap(({ id, ips: [first = '', ...rest] }, i) =>
      (own.hosts >> i) % 2 === 0 ? [{ id, ips: [`${first.split('=')[0]}~155.146.1.${i + 1}`, ...rest] }] : [],
    ),
    tables: leading(spec, own.tables, (i) => `${pick(carried, own.to[i % 2]!)} cagw-a`),
  });
});

/** Those tables of VPC A, bit by bit, with a route of their own in place of one to the same destination. */
const leading = (spec: Spec, bits: number, route: (i: number) => string): readonly TableSpec[] =>
  spec.tables
    .filter(({ vpc, edge }) => vpc === 'vpc-a' && edge === undefined)
    .map((table, i): TableSpec => {
      if ((bits >> i) % 3 === 2) return table;
      const own = route(i);
      const [to] = own.split(' ', 1);
      return { ...table, routes: [...table.routes.filter((one) => !one.startsWith(`${to} `)), own] };
    });

const clientVpnShape = fc.record({
  subnets: fc.array(index, { minLength: 1, maxLength: 2 }),
  group: index,
  routes: fc.array(fc.record({ to: index, by: index, loose: rarely }), { minLength: 1, maxLength: 4 }),
  rules: fc.array(fc.record({ to: index, loose: rarely }), { minLength: 1, maxLength: 4 }),
  untold: rarely,
  unread: fc.option(fc.boolean(), { freq: 1, nil: undefined }),
  dual: mostly,
});

/** VPC A with a Client VPN endpoint whose clients mostly send both families. */
export const clientVpnNetwork: fc.Arbitrary<Spec> = fc.tuple(shapes, clientVpnShape).map(([base, own]) => {
  const spec = specOf({ ...plainly(base), ipv6: own.dual || base.ipv6 });
  return changed(spec, withClientVpn(spec, own));
});

/** What AWS calls them. */
const services: readonly (readonly [type: string, description: string])[] = [
  ['interface', 'VerifiedAccess Endpoint Interface vae-1'],
  ['ec2_instance_connect_endpoint', 'EC2 Instance Connect Endpoint eice-1'],
  ['global_accelerator_managed', 'GlobalAccelerator-1'],
  ['interface', 'CloudFront VPC origin vo-1'],
  ['interface', 'Route 53 Resolver: rslvr-in-1:rni-1'],
  ['interface', 'Route 53 Resolver: rslvr-out-1:rni-1'],
  ['api_gateway_managed', 'API Gateway'],
];

const excludable = [
  'InternetGateway',
  'NatGateway',
  'VpcPeering',
  'EgressOnlyInternetGateway',
  'VirtualPrivateGateway',
];

const servicesShape = fc.record({
  interfaces: fc.array(fc.record({ what: index, subnet: index, group: index, ungrouped: rarely }), {
    minLength: 1,
    maxLength: 2,
  }),
  encryption: once(2, fc.record({ excluded: fc.subarray(excludable), ending: rarely })),
  vpcs: halves,
});

type ServicesShape = typeof servicesShape extends fc.Arbitrary<infer T> ? T : never;

/** VPC A with interfaces by which AWS's services come in, sometimes under encryption controls. */
export const servicesNetwork: fc.Arbitrary<Spec> = fc.tuple(shapes, servicesShape).map(([base, own]) => {
  const shape = plainly(base);
  return changed(specOf(shape), { interfaces: interfacesOf(shape, own), others: encryptionOf(own) });
});

const interfacesOf = (shape: Shape, { interfaces }: ServicesShape): readonly InterfaceSpec[] =>
  interfaces.map(({ what, subnet, group, ungrouped }, i) => {
    const [type, description] = pick(services, what);
    const at = subnet % shape.subnets.length;
    return {
      id: `eni-svc${i}`,
      subnet: `subnet-${at}`,
      ips: [addressIn(at, 56 + i), ...(shape.ipv6 ? [`2600:1f18:a:${at + 1}::${56 + i}`] : [])],
      groups: ungrouped ? [] : [`sg-${group % shape.groups.length}`],
      type,
      description,
      instance: 'service',
    };
  });

const encryptionOf = ({ encryption }: ServicesShape): readonly AnswerSpec[] =>
  encryption === null
    ? []
    : [
        {
          id: 'ec2 describe-vpc-encryption-controls',
          json: {
            VpcEncryptionControls: [
              {
                VpcId: 'vpc-a',
                VpcEncryptionControlId: 'vpcec-1',
                Mode: 'enforce',
                State: 'available',
                ResourceExclusions: Object.fromEntries(
                  encryption.excluded.map((kind) => [kind, { State: encryption.ending ? 'disabling' : 'enabled' }]),
                ),
              },
            ],
          },
        },
      ];

/** VPCs A and B whose names DNS Firewall and resolver rules look at, with an inbound endpoint of the resolver. */
export const namesNetwork: fc.Arbitrary<Spec> = fc
  .tuple(shapes, namesSpecs, fc.record({ subnet: index, group: index, there: mostly }))
  .map(([base, told, { subnet, group, there }]) => {
    const shape = { ...plainly(base), dns: true };
    const at = subnet % shape.subnets.length;
    const inbound: Change = {
      interfaces: [
        {
          id: 'eni-in',
          subnet: `subnet-${at}`,
          ips: [addressIn(at, 57)],
          groups: [`sg-${group % shape.groups.length}`],
          description: 'Route 53 Resolver: rslvr-in-1:rni-1',
          instance: 'service',
        },
      ],
    };
    return changed(changed(specOf(shape), names(told)), there ? inbound : {});
  });
