/** Flow logs (semantics section 15). */
import { present } from '../../base/present.ts';
import { resource } from './common.ts';
import { subnetType, vpcType } from './kinds.ts';
import { idOf, known, text } from './property.ts';
import { type Construct, note } from './reading.ts';
import { Unknown } from './value.ts';

/** By AWS's word for what is watched. */
const watched: Readonly<Record<string, string>> = {
  VPC: vpcType,
  Subnet: subnetType,
  NetworkInterface: 'AWS::EC2::NetworkInterface',
  TransitGateway: 'AWS::EC2::TransitGateway',
  TransitGatewayAttachment: 'AWS::EC2::TransitGatewayAttachment',
};

/** It watches, and changes nothing: where it is not known what it watches, that may be anything. */
export const flowLog: Construct = {
  properties: ['ResourceType', 'ResourceId', 'TrafficType', 'LogDestinationType', 'Tags'],
  others: true,
  read(at) {
    const type = watched[known(text(at, 'ResourceType')) ?? ''];
    const on = type === undefined ? undefined : idOf(at, 'ResourceId', type);
    if (on instanceof Unknown) note(at, 'ResourceId', on, 'what it watches is not known');
    at.in.findings.flowLogs.push({
      ...resource(at),
      kind: 'flow-log',
      ...present({
        on: typeof on === 'string' ? on : undefined,
        traffic: known(text(at, 'TrafficType')),
        destination: known(text(at, 'LogDestinationType')),
      }),
    });
  },
};
