/** Every command offers the formats it has, and no other. */
import { describe, expect, test } from 'vitest';
import { formatsOf } from '../../src/report/formats.ts';
import { vpcproof } from '../cli/fake.ts';

const commands = ['check', 'ask', 'trace', 'firewall check', 'diff', 'coverage', 'import'] as const;

const offered = (command: (typeof commands)[number]) => formatsOf(command === 'diff' ? 'network diff' : command);

describe('formats', () => {
  test('a diff of rules has those of a diff of networks: which of them it is shows when the files are read', () => {
    expect(formatsOf('firewall diff')).toEqual(formatsOf('network diff'));
  });

  test.each(commands)('help of %s names them', async (command) => {
    const { status, stdout } = await vpcproof([...command.split(' '), '--help']);
    expect(status).toBe(0);
    const names = offered(command).map((format) => `"${format}"`);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`(choices: ${names.join(', ')}, default: "text")`);
  });

  test.each(commands)('what %s does not have is wrong usage, which names those it has', async (command) => {
    const run = await vpcproof([...command.split(' '), 'n', '-f', 'xml']);
    expect([run.status, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain(`Allowed choices are ${offered(command).join(', ')}.`);
  });

  test('what is asked after edits has its own', async () => {
    const run = await vpcproof(['whatif', 'n', '--set', 'igw-1 detach', 'ask', '-f', 'xml']);
    expect(run.status).toBe(2);
    expect(run.stderr).toContain(`Allowed choices are ${formatsOf('ask').join(', ')}.`);
  });
});
