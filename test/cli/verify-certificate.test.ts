/** `verify-certificate`: what a reviewer is told of a file, and the status that a script goes by. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fail } from '../../src/base/result.ts';
import { resultSchema } from '../../src/result/schema.ts';
import { refutationOf, sealed, holding, violated } from '../certificate/checker/sealed.ts';
import { adding } from '../certificate/checker/clauses.ts';
import { vpcproof } from './fake.ts';

const cwd = mkdtempSync(join(tmpdir(), 'certificates-'));
const put = (name: string, bytes: Uint8Array | string): string => {
  writeFileSync(join(cwd, name), bytes);
  return name;
};
const closed = put('closed.certificate.json', sealed(holding));
const open = put('open.certificate.json', sealed(violated));
const damaged = put('damaged.json', new TextDecoder().decode(sealed(holding)).replace('"closed"', '"opened"'));
const other = put('other.json', '{}');
const asked = async (...argv: readonly string[]) => vpcproof(['verify-certificate', ...argv], { cwd });

describe('verify-certificate', () => {
  it('says what a certificate says, what was checked, and what by itself it does not show', async () => {
    const { status, stdout } = await asked(closed);
    expect(status).toBe(0);
    expect(stdout.replaceAll(/\d+ ms/g, 'N ms')).toContain('Certificate closed.certificate.json   ACCEPTED   in N ms');
    for (const line of [
      'Property    `closed` (forbid): Nothing leaves',
      'Verdict     HOLDS',
      `Network     sha256:${'a'.repeat(64)}`,
      '22 clauses over 12 variables cannot all be true: shown by 13 of 17 proof steps, each checked',
      'Not checked that the clauses are what the property asks of that network',
      'Assumed     passes:vpce-1',
      'On trust    The reading of the input.',
    ])
      expect(stdout).toContain(line);
  });

  it('names the settings that were taken at a default, once for all certificates, whatever shape they have', async () => {
    const told = { setting: 'flow logs', value: 'none', call: 'ec2 describe-flow-logs' };
    const names = ['c1.json', 'c2.json'].map((name) => put(name, sealed({ ...holding, defaults: [told, { odd: 1 }] })));
    const { stdout } = await asked(...names);
    expect(
      stdout.match(/Defaults +flow logs is taken as none; `aws ec2 describe-flow-logs` would tell\n +\{"odd":1\}/g),
    ).toHaveLength(1);
    expect(stdout.match(/Left open   2 settings nobody read, taken at AWS’s default/g)).toHaveLength(2);
    expect((await asked(closed)).stdout).not.toContain('Defaults');
  });

  it('accepts a violation with its flow, which it does not replay', async () => {
    const { status, stdout } = await asked(open);
    expect(status).toBe(0);
    expect(stdout).toContain('Verdict     VIOLATED');
    expect(stdout).toContain('Not checked that the flows are what becomes of them in that network');
  });

  it('ends with 1 for what is refused, with 2 for what is no certificate, and with the worst of several', async () => {
    expect((await asked(damaged)).status).toBe(1);
    expect((await asked(other)).status).toBe(2);
    expect((await asked('nowhere.json')).status).toBe(2);
    expect((await asked('.')).status).toBe(2);
    expect((await asked(closed, damaged)).status).toBe(1);
    const { status, stdout } = await asked(damaged, other, closed);
    expect(status).toBe(2);
    expect(stdout).toMatch(/damaged\.json {3}REFUSED/);
    expect(stdout).toMatch(/Because {5}its bytes are not those that its digest was made of/);
    expect(stdout).toMatch(/other\.json {3}UNREADABLE/);
    expect(stdout).toContain('Summary     3 files: 1 accepted, 1 refused, 1 unreadable');
    expect((await asked(damaged, other, closed, '--quiet')).stdout).toBe(
      'damaged.json: refused\nother.json: unreadable\nclosed.certificate.json: accepted\n',
    );
  });

  it('reads standard input, once', async () => {
    const bin = join(import.meta.dirname, '../../bin/vpcproof.js');
    const { status, stdout } = spawnSync(process.execPath, [bin, 'verify-certificate', '-', closed], {
      cwd,
      encoding: 'utf8',
      input: sealed(violated),
    });
    expect([status, stdout]).toEqual([0, expect.stringMatching(/Certificate - +ACCEPTED[^]*VIOLATED[^]*HOLDS/)]);
    for (const argv of [
      ['-', '-'],
      ['-', '--network', '-'],
    ])
      expect(await asked(...argv)).toMatchObject({ status: 2, stderr: expect.stringContaining('standard input') });
  });

  it('prints JSON as its schema says', async () => {
    const isResult = new Ajv2020({ strict: false, validateFormats: false }).compile(
      z.toJSONSchema(resultSchema, { io: 'input' }),
    );
    for (const files of [
      [closed, open],
      [damaged, other, 'nowhere.json'],
    ]) {
      const document = (await asked(...files, '-f', 'json')).json();
      isResult(document);
      expect(isResult.errors ?? []).toEqual([]);
      expect(document).toMatchObject({ command: 'verify-certificate', results: files.map((file) => ({ file })) });
    }
    const document = (await asked(closed, '-f', 'json')).json();
    expect(document).toMatchObject({
      results: [
        {
          status: 'accepted',
          certificate: { verdict: 'holds', shown: [{ family: 'ipv4', proof: { clauses: 22, needed: 13 } }, {}] },
        },
      ],
    });
    const saved = put('result.json', JSON.stringify(document));
    const rendered = await vpcproof(['render', saved], { cwd });
    expect(rendered.stdout).toBe(
      (await asked(closed)).stdout.replace(/in \d+ ms/, /in \d+ ms/.exec(rendered.stdout)![0]),
    );
  });

  it('writes clauses and proofs for other checkers, named after the file alone', async () => {
    const steps = [...adding([1], [-2]), { add: false, clause: [1, 2] }];
    const clauses = [
      [1, 2],
      [1, -2],
      [-1, 2],
      [-1, -2],
    ];
    const tiny = put(
      'tiny.certificate.json',
      sealed({
        ...holding,
        property: { ...holding.property, id: '../../up' },
        obligations: holding.obligations.map((each) => ({ ...each, says: 'Nothing –\nnothing' })),
        evidence: [refutationOf(0, 2, clauses, steps), { ...refutationOf(1, 1, [[1], [-1]], []) }],
      }),
    );
    const { status, stdout } = await asked(tiny, '--export', 'drat,cnf', '-o', 'out');
    expect(status).toBe(0);
    expect(stdout).toContain('Written     out/tiny.0.cnf');
    expect(readdirSync(join(cwd, 'out')).toSorted()).toEqual([
      'tiny.0.cnf',
      'tiny.0.drat',
      'tiny.1.cnf',
      'tiny.1.drat',
    ]);
    expect(readFileSync(join(cwd, 'out/tiny.0.cnf'), 'utf8')).toBe(
      [
        'c Nothing nothing',
        'c variables 1 to 2: a pigeon sits in a hole',
        'c clauses 1 to 4: each pigeon has a hole of its own',
        'p cnf 2 4',
        '1 2 0\n1 -2 0\n-1 2 0\n-1 -2 0\n',
      ].join('\n'),
    );
    expect(readFileSync(join(cwd, 'out/tiny.0.drat'), 'utf8')).toBe('1 0\n-2 0\nd 1 2 0\n');
    expect(readFileSync(join(cwd, 'out/tiny.1.drat'), 'utf8')).toBe('');
    expect((await asked(damaged, '--export', 'cnf', '-o', 'none')).status).toBe(1);
    expect(readdirSync(cwd)).not.toContain('none');
  });

  it('holds certificates against a network, and refuses those of another', async () => {
    const { status, stdout } = await asked(closed, '--network', 'n');
    expect(status).toBe(1);
    expect(stdout).toMatch(/Because {5}the network is another/);
    expect(stdout).not.toMatch(/Not checked|Compared/);
    expect((await asked(closed, damaged, '--network', 'n', '--quiet')).stdout).toBe(
      'closed.certificate.json: refused\ndamaged.json: refused\n',
    );
    const unread = await vpcproof(['verify-certificate', closed, '--network', 'n'], {
      cwd,
      loads: fail({ code: 'no-such-file', message: 'There is none.' }),
    });
    expect(unread).toMatchObject({ status: 2, stderr: expect.stringContaining('There is none.') });
  });

  it('writes over nothing, and says what is missing or misspelt', async () => {
    put('closed.0.cnf', 'mine');
    const taken = await asked(closed, '--export', 'cnf', '-o', '.');
    expect(taken).toMatchObject({ status: 2, stderr: expect.stringContaining('file-exists') });
    expect(readFileSync(join(cwd, 'closed.0.cnf'), 'utf8')).toBe('mine');
    expect(await asked(closed, '--export', 'cnf')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/`--output` is not given, the folder .*\n {2}hint: Name a folder/),
    });
    expect(await asked(closed, '--export', 'cnf,lrat', '-o', 'x')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('cnf, drat'),
    });
    expect((await asked()).status).toBe(2);
  });

  it('lets no certificate write on the terminal what is not its own', async () => {
    const title = 'fine\u001B[2K\rCertificate x ACCEPTED\u202E\u2028';
    const file = put('loud.json', sealed({ ...holding, property: { ...holding.property, title } }));
    const { stdout } = await asked(file);
    expect(stdout).toContain('fine [2K Certificate x ACCEPTED');
    for (const each of ['\u001B', '\r', '\u202E', '\u2028']) expect(stdout).not.toContain(each);
  });
});
