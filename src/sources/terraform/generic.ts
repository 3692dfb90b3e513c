/** `awscc_*` types: CloudFormation's own, whose names are in snake case. */
import { constructs } from '../declared/constructs.ts';
import { Unknown, type Value } from '../declared/value.ts';
import { isObject, isList, type Json } from './json.ts';
import type { Kind } from './kinds.ts';
import {
  blocks,
  camel,
  defined,
  type Given,
  label,
  link,
  links,
  text,
  type Told,
  type Translation,
  value,
} from './translation.ts';

/** CloudFormation's type of an `awscc_*` one; undefined where it is none that is read. */
export function generic(type: string): Translation | undefined {
  const found = typesByName.get(plain(type.replace(/^awscc_/, '')));
  return found === undefined ? undefined : (at) => [resource(at, found)];
}

const plain = (name: string): string => name.replaceAll(/_|::/g, '').toLowerCase();

const typesByName: ReadonlyMap<string, string> = new Map(
  [...constructs.keys()].map((type) => [plain(type.replace(/^AWS::/, '')), type]),
);

/** The identity: the attribute that CloudFormation names, or `id` where that is one name. */
function resource(at: Given, type: string): Told {
  const construct = constructs.get(type)!;
  const names = new Map(construct.properties.map((name) => [plain(name), name]));
  const identity = (construct.identities ?? []).map((name) => textOf(at, name)).find((one) => one !== undefined);
  const id = identity ?? text(at, 'id');
  const properties = Object.fromEntries(
    keysOf(at).flatMap((key): readonly (readonly [string, Value | undefined])[] => {
      const name = names.get(plain(key));
      return name === undefined || never.has(name) ? [] : [[name, propertyOf(at, key)]];
    }),
  );
  return { type, properties, ...(id === undefined || id.includes('|') ? {} : { id }) };
}

/** Secrets, as people write them. */
const never: ReadonlySet<string> = new Set(['UserData', 'MasterUserPassword']);

const textOf = (at: Given, name: string): string | undefined => {
  const key = Object.keys(at.values).find((one) => plain(one) === plain(name));
  return key === undefined ? undefined : text(at, key);
};

const keysOf = ({ values, unknown }: Given): readonly string[] => [
  ...new Set([...Object.keys(values), ...(isObject(unknown) ? Object.keys(unknown) : [])]),
];

function propertyOf(at: Given, key: string): Value | undefined {
  const kinds = kindsOf[key];
  const found = at.values[key];
  if (kinds !== undefined)
    return isList(found) || /s$|_set$/.test(key) ? links(at, key, kinds) : link(at, key, ...kinds);
  if (holdsObjects(found)) {
    const all = blocks(at, key).map((one) => (one instanceof Unknown ? one : inner(one)));
    return isList(found) ? all : all[0];
  }
  return carriesTraffic.test(key) ? value(at, key) : label(at, key);
}

const inner = (at: Given): Value =>
  defined(Object.fromEntries(keysOf(at).map((key) => [camel(key), propertyOf(at, key)])));

const holdsObjects = (json: Json | undefined): boolean => (isList(json) ? json.some(isObject) : isObject(json));

/** What counts though it be sensitive. */
const carriesTraffic = /cidr|ip|port|protocol|prefix/;

/** What the arguments of these names hold. */
const kindsOf: Readonly<Record<string, readonly Kind[]>> = {
  vpc_id: ['vpc'],
  peer_vpc_id: ['vpc'],
  subnet_id: ['subnet'],
  subnet_ids: ['subnet'],
  subnets: ['subnet'],
  vpc_zone_identifier: ['subnet'],
  route_table_id: ['route-table'],
  route_table_ids: ['route-table'],
  group_id: ['security-group'],
  group_set: ['security-group'],
  groups: ['security-group'],
  security_group_id: ['security-group'],
  security_group_ids: ['security-group'],
  security_groups: ['security-group'],
  vpc_security_group_ids: ['security-group'],
  source_security_group_id: ['security-group'],
  destination_security_group_id: ['security-group'],
  network_acl_id: ['network-acl'],
  internet_gateway_id: ['internet-gateway'],
  vpn_gateway_id: ['vpn-gateway'],
  gateway_id: ['internet-gateway', 'vpn-gateway'],
  nat_gateway_id: ['nat-gateway'],
  egress_only_internet_gateway_id: ['egress-only-internet-gateway'],
  carrier_gateway_id: ['carrier-gateway'],
  transit_gateway_id: ['transit-gateway'],
  vpc_peering_connection_id: ['vpc-peering'],
  vpc_endpoint_id: ['endpoint', 'firewall-endpoint'],
  network_interface_id: ['network-interface'],
  instance_id: ['instance'],
  allocation_id: ['eip'],
  prefix_list_id: ['prefix-list'],
  destination_prefix_list_id: ['prefix-list'],
  source_prefix_list_id: ['prefix-list'],
  launch_template_id: ['launch-template'],
};
