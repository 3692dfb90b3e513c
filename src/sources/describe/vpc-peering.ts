/** describe-vpc-peering-connections. */
import type { VpcPeeringConnection } from '@aws-sdk/client-ec2';
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import { type At, inner, required, text } from './fields.ts';
import { resource } from './resource.ts';

/** Only an active connection carries packets (semantics 6.1); one that comes about or ends may. */
export function readVpcPeering(at: At<VpcPeeringConnection>, findings: Findings): void {
  const id = required(at, 'VpcPeeringConnectionId');
  if (id === undefined) return;
  const status = inner(at, 'Status');
  const sides = [inner(at, 'RequesterVpcInfo'), inner(at, 'AccepterVpcInfo')].map((side) =>
    present({ vpc: side && text(side, 'VpcId'), region: side && text(side, 'Region') }),
  );
  findings.vpcPeerings.push({
    ...resource(at, id),
    kind: 'vpc-peering',
    sides: sides,
    // A connection without a status is one that somebody wrote by hand.
    state: (status && text(status, 'Code')) ?? 'active',
  });
}
