import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits } from '../../src/edit/index.ts';
import type { EditKind } from '../../src/edit/edit.ts';
import { shapes } from '../../src/edit/form.ts';
import { formatEdit, parseEdit } from '../../src/edit/text.ts';
import { madeEdit } from '../../src/edit/written.ts';
import { checkNetwork } from '../../src/network/build/index.ts';
import { canonicalSnapshot, formatSnapshot, networkFromDocuments, ruleReader } from '../../src/sources/index.ts';
import { contest } from '../contest/contest.ts';
import { networkOf } from '../support/network.ts';
import { firewalledNetwork, randomNetwork } from '../support/random-network.ts';
import { anyEdit } from './random.ts';

const from = { file: 'edits', place: '1:1' };

const networks = fc.oneof({ weight: 2, arbitrary: randomNetwork }, { weight: 1, arbitrary: firewalledNetwork });

const someEdits = networks.chain((spec) => {
  const network = networkOf(spec);
  return fc.tuple(fc.constant(network), fc.array(anyEdit(network), { minLength: 1, maxLength: 4 }));
});

test('what is written of an edit reads back as the same edit', () => {
  fc.assert(
    fc.property(someEdits, ([, edits]) => {
      for (const edit of edits)
        expect([formatEdit(edit), parseEdit(formatEdit(edit))]).toMatchObject([
          formatEdit(edit),
          { ok: true, value: { edit } },
        ]);
    }),
    contest(2),
  );
});

test('edits of any network give a network that AWS could have, or say why not', () => {
  const done = new Set<EditKind>();
  const refused = new Set<EditKind>();
  fc.assert(
    fc.property(someEdits, ([network, edits]) => {
      const before = canonicalSnapshot(network);
      const each = edits.map((edit) => applyEdits(network, [madeEdit(edit, from)], ruleReader));
      for (const [i, result] of each.entries()) {
        (result.ok ? done : refused).add(edits[i]!.kind);
        if (!result.ok) {
          expect(result.problems.length).toBeGreaterThan(0);
          for (const { file, message, code } of result.problems) {
            expect(file).toBe('edits');
            expect(message).toMatch(/[.]$/);
            expect(code).toMatch(/^[a-z-]+$/);
          }
        }
      }
      const whole = applyEdits(
        network,
        edits.map((edit) => madeEdit(edit, from)),
        ruleReader,
      );
      const good = [...each, whole].flatMap((result) => (result.ok ? [result.value] : []));
      for (const { network: after, edits: applied } of good) {
        expect(checkNetwork(after)).toEqual([]);
        for (const { changes } of applied) expect(changes.length).toBeGreaterThan(0);
        // An edited network can be written and read as any other.
        const again = networkFromDocuments([{ file: 'n.json', text: formatSnapshot(after) }]);
        expect(again.ok && canonicalSnapshot(again.value)).toBe(canonicalSnapshot(after));
      }
      expect(canonicalSnapshot(network)).toBe(before);
    }),
    contest(2.5),
  );
  // Each kind has tests of its own; here nearly all come to both ends.
  for (const kinds of [done, refused]) expect(kinds.size).toBeGreaterThan(shapes.length * 0.75);
}, 120_000);
