/** What a resource of a type that is not translated refers to of the network. */
import { Unknown, type Value } from '../declared/value.ts';
import type { Given } from './given.ts';
import { blocks, link, links } from './given.ts';
import { isList, isObject, type Json } from './json.ts';

const network =
  /^aws(cc)?_(vpc|ec2_(transit|client_vpn|local_gateway|carrier|instance_connect|network|traffic|subnet)|networkfirewall|networkmanager|network_|lb|alb|elb|dx_|vpn|customer_gateway|route53_resolver|route53resolver|vpclattice|wafv2_web_acl_association|globalaccelerator|verifiedaccess|appmesh|directconnect)/;

/**
 * The subnets and security groups that it names. Undefined where it names none, and by its type is no part of a
 * network: it can hold no interface and stop no packet.
 */
export function mentions(at: Given): readonly Value[] | undefined {
  const found = inBlock(at, 0);
  return found.length > 0 || network.test(at.of.type) ? found : undefined;
}

const subnets = ['subnet_id', 'subnet_ids', 'subnets', 'vpc_zone_identifier'];
const groups = ['security_group_ids', 'security_groups', 'vpc_security_group_ids', 'vpc_subnet_ids'];

function inBlock(at: Given, depth: number): readonly Value[] {
  if (depth > 3) return [];
  const named = (key: string, kind: 'subnet' | 'security-group'): readonly Value[] => {
    const found = key.endsWith('_id') ? link(at, key, kind) : links(at, key, [kind], { every: true });
    if (found === undefined) return [];
    return Array.isArray(found) ? (found as readonly Value[]) : [found];
  };
  const inner = Object.keys(at.values).filter((key) => holdsObjects(at.values[key]!));
  return [
    ...subnets.flatMap((key) => named(key, 'subnet')),
    ...groups.flatMap((key) => named(key, key === 'vpc_subnet_ids' ? 'subnet' : 'security-group')),
    ...inner.flatMap((key) =>
      blocks(at, key).flatMap((one) => (one instanceof Unknown ? [] : inBlock(one, depth + 1))),
    ),
  ];
}

const holdsObjects = (json: Json): boolean => (isList(json) ? json.some(isObject) : isObject(json));
