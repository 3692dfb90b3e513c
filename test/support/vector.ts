/**
 * Test vectors: a network, and what must become of packets in it, one line each.
 *
 * `[SIDE …] @ORIGIN PACKET => VERDICT [at PLACE] [via ID …]`
 *
 * SIDE is a declared side of an unknown (`passes:vpce-1`, `!up:i-1`, with `~` for a space in it), what a NAT gateway or Client
 * VPN endpoint chooses (`nat-a=10.0.9.6:2048`), the interface by which a guest hands on what it takes in at another
 * (`eni-a=eni-b`), the attachment to which a table leads (`tgw-rtb-a=tgw-attach-b`), what a balancer's node sends
 * (`front@eni-front-pub=10.0.9.20:2048>10.0.1.10:8080`; an endpoint's id in its place for what comes by PrivateLink), a
 * service of VPC Lattice (`svc-1@vpc-b=169.254.171.7:2048>10.1.1.10:8080`) or a shared resource, or which appliance behind a
 * Gateway Load Balancer endpoint takes the packet (`vpce-in=eni-app`; `vpce-in=eni-app+` where it sends it on by itself).
 * ORIGIN is an interface, `internet` or `onprem`, and
 * may be left out where the source address tells it. In PACKET, `I1` is the first IPv4 address of `eni-i1`, `I1.6` its
 * first IPv6 address, `I1.pub` its first public address. VERDICT is `CONN` (delivered and answered), `PKT` (delivered, no
 * answer possible; `PKT, return DENY@KIND` says what stops it), `DENY@KIND` with the hop's kind and perhaps `:CODE`, or
 * `UNKNOWN SIDE …`: delivered and answered if these sides are taken, and dropped if their opposites are. After ` carrying `
 * PACKET may say what the flow carries: `tls:api.example.com`, `http:api.example.com`, `dns:a.example/TXT`, `ssh`. `DATA` is then what `CONN` is,
 * with data both ways, `CONN, data DENY@KIND` what a firewall lets have none, and `PKT, connection DENY@KIND` of which it
 * lets not even the reply through; `, connection UNKNOWN SIDE …` and `, data UNKNOWN SIDE …` tell on what that depends.
 */
import { parsePacket, type Packet } from '../../src/net/packet.ts';
import type { Payload } from '../../src/net/payload.ts';
import { type Address, formatAddress, parseAddress, sameAddress } from '../../src/net/address.ts';
import { prefixContains } from '../../src/net/prefix.ts';
import type { Network } from '../../src/network/network.ts';
import type { ApplianceChoice, Choices, Emission, Mode, Origin } from '../../src/network/replay.ts';
import { isUnread } from '../../src/network/resource.ts';
import { invariant } from '../../src/base/invariant.ts';
import type { Spec } from './spec.ts';

export interface Vector {
  /** The number in section 18 of the semantics, or the facts it rests on. */
  readonly id: string;
  /** A claim. */
  readonly says: string;
  readonly network: Spec;
  readonly lines: readonly string[];
}

export interface Blame {
  readonly kind: string;
  readonly code?: string;
}

export interface Line {
  readonly text: string;
  readonly sides: ReadonlyMap<string, boolean>;
  readonly choices: Choices;
  readonly origin: Origin;
  readonly packet: Packet;
  readonly payload?: Payload;
  readonly verdict: 'DATA' | 'CONN' | 'PKT' | 'DENY' | 'UNKNOWN';
  /** What a mode beyond the verdict's comes to: the reply of a `PKT`, the data of a `CONN`. */
  readonly beyond?: 'DENY' | 'UNKNOWN';
  /** A firewall judges a conversation where its first packet comes by, so that what stops the rest stands on the way out. */
  readonly judged: boolean;
  readonly blame?: Blame;
  /** The sides under which what is UNKNOWN comes about; under their opposites it does not. */
  readonly unknowns: ReadonlyMap<string, boolean>;
  /** An interface, `internet`, `onprem`, `dns`, `link-local` or an endpoint. */
  readonly at?: string;
  readonly via: readonly string[];
}

const grammar =
  /^(?:\[(?<sides>[^\]]+)\] )?(?:@(?<origin>\S+) )?(?<packet>.+?)(?: carrying (?<payload>\S+))? => (?<verdict>DATA|CONN|PKT|DENY|UNKNOWN)(?:, (?<part>return|connection|data) (?<beyond>DENY|UNKNOWN))?(?<blame>@\S+)?(?<keys>(?: !?[a-z-]+:\S+)*)(?: at (?<at>\S+))?(?: via (?<via>.+))?$/;

