/**
 * What an element makes up each time that a packet comes to it, as the port that it sends from: by variables whose names
 * tell its crossings apart, so that what the second takes is no part of the first.
 */
import { type Context, pastKey } from './context.ts';
import { type Header, fields } from './header.ts';
import { type Plane, once } from './plane.ts';
import { depthOf } from './symbol.ts';

export interface Crossed {
  /** Stands behind the element's id in the names of what it makes up. */
  readonly mark: string;
  /** Of the variables so named (`symbol.ts`). */
  readonly depth: number;
}

/** The packet behind the element, but for what it makes up. */
export interface Behind {
  /** By which of the element's ways it came out, and where. */
  readonly way: string;
  readonly header: Partial<Header>;
  readonly context: Omit<Context, 'header' | 'crossings' | 'kept'>;
}

/**
 * Two crossings share a mark only where the packet is the same behind both, but for what is made up. Of them the second
 * may be left out with all that lies between, and the first make up what the second did: some flow gets through without
 * crossing twice under one mark, if any does. Where whatever is made up has to do, crossings are counted (`turnOf`).
 */
export function crossedAs(plane: Plane, id: string, { way, header, context }: Behind): Crossed {
  if (plane.exacting) return { mark: '', depth: 0 };
  const known = once(plane, `crossed ${id}`, () => new Map<string, Crossed>());
  const stays = fields.flatMap((field) => header[field] ?? []);
  const key = `${way}|${header.family ?? ''}|${stays.map((symbol) => symbol.id).join()}|${pastKey(context)}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const depth = Math.max(0, ...stays.map(depthOf));
  const made = known.size === 0 ? { mark: '', depth } : { mark: ` ${known.size + 1}`, depth: depth + 1 };
  known.set(key, made);
  return made;
}
