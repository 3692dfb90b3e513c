/**
 * Ways through for what hosts of all scenarios cannot reach on a port that nobody serves: applied as edits they let the
 * flow through, and by all of them.
 */
import { expect, test } from 'vitest';
import { type AskRequest, type Network, ask, loadNetwork } from '../../src/index.ts';
import { scenarios } from '../scenarios/scenarios.ts';
import { editedBy, linesOf, unblocked, without } from './helped.ts';

/** By sets and not by the clock, so that every run is the same. */
const effort = { sets: 150, wanted: 2 };

/** From the first host to the last one, and from the first host to the internet. */
function requestsOn({ interfaces }: Network): readonly AskRequest[] {
  const hosts = [...interfaces.values()].filter(({ role }) => role === 'host').map(({ id }) => id);
  const [from, to] = [hosts[0], hosts.at(-1)];
  if (from === undefined || to === undefined) return [];
  const ends = from === to ? ['internet'] : [to, 'internet'];
  return ends.map((end) => ({ from, to: end, proto: 'tcp', port: '7777' }));
}

const verdictOn = async (network: Network | undefined, request: AskRequest): Promise<string> => {
  const answer = network && (await ask(network, request));
  return answer?.ok === true ? answer.value.verdict : 'refused';
};

const tally = { blocked: 0, unblocked: 0 };

test.each(scenarios.map(({ name }) => name))('%s', async (name) => {
  const read = await loadNetwork(new URL(`../../scenarios/${name}/network`, import.meta.url).pathname);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const network = read.value;
  for (const request of requestsOn(network)) {
    if ((await verdictOn(network, request)) !== 'unreachable') continue;
    tally.blocked++;
    const sets = linesOf(await unblocked(network, request, effort));
    if (sets.length > 0) tally.unblocked++;
    for (const lines of sets) {
      expect([lines, await verdictOn(await editedBy(network, lines), request)]).toEqual([lines, 'reachable']);
      for (const fewer of lines.length === 1 ? [] : without(lines))
        expect([lines, fewer, await verdictOn(await editedBy(network, fewer), request)]).not.toContain('reachable');
    }
  }
});

test('most of what is blocked can be let through', () => {
  expect(tally.blocked).toBeGreaterThan(15);
  expect(tally.unblocked / tally.blocked).toBeGreaterThan(0.5);
});