export type Outcome = 'through' | 'stopped' | 'open';

/** What becomes of it in each mode of which the line speaks. */
export function outcomesOf({ verdict, beyond, payload }: Line): readonly (readonly [Mode, Outcome])[] {
  const rest: Outcome = beyond === 'UNKNOWN' ? 'open' : 'stopped';
  switch (verdict) {
    case 'DATA':
      return ladder('through', 'through', 'through');
    case 'CONN':
      return beyond === undefined ? ladder('through', 'through') : ladder('through', 'through', rest);
    case 'PKT':
      return payload === undefined ? ladder('through', rest) : ladder('through', rest, rest);
    case 'DENY':
      return payload === undefined ? ladder('stopped', 'stopped') : ladder('stopped', 'stopped', 'stopped');
    case 'UNKNOWN':
      return ladder('open', 'open');
  }
}

const modes: readonly Mode[] = ['packet', 'connection', 'data'];

const ladder = (...of: readonly Outcome[]): readonly (readonly [Mode, Outcome])[] =>
  of.map((outcome, i) => [modes[i]!, outcome]);

/** Reads a line in the words of its network. */
export function parseLine(network: Network, text: string): Line {
  const groups = grammar.exec(text)?.groups;
  invariant(groups !== undefined, `\`${text}\` is a vector's line`);
  const packetText = groups['packet']!.replace(
    /(?<![,]|flags )\b([A-Z][A-Za-z0-9-]*)(\.6|\.pub)?(?=[: ]|$)/g,
    (_, name: string, part?: string) => named(network, name, part ?? ''),
  );
  const packet = parsePacket(packetText);
  invariant(packet !== undefined, `\`${packetText}\` is a packet`);
  const [kind, code] = groups['blame']?.replace(/^.*@/, '').split(':') ?? [];
  const words = (groups['sides'] ?? '').split(' ').filter(Boolean);
  const sides = sidesOf(words.filter((word) => !word.includes('=') || word.startsWith('members:')));
  const unknowns = sidesOf((groups['keys'] ?? '').trim().split(' ').filter(Boolean));
  return {
    text,
    sides,
    choices: choicesOf(network, packet, new Map([...unknowns, ...sides]), words),
    origin: groups['origin'] === undefined ? originOf(network, packet) : originNamed(groups['origin']),
    packet,
    ...(groups['payload'] === undefined ? {} : { payload: payloadOf(groups['payload']) }),
    verdict: groups['verdict'] as Line['verdict'],
    judged: groups['part'] === 'connection' || groups['part'] === 'data',
    ...(groups['beyond'] === undefined ? {} : { beyond: groups['beyond'] as 'DENY' | 'UNKNOWN' }),
    ...(kind === undefined ? {} : { blame: { kind, ...(code === undefined ? {} : { code }) } }),
    unknowns,
    ...(groups['at'] === undefined ? {} : { at: groups['at'] }),
    via: (groups['via'] ?? '')
      .split(' ')
      .filter(Boolean)
      .map((name) => balancerNamed(network, name)?.id ?? name),
  };
}

function payloadOf(text: string): Payload {
  const [app = '', name] = text.split(':');
  if (app === 'http')
    return { app, httpMethod: 'GET', httpUri: '/', ...(name === undefined ? {} : { httpHost: name }) };
  if (app === 'dns' && name !== undefined) {
    const [dnsName = '', dnsType] = name.split('/');
    return { app, dnsName, ...(dnsType === undefined ? {} : { dnsType }) };
  }
  return { app, ...(name === undefined ? {} : { sni: name }) };
}

const sidesOf = (words: readonly string[]): ReadonlyMap<string, boolean> =>
  new Map(words.map((word) => [word.replace(/^!/, '').replaceAll('~', ' '), !word.startsWith('!')]));

function named(network: Network, name: string, part: string): string {
  const found = network.interfaces.get(`eni-${name.toLowerCase()}`);
  invariant(found !== undefined, `\`eni-${name.toLowerCase()}\` is in the network`);
  const family = part === '.6' ? 'ipv6' : 'ipv4';
  const addresses = found.addresses.map(({ address, publicIp }) => (part === '.pub' ? publicIp : address));
  const address = addresses.find((item) => item?.family === family);
  invariant(address !== undefined, `\`${name}${part}\` has an address`);
  return family === 'ipv6' ? `[${formatAddress(address)}]` : formatAddress(address);
}

