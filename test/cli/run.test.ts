import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InvariantViolation } from '../../src/base/invariant.ts';
import { fail } from '../../src/base/result.ts';
import type { Replay } from '../../src/network/replay.ts';
import { answer, flow, vpcproof } from './fake.ts';

const firewall = 'arn:aws:network-firewall:us-east-1:123456789012:firewall/egress';

const folder = (): string => mkdtempSync(join(tmpdir(), 'vpcproof-'));

const policy = (text: string): readonly [string, string] => {
  const cwd = folder();
  writeFileSync(join(cwd, 'policy.yaml'), text);
  return [cwd, 'policy.yaml'];
};

describe('exit statuses', () => {
  const ask = ['ask', 'n', '--from', 'eni-app', '--to', 'internet'];

  test('ask ends with 0 for reachable, 1 for unreachable, 3 for undecided', async () => {
    const status = async (verdict: 'holds' | 'violated' | 'undecided') =>
      (await vpcproof(ask, { answers: () => answer({ verdict }) })).status;
    expect([await status('holds'), await status('violated'), await status('undecided')]).toEqual([0, 1, 3]);
  });

  test('a question that no packet can match is undecided, whatever the engine calls it', async () => {
    const { status, json } = await vpcproof([...ask, '-f', 'json'], {
      answers: () => answer({ verdict: 'holds', vacuous: true }),
    });
    expect(status).toBe(3);
    expect(json()).toMatchObject({ verdict: 'undecided', vacuous: true });
  });

  test('check ends with 1 if anything is violated, else 3 if anything is undecided', async () => {
    const [cwd, file] = policy(`version: 1
properties:
  - { id: a, forbid: { from: eni-app, to: internet } }
  - { id: b, forbid: { from: eni-model, to: internet } }
`);
    const run = async (first: 'holds' | 'violated' | 'undecided', second: 'holds' | 'undecided') =>
      (
        await vpcproof(['check', 'n', '-p', file], {
          cwd,
          answers: ({ from }) => answer({ verdict: from.text === 'eni-app' ? first : second }),
        })
      ).status;
    expect(await run('holds', 'holds')).toBe(0);
    expect(await run('violated', 'undecided')).toBe(1);
    expect(await run('undecided', 'holds')).toBe(3);
  });

  test('wrong usage ends with 2 and says what was meant', async () => {
    const wrong = async (...argv: string[]) => {
      const { status, stdout, stderr } = await vpcproof(argv);
      expect([status, stdout]).toEqual([2, '']);
      return stderr;
    };
    expect(await wrong('aks', 'n')).toContain('Did you mean `ask`?');
    expect(await wrong('ask', 'n', '--form', 'x')).toContain('Did you mean `--from`?');
    expect(await wrong('ask', 'n')).toBe(
      '`--from` is not given. (missing-option)\n`--to` is not given. (missing-option)\n',
    );
    expect(await wrong('ask', 'n', '--from', 'x', '--from', 'y', '--to', 'z')).toContain('given twice');
    expect(await wrong('ask', '--from', 'x', '--to', 'z')).toContain('Missing required argument');
    expect(await wrong('coverage', 'n', '-f', 'xml')).toContain('Allowed choices are text, json');
    expect(await wrong('coverage', 'a', 'b')).toContain('Too many arguments');
    expect(await wrong('check', 'n', '--timeout', '0', '-p', 'x')).toContain('number of seconds');
    expect(await wrong()).toContain('Usage: vpcproof');
  });

  test('what later constructs bring is unknown, and absent from help', async () => {
    for (const command of ['matrix', 'lint'])
      expect((await vpcproof([command, 'n'])).stderr).toContain(`Unknown command \`${command}\`.`);
    for (const option of ['--certificates', '--jobs', '--names'])
      expect((await vpcproof([...ask, option, 'x'])).stderr).toContain(`Unknown option \`${option}\`.`);
    expect((await vpcproof(['check', 'n', '--pack', 'genai'])).status).toBe(2);
    const help = await vpcproof(['ask', '--help']);
    expect(help.status).toBe(0);
    expect(help.stdout).not.toMatch(/certificates|jobs|honest/);
    expect(help.stdout).toMatch(/--tcp-flags[^]*--app[^]*--sni[^]*--http-host[^]*--dns-name/);
  });

  test('problems of the input end with 2, every one of them printed', async () => {
    const { status, stderr } = await vpcproof([
      'ask',
      'n',
      '--from',
      'subnet-ap',
      '--to',
      '10.0.0.300',
      '--port',
      '0-99999',
    ]);
    expect(status).toBe(2);
    expect(stderr.match(/\(\S+\)$/gm)).toEqual(['(no-match)', '(bad-address)', '(bad-traffic)']);
    expect(stderr).toContain('--from: `subnet-ap` matches nothing in this network. (no-match)\n  hint: Did you mean');
  });

  test('contradictions of what is carried end with 2, each at its option, all at once', async () => {
    const { status, stderr } = await vpcproof([
      ...ask,
      '--proto',
      'udp',
      '--sni',
      'https://a',
      '--http-host',
      'a.example',
      '--dns-name',
      'b.example',
      '--tcp-flags',
      'SYN,AKC',
    ]);
    expect(status).toBe(2);
    expect(stderr.match(/^--\S+:(?= )/gm)?.toSorted()).toEqual([
      '--dns-name:',
      '--dns-name:',
      '--http-host:',
      '--http-host:',
      '--sni:',
      '--sni:',
      '--tcp-flags:5:',
    ]);
    expect(stderr).toContain('--sni: `udp` has no TLS. (bad-traffic)\n  hint: With TLS the protocol is tcp.\n');
    expect(stderr).toContain('A name is asked of the Amazon resolver, and `internet` is another place.');
  });

  test('with -f json, problems are one document on stdout, wrong usage included', async () => {
    const input = await vpcproof(['ask', 'n', '--from', 'subnet-ap', '--to', 'internet', '-f', 'json']);
    expect(input.json()).toMatchObject({
      schemaVersion: 1,
      command: 'ask',
      problems: [{ code: 'no-match', place: '--from' }],
    });
    expect(input.stderr).toBe('');
    const usage = await vpcproof(['ask', 'n', '--form', 'x', '--format=json']);
    expect(usage.json()).toMatchObject({ command: 'ask', problems: [{ code: 'unknown-option' }] });
    expect((await vpcproof(['nope', '-fjson'])).json()).toMatchObject({ command: null });
  });

  test('standard output that takes no more ends with 2 and the reason, in either format', async () => {
    const stdoutFails = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    for (const format of ['text', 'json']) {
      const { status, stderr } = await vpcproof([...ask, '-f', format], { stdoutFails });
      expect([status, stderr]).toEqual([
        2,
        'standard output: This cannot be written: the disk is full. (not-written)\n',
      ]);
    }
  });

  test('a contradiction in the program ends with 4 and what reproduces it, never with a stack trace', async () => {
    const fails = {
      answers: () => {
        throw new InvariantViolation('prover and tracer disagree');
      },
    };
    const { status, stderr, stdout } = await vpcproof([...ask, '--via', 'tag:a b=*'].slice(0, 6), fails);
    expect([status, stdout]).toEqual([4, '']);
    expect(stderr).toContain('internal error: prover and tracer disagree');
    expect(stderr).toContain('vpcproof ask n --from eni-app --to internet');
    expect(stderr).not.toContain('    at ');
    const debug = await vpcproof(ask, { ...fails, env: { VPCPROOF_DEBUG: '1' } });
    expect(debug.stderr).toContain('    at ');
    expect((await vpcproof([...ask, '-f', 'json'], fails)).json()).toMatchObject({
      failure: { message: 'prover and tracer disagree' },
    });
  });
});

