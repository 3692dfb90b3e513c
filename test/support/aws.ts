/** A network in few words as the documents that the AWS CLI prints: one file a call, AWS's own shapes. */
import {
  describeAttachedFirewalls,
  describeBlock,
  describeFirewalls,
  describeLists,
  describeOpaque,
} from './aws-elsewhere.ts';
import { describeServices } from './aws-endpoint-service.ts';
import { describeCarriers, describeEndpoints, describeInternetGateways, describeNat } from './aws-gateway.ts';
import { describeInstances, describeInterface, ownedInterfaces } from './aws-interface.ts';
import { describeAcls, describeGroups, describeSubnet, describeTable, describeVpc } from './aws-vpc.ts';
import { describeBalancers } from './aws-load-balancer.ts';
import { describeClientVpns } from './aws-client-vpn.ts';
import { describeDirectConnect } from './aws-direct-connect.ts';
import { describeTransit } from './aws-transit-gateway.ts';
import type { Spec } from './spec.ts';

export interface Document {
  readonly file: string;
  readonly json: unknown;
}

/** Everything the CLI would print for the network. */
export function documents(spec: Spec): readonly Document[] {
  const interfaces = [...spec.interfaces, ...ownedInterfaces(spec)];
  return [
    { file: 'describe-vpcs.json', json: { Vpcs: spec.vpcs.map((vpc) => describeVpc(spec, vpc)) } },
    ...spec.vpcs.flatMap(({ id, dnsSupport }) => [
      {
        file: `describe-vpc-attribute.enableDnsSupport.${id}.json`,
        json: { VpcId: id, EnableDnsSupport: { Value: dnsSupport ?? true } },
      },
      {
        file: `describe-vpc-attribute.enableDnsHostnames.${id}.json`,
        json: { VpcId: id, EnableDnsHostnames: { Value: true } },
      },
    ]),
    { file: 'describe-subnets.json', json: { Subnets: spec.subnets.map((subnet) => describeSubnet(spec, subnet)) } },
    {
      file: 'describe-route-tables.json',
      json: { RouteTables: spec.tables.map((table) => describeTable(spec, table)) },
    },
    { file: 'describe-network-acls.json', json: { NetworkAcls: describeAcls(spec) } },
    { file: 'describe-security-groups.json', json: { SecurityGroups: describeGroups(spec) } },
    {
      file: 'describe-network-interfaces.json',
      json: { NetworkInterfaces: interfaces.map((item) => describeInterface(spec, item)) },
    },
    { file: 'describe-instances.json', json: { Reservations: describeInstances(spec) } },
    ...describeLists(spec),
    { file: 'describe-internet-gateways.json', json: { InternetGateways: describeInternetGateways(spec) } },
    {
      file: 'describe-egress-only-internet-gateways.json',
      json: {
        EgressOnlyInternetGateways: spec.eigws.map(({ id, vpc }) => ({
          EgressOnlyInternetGatewayId: id,
          Attachments: [{ State: 'attached', VpcId: vpc }],
          Tags: [],
        })),
      },
    },
    { file: 'describe-nat-gateways.json', json: { NatGateways: spec.nats.map((nat) => describeNat(spec, nat)) } },
    ...(spec.carriers.length === 0
      ? []
      : [{ file: 'describe-carrier-gateways.json', json: { CarrierGateways: describeCarriers(spec) } }]),
    { file: 'describe-vpc-endpoints.json', json: { VpcEndpoints: describeEndpoints(spec) } },
    ...describeFirewalls(spec),
    ...describeAttachedFirewalls(spec),
    ...describeOpaque(spec),
    ...describeTransit(spec),
    ...describeDirectConnect(spec),
    ...describeClientVpns(spec),
    ...describeBalancers(spec),
    ...describeServices(spec),
    ...describeBlock(spec),
    ...spec.others.map(({ id, json }) => ({ file: `${id.replace(' ', '/')}.json`, json })),
  ];
}
