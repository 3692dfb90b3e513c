/** What is to be said of names beside an answer: what their leaving depends on, and that they leave though packets do not. */
import { formatAddress } from '../net/address.ts';
import { prefixContains } from '../net/prefix.ts';
import { forwardsNames, hasDnsFirewall, resolverRulesOf } from '../network/name-filter.ts';
import type { Network } from '../network/network.ts';
import { leadsOut, type ResolverRule, type ResolverTarget } from '../network/resolver-endpoint.ts';
import { isUnread } from '../network/resource.ts';
import { failsOpen, passes } from '../network/unknown.ts';
import type { Place, Question } from '../policy/question.ts';

/** Beside an answer about the resolver: what the assumptions that it may lean on mean. */
export function nameNotes(network: Network, { from, to }: Question): readonly string[] {
  if (!to.members.some(({ kind }) => kind === 'dns')) return [];
  const vpcs = vpcsOf(network, from.members);
  return [
    ...vpcs.flatMap((vpc) => {
      const { profiles, failOpen, unread } = network.vpcs.get(vpc)?.dnsFirewall ?? {};
      if (unread !== undefined) return [];
      if (profiles !== undefined)
        return [
          `What ${inWords(profiles)} brings to \`${vpc}\` is not known: \`${passes(vpc)}\` says that names get through.`,
        ];
      return failOpen === true
        ? [
            `DNS Firewall of \`${vpc}\` lets names through where it fails to answer, which \`${failsOpen(vpc)}\` says that it does.`,
          ]
        : [];
    }),
    ...vpcs.flatMap((vpc) =>
      forwardsOf(network, vpc).map(
        (rule) =>
          `${forwardText(rule, vpc)}; whether they are reached is not worked out, and \`${passes(rule.id)}\` says that they are.`,
      ),
    ),
  ];
}

/** A proof that nothing reaches the internet says so where names still leave by the Amazon resolver (semantics 13.4). */
export function namesStillLeave(network: Network, { kind, from, to }: Question): readonly string[] {
  if (kind !== 'forbid') return [];
  const vpcs = vpcsOf(network, from.members).filter((vpc) => network.vpcs.get(vpc)?.enableDnsSupport === true);
  const property = '`forbid: { to: dns }` is the property for that.';
  const toInternet = to.members.some((one) => one.kind === 'internet');
  const open = vpcs.filter((vpc) => toInternet && !hasDnsFirewall(network, vpc));
  const filtered = vpcs.filter((vpc) => toInternet && hasDnsFirewall(network, vpc));
  return [
    ...(open.length === 0
      ? []
      : [`The Amazon resolver answers in ${inWords(open)}: names still leave by it; ${property}`]),
    ...(filtered.length === 0
      ? []
      : [
          `The Amazon resolver answers in ${inWords(filtered)}, and DNS Firewall tells which names still leave by it; ${property}`,
        ]),
    ...vpcs.flatMap((vpc) =>
      forwardsOf(network, vpc).flatMap((rule) =>
        rule.targets.some((target) => to.members.some((place) => standsAt(network, place, target)))
          ? [`${forwardText(rule, vpc)}: names still leave for them; ${property}`]
          : [],
      ),
    ),
  ];
}

const forwardText = ({ id, domain, targets }: ResolverRule, vpc: string): string => {
  const names = isUnread(domain) ? 'Names' : domain === '' ? 'All names' : `Names of \`${domain}\``;
  const servers = targets.map(({ address, port }) => `${formatAddress(address)} port ${port}`);
  return `${names} asked in \`${vpc}\` go to ${servers.length === 0 ? 'servers that are not told' : servers.join(', ')} by the resolver rule \`${id}\``;
};

const forwardsOf = (network: Network, vpc: string): readonly ResolverRule[] =>
  forwardsNames(network, vpc) ? resolverRulesOf(network, vpc).filter((one) => leadsOut(one)) : [];

/** A server that no interface of the network has may be on premises. */
function standsAt(network: Network, place: Place, { address }: ResolverTarget): boolean {
  const holds = (id: string): boolean =>
    network.interfaces
      .get(id)!
      .addresses.some((one) =>
        [one.address, one.publicIp].some((own) => own?.family === address.family && own.value === address.value),
      );
  switch (place.kind) {
    case 'cidr':
      return prefixContains(place.prefix, address);
    case 'interface':
      return holds(place.id);
    case 'onprem':
      return ![...network.interfaces.keys()].some(holds);
    case 'internet':
    case 'dns':
    case 'service':
    case 'gateway-endpoint':
      return false;
  }
}

/** Those of the interfaces that ask. */
const vpcsOf = (network: Network, members: readonly Place[]): readonly string[] => [
  ...new Set(members.flatMap((one) => (one.kind === 'interface' ? (network.interfaces.get(one.id)?.vpc ?? []) : []))),
];

const inWords = (ids: readonly string[]): string => ids.map((id) => `\`${id}\``).join(', ');
