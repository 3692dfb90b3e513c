/** Prover and tracer on flows that come to a Gateway Load Balancer endpoint, forth or back. */
import { expect, test } from 'vitest';
import { firewallAt } from '../../src/network/firewall.ts';
import { abilities } from '../../src/network/interface.ts';
import type { Network } from '../../src/network/network.ts';
import type { Sides } from '../../src/network/replay.ts';
import { passes } from '../../src/network/unknown.ts';
import type { Place } from '../../src/policy/question.ts';
import { inspectingNetwork } from '../support/random-appliances.ts';
import { type Sample, drawSamples, redrawn, sample } from '../support/samples.ts';
import { attack, missing } from './attack.ts';

const packets = 450;
const again = 250;

const hosts = ({ interfaces }: Network): readonly Place[] =>
  [...interfaces.values()]
    .filter(({ role }) => role === 'host' && abilities[role].starts)
    .map(({ id }) => ({ kind: 'interface', id }));

/**
 * A prover that is told what an endpoint does does not look for what appliances may send on besides: for nothing where it
 * drops, and for those that the input holds where it passes.
 */
function asDeclared(one: Sample, declared: Sides): Sample {
  const { choices } = one.request;
  const told = [...(choices.appliances ?? [])].filter(([key, { by, onward }]) => {
    const side = declared.get(passes(key.replace(/ \d+$/, '')));
    return onward === undefined || side === undefined || (side && by !== undefined);
  });
  return told.length === (choices.appliances?.size ?? 0)
    ? one
    : sample({ ...one.request, choices: { ...choices, appliances: new Map(told) } });
}

/** The endpoints of Gateway Load Balancers. */
const inspecting = (network: Network): readonly string[] =>
  [...network.endpoints.values()]
    .filter(({ id, endpointType }) => endpointType === 'GatewayLoadBalancer' && firewallAt(network, id) === undefined)
    .map(({ id }) => id);

/** It came by one of the endpoints, and was delivered. */
const isThrough = ({ result: { hops, delivery } }: Sample, endpoints: readonly string[]): boolean =>
  delivery !== undefined && hops.some(({ resource, action }) => action === 'inspect' && endpoints.includes(resource));

test('no packet gets through a Gateway Load Balancer where the prover says that none does', async () => {
  let through = 0;
  const met = await attack({
    networks: inspectingNetwork,
    from: (network) => [...hosts(network), { kind: 'internet' }],
    to: (network) => [...hosts(network), { kind: 'internet' }, { kind: 'internet' }],
    by: inspecting,
    samples: (network, declared, chance) => {
      const all = drawSamples(network, declared, packets, chance);
      const more = redrawn(all, inspecting(network), { declared, count: again }, chance);
      const sent = [...all, ...more].map((one) => asDeclared(one, declared));
      through += sent.filter((one) => isThrough(one, inspecting(network))).length;
      return sent;
    },
  });
  const answers = ['reachable by', 'unreachable by', 'undecided by'];
  const crossed = ['forward gateway-load-balancer', 'inspect firewall-endpoint', 'inspect instance'];
  expect(missing(met, [...answers, ...crossed])).toEqual([]);
  // Few questions are about a pair that some packet joins; those that deny it are attacked by such packets all the same.
  expect(['reachable by and sampled', 'undecided by and sampled'].some((kind) => met.has(kind))).toBe(true);
  expect(through).toBeGreaterThan(packets);
});
