/** A firewall's `EndpointIds`: one item for each of its subnets, in an order that AWS does not promise. */
import { Link } from '../declared/value.ts';
import { EndpointItem, finish, isPartialFields, type Partial } from './partial.ts';

/** The items of the list, from the firewall's `SubnetMappings`; undefined where those are not all known. */
export function endpointItems(list: Link, mappings: Partial | undefined): readonly EndpointItem[] | undefined {
  if (list.attribute !== 'EndpointIds' || !Array.isArray(mappings) || mappings.length === 0) return undefined;
  const items = (mappings as readonly Partial[]).map((mapping) => {
    const subnet = isPartialFields(mapping) && mapping.SubnetId !== undefined ? finish(mapping.SubnetId) : undefined;
    if (typeof subnet === 'string') return endpointIn(list.resource, subnet);
    return subnet instanceof Link ? endpointIn(list.resource, subnet.resource) : undefined;
  });
  return items.every((item) => item !== undefined) ? items : undefined;
}

/** The endpoint that a firewall has in that subnet, by the subnet's id or address. */
const endpointIn = (firewall: string, subnet: string): EndpointItem =>
  new EndpointItem(new Link(firewall, `EndpointIn:${subnet}`));
