/** Random networks with VPC Lattice: a service network whose services and shared resources lead into VPC A or B. */
import * as fc from 'fast-check';
import { lattice, type LatticeSpec } from './aws-lattice.ts';
import { addressIn } from './interfaces-of-shape.ts';
import { specOf } from './network-of-shape.ts';
import { pick } from './random.ts';
import { halves, index, mostly, once, plainly, rarely, type Shape, shapes } from './random-network.ts';
import { type Change, changed, type Spec } from './spec.ts';

const auth = fc.oneof(
  { weight: 8, arbitrary: fc.constant('NONE' as const) },
  { weight: 1, arbitrary: fc.constantFrom('AWS_IAM' as const, 'unread' as const) },
);

const latticeShape = fc.record({
  auth,
  /** Of both associations: VPC A's and VPC B's. */
  clients: fc.tuple(mostly, rarely),
  filter: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 2, arbitrary: index }),
  unfiltered: rarely,
  status: once(6, fc.constant('CREATE_IN_PROGRESS')),
  /** Entries of AWS's prefix list, of this Region or another. */
  list: once(2, fc.record({ narrow: halves, elsewhere: rarely })),
  services: fc.array(
    fc.record({
      auth,
      /** The first listens on 443; rules before the default take some, or all. */
      listeners: fc.array(fc.record({ to: index, rule: once(4, index) }), { minLength: 1, maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  groups: fc.tuple(
    ...[0, 1].map(() =>
      fc.record({
        there: halves,
        byAddress: halves,
        lambda: rarely,
        targets: fc.array(fc.record({ of: index, port: index, sick: rarely }), { minLength: 1, maxLength: 2 }),
      }),
    ),
  ),
  resources: fc.array(fc.record({ at: index, ports: index, there: halves, ofNetwork: mostly, changing: rarely }), {
    minLength: 1,
    maxLength: 2,
  }),
  /** Groups of the gateways' interfaces in A and B; whether A's has a second one. */
  gateways: fc.record({ group: index, open: mostly, second: halves }),
  endpoint: fc.option(fc.record({ subnet: index, group: index, leads: index }), { freq: 3 }),
  /** What B's host admits besides. */
  admits: index,
});

type LatticeShape = typeof latticeShape extends fc.Arbitrary<infer T> ? T : never;

export const latticeNetwork: fc.Arbitrary<Spec> = fc.tuple(shapes, latticeShape).map(([base, own]) => {
  const shape = plainly(base);
  const spec = specOf(shape);
  return changed(spec, withLattice(spec, shape, own));
});

const ports = [443, 22, 8080];
const admitted = ['all 0.0.0.0/0', 'tcp all 169.254.171.0/25', 'tcp all pl-lattice', 'all sg-rgw', 'tcp 443 0.0.0.0/0'];
const shares = [['443'], ['400-500'], ['22', '443']];

function withLattice(spec: Spec, shape: Shape, own: LatticeShape): Change {
  const hosts = spec.interfaces.filter(({ subnet, type }) => subnet !== 'subnet-b' && type === undefined);
  const instances = hosts.filter(({ instance }) => instance === undefined).map(({ id }) => id.replace('eni-', 'i-'));
  const addresses = hosts.flatMap(({ ips }) => ips.filter((one) => !one.includes(':') && !one.includes('/')));
  const inA = [...addresses.map((one) => one.split('=')[0]!), '10.0.0.60'];
  const groups = own.groups.map((group, i) => groupOf(group, i, instances, inA));
  const shared = own.resources.map((one, i) => ({ ...one, id: `rcfg-${i}` }));
  const members = shared.filter(({ ofNetwork }) => ofNetwork).map(({ id }) => id);
  const told: LatticeSpec = {
    networks: [
      {
        id: 'sn-1',
        auth: own.auth,
        vpcs: [...(own.clients[0] ? [`vpc-a${filterOf(shape, own)}`] : []), ...(own.clients[1] ? ['vpc-b'] : [])],
        services: own.services.map((_, i) => `svc-${i}`),
        resources: members,
        ...(own.status === null ? {} : { status: own.status }),
      },
    ],
    services: own.services.map(({ auth: asks, listeners }, i) => ({
      id: `svc-${i}`,
      auth: asks,
      listeners: listeners.map(({ to, rule }, n) => {
        const rules = rule === null ? '' : ` | ${pick(['/*', '/admin'], rule)} ${groupNamed(rule >> 1)}`;
        return `${pick(['HTTPS', 'HTTP'], n)} ${ports[n]} ${groupNamed(to)}${rules}`;
      }),
    })),
    groups,
    gateways: [
      { id: 'rgw-a', vpc: 'vpc-a' },
      { id: 'rgw-b', vpc: 'vpc-b' },
    ],
    resources: shared.map(({ id, at, ports: range, there, changing }) => ({
      id,
      gateway: there ? 'rgw-b' : 'rgw-a',
      ports: pick(shares, range),
      at: pick([...inA, '10.1.0.4', '10.1.0.4', 'db.example.com'], at),
      ...(changing ? { status: 'UPDATE_IN_PROGRESS' } : {}),
    })),
  };
  return {
    ...lattice(told),
    ...(own.list === null ? {} : { lists: [listOf(own.list)] }),
    groups: [
      { id: 'sg-rgw', vpc: 'vpc-b', in: [], out: ['all 0.0.0.0/0'] },
      { id: 'sg-lat', vpc: 'vpc-b', in: wordsFor(own), out: [] },
    ],
    interfaces: [...gatewayInterfaces(shape, own), { id: 'eni-b', groups: ['sg-b', 'sg-lat'] }],
    ...endpointsOf(shape, own, shared.length),
  };
}

/** A list that is not there admits nobody. */
const wordsFor = ({ admits, list }: LatticeShape): readonly string[] =>
  [pick(admitted, admits)].filter((word) => list !== null || !word.endsWith('pl-lattice'));

const groupNamed = (at: number): string => (at % 7 === 6 ? 'fixed' : `tg-${at % 2}`);

const filterOf = ({ groups }: Shape, { filter, unfiltered }: LatticeShape): string =>
  unfiltered ? ' ?' : filter === null ? '' : ` sg-${filter % groups.length}`;

const listOf = ({ narrow, elsewhere }: NonNullable<LatticeShape['list']>) => ({
  id: 'pl-lattice',
  name: `com.amazonaws.${elsewhere ? 'eu-west-1' : 'us-east-1'}.vpc-lattice`,
  entries: [narrow ? '169.254.171.0/29' : '169.254.171.0/24'],
});

function groupOf(
  { there, byAddress, lambda, targets }: LatticeShape['groups'][number],
  i: number,
  instances: readonly string[],
  inA: readonly string[],
): NonNullable<LatticeSpec['groups']>[number] {
  const id = `tg-${i}`;
  if (lambda) return { id, type: 'LAMBDA', targets: [`arn:aws:lambda:us-east-1:111122223333:function:f-${i}`] };
  const ip = byAddress || (!there && instances.length === 0);
  const all = there ? [ip ? '10.1.0.4' : 'i-b'] : ip ? inA : instances;
  return {
    id,
    type: ip ? 'IP' : 'INSTANCE',
    vpc: there ? 'vpc-b' : 'vpc-a',
    port: 443,
    targets: [
      ...new Map(
        targets.map(({ of, port, sick }, n) => {
          const target = `${pick(all, of)}${n === 0 ? '' : `@${pick(ports, port)}`}`;
          return [target, `${target}${sick ? ' UNHEALTHY' : ''}`];
        }),
      ).values(),
    ],
  };
}

function gatewayInterfaces({ subnets, groups }: Shape, { gateways: { group, open, second } }: LatticeShape) {
  const at = (id: string, subnet: string, ip: string, own: string, gateway: string) => ({
    id,
    subnet,
    ips: [ip],
    groups: [own],
    description: `Resource Gateway Interface ${gateway}`,
    instance: 'service',
  });
  const ofA = open ? 'sg-0' : `sg-${group % groups.length}`;
  return [
    at('eni-rgw0', 'subnet-0', addressIn(0, 53), ofA, 'rgw-a'),
    ...(second && subnets.length > 1 ? [at('eni-rgw1', 'subnet-1', addressIn(1, 53), ofA, 'rgw-a')] : []),
    at('eni-rgwb', 'subnet-b', '10.1.0.40', 'sg-rgw', 'rgw-b'),
  ];
}

function endpointsOf(shape: Shape, { endpoint }: LatticeShape, resources: number): Pick<Change, 'interfaceEndpoints'> {
  if (endpoint === null) return {};
  const leads = pick(['sn-1', ...Array.from({ length: resources }, (_, i) => `rcfg-${i}`)], endpoint.leads);
  const subnet = endpoint.subnet % shape.subnets.length;
  return {
    interfaceEndpoints: [
      {
        id: 'vpce-lattice',
        vpc: 'vpc-a',
        service: '',
        type: leads === 'sn-1' ? 'ServiceNetwork' : 'Resource',
        leads,
        at: [{ subnet: `subnet-${subnet}`, ips: [addressIn(subnet, 45)] }],
        groups: [`sg-${endpoint.group % shape.groups.length}`],
      },
    ],
  };
}