describe('questions', () => {
  test('ask means a connection of first, unfragmented packets in both families', async () => {
    const { questions } = await vpcproof([
      'ask',
      'n',
      '--from',
      'eni-app',
      '--to',
      'internet',
      '--proto',
      'tcp',
      '--port',
      '443',
    ]);
    expect(questions[0]).toMatchObject({
      kind: 'ask',
      mode: 'connection',
      families: ['ipv4', 'ipv6'],
      traffic: [{ protocol: 6, ports: { from: 443, to: 443 }, fragment: false }],
    });
  });

  test('--via twice is both, --assume declares sides', async () => {
    const line =
      'ask n --from eni-app --to internet --via nat-1 --via igw-1,rtb-1 --assume drops:egress --assume fact:5.34=no';
    const { questions } = await vpcproof(`${line} --family ipv6 --mode packet --fragment`.split(' '));
    expect(questions[0]?.via.map(({ ids }) => ids.size)).toEqual([1, 2]);
    expect(questions[0]?.sides.get(`passes:${firewall}`)).toBe(false);
    expect(questions[0]).toMatchObject({ families: ['ipv6'], mode: 'packet', traffic: [{ fragment: true }] });
  });

  test('a thing that can send nothing is answered without asking the engine', async () => {
    const { status, stdout, questions } = await vpcproof(['ask', 'n', '--from', 'nat-1', '--to', 'internet']);
    expect([status, questions.length]).toEqual([1, 0]);
    expect(stdout).toContain('UNREACHABLE');
    expect(stdout).toContain('hands flows on');
  });

  test('ask over a subnet that holds nothing has the answer of its imaginary host beside it', async () => {
    const { status, json, questions } = await vpcproof(
      ['ask', 'n', '--from', 'subnet-empty', '--to', 'internet', '-f', 'json'],
      {
        answers: () => answer({ flows: [{ ...flow, from: 'potential:subnet-empty' }] }),
      },
    );
    expect(status).toBe(1);
    expect(json()).toMatchObject({
      verdict: 'unreachable',
      imaginary: { verdict: 'reachable', subnets: ['subnet-empty'], flow: { from: 'potential:subnet-empty' } },
    });
    expect(questions[0]?.from.members).toEqual([{ kind: 'interface', id: 'potential:subnet-empty' }]);
  });

  test('a forbid over a subnet that holds nothing is decided for its imaginary host, and says so', async () => {
    const [cwd, file] = policy(
      'version: 1\nproperties: [{ id: a, forbid: { from: "subnet:tag:tier=spare", to: internet } }]',
    );
    const { stdout, questions } = await vpcproof(['check', 'n', '-p', file], { cwd });
    expect(questions[0]?.from.members).toEqual([{ kind: 'interface', id: 'potential:subnet-empty' }]);
    expect(stdout).toContain('imaginary host in `subnet-empty`');
  });

  test('a require over no member is undecided, unless it may be empty', async () => {
    const [cwd, file] = policy(`version: 1
properties:
  - { id: a, require: { from: subnet-empty, to: internet } }
  - { id: b, allow-empty: true, require: { from: subnet-empty, to: internet } }
  - { id: c, forbid: { from: sg-unused, to: internet } }
`);
    const { status, json } = await vpcproof(['check', 'n', '-p', file, '-f', 'json'], { cwd });
    expect(status).toBe(3);
    expect(json()).toMatchObject({
      results: [
        { verdict: 'undecided', vacuous: true },
        { verdict: 'holds', vacuous: true },
        { verdict: 'undecided', vacuous: true },
      ],
    });
  });

  test('--potential adds one imaginary host to each named subnet', async () => {
    const { questions } = await vpcproof(['ask', 'n', '--from', 'subnet-app', '--to', 'internet', '--potential']);
    expect(questions[0]?.from.members).toContainEqual({ kind: 'interface', id: 'potential:subnet-app' });
  });
});

