// @ts-check
/** `npm start`: the flagship scenario, where everything holds, and one fault in it, with the packet that gets through. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const scenario = 'scenarios/genai-private';

/** Each run of the program, and the exit status that the scenario calls for. */
const runs = [
  {
    says: 'The network as it should be: every property is proved.',
    args: ['check', `${scenario}/network`],
    expected: 0,
  },
  {
    says: 'The same network with one fault: a property is refuted, with the packet that shows it.',
    args: ['check', `${scenario}/variants/forgotten-ipv6-route`],
    expected: 1,
  },
];

for (const { says, args, expected } of runs) {
  const all = [...args, '-p', `${scenario}/policy.yaml`];
  process.stdout.write(`\n${says}\n$ npx vpcproof ${all.join(' ')}\n\n`);
  const { status } = spawnSync(process.execPath, [join(root, 'bin/vpcproof.js'), ...all], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== expected) {
    process.stderr.write(`vpcproof ended with status ${status}; this scenario calls for ${expected}.\n`);
    process.exitCode = 1;
  }
}
