/** The stateless part of a firewall's policy: packet by packet, the first match decides (semantics 10B). */
import { invariant } from '../../base/invariant.ts';
import { prefixContains } from '../../net/prefix.ts';
import { hasPorts, protocols } from '../../net/protocol.ts';
import type { FirewallPolicy, RuleGroup, StatelessAction, StatelessRule } from '../../network/firewall-policy.ts';
import type { Provenance } from '../../network/resource.ts';
import type { PortRange } from '../../network/traffic-match.ts';
import type { Moment } from './conversation.ts';

export interface StatelessVerdict {
  readonly action: StatelessAction;
  /** What decided, as the subject of a sentence. */
  readonly by: string;
  readonly group?: string;
  readonly source?: Provenance;
}

/** Rule groups by priority, then rules by priority, then the default of packets or of UDP fragments. */
export function statelessVerdict(
  policy: FirewallPolicy,
  groups: ReadonlyMap<string, RuleGroup>,
  moment: Moment,
): StatelessVerdict {
  const { fragment, protocol } = moment.packet;
  if (fragment && protocol !== protocols.udp)
    return { action: 'aws:drop', by: 'the rule that fragments of anything but UDP are dropped' };
  for (const { group: id } of [...policy.stateless.groups].sort((a, b) => a.priority - b.priority)) {
    const group = groups.get(id);
    invariant(group?.kind === 'stateless-rule-group', `${id} is a stateless rule group that was read`);
    const rule = [...group.rules].sort((a, b) => a.priority - b.priority).find((each) => matches(each, moment));
    if (rule !== undefined) {
      const by = `the stateless rule of priority ${rule.priority} in \`${group.name ?? id}\``;
      return { action: rule.action, by, group: id, source: rule.source };
    }
  }
  if (fragment) {
    const action = policy.stateless.fragmentDefault;
    return { action, by: `the stateless default ${action} for fragments` };
  }
  return { action: policy.stateless.default, by: `the stateless default ${policy.stateless.default}` };
}

/** All that the rule names must hold; ports are those of TCP and UDP, and no fragment has any (semantics 10.15, 10.74). */
function matches(rule: StatelessRule, { packet, flags }: Moment): boolean {
  const { src, dst, protocol } = packet;
  if (rule.protocols.length > 0 && !rule.protocols.includes(protocol)) return false;
  if (rule.sources.length > 0 && !rule.sources.some((prefix) => prefixContains(prefix, src))) return false;
  if (rule.destinations.length > 0 && !rule.destinations.some((prefix) => prefixContains(prefix, dst))) return false;
  const ports = hasPorts(protocol) && !packet.fragment;
  if (!admitsPort(rule.sourcePorts, ports ? packet.srcPort : undefined)) return false;
  if (!admitsPort(rule.destinationPorts, ports ? packet.dstPort : undefined)) return false;
  if (rule.tcpFlags.length === 0) return true;
  if (protocol !== protocols.tcp) return false;
  // An empty mask looks at every flag (semantics 10.16).
  return hasFlags(rule, flags);
}

const hasFlags = ({ tcpFlags }: StatelessRule, flags: number): boolean =>
  tcpFlags.some((each) => (flags & (each.masks === 0 ? 255 : each.masks)) === each.flags);

/** Some rule of flags answers otherwise for some of the flags that one of the packets may go under. */
export const tellsApart = (
  policy: FirewallPolicy,
  groups: ReadonlyMap<string, RuleGroup>,
  moments: readonly Moment[],
): boolean =>
  policy.stateless.groups.some(({ group: id }) => {
    const group = groups.get(id);
    return (
      group?.kind === 'stateless-rule-group' &&
      group.rules.some(
        (rule) =>
          rule.tcpFlags.length > 0 &&
          moments.some(({ bears }) => new Set(bears?.possible.map((flags) => hasFlags(rule, flags))).size > 1),
      )
    );
  });

const admitsPort = (ranges: readonly PortRange[], port: number | undefined): boolean =>
  ranges.length === 0 || (port !== undefined && ranges.some(({ from, to }) => port >= from && port <= to));
