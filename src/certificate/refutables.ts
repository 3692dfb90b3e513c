/** What has to be refuted for a `forbid` or `isolate` to hold: every question in every network, part and family. */
import { partsOf } from '../explain/on-payload.ts';
import { type Family, formatFamily } from '../net/address.ts';
import type { Question } from '../policy/question.ts';
import { planeFor } from '../verify/index.ts';
import type { Obligation } from './checker/format.ts';
import { type Extent, type Stated, nothingToRefute, state } from './clauses.ts';
import type { Look } from './looks.ts';
import { switches } from './switches.ts';

export interface Refutable {
  readonly obligation: Obligation;
  /** Where it is part of what a question forbids in one network. */
  readonly look?: Look;
  /** Explored anew at each call, with the same outcome. */
  readonly state: (deadline?: number, extent?: Extent) => Stated;
}

const order: readonly Family[] = ['ipv4', 'ipv6'];

/** In the order of obligations. */
export function refutablesOf(looks: readonly Look[]): readonly Refutable[] {
  const questions = [...new Set(looks.map(({ question }) => question))];
  return questions.flatMap((question) =>
    order.flatMap((family) =>
      looks.flatMap((look) =>
        look.question === question && look.asked.families.includes(family) ? refutablesIn(look, family) : [],
      ),
    ),
  );
}

function refutablesIn(look: Look, family: Family): readonly Refutable[] {
  const { question, words, network, asked, nobody } = look;
  const parts = partsOf(asked);
  return parts.map((part) => {
    const variant = [words, ...(parts.length === 1 ? [] : [partInWords(part)])].filter((one) => one !== '').join('; ');
    const obligation: Obligation = {
      question,
      family,
      variant,
      kind: 'refutation',
      says: `no ${formatFamily(family)} flow from \`${part.from.text}\` arrives at \`${part.to.text}\`, ${modes[part.mode]}${variant === '' ? '' : ` (${variant})`}`,
    };
    return {
      obligation,
      look,
      state: (deadline, extent) =>
        nobody === undefined
          ? state(planeFor(network, part, switches), part, family, { deadline, extent })
          : nothingToRefute(nobody),
    };
  });
}

const partInWords = ({ carrier }: Question): string => (carrier === 'tcp' ? 'what TCP carries' : 'all but TCP');

const modes: Readonly<Record<Question['mode'], string>> = {
  packet: 'packet by packet, whatever becomes of a reply',
  connection: 'with a reply that comes back',
  'client-data': 'with what a client sends on a connection',
  data: 'with data both ways',
};
