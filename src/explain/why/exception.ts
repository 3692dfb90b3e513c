/** What a question leaves out, as its author wrote it. */
import { formatPrefix } from '../../net/prefix.ts';
import { protocolName } from '../../net/protocol.ts';
import type { Question, Traffic } from '../../policy/question.ts';
import { portsText } from './rules.ts';

/** Of the exception, or what is to be avoided, that `exceptionId` names so: `via \`firewall\``. */
export function exceptionText({ avoid, except }: Question, id: string): string {
  const [key, place] = id.split(' ');
  if (key === 'avoid') return `via \`${avoid[Number(place)]?.text ?? ''}\``;
  const { via, traffic = [], from, to } = except[Number(place)] ?? {};
  const parts = [
    ...(via === undefined ? [] : [`via \`${via.text}\``]),
    ...(traffic.length === 0 ? [] : [`of \`${traffic.map(trafficText).join(', ')}\``]),
    ...(from === undefined ? [] : [`from \`${from.text}\``]),
    ...(to === undefined ? [] : [`to \`${to.text}\``]),
  ];
  return parts.join(' ');
}

function trafficText(one: Traffic): string {
  const { protocol, ports, srcPorts, src, dst, icmpType, icmpCode, app, sni, httpHost, dnsName, dnsType } = one;
  const name = protocol === undefined ? 'any protocol' : protocolName(protocol);
  const said = sni ?? httpHost ?? dnsName;
  return [
    ...(sni !== undefined && protocol === undefined
      ? []
      : [ports === undefined ? name : `${name}/${portsText(ports)}`]),
    ...(srcPorts === undefined ? [] : [`from port ${portsText(srcPorts)}`]),
    ...(icmpType === undefined ? [] : [`type ${icmpType}${icmpCode === undefined ? '' : ` code ${icmpCode}`}`]),
    ...(src === undefined ? [] : [`from ${formatPrefix(src)}`]),
    ...(dst === undefined ? [] : [`to ${formatPrefix(dst)}`]),
    ...(app === undefined ? [] : [app]),
    ...(said === undefined ? [] : [`for ${said}`]),
    ...(dnsType === undefined ? [] : [dnsType]),
  ].join(' ');
}