describe('waivers', () => {
  const run = async (until: string) => {
    const [cwd, file] = policy(
      `version: 1\nproperties: [{ id: a, waive: { until: ${until}, reason: being moved }, forbid: { from: eni-app, to: internet } }]`,
    );
    return vpcproof(['check', 'n', '-p', file], { cwd, answers: () => answer({ verdict: 'violated', flows: [flow] }) });
  };

  test('a waived violation is shown and does not fail the run', async () => {
    const { status, stdout } = await run('2999-01-01');
    expect(status).toBe(0);
    expect(stdout).toContain('waived until 2999-01-01: being moved');
    expect(stdout).toContain('1.1.1.1:443');
  });

  test('an expired waiver does not help', async () => {
    const { status, stdout } = await run('2020-01-01');
    expect(status).toBe(1);
    expect(stdout).toContain('the waiver expired on 2020-01-01');
  });
});

describe('streams and files', () => {
  const ask = ['ask', 'n', '--from', 'eni-app', '--to', 'internet'];

  test('colours are for terminals alone', async () => {
    const escape = '\u001B[';
    const piped = await vpcproof(ask);
    expect(piped.stdout + piped.stderr).not.toContain(escape);
    const terminal = await vpcproof(ask, { tty: true });
    expect(terminal.stdout).toContain(escape);
    // All of it took less than a second.
    expect(terminal.stderr).toBe('');
    const plain = [
      await vpcproof([...ask, '--no-color'], { tty: true }),
      await vpcproof(ask, { tty: true, env: { NO_COLOR: '1' } }),
    ];
    for (const { stdout } of plain) expect(stdout).not.toContain(escape);
    expect((await vpcproof([...ask, '--quiet'], { tty: true })).stderr).toBe('');
  });

  test('--quiet leaves the verdicts alone', async () => {
    expect((await vpcproof([...ask, '--quiet'])).stdout).toBe('reachable\n');
  });

  test('-o writes a new file, and never over one of other content', async () => {
    const cwd = folder();
    const first = await vpcproof([...ask, '-o', 'report.txt'], { cwd });
    expect([first.status, first.stdout]).toEqual([0, '']);
    expect(readFileSync(join(cwd, 'report.txt'), 'utf8')).toContain('REACHABLE');
    expect((await vpcproof([...ask, '-o', 'report.txt'], { cwd })).status).toBe(0);
    writeFileSync(join(cwd, 'mine.txt'), 'mine');
    const refused = await vpcproof([...ask, '-o', 'mine.txt'], { cwd });
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('(file-exists)');
    expect(readFileSync(join(cwd, 'mine.txt'), 'utf8')).toBe('mine');
    expect((await vpcproof([...ask, '-o', 'no/such/folder.txt'], { cwd })).stderr).toContain('(no-such-file)');
  });

  test('what keeps a report from its file is told before anything is read or decided', async () => {
    const cwd = folder();
    const wrong = async (...argv: string[]) => {
      const { status, stdout, stderr } = await vpcproof(argv, { cwd, loads: fail({ code: 'read', message: 'Read.' }) });
      expect([status, stdout]).toEqual([2, '']);
      return stderr;
    };
    expect(await wrong(...ask, '-o', '.')).toContain('This is a folder, and a file is to be written.');
    expect(await wrong(...ask, '-o', 'no/such/folder.txt')).toContain('(no-such-file)');
    writeFileSync(join(cwd, 'old.json'), '{}');
    const certified = ['check', 'n', '-p', 'p', '--certificates', 'proofs'];
    expect(await wrong(...certified, '-o', 'old.json')).toContain('(file-exists)');
    expect(await wrong(...certified, '-o', 'new.json')).toContain('(read)');
  });

  test('import writes the snapshot to its file, or to stdout', async () => {
    const cwd = folder();
    expect((await vpcproof(['import', 'a', 'b'], { cwd })).stdout).toBe('{"snapshot": true}\n');
    const { stdout } = await vpcproof(['import', 'a', '-o', 'network.json'], { cwd });
    expect(readFileSync(join(cwd, 'network.json'), 'utf8')).toBe('{"snapshot": true}\n');
    expect(stdout).toContain('wrote network.json');
  });

  test('policies that can not be read are problems', async () => {
    const [cwd] = policy('version: 1');
    writeFileSync(join(cwd, 'binary.yaml'), Buffer.from([0x80, 0xff, 0x00]));
    const { status, stderr } = await vpcproof(['check', 'n', '-p', 'binary.yaml', '-p', 'missing.yaml', '-p', '.'], {
      cwd,
    });
    expect(status).toBe(2);
    expect(stderr.match(/\(\S+\)$/gm)).toEqual(['(not-read)', '(no-such-file)', '(not-read)']);
    expect((await vpcproof(['check', 'n'])).stderr).toContain('(no-policy)');
  });

  test('an id stands in one of several policies only', async () => {
    const [cwd, file] = policy('version: 1\nproperties: [{ id: a, forbid: { from: eni-app, to: internet } }]');
    const { status, stderr } = await vpcproof(['check', 'n', '-p', file, '-p', file], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('policy.yaml:2:14: `a` is the id of a property in policy.yaml. (duplicate-id)');
  });

  test('a policy in UTF-16 is read', async () => {
    const cwd = folder();
    const text = '\uFEFFversion: 1\nproperties: [{ id: a, forbid: { from: eni-app, to: internet } }]';
    writeFileSync(join(cwd, 'wide.yaml'), Buffer.from(text, 'utf16le'));
    expect((await vpcproof(['check', 'n', '-p', 'wide.yaml'], { cwd })).status).toBe(0);
  });
});

describe('trace', () => {
  const packet = ['--packet', 'tcp 10.0.1.10:40000 -> 1.1.1.1:443'];

  test('of several interfaces, the one that has the source address sends', async () => {
    let origin: unknown;
    const replay = (request: { readonly origin: unknown }) => {
      origin = request.origin;
      return { hops: [], replied: true, blocks: [], delivery: { kind: 'internet' } } as const;
    };
    const { status, stdout } = await vpcproof(['trace', 'n', '--from', 'subnet-app', ...packet], { replay });
    expect(status).toBe(0);
    expect(origin).toEqual({ kind: 'interface', id: 'eni-app' });
    expect(stdout).toContain('DELIVERED  to the internet; the reply comes back');
  });

  test('a dropped packet ends with 1', async () => {
    expect((await vpcproof(['trace', 'n', '--from', 'eni-app', ...packet])).status).toBe(1);
  });

  test('a packet that is dropped for want of knowledge is undecided, and a smallest set of sides settles it', async () => {
    const asks = (...keys: string[]): Replay => {
      return ({ sides }) => {
        const missing = keys.find((key) => sides.get(key) !== true);
        const end = { hops: [], blocks: [] };
        return missing === undefined
          ? { ...end, replied: true, delivery: { kind: 'internet' } }
          : { ...end, replied: false };
      };
    };
    const run = (replay: Replay, ...more: string[]) =>
      vpcproof(['trace', 'n', '--from', 'eni-app', ...packet, ...more], { replay });
    // The second is asked once the first lets the packet on.
    const open = await run(asks('forwards:eni-app', 'passes:vpce-1'));
    expect(open.status).toBe(3);
    expect(open.stdout).toContain('UNDECIDED  it depends on what is not known');
    expect(open.stdout).toMatch(/^Settled by {2}--assume 'forwards:eni-app'\n {12}--assume 'passes:vpce-1'$/m);
    expect(open.stdout).not.toContain('Assumed');
    const declared = await run(asks('forwards:eni-app', 'passes:vpce-1'), '--assume', 'forwards:eni-app', '-f', 'json');
    expect(declared.json()).toMatchObject({ verdict: 'undecided', assumptions: ['passes:vpce-1'] });
    const markdown = await run(asks('forwards:eni-app'), '-f', 'markdown');
    expect(markdown.stdout).toContain('## ❔ undecided: tcp 10.0.1.10:40000');
    // Only what the packet needs is named.
    const needless: Replay = (request) => {
      request.sides.get('up:i-9');
      return asks('forwards:eni-app')(request);
    };
    expect((await run(needless, '-f', 'json')).json()).toMatchObject({ assumptions: ['forwards:eni-app'] });
    // What somebody declared to be so is no question, and a fact has a default.
    expect((await run(asks('forwards:eni-app'), '--assume', 'forwards:eni-app=no')).status).toBe(1);
    expect((await run(asks('fact:5.34'))).status).toBe(1);
    // A rule that matches may be what drops.
    const dropsMatched: Replay = (request) =>
      request.sides.get('matches:rg#sid:1') === true
        ? { hops: [], blocks: [], replied: false }
        : asks('forwards:eni-app')(request);
    expect((await run(dropsMatched)).status).toBe(3);
  });

  test('what is no packet, an address for a place, or no one place, is a problem', async () => {
    const code = async (...argv: string[]) => /\((\S+)\)$/m.exec((await vpcproof(['trace', 'n', ...argv])).stderr)?.[1];
    expect(await code('--from', 'eni-app', '--packet', 'tcp 10.0.1.10 -> 1.1.1.1:443')).toBe('bad-packet');
    expect(await code('--from', '10.0.1.10', ...packet)).toBe('no-origin');
    expect(await code('--from', 'any', '--packet', 'tcp 9.9.9.9:1 -> 1.1.1.1:443')).toBe('many-origins');
    expect(await code('--from', 'nat-1', ...packet)).toBe('nothing-sends');
  });
});
