/** A flow's path as numbered steps, the step that stops it set apart; what it stands for; what blocks. */
import type { Block, Flow, FlowFamily, HopJson, PacketJson } from '../../result/answer.ts';
import { carriedText } from './carried.ts';
import { columns, hang, some } from './layout.ts';
import type { Names } from './names.ts';
import type { Paint } from './paint.ts';

/** `tcp 10.0.1.5:40000 -> 1.1.1.1:443`, `icmp A -> B type 8 code 0`. */
export function packetText({ src, dst, protocol, srcPort, dstPort, icmpType, icmpCode, fragment }: PacketJson): string {
  const end = (address: string, port: number | undefined) =>
    port === undefined ? address : address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  const type = icmpType === undefined ? '' : ` type ${icmpType} code ${icmpCode ?? 0}`;
  return `${protocol} ${end(src, srcPort)} -> ${end(dst, dstPort)}${type}${fragment === true ? ' fragment' : ''}`;
}

const stops = ({ action }: HopJson): boolean => action === 'deny' || action === 'drop';

/** Each step on a line, the header below it where it changed. */
export function pathLines(hops: readonly HopJson[], names: Names, paint: Paint): readonly string[] {
  const width = Math.max(...hops.map(({ action }) => action.length));
  return hops.flatMap((hop, i) => {
    const left = `${String(i + 1).padStart(3)}  ${hop.action.padEnd(width)}  `;
    const below = (text: string) => hang(' '.repeat(left.length), paint.dim(text), paint.width);
    const before = hops[i - 1]?.packet;
    const changed = before !== undefined && packetText(before) !== packetText(hop.packet);
    const header = changed ? below(`the packet is now ${packetText(hop.packet)}`) : [];
    const said = paint.names(detailText(hop, names));
    if (!stops(hop)) return [...hang(left, said, paint.width), ...header];
    const code = hop.code === undefined ? '' : ` (${hop.code})`;
    const where = hop.source === undefined ? [] : below(placeText(hop.source));
    return ['', ...hang(paint.bad(left), said + code, paint.width), ...where, ''];
  });
}

/** The detail, which names the resource, or is made to. */
function detailText(
  { detail, resource }: { readonly detail: string; readonly resource: string },
  names: Names,
): string {
  const name = names.of(resource);
  const named = detail.includes(resource) || detail.includes(`\`${name}\``);
  return named || resource === 'internet' || resource === 'dns' ? names.in(detail) : `${name}: ${names.in(detail)}`;
}

const placeText = ({ file, place }: { readonly file: string; readonly place: string }): string =>
  `${file} ${place}`.trimEnd();

/** The rules and routes that decided, each with the place in the input where it stands: beside it, or below where it is narrow. */
export function ruleLines(hops: readonly HopJson[], names: Names, paint: Paint): readonly string[] {
  const rows = new Map<string, readonly [string, string, string]>();
  for (const { resource, rule, source } of hops)
    if (rule !== undefined) {
      const short = rule.startsWith(`${resource} `) ? rule.slice(resource.length + 1) : rule;
      rows.set(`${resource} ${rule}`, [names.of(resource), short, source === undefined ? '' : placeText(source)]);
    }
  const all = [...rows.values()];
  const wide = columns(all);
  if (wide.every((line) => line.length <= paint.width))
    return columns(all.map(([name, rule, place]) => [name, rule, paint.dim(place)]));
  const narrow = columns(all.map(([name, rule]) => [name, rule]));
  return narrow.flatMap((line, i) => [line, ...hang('  ', paint.dim(all[i]?.[2] ?? ''), paint.width)]);
}

/** What stops the flow, one after the other: all of it would have to change. */
export function blockLines(blocks: readonly Block[], names: Names, paint: Paint): readonly string[] {
  return blocks.flatMap((block) => {
    const { direction, code, source } = block;
    const reply = direction === 'return' ? 'the reply: ' : '';
    const said = `${reply}${paint.names(detailText(block, names))}${code === undefined ? '' : ` (${code})`}`;
    return [
      ...hang(paint.bad('x '), said, paint.width),
      ...(source === undefined ? [] : hang('  ', paint.dim(placeText(source)), paint.width)),
    ];
  });
}

/** The whole set of headers that the flow stands for: `tcp from 10.0.1.0/24 to 1.0.0.0/8, port 443`. */
export function familyText({ src, dst, protocols, srcPorts, dstPorts, icmpTypes, icmpCodes }: FlowFamily): string {
  const list = (values: readonly string[]) => some(values, 3).join(', ');
  const free = (values: readonly string[]) => values.length === 0 || values[0] === 'any' || values[0] === 'all';
  return [
    `${free(protocols) ? 'all traffic' : list(protocols)} from ${list(src)} to ${list(dst)}`,
    ...(free(srcPorts) ? [] : [`source port ${list(srcPorts)}`]),
    ...(dstPorts.length === 0 ? [] : [free(dstPorts) ? 'any port' : `port ${list(dstPorts)}`]),
    ...(free(icmpTypes) ? [] : [`type ${list(icmpTypes)}`]),
    ...(free(icmpCodes) ? [] : [`code ${list(icmpCodes)}`]),
  ].join('; ');
}

/** The packet, where it goes, what it stands for, its path and its reply's. */
export function flowLines(flow: Flow, names: Names, paint: Paint): readonly string[] {
  const sent = [packetText(flow.packet), carriedText(flow.packet)].filter((part) => part !== '').join(' ');
  return [
    ...hang('', `${paint.bold(sent)}   from ${names.of(flow.from)} to ${names.of(flow.to)}`, paint.width),
    ...hang('', paint.dim(`stands for ${familyText(flow.family)}`), paint.width),
    ...pathLines(flow.hops, names, paint),
    ...(flow.return === undefined || flow.return.length === 0
      ? []
      : [paint.bold('and back'), ...pathLines(flow.return, names, paint)]),
  ];
}
