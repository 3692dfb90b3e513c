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

/** Data goes with ACK, and any of FIN, PSH and URG. */
const data = [0, 1, 8, 9, 32, 33, 40, 41].map((others) => ack | others);

/** Data as it usually goes: PSH and ACK. */
export const usually = (moment: Moment): Moment => (moment.flags === 'data' ? { ...moment, flags: 8 | ack } : moment);

/** Whether it holds at the moment, or for which flags of the header it does; undefined where that is not known. */
export function testedAt({ flags }: Moment, holds: (flags: number) => boolean): boolean | Intervals | undefined {
  switch (flags) {
    case undefined:
      return false;
    case 'header':
      return flagsWhere(holds);
    case 'opening':
      return flagsWhere((one) => holds(opens(one) ? one : syn));
    case 'data':
      return data.every(holds) ? true : data.some(holds) ? undefined : false;
    default:
      return holds(flags);
  }
}
