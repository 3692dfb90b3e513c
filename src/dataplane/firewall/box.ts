/** A box of headers: one set for each field that is asked about, all of which must hold. */
import type { Family } from '../../net/address.ts';
import { type Intervals, contains, intersect, single, subtract, union, unionAll } from '../../net/interval.ts';
import { type Field, fields } from '../header.ts';
import { type Predicate, and, isIn } from '../predicate.ts';

/** A field that is absent may hold anything. */
export type Box = Readonly<Partial<Record<Field, Intervals>>>;

/** The headers in both; undefined where there are none. */
export function meet(a: Box, b: Box): Box | undefined {
  const out: Partial<Record<Field, Intervals>> = { ...a };
  for (const field of fields) {
    const set = b[field];
    if (set === undefined) continue;
    const before = out[field];
    const after = before === undefined ? set : intersect(before, set);
    if (after.length === 0) return undefined;
    out[field] = after;
  }
  return out;
}

/** The box without what a field is asked. */
export function without(box: Box, field: Field): Box {
  if (box[field] === undefined) return box;
  const { [field]: _, ...rest } = box;
  return rest;
}

export const boxPredicate = (box: Box): Predicate =>
  and(...fields.flatMap((field) => (box[field] === undefined ? [] : [isIn(field, box[field])])));

/**
 * The packets to the server whose answer lies in the box: ends and ports swapped, an echo request answered, in one piece
 * (semantics 2.10, 2.34).
 */
export function answeredBy(box: Box, family: Family): Box | undefined {
  const { src, dst, srcPort, dstPort, icmpType, fragment, ...rest } = box;
  if (fragment !== undefined && !contains(fragment, 0n)) return undefined;
  const type = icmpType === undefined ? undefined : asked(icmpType, family);
  if (type?.length === 0) return undefined;
  return {
    ...rest,
    ...(dst === undefined ? {} : { src: dst }),
    ...(src === undefined ? {} : { dst: src }),
    ...(dstPort === undefined ? {} : { srcPort: dstPort }),
    ...(srcPort === undefined ? {} : { dstPort: srcPort }),
    ...(type === undefined ? {} : { icmpType: type }),
  };
}

/** The types whose answer has one of these: an echo request has an echo reply, everything else keeps its own. */
function asked(types: Intervals, family: Family): Intervals {
  const [request, reply] = family === 'ipv4' ? [8n, 0n] : [128n, 129n];
  const others = subtract(types, single(request));
  return contains(types, reply) ? union(others, single(request)) : others;
}

const contents = new Map<string, number>();
const numbers = new WeakMap<Intervals, number>();

/** Equal sets have one number. */
function numberOf(set: Intervals): number {
  let found = numbers.get(set);
  if (found === undefined) {
    const text = set.map(({ lo, hi }) => `${lo.toString(36)}-${hi.toString(36)}`).join();
    found = contents.get(text);
    if (found === undefined) contents.set(text, (found = contents.size + 1));
    numbers.set(set, found);
  }
  return found;
}

/** Equal for boxes that ask alike of every field but what flows carry. */
export const frameKey = (box: Box): string => keyBeside(box, 'payload');

const keyBeside = (box: Box, field: Field): string =>
  fields.map((one) => (one === field || box[one] === undefined ? '' : numberOf(box[one]))).join();

/** Fewer boxes that hold the same headers: those that differ in one field alone become one. */
export function merged(boxes: readonly Box[]): readonly Box[] {
  return mergeable.reduce<readonly Box[]>((left, field) => mergedBy(left, field), boxes);
}

const mergeable = ['payload', 'dst', 'src', 'dstPort', 'srcPort', 'icmpType'] as const satisfies readonly Field[];

function mergedBy(boxes: readonly Box[], field: Field): readonly Box[] {
  if (boxes.length < 2) return boxes;
  const alike = new Map<string, Box[]>();
  for (const box of boxes) {
    const key = keyBeside(box, field);
    const list = alike.get(key);
    if (list === undefined) alike.set(key, [box]);
    else list.push(box);
  }
  if (alike.size === boxes.length) return boxes;
  return [...alike.values()].map((of) => {
    const [first] = of;
    if (of.length === 1) return first!;
    const sets = of.flatMap((box) => (box[field] === undefined ? [] : [box[field]]));
    return sets.length < of.length ? without(first!, field) : { ...first, [field]: unionAll([...new Set(sets)]) };
  });
}
