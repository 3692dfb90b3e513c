/** Classic Load Balancers (semantics 12.21). */
import { present } from '../../base/present.ts';
import type { ClassicListenerFinding, TargetFinding } from '../../network/build/load-balancer-finding.ts';
import { resource } from './common.ts';
import { autoScalingGroupType, instanceType, subnetType } from './kinds.ts';
import { flag, idOf, known, objects, references, text, whole } from './property.ts';
import { type At, complain, type Construct, note, notModelled, provenance, type Reading } from './reading.ts';
import { satellitesOf } from './satellite.ts';
import { groupsOf, sayUnknown, standIn, subnetsLike, vpcOfSubnet } from './service-interface.ts';
import { autoScalingAttachment, classicAttachment } from './types.ts';
import { Unknown } from './value.ts';

const type = 'AWS::ElasticLoadBalancing::LoadBalancer';

export const classicLoadBalancer: Construct = {
  identities: ['LoadBalancerName'],
  properties: [
    'LoadBalancerName',
    'Scheme',
    'Subnets',
    'SecurityGroups',
    'Listeners',
    'Instances',
    'CrossZone',
    'Tags',
    'AccessLoggingPolicy',
    'AppCookieStickinessPolicy',
    'ConnectionDrainingPolicy',
    'ConnectionSettings',
    'HealthCheck',
    'LBCookieStickinessPolicy',
    'Policies',
  ],
  read(at) {
    const subnets = references(at, 'Subnets', subnetType);
    const vpc = subnets.known.map((one) => vpcOfSubnet(at.in, one)).find((one) => one !== undefined);
    if (vpc === undefined)
      return notModelled(at, 'load-balancer', 'no subnet that is declared has a node of it', 'flows through it');
    const scheme = text(at, 'Scheme') ?? 'internet-facing';
    if (scheme instanceof Unknown) note(at, 'Scheme', scheme, 'it may be open to the internet');
    sayUnknown(at, 'Subnets', subnets.unknown);
    const service = {
      interfaceType: 'interface',
      description: `ELB ${at.of.id}`,
      groups: groupsOf(at, 'SecurityGroups', 'default'),
    };
    const node = (subnet: string, open: boolean, perhaps: boolean, beside = ''): void =>
      void standIn(at, service, { subnet, perhaps, beside, pending: { ipv4: 1, ipv6: 0, public: open } });
    for (const subnet of subnets.known) {
      node(subnet, scheme === 'internet-facing', false);
      if (scheme instanceof Unknown) node(subnet, true, true, '/perhaps');
    }
    for (const subnet of subnetsLike(at, subnets, vpc)) node(subnet, scheme !== 'internal', true);
    at.in.findings.loadBalancers.push({
      ...resource(at, { name: known(text(at, 'LoadBalancerName')) }),
      kind: 'load-balancer',
      balancerType: 'classic',
      scheme: scheme === 'internal' ? 'internal' : 'internet-facing',
      vpc,
      label: at.of.id,
      subnets: subnets.known,
      classic: present({ listeners: listenersOf(at), instances: instancesOf(at) }),
    });
    const crossZone = flag(at, 'CrossZone');
    if (crossZone instanceof Unknown) note(at, 'CrossZone', crossZone, 'to which zones it sends is not known');
    else
      at.in.findings.balancerAttributes.push({ of: at.of.id, crossZone: crossZone ?? false, source: provenance(at) });
  },
};

/** `Vpcproof::ElasticLoadBalancing::Attachment`: an instance behind a balancer. */
export const classicInstance: Construct = { properties: ['LoadBalancerName', 'InstanceId'] };

const protocols = ['HTTP', 'HTTPS', 'TCP', 'SSL'] as const;

/** Undefined where what one listens on is not known. */
function listenersOf(at: At): readonly ClassicListenerFinding[] | undefined {
  const { known: all, unknown } = objects(at, 'Listeners');
  const [first] = unknown;
  if (first !== undefined) note(at, 'Listeners', first, 'what it listens on counts as unread');
  const read = all.map((one): ClassicListenerFinding | undefined => {
    const [written, port, instancePort] = [
      text(one, 'Protocol'),
      whole(one, 'LoadBalancerPort'),
      whole(one, 'InstancePort'),
    ];
    const unsure = [written, port, instancePort].find((each) => each instanceof Unknown);
    if (unsure instanceof Unknown) note(one, 'Protocol', unsure, 'what its balancer listens on counts as unread');
    if (written instanceof Unknown || port instanceof Unknown || instancePort instanceof Unknown) return undefined;
    const protocol = protocols.find((each) => each === written?.toUpperCase());
    if (protocol === undefined || port === undefined || instancePort === undefined) {
      complain(one, 'missing-field', '', 'a listener needs `Protocol`, `LoadBalancerPort` and `InstancePort`.');
      return undefined;
    }
    const instanceProtocol = known(text(one, 'InstanceProtocol'));
    return { protocol, port, instancePort, source: provenance(one), ...present({ instanceProtocol }) };
  });
  return first !== undefined || read.includes(undefined) ? undefined : read.filter((one) => one !== undefined);
}

/** Undefined where some are not known, or an Auto Scaling group registers its own. */
function instancesOf(at: At): readonly TargetFinding[] | undefined {
  const { known: named, unknown } = references(at, 'Instances', instanceType);
  const { certain, possible } = satellitesOf(at.in, classicAttachment, 'LoadBalancerName', at.of.id, type);
  const beside = certain.map((one) => idOf(one, 'InstanceId', instanceType));
  const told = beside.filter((one) => typeof one === 'string');
  const open = unknown.length + possible.length > 0 || told.length < beside.length || isFilled(at.in, at.of.id);
  return open ? undefined : [...named, ...told].map((id) => ({ id, source: provenance(at) }));
}

/** Whether an Auto Scaling group registers its instances, or may. */
const isFilled = (reading: Reading, id: string): boolean => {
  const { certain, possible } = satellitesOf(reading, autoScalingAttachment, 'LoadBalancerName', id, type);
  const named = (reading.byType.get(autoScalingGroupType) ?? []).some((one) => {
    const { known: names, unknown } = references(one, 'LoadBalancerNames', type);
    return names.includes(id) || unknown.length > 0;
  });
  return named || certain.length + possible.length > 0;
};
