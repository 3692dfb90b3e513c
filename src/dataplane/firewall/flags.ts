/** TCP's flags at a moment of a flow, as what is tested of them says something of the header, or of who sends. */
import { type Intervals, none, single, unionAll } from '../../net/interval.ts';
import type { Answering, Moment } from './moment.ts';

const [fin, syn, rst, psh, ack, urg, ece, cwr] = [1, 2, 4, 8, 16, 32, 64, 128];

/** A packet that begins a flow, whatever else it sets. */
const opens = (flags: number): boolean => (flags & (fin | syn | rst | ack)) === syn;

/** The values of TCP's flags for which something holds. */
const flagsWhere = (holds: (flags: number) => boolean): Intervals =>
  unionAll(Array.from({ length: 256 }, (_, flags) => (holds(flags) ? single(BigInt(flags)) : none)));

export const opening = flagsWhere(opens);

/** The flags with any of the others beside them. */
const beside = (flags: number, others: number): readonly number[] =>
  Array.from({ length: 256 }, (_, value) => value).filter((value) => (value & ~others) === flags);

/** What packets after a flow's first bear: with any ordinary sender each of these, and what a packet can bear at all. */
interface Borne {
  readonly ordinary: readonly number[];
  readonly any: readonly number[];
}

const anyData = beside(ack, fin | psh | urg | ece | cwr);

const borne: Readonly<Record<Answering, Borne>> = {
  'syn-ack': { ordinary: [syn | ack], any: beside(syn | ack, psh | urg | ece | cwr) },
  // The handshake's third packet may bear what data bears.
  ack: { ordinary: [ack], any: anyData },
  // A message's last segment is pushed, and the last of all ends the flow.
  data: { ordinary: beside(ack, psh | fin), any: anyData },
};

export const bearsWhat = ({ flags }: Moment): Borne | undefined =>
  flags === 'syn-ack' || flags === 'ack' || flags === 'data' ? borne[flags] : undefined;

/** Whether it holds at the moment, or for which flags of the header it does; undefined where that is up to the sender. */
export function testedAt({ flags }: Moment, holds: (flags: number) => boolean): boolean | Intervals | undefined {
  switch (flags) {
    case undefined:
      return false;
    case 'header':
      return flagsWhere(holds);
    case 'opening':
      return flagsWhere((one) => holds(opens(one) ? one : syn));
    case 'syn-ack':
    case 'ack':
    case 'data': {
      const { any } = borne[flags];
      return any.every(holds) ? true : any.some(holds) ? undefined : false;
    }
    default:
      return holds(flags);
  }
}

/** The same of a packet of the handshake where it is enough that an ordinary sender's is so. */
export const ordinarilyAt = (moment: Moment, holds: (flags: number) => boolean): boolean =>
  moment.flags !== 'data' && moment.chosen !== true && (bearsWhat(moment)?.ordinary.every(holds) ?? false);
