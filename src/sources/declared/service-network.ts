/** Service networks of VPC Lattice, and what is associated with them: VPCs, services, resource configurations (semantics 14.1). */
import { present } from '../../base/present.ts';
import type { MemberAssociationFinding } from '../../network/build/lattice-finding.ts';
import { lastOfArn } from '../arn.ts';
import { everyOne } from './every.ts';
import { groupType, vpcType } from './kinds.ts';
import { authorizes, latticeResource, latticeState, namedBy } from './lattice.ts';
import { serviceType } from './lattice-service.ts';
import { idOf, references } from './property.ts';
import { type At, type Construct, isMade, note, provenance } from './reading.ts';
import { configurationType } from './resource-configuration.ts';
import { Unknown } from './value.ts';

const networkType = 'AWS::VpcLattice::ServiceNetwork';

export const serviceNetwork: Construct = {
  identities: ['Arn', 'Id'],
  properties: ['Name', 'AuthType', 'SharingConfig', 'Tags'],
  read(at) {
    const { lattice } = at.in.findings;
    const own = { ...latticeResource(at), ...authorizes(at) };
    lattice.networks.push(own);
    at.in.findings.namedGateways.push({ kind: 'service-network', id: own.id, source: own.source });
    // What the deployment makes has what is declared, and nothing else.
    if (isMade(at))
      for (const kind of ['services', 'resources'] as const)
        lattice.lists.push({ of: kind, subject: own.id, ...present({ account: own.account, region: own.region }) });
  },
};

const anyNetwork = 'it may be of any service network that is declared';

export const serviceNetworkVpcAssociation: Construct = {
  properties: [
    'ServiceNetworkIdentifier',
    'VpcIdentifier',
    'SecurityGroupIds',
    'DnsOptions',
    'PrivateDnsEnabled',
    'Tags',
  ],
  read(at) {
    const networks = namedBy(at, 'ServiceNetworkIdentifier', networkType, anyNetwork);
    const vpc = idOf(at, 'VpcIdentifier', vpcType);
    if (vpc instanceof Unknown) note(at, 'VpcIdentifier', vpc, 'it may be any VPC');
    const vpcs = vpc instanceof Unknown ? everyOne(at.in, vpcType) : vpc === undefined ? [] : [vpc];
    const sure = networks.known && !(vpc instanceof Unknown);
    const groups = references(at, 'SecurityGroupIds', groupType);
    const [unknown] = groups.unknown;
    if (unknown !== undefined) note(at, 'SecurityGroupIds', unknown, 'what filters its clients counts as unread');
    const source = provenance(at);
    const { lattice, attachments } = at.in.findings;
    for (const network of networks.ids.map(lastOfArn))
      for (const to of vpcs) {
        const id = sure ? lastOfArn(at.of.id) : `${lastOfArn(at.of.id)} ${network} ${to}`;
        lattice.vpcAssociations.push({
          id,
          network,
          vpc: to,
          state: sure ? latticeState(at) : 'pending',
          source,
          ...present({ groups: unknown === undefined ? groups.known : undefined }),
        });
        const gateway = { kind: 'service-network', id: network } as const;
        attachments.push({ id, gateway, to: { kind: 'vpc', id: to }, name: 'service-network-vpc-association', source });
      }
  },
};

/** A member that is not known is one that nobody read: then its network may lead anywhere. */
const membership = (
  kind: MemberAssociationFinding['kind'],
  [networkKey, memberKey]: readonly [network: string, member: string],
  type: string,
): NonNullable<Construct['read']> =>
  function read(at: At): void {
    const networks = namedBy(at, networkKey, networkType, anyNetwork);
    const members = namedBy(at, memberKey, type, 'what its service network leads to is not known');
    const [only] = members.ids;
    const id = lastOfArn(at.of.id);
    for (const network of networks.ids.map(lastOfArn))
      at.in.findings.lattice.memberAssociations.push({
        kind,
        id: networks.known ? id : `${id} ${network}`,
        network,
        member: members.known && only !== undefined ? lastOfArn(only) : `${id}/${memberKey}`,
        state: networks.known ? latticeState(at) : 'pending',
      });
  };

export const serviceAssociation: Construct = {
  properties: ['ServiceNetworkIdentifier', 'ServiceIdentifier', 'DnsEntry', 'Tags'],
  read: membership('service', ['ServiceNetworkIdentifier', 'ServiceIdentifier'], serviceType),
};

export const resourceAssociation: Construct = {
  properties: ['ServiceNetworkId', 'ResourceConfigurationId', 'PrivateDnsEnabled', 'Tags'],
  read: membership('resource', ['ServiceNetworkId', 'ResourceConfigurationId'], configurationType),
};
