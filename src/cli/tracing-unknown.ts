/**
 * What a trace leaves open: a packet that is dropped where nobody knows whether it would be, sent again with what was asked
 * of it and never told taken to let it pass.
 */
import type { ReplayResult, Sides } from '../network/replay.ts';

/**
 * A smallest set of sides by which the packet arrives, though by what is told it is dropped; undefined where none was
 * found. `send` traces it by the sides given. What may match either way is tried both ways; what an element that is not
 * modelled would send on is not tried, since nobody says what that is.
 */
export function settling(told: Sides, send: (sides: Sides) => ReplayResult): Sides | undefined {
  const all = permissive(told, send, () => true) ?? permissive(told, send, (key) => !key.startsWith('matches:'));
  if (all === undefined) return undefined;
  const needed = new Map(all);
  for (const key of all.keys()) {
    if (told.has(key)) continue;
    needed.delete(key);
    if (send(needed).delivery === undefined) needed.set(key, true);
  }
  for (const key of told.keys()) needed.delete(key);
  return needed;
}

/** What is asked on the way taken to let the packet pass, round by round, as each goes further and asks more. */
function permissive(
  told: Sides,
  send: (sides: Sides) => ReplayResult,
  isTaken: (key: string) => boolean,
): Sides | undefined {
  let sides = told;
  for (;;) {
    const listening = new Listening(sides);
    if (send(listening).delivery !== undefined) return sides;
    const open = [...listening.asked].filter((key) => !sides.has(key) && !hasDefault(key) && isTaken(key));
    if (open.length === 0) return undefined;
    sides = new Map([...sides, ...open.map((key) => [key, true] as const)]);
  }
}

/** A fact has one, which the trace takes. */
const hasDefault = (key: string): boolean => key.startsWith('fact:');

/** Sides that remember what was asked of them. */
class Listening extends Map<string, boolean> {
  readonly asked = new Set<string>();

  override get(key: string): boolean | undefined {
    this.asked.add(key);
    return super.get(key);
  }
}
