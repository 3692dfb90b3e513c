/** What a question says of its packets beyond what decides their way: shown with them, and whether anything looks at it. */
import type { Place } from '../dataplane/index.ts';
import { applications } from '../net/application.ts';
import type { Packet } from '../net/packet.ts';
import type { Payload } from '../net/payload.ts';
import { protocols } from '../net/protocol.ts';
import { type Firewall, firewallAt } from '../network/firewall.ts';
import { policyOf } from '../network/firewall-policy.ts';
import { filtersNames } from '../network/name-filter.ts';
import type { Network } from '../network/network.ts';
import type { Mode } from '../network/replay.ts';
import { type Carried, usualPort } from '../policy/payload.ts';
import type { Question, Traffic } from '../policy/question.ts';
import type { SentJson } from '../result/answer.ts';
import type { Path, Witness } from '../verify/index.ts';
import { flagsJson, packetJson, payloadJson } from '../result/packet.ts';

/**
 * The packet as it leaves the source, with what was asked of it; a name stands for those below it. `payload` is what a
 * firewall on the way looked at.
 */
export function sentJson(packet: Packet, { traffic }: Question, payload?: Payload): SentJson {
  const { tcpFlags, app, ...names } =
    traffic.find(({ protocol }) => protocol === undefined || protocol === packet.protocol) ?? {};
  const said = payload ?? (app === undefined ? undefined : payloadOf({ app, ...names }));
  return {
    ...packetJson(packet),
    ...(tcpFlags === undefined ? {} : { tcpFlags }),
    ...flagsJson(packet),
    ...(said === undefined ? {} : payloadJson(said)),
  };
}

/** What the flow carries, where a firewall whose rules were read looks at it on that path and in that mode. */
export function carriedOn(
  network: Network,
  { steps }: Path,
  mode: Mode,
  { packet, payload }: Pick<Witness, 'packet' | 'payload'>,
): Payload | undefined {
  // A name is looked at in a query, whose TCP handshake is nothing to anybody.
  if (steps.some(({ to: { place } }) => place.kind === 'dns' && filtersNames(network, place.vpc))) return payload;
  const looks = steps.some(({ to: { place } }) => {
    const firewall = firewallIn(network, place);
    return firewall !== undefined && policyOf(network, firewall) !== undefined;
  });
  const handshake = packet.protocol === protocols.tcp && (mode === 'packet' || mode === 'connection');
  return looks && !handshake ? payload : undefined;
}

function firewallIn(network: Network, place: Place): Firewall | undefined {
  if (place.kind === 'firewall-endpoint') return firewallAt(network, place.id);
  const behind =
    place.kind === 'network-function' ? network.transitGatewayAttachments.get(place.id)?.behind : undefined;
  return behind?.kind === 'network-function' ? network.firewalls.get(behind.firewall ?? '') : undefined;
}

/** What an attempt carries: what was asked for, else what is usual at its port. */
export function payloadTried({ traffic }: Question, { protocol, dstPort }: Packet): Payload {
  const asked = traffic.find((one) => one.app !== undefined && (one.protocol ?? protocol) === protocol);
  if (asked?.app !== undefined) return payloadOf({ ...asked, app: asked.app });
  const usual = Object.entries(applications).find(([, { over, port }]) => port === dstPort && over.includes(protocol));
  return { app: usual?.[0] ?? 'none' };
}

/** A payload of that kind; a name that begins with a dot stands for those below it. */
export const payloadOf = ({ app, sni, httpHost, dnsName, dnsType }: Carried & { readonly app: string }): Payload => ({
  app,
  ...(sni === undefined ? {} : { sni: apex(sni) }),
  ...(httpHost === undefined ? {} : { httpHost: apex(httpHost) }),
  ...(dnsName === undefined ? {} : { dnsName: apex(dnsName) }),
  ...(dnsType === undefined ? {} : { dnsType }),
});

const apex = (name: string): string => name.replace(/^\./, '');

/** The port at which the payload asked for is usually served. */
export const portAsked = ({ traffic }: Question): number | undefined => {
  const app = traffic.find((each) => each.app !== undefined)?.app;
  return app === undefined ? undefined : usualPort(app);
};

/** That what was asked makes no difference on these paths, so that nobody reads the answer as a filter's verdict. */
export function unseenNote(network: Network, { kind, traffic }: Question, paths: readonly Path[]): readonly string[] {
  const asked = aspects.flatMap(({ words, is }) => (traffic.some(is) ? [words] : []));
  const states = paths.flatMap(({ start, steps }) => [start, ...steps.map(({ to }) => to)]);
  // What on-premises sends on may have crossed any device there.
  const seen = states.some(({ place, context }) => context.transited === true || looksInside(network, place));
  if (asked.length === 0 || states.length === 0 || seen) return [];
  const where = kind === 'require' ? 'the paths found' : 'this path';
  const resolver = states.some(({ place }) => place.kind === 'dns') && traffic.some(named);
  const unread = resolver
    ? `; ${network.dnsFirewallAssociations.size === 0 ? 'no DNS Firewall is in the input' : 'no DNS Firewall filters the names of its VPC'}`
    : '';
  return [`Nothing on ${where} looks at ${asked.join(' or ')}${unread}.`];
}

const named = ({ sni, httpHost, dnsName, dnsType }: Traffic): boolean =>
  (sni ?? httpHost ?? dnsName ?? dnsType) !== undefined;

const aspects: readonly { readonly words: string; readonly is: (traffic: Traffic) => boolean }[] = [
  { words: 'the name', is: named },
  { words: 'what the payload is', is: (traffic) => traffic.app !== undefined && !named(traffic) },
  { words: 'TCP flags', is: ({ tcpFlags }) => tcpFlags !== undefined },
];

/** Whether what stands there may look at more than the header, whatever was assumed of it. */
function looksInside(network: Network, place: Place): boolean {
  switch (place.kind) {
    case 'firewall-endpoint':
    case 'network-function':
    case 'opaque':
    case 'lattice':
    case 'guest':
    case 'appliance':
      return true;
    case 'arrived':
      return place.of.role === 'load-balancer';
    case 'dns':
      return filtersNames(network, place.vpc);
    case 'leaving':
    case 'subnet':
    case 'local':
    case 'nat-gateway':
    case 'client-vpn':
    case 'gateway-table':
    case 'transit-gateway':
    case 'internet':
    case 'onprem':
    case 'service':
    case 'link-local':
    case 'replied':
      return false;
  }
}
