/** What a CDK user writes: expectations about a stack, proved on the template that it makes. */
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { toForbid, toRequire } from '../../src/vitest.ts';
import { PrivateStack } from './private-stack.ts';

expect.extend({ toForbid, toRequire });

const template = (egress: boolean): Template => {
  const env = { account: '111122223333', region: 'eu-west-1' };
  return Template.fromStack(new PrivateStack(new App(), 'Private', { egress, env }));
};

const outward = { from: 'instance:*', to: 'internet' };

describe('a CDK stack', () => {
  test('without a NAT gateway keeps its hosts from the internet', async () => {
    await expect(template(false)).toForbid(outward);
    await expect(template(false)).toForbid({ from: 'internet', to: 'instance:*' });
  });

  test('with one does not', async () => {
    await expect(template(true)).not.toForbid(outward);
  });

  test('lets its hosts reach Bedrock by the endpoint', async () => {
    await expect(template(false)).toRequire({ from: 'instance:*', to: 'endpoint:*', traffic: 'tcp/443' });
  });
});
