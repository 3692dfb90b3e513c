/** A flow's path as numbered steps, the step that stops it set apart; what it stands for; what blocks. */
import type { Block, Flow, FlowFamily, HopJson, PacketJson } from '../../result/answer.ts';
import { columns, indent, some } from './layout.ts';
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
  const rows = columns(hops.map((hop, i) => [String(i + 1).padStart(2), hop.action, names(hop.resource), '']));
  const prefix = Math.max(...rows.map((row) => row.length)) + 2;
  return hops.flatMap((hop, i) => {
    const left = (rows[i] ?? '').padEnd(prefix);
    const before = hops[i - 1]?.packet;
    const changed = before !== undefined && packetText(before) !== packetText(hop.packet);
    const header = changed ? [indent(paint.dim(`the packet is now ${packetText(hop.packet)}`), prefix)] : [];
    if (!stops(hop)) return [`${left}${paint.names(hop.detail)}`, ...header];
    const code = hop.code === undefined ? '' : ` (${hop.code})`;
    return [
      ...(i === 0 ? [] : ['']),
      `${paint.bad(left)}${paint.names(hop.detail)}${code}`,
      ...where(hop, prefix, paint),
    ];
  });
}

function where(
  { source }: { readonly source?: { file: string; place: string } },
  by: number,
  paint: Paint,
): readonly string[] {
  return source === undefined ? [] : [indent(paint.dim(`${source.file} ${source.place}`.trimEnd()), by)];
}

/** The rules and routes that decided, each with the place in the input where it stands. */
export function ruleLines(hops: readonly HopJson[], names: Names, paint: Paint): readonly string[] {
  const rows = new Map<string, readonly string[]>();
  for (const { resource, rule, source } of hops)
    if (rule !== undefined) {
      const at = source === undefined ? '' : paint.dim(`${source.file} ${source.place}`.trimEnd());
      rows.set(`${resource} ${rule}`, [names(resource), rule, at]);
    }
  return columns([...rows.values()]);
}

/** What stops the flow, one after the other: all of it would have to change. */
export function blockLines(blocks: readonly Block[], names: Names, paint: Paint): readonly string[] {
  return blocks.flatMap(({ direction, detail, code, source, resource, kind }) => {
    const said = detail.includes(resource) ? '' : `${kind} ${names(resource)}: `;
    const reply = direction === 'return' ? 'the reply: ' : '';
    return [
      `${paint.bad('x')} ${reply}${said}${paint.names(detail)}${code === undefined ? '' : ` (${code})`}`,
      ...(source === undefined ? [] : [indent(paint.dim(`${source.file} ${source.place}`.trimEnd()), 2)]),
    ];
  });
}

/** The whole set of headers that the flow stands for, in one line. */
export function familyText({ src, dst, protocols, srcPorts, dstPorts, icmpTypes, icmpCodes }: FlowFamily): string {
  const list = (values: readonly string[]) => some(values, 3).join(', ');
  const free = (values: readonly string[], whole: string) =>
    values.length === 0 || (values.length === 1 && values[0] === whole);
  return [
    `from ${list(src)}`,
    `to ${list(dst)}`,
    free(protocols, '0-255') ? 'any protocol' : list(protocols),
    ...(srcPorts.length === 0 ? [] : [free(srcPorts, '0-65535') ? 'any source port' : `source port ${list(srcPorts)}`]),
    ...(dstPorts.length === 0 ? [] : [free(dstPorts, '0-65535') ? 'any port' : `port ${list(dstPorts)}`]),
    ...(icmpTypes.length === 0 || free(icmpTypes, '0-255') ? [] : [`type ${list(icmpTypes)}`]),
    ...(icmpCodes.length === 0 || free(icmpCodes, '0-255') ? [] : [`code ${list(icmpCodes)}`]),
  ].join('; ');
}

/** The packet, where it goes, its path and its reply's. */
export function flowLines(flow: Flow, names: Names, paint: Paint): readonly string[] {
  return [
    `${paint.bold(packetText(flow.packet))}   from ${names(flow.from)} to ${names(flow.to)}`,
    paint.dim(`stands for ${familyText(flow.family)}`),
    ...pathLines(flow.hops, names, paint),
    ...(flow.return === undefined || flow.return.length === 0
      ? []
      : [paint.bold('and back'), ...pathLines(flow.return, names, paint)]),
  ];
}
