/** An endpoint's policy is a condition of its own, told beside the answer (semantics 9.10, 9.21). */
import { describe, expect, test } from 'vitest';
import { admitsEverything } from '../../src/network/endpoint-policy.ts';
import type { AskRequest } from '../../src/index.ts';
import { answerOf } from '../hostile/verdict.ts';
import type { Change } from '../support/spec.ts';
import { networkOf } from '../support/network.ts';
import { world } from '../support/world.ts';
import { asked } from './asked.ts';

const statement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const policyOf = (...statements: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const ownBucket = policyOf({ ...statement, Resource: 'arn:aws:s3:::own/*' });

/** S1 reaches S3 by a gateway endpoint. */
const s3 = (policy?: string): Change => ({
  lists: [{ id: 'pl-s3', name: 'com.amazonaws.us-east-1.s3', entries: ['52.216.0.0/15'] }],
  gatewayEndpoints: [
    {
      id: 'vpce-s3',
      vpc: 'vpc-a',
      service: 's3',
      list: 'pl-s3',
      tables: ['rtb-s1'],
      ...(policy === undefined ? {} : { policy }),
    },
  ],
});

/** Two endpoints that share subnet and group, so that nothing but their addresses tells them apart. */
const bedrock = (policy: string): Change => ({
  groups: [{ id: 'sg-vpce', vpc: 'vpc-a', in: ['tcp 443 0.0.0.0/0'], out: [] }],
  interfaceEndpoints: [
    { id: 'vpce-br', service: 'bedrock-runtime', ip: '10.0.2.100', policy },
    { id: 'vpce-sm', service: 'sagemaker.runtime', ip: '10.0.2.101', policy: policyOf(statement) },
  ].map(({ ip, ...own }) => ({ ...own, vpc: 'vpc-a', groups: ['sg-vpce'], at: [{ subnet: 'subnet-s2', ips: [ip] }] })),
});

const toS3: AskRequest = { from: 'eni-i1', to: 'service:s3', proto: 'tcp', port: '443' };
const said = (id: string) =>
  `The endpoint policy of \`${id}\` also decides which requests pass; packets are not stopped by it.`;

describe('the answer for a way through an endpoint', () => {
  test('names a policy that does not let every request pass, and packets pass all the same', async () => {
    const { verdict, notes } = await asked(world(s3(ownBucket)), toS3);
    expect(verdict).toBe('reachable');
    expect(notes).toContain(said('vpce-s3'));
  });

  test('says nothing of one that does', async () => {
    expect((await asked(world(s3()), toS3)).notes).not.toContain(said('vpce-s3'));
  });

  test('says nothing where no way goes through it', async () => {
    const { verdict, notes } = await asked(world(s3(ownBucket)), { ...toS3, from: 'eni-i2' });
    expect(verdict).toBe('unreachable');
    expect(notes).toEqual([]);
  });

  test('names the endpoint that is reached, not one beside it', async () => {
    const at = (address: string): AskRequest => ({ from: 'eni-i1', to: `${address}/32`, proto: 'tcp', port: '443' });
    const net = world(bedrock(ownBucket));
    expect((await asked(net, at('10.0.2.100'))).notes).toContain(said('vpce-br'));
    expect((await asked(net, at('10.0.2.101'))).notes).toEqual([]);
  });

  test('stands with a requirement that holds, and with a forbid that does not', async () => {
    const network = networkOf(world(s3(ownBucket)));
    const way = '{ from: eni-i1, to: service:s3, proto: tcp, port: 443 }';
    const required = await answerOf(network, `require: ${way}`);
    expect(required).toMatchObject({ verdict: 'holds' });
    expect(required.notes).toContain(said('vpce-s3'));
    const forbidden = await answerOf(network, `forbid: ${way}`);
    expect(forbidden).toMatchObject({ verdict: 'violated' });
    expect(forbidden.notes).toContain(said('vpce-s3'));
  });
});

test.each([
  ['the one that AWS gives', policyOf(statement), true],
  ['none', undefined, true],
  ['lists of one', policyOf({ ...statement, Principal: { AWS: ['*'] }, Action: ['*'], Resource: ['*'] }), true],
  ['one statement that is no list', JSON.stringify({ Statement: statement }), true],
  ['a resource', ownBucket, false],
  ['an action', policyOf({ ...statement, Action: 's3:GetObject' }), false],
  ['a principal', policyOf({ ...statement, Principal: { AWS: 'arn:aws:iam::111122223333:root' } }), false],
  ['a condition', policyOf({ ...statement, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }), false],
  ['a denial beside it', policyOf(statement, { ...statement, Effect: 'Deny', Action: 's3:PutObject' }), false],
  ['what is no policy', 'not JSON', false],
])('of policies, %s: whether everything passes', (_, policy, all) => {
  expect(admitsEverything(policy)).toBe(all);
});
