/** Changes to a snapshot in the words of a change ticket: routes, network ACL entries, new subnets and hosts. */
import type {
  InstanceNetworkInterface,
  NetworkAclEntry,
  NetworkInterface,
  Route,
  Subnet,
  TransitGatewayRoute,
} from '@aws-sdk/client-ec2';
import { named, type Snapshot } from './variant.ts';

const destinationOf = (route: Route): string | undefined =>
  route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId;

/** Adds a static route to the table of this name, in the place of one with the same destination. */
export function setRoute(network: Snapshot, table: string, route: Route): void {
  const { Routes = [] } = named(network.RouteTables, table);
  const at = Routes.findIndex((old) => destinationOf(old) === destinationOf(route));
  Routes.splice(at < 0 ? Routes.length : at, at < 0 ? 0 : 1, {
    ...route,
    Origin: 'CreateRoute',
    State: 'active',
  });
}

export function removeRoute(network: Snapshot, table: string, destination: string): void {
  const found = named(network.RouteTables, table);
  found.Routes = found.Routes!.filter((route) => destinationOf(route) !== destination);
}

/** Adds a static route to the transit gateway route table of this name, in the place of any with the same destination. */
export function setTransitRoute(network: Snapshot, table: string, destination: string, attachment: string): void {
  const { Routes } = routesOf(network, table);
  const at = Routes.findIndex((old) => old.DestinationCidrBlock === destination);
  Routes.splice(at < 0 ? Routes.length : at, at < 0 ? 0 : 1, transitRoute(network, destination, attachment, 'static'));
}

export function removeTransitRoute(network: Snapshot, table: string, destination: string): void {
  const found = routesOf(network, table);
  found.Routes = found.Routes.filter((route) => route.DestinationCidrBlock !== destination);
}

/** Lets the attachment propagate into the transit gateway route table: its destinations come as routes. */
export function propagate(network: Snapshot, table: string, attachment: string, ...destinations: string[]): void {
  const { Routes, TransitGatewayRouteTableId: id } = routesOf(network, table);
  const found = named(network.TransitGatewayAttachments!, attachment);
  network
    .TransitGatewayPropagations!.find((each) => each.TransitGatewayRouteTableId === id)!
    .TransitGatewayRouteTablePropagations.push({
      TransitGatewayAttachmentId: found.TransitGatewayAttachmentId,
      ResourceId: found.ResourceId,
      ResourceType: found.ResourceType,
      State: 'enabled',
    });
  Routes.push(...destinations.map((each) => transitRoute(network, each, attachment, 'propagated')));
}

const routesOf = (network: Snapshot, table: string) => {
  const { TransitGatewayRouteTableId: id } = named(network.TransitGatewayRouteTables!, table);
  return network.TransitGatewayRoutes!.find((each) => each.TransitGatewayRouteTableId === id)!;
};

function transitRoute(
  network: Snapshot,
  destination: string,
  attachment: string,
  type: 'static' | 'propagated',
): TransitGatewayRoute {
  const { ResourceId, TransitGatewayAttachmentId, ResourceType } = named(
    network.TransitGatewayAttachments!,
    attachment,
  );
  return {
    DestinationCidrBlock: destination,
    TransitGatewayAttachments: [{ ResourceId, TransitGatewayAttachmentId, ResourceType }],
    Type: type,
    State: 'active',
  };
}

/** Associates the subnet with the table; without one, its association goes and the main table applies. */
export function associate(network: Snapshot, subnet: string, table: string | undefined): void {
  const { SubnetId } = named(network.Subnets, subnet);
  let id = `rtbassoc-${SubnetId!.slice('subnet-'.length)}`;
  for (const each of network.RouteTables) {
    const old = each.Associations!.find((association) => association.SubnetId === SubnetId);
    id = old?.RouteTableAssociationId ?? id;
    each.Associations = each.Associations!.filter((association) => association !== old);
  }
  if (table === undefined) return;
  const { RouteTableId, Associations } = named(network.RouteTables, table);
  const state = { State: 'associated' as const };
  Associations!.push({
    Main: false,
    RouteTableAssociationId: id,
    RouteTableId,
    SubnetId,
    AssociationState: state,
  });
}

/** The entry of the network ACL of this name. */
export function entry(network: Snapshot, acl: string, side: 'inbound' | 'outbound', number: number): NetworkAclEntry {
  const { Entries = [] } = named(network.NetworkAcls, acl);
  const found = Entries.find((each) => each.Egress === (side === 'outbound') && each.RuleNumber === number);
  if (found === undefined) throw new Error(`${acl} has no ${side} entry ${number}`);
  return found;
}

export function removeEntry(network: Snapshot, acl: string, side: 'inbound' | 'outbound', number: number): void {
  const gone = entry(network, acl, side, number);
  const found = named(network.NetworkAcls, acl);
  found.Entries = found.Entries!.filter((each) => each !== gone);
}