const originNamed = (text: string): Origin =>
  text === 'internet' || text === 'onprem' ? { kind: text } : { kind: 'interface', id: text };

/** The interface that holds the packet's source, else the internet. */
function originOf(network: Network, { src }: Packet): Origin {
  for (const { id, addresses, prefixes } of network.interfaces.values())
    if (
      addresses.some(({ address }) => sameAddress(address, src)) ||
      prefixes.some((prefix) => prefixContains(prefix, src))
    )
      return { kind: 'interface', id };
  return { kind: 'internet' };
}

const balancerNamed = (network: Network, name: string) =>
  [...network.loadBalancers.values()].find((one) => one.name === name);

const latticeNamed = (network: Network, id: string): { readonly id: string } | undefined =>
  network.latticeServices.get(id) ??
  [...network.resourceConfigurations.values()].flatMap(({ resources }) => resources).find((one) => one.id === id);

/** The first address of every NAT gateway and an ephemeral port, unless the line says otherwise; and what translating guests send. */
function choicesOf(
  network: Network,
  packet: Packet,
  sides: ReadonlyMap<string, boolean>,
  words: readonly string[],
): Choices {
  const nat = new Map<string, { address: Address; port: number }>();
  for (const { id, addresses } of network.natGateways.values()) {
    const address = addresses[0]?.privateIp ?? addresses[0]?.publicIp;
    if (address !== undefined) nat.set(id, { address, port: 2048 });
  }
  for (const { id, associations } of network.clientVpnEndpoints.values()) {
    const first = isUnread(associations) ? undefined : associations.flatMap(({ interfaces }) => interfaces)[0];
    const own = network.interfaces.get(first ?? '')?.addresses[0]?.address;
    if (own !== undefined) nat.set(id, { address: own, port: 2048 });
  }
  for (const word of words) {
    const match = /^((?:nat|cvpn)-[^=]+)=(.+):(\d+)$/.exec(word);
    if (match === null) continue;
    const address = parseAddress(match[2]!);
    invariant(address !== undefined, `\`${word}\` gives an address`);
    nat.set(match[1]!, { address, port: Number(match[3]) });
  }
  const emits = new Map<string, Emission>();
  for (const key of sides.keys()) {
    const id = /^forwards:([^,]+),nat$/.exec(key)?.[1];
    if (id === undefined) continue;
    const out = words.map((word) => /^(eni-[^=]+)=(eni-.+)$/.exec(word)).find((match) => match?.[1] === id)?.[2] ?? id;
    const src = network.interfaces.get(out)?.addresses[0]?.address;
    if (src !== undefined) emits.set(id, { packet: { ...packet, src }, at: { kind: 'interface', id: out } });
  }
  for (const word of words) {
    const [, name, node, from, to] = /^([^@=]+)@((?:eni|vpc)-[^=]+)=(.+)>(.+)$/.exec(word) ?? [];
    if (name === undefined) continue;
    const sent = parsePacket(`tcp ${from} -> ${to}`);
    const sender = balancerNamed(network, name) ?? network.endpoints.get(name) ?? latticeNamed(network, name);
    invariant(sent !== undefined && sender !== undefined, `\`${word}\` is what a balancer sends`);
    const kind = node!.startsWith('vpc-') ? 'vpc' : 'interface';
    emits.set(sender.id, { packet: { ...sent, protocol: packet.protocol }, at: { kind, id: node! } });
  }
  const appliances = new Map<string, ApplianceChoice>();
  for (const word of words) {
    const [, endpoint, by, onward] = /^(vpce-[^=@]+)=(eni-[^+]+)(\+)?$/.exec(word) ?? [];
    if (endpoint !== undefined && by !== undefined)
      appliances.set(endpoint, onward === undefined ? { by } : { by, onward: true });
  }
  const line = (word: string) => words.find((one) => one.startsWith(`${word}=`))?.slice(word.length + 1);
  const [enters, transits] = [line('enters'), line('transits')];
  const equals = new Map(
    words.flatMap((word) => {
      const [, table, attachment] = /^(tgw-(?:rtb|ptb)-[^=]+)=(.+)$/.exec(word) ?? [];
      return table === undefined ? [] : [[`${table} forward`, attachment!] as const];
    }),
  );
  return {
    nat,
    emits,
    ...(appliances.size === 0 ? {} : { appliances }),
    ...(enters === undefined ? {} : { enters }),
    ...(transits === undefined ? {} : { transits }),
    ...(equals.size === 0 ? {} : { equals }),
  };
}
