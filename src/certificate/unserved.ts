/** What has to be refuted for a `require` to be violated: every flow of one sender, in every family that it might use. */
import { formatAddress, formatFamily } from '../net/address.ts';
import { placeKey } from '../policy/places.ts';
import { type Part, attemptsFrom, explore, pairsIn, planeFor, requireFrom } from '../verify/index.ts';
import { nothingToRefute, state } from './clauses.ts';
import type { Look } from './looks.ts';
import type { Refutable } from './refutables.ts';
import { switches } from './switches.ts';
import type { ShowOptions } from './witnesses.ts';

type Unserved =
  { readonly kind: 'shown'; readonly shows: readonly Refutable[] } | { readonly kind: 'none'; readonly reason: string };

export async function unservedIn(look: Look, { timeoutMs }: ShowOptions): Promise<Unserved> {
  const until = Date.now() + timeoutMs;
  const { network, asked, question, words } = look;
  for (const pair of pairsIn(asked)) {
    const parts: Part[] = [];
    for (const family of pair.families)
      await requireFrom(network, pair, family, { ...switches, timeoutMs: until - Date.now() }, (_, part) =>
        parts.push(part),
      );
    const to = pair === asked ? '' : ` to ${placeKey(pair.to.members[0]!)}`;
    for (const place of pair.from.members) {
      const member = place.kind === 'interface' ? place.id : place.kind;
      const own = parts.filter(({ senders }) => senders.some((sender) => sender.member === member));
      if (own.length === 0 && place.kind === 'interface' && parts.length > 0) {
        const why = `${member} has no address of an examined family`;
        const obligation = {
          question,
          family: pair.families[0]!,
          variant: words,
          kind: 'refutation',
          says: why,
        } as const;
        return { kind: 'shown', shows: [{ obligation, state: () => nothingToRefute(why) }] };
      }
      const families = pair.families.filter((family) => own.some((one) => one.family === family));
      const failing = families.map((family) =>
        own.find((one) => one.family === family && one.existence.kind === 'none'),
      );
      if (own.length === 0 || failing.some((one) => one === undefined)) continue;
      const shows = failing.flatMap((part) => {
        const { family, senders } = part!;
        const sender = senders.find((one) => one.member === member)!;
        const at = sender.address === undefined ? '' : ` at ${formatAddress({ family, value: sender.address })}`;
        return attemptsFrom(network, pair)
          .filter((attempt) => attempt.asked.from.members.includes(place))
          .map(({ asked: alone, withPorts, copies }): Refutable => {
            const ports = withPorts ? 'with ports' : 'without ports';
            const variant = [words, `from ${member}${at}${to}`, ports].filter((one) => one !== '').join('; ');
            const says = `no ${formatFamily(family)} flow from ${member}${at}${to}, ${ports}, arrives at \`${alone.to.text}\` by every choice of AWS and from every client port`;
            return {
              obligation: { question, family, variant, kind: 'refutation', says },
              state: (deadline, extent) => {
                const plane = planeFor(network, alone, switches);
                const plain = explore(plane, alone, family, { pruning: true });
                return state(plane, alone, family, {
                  copies: copies(plain),
                  deadline,
                  extent,
                  ...(sender.address === undefined ? {} : { from: sender.address }),
                });
              },
            };
          });
      });
      return { kind: 'shown', shows };
    }
  }
  return { kind: 'none', reason: 'no member was found again that has no flow' };
}
