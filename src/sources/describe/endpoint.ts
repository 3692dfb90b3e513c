/** describe-vpc-endpoints. */
import type { VpcEndpoint as AwsVpcEndpoint } from '@aws-sdk/client-ec2';
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { VpcEndpoint } from '../../network/endpoint.ts';
import { type At, flag, provenance, required, text, texts } from './fields.ts';
import { firewallNamed } from './firewall.ts';
import { resource } from './resource.ts';

const types = [
  'Gateway',
  'Interface',
  'GatewayLoadBalancer',
  'Resource',
  'ServiceNetwork',
  'Tunnel',
] as const satisfies readonly VpcEndpoint['endpointType'][];

export function readEndpoint(at: At<AwsVpcEndpoint>, findings: Findings): void {
  const id = required(at, 'VpcEndpointId');
  const vpc = required(at, 'VpcId');
  if (id === undefined || vpc === undefined) return;
  const shown = text(at, 'VpcEndpointType') ?? 'Gateway';
  const endpointType = types.find((type) => type === shown);
  if (endpointType === undefined) {
    findings.notModelled.push({
      kind: 'vpc-endpoint',
      id,
      status: 'not-modelled',
      why: `its type \`${shown}\` is not known`,
      affects: 'flows through it, and routes to it',
      source: provenance(at),
    });
    return;
  }
  const own = resource(at, id, { account: text(at, 'OwnerId') });
  const { Firewall: firewall, AWSNetworkFirewallManaged: managed } = own.tags;
  const inspects = endpointType === 'GatewayLoadBalancer';
  findings.endpoints.push({
    ...own,
    kind: 'vpc-endpoint',
    endpointType,
    vpc,
    serviceName: text(at, 'ServiceName') ?? '',
    state: (text(at, 'State') ?? 'available').toLowerCase(),
    routeTables: texts(at, 'RouteTableIds'),
    subnets: texts(at, 'SubnetIds'),
    interfaces: texts(at, 'NetworkInterfaceIds'),
    privateDnsEnabled: flag(at, 'PrivateDnsEnabled') ?? false,
    ...present({
      policy: text(at, 'PolicyDocument'),
      ipAddressType: inspects && managed !== 'true' ? text(at, 'IpAddressType') : undefined,
      resourceConfiguration: text(at, 'ResourceConfigurationArn')?.split('/').at(-1),
      serviceNetwork: text(at, 'ServiceNetworkArn')?.split('/').at(-1),
    }),
  });
  // Network Firewall marks the endpoints that it makes; the firewall's name alone is a tag that anybody may write.
  if (inspects && managed === 'true' && firewall?.startsWith('arn:') === true)
    findings.firewalls.push({
      ...firewallNamed(at, firewall),
      kind: 'network-firewall',
      endpoints: [{ endpoint: id, vpc, state: 'READY', ...present({ subnet: texts(at, 'SubnetIds')[0] }) }],
    });
}
