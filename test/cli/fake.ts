/** A run of the program with answers given beforehand: what stands between a person and the engine, without the engine. */
import { ok, type Result } from '../../src/base/result.ts';
import type { Engine } from '../../src/cli/engine.ts';
import { run } from '../../src/cli/run.ts';
import { stages } from '../../src/cli/stages.ts';
import type { Judge } from '../../src/network/judge.ts';
import type { Network } from '../../src/network/network.ts';
import type { Replay } from '../../src/network/replay.ts';
import type { Question } from '../../src/policy/question.ts';
import type { Answer, Flow } from '../../src/result/answer.ts';
import { network } from '../policy/network.ts';

export const flow: Flow = {
  from: 'eni-app',
  to: 'internet',
  packet: { src: '10.0.1.10', dst: '1.1.1.1', protocol: 'tcp', srcPort: 40000, dstPort: 443 },
  family: {
    src: ['10.0.1.10/32'],
    dst: ['0.0.0.0/1', '128.0.0.0/1'],
    protocols: ['tcp'],
    srcPorts: ['0-65535'],
    dstPorts: ['443'],
    icmpTypes: [],
    icmpCodes: [],
  },
  hops: [
    {
      resource: 'sg-app',
      kind: 'security-group',
      action: 'allow',
      rule: 'sgr-1',
      detail: 'security group `sg-app` admits tcp/443 to 0.0.0.0/0: rule `sgr-1`',
      packet: { src: '10.0.1.10', dst: '1.1.1.1', protocol: 'tcp', srcPort: 40000, dstPort: 443 },
      source: { file: 'SecurityGroups.json', place: '/SecurityGroups/0/IpPermissionsEgress/0' },
    },
    {
      resource: 'igw-1',
      kind: 'internet-gateway',
      action: 'translate',
      detail: '`igw-1` sends the packet out as from 203.0.113.9',
      packet: { src: '203.0.113.9', dst: '1.1.1.1', protocol: 'tcp', srcPort: 40000, dstPort: 443 },
    },
  ],
};

export const answer = (part: Partial<Answer>): Answer => ({
  verdict: 'holds',
  vacuous: false,
  flows: [],
  blockedBy: [],
  decidedBy: 'z3',
  assumptions: [],
  facts: [],
  notes: [],
  timeMs: 1,
  ...part,
});

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly questions: readonly Question[];
  /** What was printed on stdout, read as JSON. */
  readonly json: () => Record<string, unknown>;
}

export interface FakeOptions {
  readonly answers?: (question: Question) => Answer;
  readonly replay?: Replay;
  readonly judge?: Judge;
  readonly loads?: Result<Network>;
  readonly cwd?: string;
  readonly tty?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** What every write to stdout fails with. */
  readonly stdoutFails?: Error;
}

export async function vpcproof(argv: readonly string[], options: FakeOptions = {}): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const questions: Question[] = [];
  const sink = (name: keyof typeof written) => ({
    isTTY: options.tty ?? false,
    write: (text: string) => {
      if (name === 'stdout' && options.stdoutFails !== undefined) return Promise.reject(options.stdoutFails);
      written[name] += text;
      return Promise.resolve();
    },
  });
  const replay = options.replay ?? (() => ({ hops: [], replied: false, blocks: [] }));
  const { loadFirewalls, firewalls, change } = stages;
  const engine: Engine = {
    loadFirewalls,
    firewalls,
    change,
    judge: options.judge === undefined ? stages.judge : () => Promise.resolve(options.judge!),
    // What is compared is read: rules are no network.
    loadNetwork: (paths) =>
      argv[0] === 'diff' && options.loads === undefined
        ? stages.loadNetwork(paths)
        : Promise.resolve(options.loads ?? ok(network)),
    loadChange: stages.loadChange,
    readNetwork: () => Promise.resolve(options.loads ?? ok(network)),
    openVerifier: () =>
      Promise.resolve({
        answer: (question) => {
          questions.push(question);
          return Promise.resolve((options.answers ?? (() => answer({})))(question));
        },
        close: () => Promise.resolve(),
      }),
    // Examples of changes are replayed for good.
    replay: () => (argv[0] === 'diff' && options.replay === undefined ? stages.replay() : Promise.resolve(replay)),
    follow: () => Promise.resolve(replay),
    sha256: () => Promise.resolve('0'.repeat(64)),
    snapshot: () => Promise.resolve(ok('{"snapshot": true}\n')),
  };
  const io = {
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    env: options.env ?? {},
    cwd: options.cwd ?? '/nonexistent',
  };
  const status = await run(argv, io, engine);
  return { status, ...written, questions, json: () => JSON.parse(written.stdout) as Record<string, unknown> };
}