/** A new subnet like an existing one. Its table is the main one until `associate`; its network ACL is the one named. */
export function addSubnet(
  network: Snapshot,
  like: string,
  acl: string,
  change: Partial<Subnet> & { name: string },
): Subnet {
  const { name, ...fields } = change;
  const model = named(network.Subnets, like);
  const subnet: Subnet = {
    ...structuredClone(model),
    Ipv6CidrBlockAssociationSet: [],
    AssignIpv6AddressOnCreation: false,
    ...fields,
    Tags: model.Tags!.map((tag) => (tag.Key === 'Name' ? { Key: 'Name', Value: name } : tag)),
    SubnetArn: model.SubnetArn!.replace(/subnet-\w+$/, fields.SubnetId!),
  };
  network.Subnets.push(subnet);
  const id = `aclassoc-${subnet.SubnetId!.slice('subnet-'.length)}`;
  const { NetworkAclId, Associations } = acl === 'default' ? defaultAcl(network) : named(network.NetworkAcls, acl);
  Associations!.push({
    NetworkAclAssociationId: id,
    NetworkAclId,
    SubnetId: subnet.SubnetId,
  });
  return subnet;
}

const defaultAcl = (network: Snapshot) => network.NetworkAcls.find((acl) => acl.IsDefault)!;

/** A new instance like an existing one with one interface, in the subnet, with this number (hex) in its ids. */
export function launch(
  network: Snapshot,
  like: string,
  subnet: Subnet,
  name: string,
  number: string,
  ip: string,
): NetworkInterface {
  const model = named(network.NetworkInterfaces, like);
  const id = (prefix: string): string => `${prefix}-0${number.padStart(16, '0')}`;
  const nic: NetworkInterface = structuredClone(model);
  Object.assign(nic, {
    Attachment: {
      ...model.Attachment,
      AttachmentId: id('eni-attach'),
      InstanceId: id('i'),
    },
    AvailabilityZone: subnet.AvailabilityZone,
    AvailabilityZoneId: subnet.AvailabilityZoneId,
    Ipv6Addresses: [],
    MacAddress: `0a:1f:c0:df:00:${number.slice(-2)}`,
    NetworkInterfaceId: id('eni'),
    PrivateDnsName: `ip-${ip.replaceAll('.', '-')}.ec2.internal`,
    PrivateIpAddress: ip,
    PrivateIpAddresses: [
      {
        Primary: true,
        PrivateDnsName: `ip-${ip.replaceAll('.', '-')}.ec2.internal`,
        PrivateIpAddress: ip,
      },
    ],
    SubnetId: subnet.SubnetId,
    TagSet: [{ Key: 'Name', Value: name }],
  } satisfies NetworkInterface);
  network.NetworkInterfaces.push(nic);
  const reservation = network.Reservations.find(
    (each) => each.Instances![0]!.InstanceId === model.Attachment!.InstanceId,
  )!;
  const [instance] = structuredClone(reservation.Instances!);
  Object.assign(instance!, {
    NetworkInterfaces: [embedded(nic, instance!.NetworkInterfaces![0]!)],
    Tags: [{ Key: 'Name', Value: name }],
    InstanceId: id('i'),
    PrivateDnsName: nic.PrivateDnsName,
    Placement: {
      ...instance!.Placement,
      AvailabilityZone: subnet.AvailabilityZone,
    },
    SubnetId: subnet.SubnetId,
    PrivateIpAddress: ip,
  });
  network.Reservations.push({
    ...reservation,
    ReservationId: id('r'),
    Instances: [instance!],
  });
  return nic;
}

/** The interface as `describe-instances` repeats it. */
const embedded = (nic: NetworkInterface, model: InstanceNetworkInterface): InstanceNetworkInterface => ({
  ...model,
  Ipv6Addresses: [],
  MacAddress: nic.MacAddress,
  NetworkInterfaceId: nic.NetworkInterfaceId,
  PrivateDnsName: nic.PrivateDnsName,
  PrivateIpAddress: nic.PrivateIpAddress,
  PrivateIpAddresses: nic.PrivateIpAddresses,
  SubnetId: nic.SubnetId,
});

/** Maps a public address to the interface's primary private address, as `describe-instances` shows it too. */
export function publish(network: Snapshot, nic: NetworkInterface, owner: string, publicIp: string): void {
  const PublicDnsName = `ec2-${publicIp.replaceAll('.', '-')}.compute-1.amazonaws.com`;
  const association = { IpOwnerId: owner, PublicDnsName, PublicIp: publicIp };
  const instances = network.Reservations.flatMap((each) => each.Instances!);
  const instance = instances.find((each) => each.InstanceId === nic.Attachment?.InstanceId);
  for (const each of [nic, ...(instance?.NetworkInterfaces ?? []).slice(0, 1)]) {
    each.Association = association;
    each.PrivateIpAddresses![0]!.Association = association;
  }
  if (instance !== undefined) Object.assign(instance, { PublicDnsName, PublicIpAddress: publicIp });
}
