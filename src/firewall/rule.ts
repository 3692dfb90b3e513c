/** What kinds of rules there are, as people tell them apart: by name, by application, by header alone. */
import { natureOf } from '../dataplane/index.ts';
import type { Addresses, Rule } from '../suricata/index.ts';
import type { RuleAt } from './subject.ts';

export const isDrop = ({ rule: { action } }: RuleAt): boolean => action === 'drop' || action === 'reject';
export const isPass = ({ rule: { action } }: RuleAt): boolean => action === 'pass';

/** It looks at the server name or the Host. */
export const isByName = ({ rule }: RuleAt): boolean =>
  rule.options.some(({ kind, ...option }) => kind === 'buffer' && 'buffer' in option && isName(option.buffer));

const isName = (buffer: unknown): boolean => buffer === 'tls.sni' || buffer === 'http.host';

const headers: ReadonlySet<string> = new Set(['ip', 'ipv4', 'ipv6', 'tcp', 'tcp-pkt', 'tcp-stream', 'udp', 'icmp']);

/** It looks into the payload: at the application, or at what it says. */
export const isByPayload = ({ rule }: RuleAt): boolean => {
  const { kind } = natureOf(rule, false);
  return kind !== 'ip-only' && kind !== 'like-ip-only' && kind !== 'packet';
};

/** By addresses and ports alone, a flow as a whole. */
export const takesFlows = ({ rule }: RuleAt): boolean => {
  const { kind, reach } = natureOf(rule, false);
  return kind === 'ip-only' && reach === 'flow' && headers.has(rule.protocol);
};

/** To a place of its own, and not to any outside. */
export const isPlaced = ({ rule }: RuleAt): boolean => !isAnywhere(rule.destination);

/** By header alone, to any place outside: any TCP, and of UDP what nobody looks into. */
export const isOpen = (at: RuleAt): boolean =>
  headers.has(at.rule.protocol) &&
  at.rule.protocol !== 'icmp' &&
  !isPlaced(at) &&
  !at.rule.options.some(({ kind }) => kind === 'ip_proto' || kind === 'app-layer-protocol');

/** Any TCP to any place outside: nobody means that as one more exception. */
export const isBroad = (at: RuleAt): boolean => isOpen(at) && at.rule.protocol !== 'udp';

const isAnywhere = (addresses: Addresses): boolean =>
  addresses.kind === 'any' ||
  addresses.kind === 'not' ||
  (addresses.kind === 'variable' && addresses.name === 'EXTERNAL_NET') ||
  (addresses.kind === 'list' && addresses.of.some(isAnywhere));

/** Some variable of its is HOME_NET or EXTERNAL_NET. */
export const speaksOfHome = (rule: Rule): boolean => [rule.source, rule.destination].some(isHome);

function isHome(addresses: Addresses): boolean {
  switch (addresses.kind) {
    case 'variable':
      return addresses.name === 'HOME_NET' || addresses.name === 'EXTERNAL_NET';
    case 'list':
      return addresses.of.some(isHome);
    case 'not':
      return isHome(addresses.of);
    case 'any':
    case 'range':
    case 'reference':
      return false;
  }
}
