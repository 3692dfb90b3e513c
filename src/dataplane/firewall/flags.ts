/** TCP's flags at a moment of a flow, as what is tested of them says something of the header or nothing at all. */
import { type Intervals, none, single, unionAll } from '../../net/interval.ts';
import type { Moment } from './moment.ts';

const [fin, syn, rst, ack] = [1, 2, 4, 16];

/** A packet that begins a flow, whatever else it sets. */
const opens = (flags: number): boolean => (flags & (fin | syn | rst | ack)) === syn;

/** The values of TCP's flags for which something holds. */
const flagsWhere = (holds: (flags: number) => boolean): Intervals =>
  unionAll(Array.from({ length: 256 }, (_, flags) => (holds(flags) ? single(BigInt(flags)) : none)));

export const opening = flagsWhere(opens);

/** Whether it holds at the moment, or for which flags of the header it does. */
export function testedAt({ flags }: Moment, holds: (flags: number) => boolean): boolean | Intervals {
  switch (flags) {
    case undefined:
      return false;
    case 'header':
      return flagsWhere(holds);
    case 'opening':
      return flagsWhere((one) => holds(opens(one) ? one : syn));
    default:
      return holds(flags);
  }
}
