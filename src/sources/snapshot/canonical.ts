/** The one text of a network, whatever files it came from and in what order; and its hash. */
import { createHash } from 'node:crypto';
import type { Network } from '../../network/network.ts';
import { asList, asText } from './text.ts';

/** Lists whose order says something: the primary address or block first, entries by number, rules one after another. */
const ordered: ReadonlySet<string> = new Set(['cidrs', 'addresses', 'inbound', 'outbound', 'rules']);

/**
 * Canonical JSON of the model alone: keys in order, lists that carry no order sorted, no provenance, no coverage.
 * Equal networks have equal texts.
 */
export function canonicalSnapshot(network: Network): string {
  const { coverage: _, defaults: __, warnings: ___, sources: ____, flowLogs, ...model } = network;
  // One without flow logs is the network that it was before these were read.
  return canonical(flowLogs.size === 0 ? model : { ...model, flowLogs }, true);
}

/** SHA-256 of the canonical snapshot, in hexadecimal digits. */
export const networkSha256 = (network: Network): string =>
  createHash('sha256').update(canonicalSnapshot(network)).digest('hex');

function canonical(value: unknown, keepOrder: boolean): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const text = asText(value);
  if (text !== undefined) return `"${text}"`;
  const list = asList(value);
  if (list !== undefined) {
    const elements = list.map((element) => canonical(element, false));
    return `[${(keepOrder ? elements : elements.sort()).join(',')}]`;
  }
  let fields = '';
  const record = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(record).sort())
    if (key !== 'source' && record[key] !== undefined)
      fields += `${fields === '' ? '' : ','}${JSON.stringify(key)}:${canonical(record[key], ordered.has(key))}`;
  return `{${fields}}`;
}
