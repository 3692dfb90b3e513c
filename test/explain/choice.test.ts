/** Why a requirement fails that one of AWS's choices meets and another does not. */
import { expect, test } from 'vitest';
import { openVerifier } from '../../src/explain/index.ts';
import type { Place, Places, Question } from '../../src/policy/question.ts';
import { replay } from '../../src/trace/index.ts';
import { groupArn } from '../support/aws-load-balancer.ts';
import { networkOf } from '../support/network.ts';
import { world } from '../support/world.ts';

const network = networkOf(
  world({
    interfaces: [{ id: 'eni-i2', groups: ['sg-none'] }],
    balancers: [
      {
        id: 'front',
        type: 'alb',
        public: true,
        at: [
          { subnet: 'subnet-pub', ips: ['10.0.9.20=198.51.100.20'] },
          { subnet: 'subnet-s2', ips: ['10.0.2.20'] },
        ],
        groups: ['sg-open'],
        listeners: ['HTTPS 443 web'],
      },
    ],
    targetGroups: [{ id: 'web', vpc: 'vpc-a', protocol: 'HTTP', port: 8080, targets: ['i-i1', 'i-i2'] }],
  }),
);

const places = (text: string, ...members: readonly Place[]): Places => ({ text, members, any: false, silent: [] });

test('the answer shows the flow that arrives, and says that the balancer may choose another target', async () => {
  const question: Question = {
    kind: 'require',
    from: places('internet', { kind: 'internet' }),
    to: places('hosts', { kind: 'interface', id: 'eni-i1' }, { kind: 'interface', id: 'eni-i2' }),
    traffic: [{ protocol: 6, ports: { from: 443, to: 443 } }],
    families: ['ipv4'],
    mode: 'connection',
    via: [],
    viaBoth: [],
    avoid: [],
    except: [],
    every: 'one',
    sides: new Map(),
  };
  const answer = await openVerifier(network).answer(question, { replay, timeoutMs: 60_000 });
  expect(answer.verdict).toBe('violated');
  expect(answer.flows[0]?.to).toBe('eni-i1');
  expect(answer.reason).toContain(`may choose another target of \`${groupArn('web')}\``);
  expect(answer.blockedBy.map(({ resource }) => resource)).toContain('sg-none');
});
