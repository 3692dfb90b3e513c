/** VPC peering connections: active once the other side accepts, which one of the same account and Region does by itself. */
import { present } from '../../base/present.ts';
import { resource } from './common.ts';
import { vpcType } from './kinds.ts';
import { flag, idOf, known, text } from './property.ts';
import { type Construct, note } from './reading.ts';
import { Unknown } from './value.ts';

export const vpcPeering: Construct = {
  identities: ['VpcPeeringConnectionId'],
  properties: [
    'VpcId',
    'PeerVpcId',
    'PeerRegion',
    'PeerOwnerId',
    'PeerRoleArn',
    'AssumeRoleRegion',
    'AutoAccept',
    'Accepted',
    'Status',
    'Tags',
  ],
  read(at) {
    const own = idOf(at, 'VpcId', vpcType);
    const peer = idOf(at, 'PeerVpcId', vpcType);
    if (own instanceof Unknown) note(at, 'VpcId', own, 'the connection may lead anywhere');
    if (peer instanceof Unknown) note(at, 'PeerVpcId', peer, 'the connection may lead anywhere');
    const status = text(at, 'Status');
    // Somebody must accept it; nothing says that they do not.
    const refused = known(flag(at, 'Accepted')) === false;
    at.in.findings.vpcPeerings.push({
      ...resource(at),
      kind: 'vpc-peering',
      sides: [
        present({ vpc: known(own), region: at.of.region }),
        present({ vpc: known(peer), region: known(text(at, 'PeerRegion')) ?? at.of.region }),
      ],
      state: at.of.uncertain === undefined ? (known(status) ?? (refused ? 'unknown' : 'active')) : 'unknown',
    });
  },
};
