/** What stateless rules and TLS inspection scopes match: addresses, ports, protocols, flags (semantics 10.15, 10.16). */
import type { Address, PortRange as AwsPortRange, TCPFlagField } from '@aws-sdk/client-network-firewall';
import { parseAddress } from '../../net/address.ts';
import { parsePrefix, prefixOf, type Prefix } from '../../net/prefix.ts';
import { bitsOfFlags, tcpFlags } from '../../net/tcp-flags.ts';
import type { StatelessRule } from '../../network/firewall-policy.ts';
import type { PortRange } from '../../network/traffic-match.ts';
import { type At, complain, list, requiredPort, required, texts } from './fields.ts';

interface AwsEnds {
  Sources?: Address[] | undefined;
  Destinations?: Address[] | undefined;
  SourcePorts?: AwsPortRange[] | undefined;
  DestinationPorts?: AwsPortRange[] | undefined;
}

/** Empty lists are any. */
export type Ends = Pick<StatelessRule, 'sources' | 'destinations' | 'sourcePorts' | 'destinationPorts'>;

export const readEnds = (at: At<AwsEnds>): Ends => ({
  sources: list(at, 'Sources').flatMap(readBlock),
  destinations: list(at, 'Destinations').flatMap(readBlock),
  sourcePorts: list(at, 'SourcePorts').flatMap(readPorts),
  destinationPorts: list(at, 'DestinationPorts').flatMap(readPorts),
});

function readBlock(at: At<Address>): readonly Prefix[] {
  const value = required(at, 'AddressDefinition');
  if (value === undefined) return [];
  const block = blockOf(value);
  if (block !== undefined) return [block];
  complain(at, 'bad-cidr', 'AddressDefinition', `\`${value}\` is no CIDR block.`, 'Write it like 10.0.0.0/16.');
  return [];
}

/** A CIDR block, or one address. */
export function blockOf(value: string): Prefix | undefined {
  const address = parseAddress(value);
  return address === undefined ? parsePrefix(value) : prefixOf(address);
}

function readPorts(at: At<AwsPortRange>): readonly PortRange[] {
  const from = requiredPort(at, 'FromPort');
  const to = requiredPort(at, 'ToPort');
  if (from === undefined || to === undefined) return [];
  if (from <= to) return [{ from, to }];
  complain(at, 'bad-port-range', '', `The port range ${from}-${to} is not in ascending order.`);
  return [];
}

/** Where no mask is given, all flags are looked at. */
export function readFlags(at: At<TCPFlagField>): { readonly flags: number; readonly masks: number } {
  const flags = bitsOf(at, 'Flags');
  const masks = bitsOf(at, 'Masks');
  return { flags, masks: masks === 0 ? 255 : masks };
}

function bitsOf(at: At<TCPFlagField>, key: 'Flags' | 'Masks'): number {
  const set = texts(at, key).flatMap((word) => {
    const known = tcpFlags.find((flag) => flag === word);
    if (known === undefined) complain(at, 'unknown-value', key, `\`${word}\` is no TCP flag.`);
    return known ?? [];
  });
  return bitsOfFlags(set);
}
