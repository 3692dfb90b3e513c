/** Whether names lead where packets can go (semantics 9.14, 9.16). */
import { describe, expect, test } from 'vitest';
import type { AskRequest } from '../../src/index.ts';
import { vpcB } from '../hostile/parts.ts';
import { answerOf } from '../hostile/verdict.ts';
import { networkOf } from '../support/network.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { asked } from './asked.ts';

/** An endpoint of Bedrock in S2, and VPC B peered with A. */
const bedrock: Change = {
  groups: [{ id: 'sg-vpce', vpc: 'vpc-a', in: ['tcp 443 0.0.0.0/0'], out: [] }],
  interfaceEndpoints: [
    {
      id: 'vpce-br',
      vpc: 'vpc-a',
      service: 'bedrock-runtime',
      at: [{ subnet: 'subnet-s2', ips: ['10.0.2.100'] }],
      groups: ['sg-vpce'],
    },
  ],
};
const peered: Change = {
  opaque: [{ id: 'pcx-ab', vpcs: ['vpc-a', 'vpc-b'] }],
  tables: [
    { id: 'rtb-b', routes: ['10.0.0.0/16 pcx-ab'] },
    { id: 'rtb-s2', routes: ['10.1.0.0/16 pcx-ab'] },
  ],
};
const off: Change = { interfaceEndpoints: [{ id: 'vpce-br', privateDns: false }] };
const unnamed: Change = { vpcs: [{ id: 'vpc-a', dnsSupport: false }] };

const ask = (from: string, to = 'service:bedrock-runtime'): AskRequest => ({ from, to, proto: 'tcp', port: '443' });
const said = (why: string) =>
  `The public name of \`bedrock-runtime\` does not lead to \`vpce-br\`: ${why}, unless a private hosted zone says so.`;

describe('the public name of a service', () => {
  test('leads to its endpoint from within its VPC, with private DNS', async () => {
    expect(await asked(world(bedrock), ask('eni-i1'))).toMatchObject({ verdict: 'reachable', notes: [] });
  });

  test('does not where private DNS is off', async () => {
    const { verdict, notes } = await asked(world(bedrock, off), ask('eni-i1'));
    expect(verdict).toBe('reachable');
    expect(notes).toEqual([said('private DNS of `vpce-br` is off')]);
  });

  test('does not where the VPC has no DNS', async () => {
    const { notes } = await asked(world(bedrock, unnamed), ask('eni-i1'));
    expect(notes).toEqual([said('EnableDnsSupport of `vpc-a` is off')]);
  });

  test('does not from another VPC', async () => {
    const { verdict, notes } = await asked(world(vpcB, bedrock, peered), ask('eni-b'));
    expect(verdict).toBe('reachable');
    expect(notes).toEqual([said('its private DNS is of `vpc-a` alone, and the flow comes from `vpc-b`')]);
  });

  test('matters to no question about an address', async () => {
    expect((await asked(world(bedrock, off), ask('eni-i1', '10.0.2.100/32'))).notes).toEqual([]);
  });

  test('is told beside a requirement that holds', async () => {
    const way = '{ from: eni-i1, to: service:bedrock-runtime, proto: tcp, port: 443 }';
    const answer = await answerOf(networkOf(world(bedrock, off)), `require: ${way}`);
    expect(answer).toMatchObject({ verdict: 'holds', notes: [said('private DNS of `vpce-br` is off')] });
  });
});
