/** A flow in one line. */
import type { Flow } from '../../result/answer.ts';
import { carriedText } from './carried.ts';
import type { Names } from './names.ts';
import { packetText } from './path.ts';

/** The packet and its ends. */
export function flowTitle({ packet, from, to }: Flow, names: Names): string {
  const sent = [packetText(packet), carriedText(packet)].filter((part) => part !== '').join(' ');
  return `${sent}, from ${names.of(from)} to ${names.of(to)}`;
}
