/** What a declaration adds to interfaces that exist already: security groups, the instance that they are attached to, addresses. */
import { addressType } from './elastic-address.ts';
import { endpointType, groupType, instanceType, interfaceType } from './kinds.ts';
import { append } from './outside.ts';
import { idOf, known, objects } from './property.ts';
import { type Construct, isThere, note, type Reading } from './reading.ts';
import { aroundOutside } from './satellite.ts';
import { endpointGroupAssociation, interfaceGroup } from './types.ts';
import { Unknown } from './value.ts';

/** `Vpcproof::EC2::NetworkInterfaceSecurityGroup`; of an interface that is declared, that has it among its groups. */
export const interfaceGroupAttachment: Construct = { properties: ['NetworkInterfaceId', 'GroupId'] };

export function interfacesOutside(reading: Reading): void {
  const { outside, around } = reading;
  for (const [nic, all, possible] of aroundOutside(reading, interfaceGroup, 'NetworkInterfaceId', interfaceType)) {
    for (const at of all) append(outside.joined, nic, isThere(at) ? known(idOf(at, 'GroupId', groupType)) : undefined);
    for (const _ of possible) append(outside.joined, nic, undefined);
  }
  for (const [endpoint, all, possible] of aroundOutside(
    reading,
    endpointGroupAssociation,
    'VpcEndpointId',
    endpointType,
  ))
    for (const nic of new Set([
      ...(around.endpoints.get(endpoint)?.interfaces ?? []),
      ...(outside.endpointInterfaces.get(endpoint) ?? []),
    ])) {
      for (const at of all)
        append(outside.joined, nic, isThere(at) ? known(idOf(at, 'SecurityGroupId', groupType)) : undefined);
      for (const _ of possible) append(outside.joined, nic, undefined);
    }
  for (const [nic, all, possible] of aroundOutside(
    reading,
    'AWS::EC2::NetworkInterfaceAttachment',
    'NetworkInterfaceId',
    interfaceType,
  )) {
    for (const at of all)
      outside.plugged.set(nic, isThere(at) ? known(idOf(at, 'InstanceId', instanceType)) : undefined);
    if (possible.length > 0) outside.plugged.set(nic, undefined);
  }
  for (const at of reading.byType.get(instanceType) ?? [])
    for (const one of objects(at, 'NetworkInterfaces').known) {
      const nic = idOf(one, 'NetworkInterfaceId', interfaceType);
      if (nic instanceof Unknown && nic.candidates.length === 0) {
        note(one, 'NetworkInterfaceId', nic, 'it may be any that exists');
        for (const id of around.existing.get(interfaceType) ?? []) outside.plugged.set(id, undefined);
      }
      if (typeof nic === 'string' && !reading.byId.has(nic) && !reading.derived.has(nic))
        outside.plugged.set(nic, isThere(at) ? at.of.id : undefined);
    }
  for (const type of [addressType, 'AWS::EC2::EIPAssociation'])
    for (const [key, of] of [
      ['InstanceId', instanceType],
      ['NetworkInterfaceId', interfaceType],
    ] as const)
      for (const [id, all, possible] of aroundOutside(reading, type, key, of)) {
        if (all.some(isThere)) outside.published.add(id);
        else if (all.length + possible.length > 0) outside.mayBePublished.add(id);
      }
}
