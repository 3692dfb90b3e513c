/** What variables and clauses of a certificate mean, in AWS's words: places, what lies behind a packet, bits of headers. */
import type { Context, InterfaceClass, Place, Variable } from '../dataplane/index.ts';
import type { State, Step } from '../verify/index.ts';

/** A place by its name in the certificate: `#3` is the third that was come to. */
export const numberOf = ({ index }: State): string => `#${index}`;

/** Where a packet is, and what of its past decides its future. */
export const stateInWords = (state: State): string => {
  const past = pastInWords(state.context, state.seen);
  return `${numberOf(state)}: a packet is ${placeInWords(state.place)}${past === '' ? '' : `, ${past}`}`;
};

/** More interfaces of a class are counted. */
const shown = 16;

const interfacesOf = ({ interfaces }: InterfaceClass): string =>
  interfaces
    .slice(0, shown)
    .map(({ id }) => id)
    .join(', ') + (interfaces.length > shown ? ` and ${interfaces.length - shown} more of its kind` : '');

export function placeInWords(place: Place): string {
  switch (place.kind) {
    case 'leaving':
      return `handed to the interface ${interfacesOf(place.of)} by its guest`;
    case 'subnet':
      return `in the subnet ${place.id}, on its way out of an interface there`;
    case 'local':
      return `at the local delivery of ${place.vpc}`;
    case 'arrived':
      return `delivered to the interface ${interfacesOf(place.of)}`;
    case 'nat-gateway':
      return `in the NAT gateway ${place.id}${zoned(place.zone)}`;
    case 'firewall-endpoint':
      return `let through at the endpoint ${place.id}${place.by === undefined ? '' : ` by the appliance at ${place.by}`}`;
    case 'appliance':
      return `in the appliance at ${interfacesOf(place.of)}, behind ${place.endpoint}`;
    case 'network-function':
      return `let through by the firewall attached as ${place.id}${zoned(place.zone)}`;
    case 'client-vpn':
      return `let in by the Client VPN endpoint ${place.endpoint} at ${place.interface}`;
    case 'guest':
      return `in the guest behind ${interfacesOf(place.of)}, to which it is not addressed`;
    case 'lattice':
      return `taken by ${place.id}${place.network === undefined ? '' : ` of ${place.network}`}`;
    case 'opaque':
      return `in ${place.id}, whose forwarding is not modelled`;
    case 'gateway-table':
      return `at the route table ${place.table} of a gateway of ${place.vpc}`;
    case 'transit-gateway':
      return `at ${place.gateway}${place.table === undefined ? ', by an attachment without a route table' : `, before the route table ${place.table}`}${zoned(place.zone)}`;
    case 'internet':
      return 'in the internet';
    case 'onprem':
      return `on premises${place.line === undefined ? '' : `, by ${place.line}`}`;
    case 'service':
      return `taken by the service behind ${place.endpoint}`;
    case 'dns':
      return `at the Amazon resolver of ${place.vpc}`;
    case 'link-local':
      return 'at a link-local service of the hypervisor';
    case 'replied':
      return 'back where the flow began, as its reply';
  }
}

const zoned = (zone: string | undefined): string => (zone === undefined ? '' : ` from ${zone}`);

function pastInWords(context: Context, seen: number): string {
  const { phase, root, home, origin, owes, middlebox, natted, imaginary, outBy, transited } = context;
  return [
    ...(phase === 'reply' ? ['as a reply'] : []),
    root === 'interface' ? `of a flow from ${home ?? 'an interface'}` : `of a flow from ${outsideOf(root)}`,
    ...(origin === 'opaque' ? ['sent anew by what is not modelled'] : []),
    ...(imaginary ? ['from an imaginary host'] : []),
    ...(owes ? ['let out by a reference to a group alone'] : []),
    ...(middlebox ? ['past a firewall or appliance'] : []),
    ...(natted ? ['under the address of a NAT gateway'] : []),
    ...(outBy === undefined ? [] : [`out by ${outBy}`]),
    ...(transited === true ? ['sent on by on-premises'] : []),
    ...context.crossings.flatMap((crossing) =>
      crossing.kind === 'translator' || crossing.kind === 'lattice' ? [`translated by ${crossing.id}`] : [],
    ),
    ...(seen === 0 ? [] : [`past the waypoints ${seen.toString(2)}`]),
  ].join(', ');
}

const outsideOf = (root: 'internet' | 'onprem'): string => (root === 'internet' ? 'the internet' : 'on premises');

/** The resources whose rules and routes the guard of a way is. */
export const rulesInWords = (crosses: readonly string[]): string => {
  const ids = [...new Set(crosses)];
  const named = ids.slice(0, shown).join(', ') + (ids.length > shown ? ` and ${ids.length - shown} more` : '');
  return ids.length === 0 ? '' : ` by the rules of ${named}`;
};

export const wayInWords = ({ from, to, crosses }: Step): string =>
  `from ${numberOf(from)} to ${numberOf(to)}${rulesInWords(crosses)}`;

const fields: Readonly<Record<string, string>> = {
  src: 'source address',
  dst: 'destination address',
  protocol: 'protocol number',
  srcPort: 'source port',
  dstPort: 'destination port',
  icmpType: 'ICMP type',
  icmpCode: 'ICMP code',
  fragment: 'mark of a fragment',
  flags: 'TCP flags',
  payload: 'number of what the flow carries',
};

/** What the bits of a variable are, the most significant first. */
export function variableInWords({ name, bits }: Variable): string {
  const [, family, field] = /^sent\.(ipv[46])\.(\w+)$/.exec(name) ?? [];
  const bitsOf = bits === 1 ? 'the bit' : `the ${bits} bits`;
  if (family !== undefined && field !== undefined && fields[field] !== undefined)
    return `${bitsOf} of the ${fields[field]} as the flow's sender sends it (${family})`;
  return `${bitsOf} of ${oneLine(name)}, as AWS or whoever sends it there chooses it`;
}

export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
