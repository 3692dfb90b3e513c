/** A consumer's VPC and a provider's, joined by VPC Lattice alone, for tests of service networks and shared resources. */
import { expect, test } from 'vitest';
import { vpcB } from '../hostile/parts.ts';
import { lattice, type LatticeSpec } from '../support/aws-lattice.ts';
import { networkOf } from '../support/network.ts';
import type { Change, Spec } from '../support/spec.ts';
import { tracerComplaints } from '../support/traced.ts';
import { parseLine } from '../support/vector.ts';
import { world } from '../support/world.ts';

/** What Lattice sends from, as its prefix list tells. */
export const list: Change = {
  lists: [{ id: 'pl-lat', name: 'com.amazonaws.us-east-1.vpc-lattice', entries: ['169.254.171.0/24'] }],
};

const consumer = { id: 'sn-1', vpcs: ['vpc-a'], services: ['svc-1'] };

/** VPC A is associated with a service network, in which one service leads to B on 8080. */
export const served = (
  network: Partial<NonNullable<LatticeSpec['networks']>[number]> = {},
  more: LatticeSpec = {},
): Change =>
  lattice({
    networks: [{ ...consumer, ...network }],
    services: [{ id: 'svc-1', listeners: ['HTTPS 443 tg-1'] }],
    groups: [{ id: 'tg-1', vpc: 'vpc-b', port: 8080, targets: ['i-b'] }],
    ...more,
  });

/** A resource of VPC B behind a gateway there, whose group `sg-b` admits on the database's port. */
export const shared = (more: LatticeSpec = {}): Change => ({
  groups: [
    { id: 'sg-rgw', vpc: 'vpc-b', in: [], out: ['all 0.0.0.0/0'] },
    { id: 'sg-b', in: ['tcp 5432 sg-rgw'] },
  ],
  interfaces: [gatewayInterface('eni-rgw', '10.1.1.40')],
  ...lattice({
    gateways: [{ id: 'rgw-1', vpc: 'vpc-b' }],
    resources: [{ id: 'rcfg-1', gateway: 'rgw-1', ports: ['5432'], at: '10.1.1.10' }],
    ...more,
  }),
});

const gatewayInterface = (id: string, ip: string) => ({
  id,
  subnet: 'subnet-b',
  ips: [ip],
  groups: ['sg-rgw'],
  description: 'Resource Gateway Interface rgw-1',
  instance: 'service' as const,
});

export const endpoint = (leads: string): Change => ({
  interfaceEndpoints: [
    {
      id: 'vpce-db',
      vpc: 'vpc-a',
      service: '',
      type: leads.startsWith('sn-') ? 'ServiceNetwork' : 'Resource',
      leads,
      at: [{ subnet: 'subnet-s1', ips: ['10.0.1.100'] }],
      groups: ['sg-open'],
    },
  ],
});

export const apart = (...changes: readonly Change[]): Spec => world(vpcB, ...changes);

/** The service sends that, and I1 asks for this. */
export const sent = 'svc-1@vpc-b=169.254.171.7:2048>10.1.1.10:8080';
export const asks = 'tcp I1:40000 -> 169.254.171.5:443';

/** The resource gateway sends that, and I1 asks the endpoint for this. */
export const handed = 'rcfg-1@eni-rgw=10.1.1.40:2048>10.1.1.10:5432';
export const database = 'tcp I1:40000 -> 10.0.1.100:5432';

/** Each line of the vector holds of the tracer. */
export function traces(says: string, spec: Spec, ...lines: readonly string[]): void {
  test.each(lines)(`${says}: %s`, (text) => {
    const network = networkOf(spec);
    expect(tracerComplaints(network, parseLine(network, text))).toEqual([]);
  });
}
