/** Whether a rule matches a packet: its header, then each of its options (semantics 10.72 to 10.76). */
import type { Packet } from '../../net/packet.ts';
import { hasPorts, isIcmp, protocols } from '../../net/protocol.ts';
import type { Rule } from '../../suricata/index.ts';
import { type AddressList, contains } from './address-list.ts';
import { type Sight, isApp, optionHolds } from './keyword.ts';
import { type PortList, type PortSeen, containsPort } from './port-list.ts';
import { type Truth, all, some, truthOf } from './truth.ts';

/** A rule with the addresses and ports that its names stand for. */
export interface ReadRule {
  readonly rule: Rule;
  readonly source: AddressList;
  readonly sourcePort: PortList;
  readonly destination: AddressList;
  readonly destinationPort: PortList;
}

export function matchesRule(read: ReadRule, sight: Sight): Truth {
  const { rule } = read;
  let found = protocolHolds(rule.protocol, sight);
  if (found !== 'no') found = all([found, endsHold(read, sight)]);
  for (const option of rule.options) {
    if (found === 'no') return 'no';
    found = all([found, optionHolds(option, rule.action, sight)]);
  }
  return found;
}

function protocolHolds(word: string, sight: Sight): Truth {
  const { src, protocol } = sight.moment.packet;
  switch (word) {
    case 'ip':
      return 'yes';
    case 'ipv4':
      return truthOf(src.family === 'ipv4');
    case 'ipv6':
      return truthOf(src.family === 'ipv6');
    case 'tcp':
    case 'tcp-pkt':
    case 'tcp-stream':
      return truthOf(protocol === protocols.tcp);
    case 'udp':
      return truthOf(protocol === protocols.udp);
    case 'icmp':
      return truthOf(isIcmp(protocol));
    case 'icmpv4':
      return truthOf(protocol === protocols.icmp);
    case 'icmpv6':
      return truthOf(protocol === protocols.icmpv6);
    default:
      return isApp(word, sight);
  }
}

/** The arrow compares the packet's own direction, not who began (semantics 10.76). */
function endsHold(read: ReadRule, sight: Sight): Truth {
  const { direction } = read.rule;
  if (direction === '->') return goesAlong(read, sight);
  const either = some([goesAlong(read, sight), goesAgainst(read, sight)]);
  return direction === '<>' || either === 'no' ? either : 'unknown';
}

const goesAlong = (read: ReadRule, { moment: { packet }, homeHoldsIpv6 }: Sight): Truth =>
  all([
    contains(read.source, packet.src, homeHoldsIpv6),
    contains(read.destination, packet.dst, homeHoldsIpv6),
    containsPort(read.sourcePort, portOf(packet, packet.srcPort)),
    containsPort(read.destinationPort, portOf(packet, packet.dstPort)),
  ]);

const goesAgainst = (read: ReadRule, { moment: { packet }, homeHoldsIpv6 }: Sight): Truth =>
  all([
    contains(read.destination, packet.src, homeHoldsIpv6),
    contains(read.source, packet.dst, homeHoldsIpv6),
    containsPort(read.destinationPort, portOf(packet, packet.srcPort)),
    containsPort(read.sourcePort, portOf(packet, packet.dstPort)),
  ]);

/** Of a fragment the packet that it is put together to counts (semantics 10.74). */
const portOf = ({ protocol, fragment }: Packet, port: number): PortSeen =>
  hasPorts(protocol) ? { port, borne: !fragment } : 'none';
