/** What a firewall with an endpoint in each zone does with a reply that comes by another of them is never taken for a drop. */
import { describePolicy, describeStateless, inspecting, statelessGroupArn } from '../support/aws-network-firewall.ts';
import type { PolicySpec } from '../support/aws-network-firewall.ts';
import { hub, inspection } from '../support/inspected-hub.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { neverHolds, stillHolds } from './verdict.ts';

const ofFirewall: Change = {
  firewallEndpoints: [
    { id: 'vpce-fw1', firewall: 'fw' },
    { id: 'vpce-fw2', firewall: 'fw' },
  ],
};

/** Without appliance mode, so that a flow between zones comes by the one endpoint and its reply by the other. */
const zonal = (policy: PolicySpec | undefined, appliance = false) =>
  world(
    ...hub,
    inspection(appliance),
    ofFirewall,
    inspecting(...(policy === undefined ? [] : [describePolicy('fw', policy)])),
  );

const between = (traffic: string): string =>
  `forbid: { from: eni-i1, to: eni-b2, mode: connection, traffic: ${traffic} }`;

neverHolds('firewalls in two zones', [
  {
    says: 'stateless rules pass a reply whose request they have not seen (10.17, 10.18)',
    network: zonal({ stateless: 'aws:pass' }),
    property: between('tcp/443'),
  },
  {
    says: 'also where only some rule of a group does',
    network: world(
      ...hub,
      inspection(false),
      ofFirewall,
      inspecting(
        describePolicy('fw', { statelessGroups: [statelessGroupArn('packets')] }),
        describeStateless('packets', [{ action: 'aws:pass', protocols: [6] }]),
      ),
    ),
    property: between('tcp/443'),
  },
  {
    says: 'the stream exception policy may be to continue (10.37)',
    network: zonal({ streamException: 'CONTINUE' }),
    property: between('tcp/443'),
  },
  {
    says: 'a datagram is a flow of its own to the engine (10.37)',
    network: zonal({}),
    property: between('udp/53'),
  },
  { says: 'and so is an echo', network: zonal({}), property: between('icmp') },
  { says: 'of a policy that nobody read it is not told', network: zonal(undefined), property: between('tcp/443') },
]);

stillHolds('firewalls in two zones', [
  {
    says: 'an engine that sees every packet drops the replies of connections that it has not seen begin (10.37, T59)',
    network: zonal({}),
    property: between('tcp/443'),
  },
]);

neverHolds('firewalls in two zones', [
  {
    says: 'in appliance mode both ways take one of them (7.19)',
    network: zonal({}, true),
    property: between('tcp/443'),
  },
  {
    says: 'no connection between zones is certain where each way has its endpoint (7.20)',
    network: zonal({ stateless: 'aws:pass' }),
    property: 'require: { from: eni-i1, to: eni-b2, traffic: tcp/443 }',
  },
]);
