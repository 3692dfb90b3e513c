/**
 * `npm run bench`: whole processes, cold, medians of several runs, over a network of the standard size and over the
 * flagship scenario; prints the table that the README shows and writes it there. `node dist/bench/main.js certificates`
 * prints the row of what certificates cost alone.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Bench } from 'tinybench';
import { certificatesOverhead, overheadRow } from './certificates.ts';
import { generate, hubAndSpoke, type Size, standard, writeNetwork } from './generate.ts';
import { terraformPlan } from './plan.ts';
import { hubPolicy, planPolicy, policy, propertyCount } from './policy.ts';
import { root, runNode } from './process.ts';
import { random } from './random.ts';
import { rulesPolicy, suricataRules, writeRuledNetwork } from './rules.ts';

const rounds = 5;
const seed = 1;
const flagship = 'scenarios/genai-private';
const allowList = 'scenarios/egress-allow-list';

interface Measured {
  /** Milliseconds, the median. */
  readonly time: number;
  /** The most of all rounds. */
  readonly megabytes: number;
}

interface Task {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
  readonly status: number;
}

/** Runs every task as whole processes, a few rounds each, and answers what each took. */
async function measure(tasks: readonly Task[]): Promise<ReadonlyMap<string, Measured>> {
  const bench = new Bench({ iterations: rounds, time: 0, warmupIterations: 1, warmupTime: 0, throws: true });
  const memory = new Map<string, number>();
  for (const { name, script, args, status } of tasks)
    bench.add(name, async () => {
      const finished = await runNode(script, args);
      if (finished.status !== status)
        throw new Error(`${name}: status ${finished.status} instead of ${status}\n${finished.stdout}`);
      memory.set(name, Math.max(memory.get(name) ?? 0, finished.megabytes));
    });
  await bench.run();
  return new Map(
    bench.tasks.map(({ name, result }) => {
      if (result.state !== 'completed') throw new Error(`${name}: ${result.state}`);
      return [name, { time: result.latency.p50, megabytes: memory.get(name)! }];
    }),
  );
}

const number = (value: number): string => value.toLocaleString('en-US');

/** The networks and policies of a size, written into a folder, and the tasks over them. */
function tasksOf(folder: string, size: Size): { tasks: readonly Task[]; bytes: number } {
  const good = join(folder, `${size.interfaces}`);
  const faulty = join(folder, `${size.interfaces}-faulty`);
  const bytes = writeNetwork(good, generate(size, seed));
  writeNetwork(faulty, generate(size, seed, true));
  const check = (name: string, network: string, properties: number, status: number): Task => {
    const file = join(folder, `policy-${properties}.yaml`);
    writeFileSync(file, policy(properties));
    return { name, script: 'bin/vpcproof.js', args: ['check', network, '-p', file, '-f', 'json'], status };
  };
  return {
    bytes,
    tasks: [
      { name: 'floor', script: 'bench/floor.js', args: [good], status: 0 },
      check('holds', good, 1, 0),
      check('violated', faulty, 1, 1),
      check('several', good, propertyCount, 0),
    ],
  };
}

/** The hub, and the tasks over it. */
function hubTasksOf(folder: string): { tasks: readonly Task[]; bytes: number } {
  const network = join(folder, 'hub');
  const bytes = writeNetwork(network, generate(hubAndSpoke, seed));
  const file = join(folder, 'policy-hub.yaml');
  writeFileSync(file, hubPolicy);
  return {
    bytes,
    tasks: [
      { name: 'hub floor', script: 'bench/floor.js', args: [network], status: 0 },
      { name: 'hub', script: 'bin/vpcproof.js', args: ['check', network, '-p', file, '-f', 'json'], status: 0 },
    ],
  };
}

/** A network of about 1,000 resources, reordered, and with a fault: what a reviewed change comes to. */
const reviewed: Size = { interfaces: 700, groups: 120, rules: 1_000 };

function diffTasksOf(folder: string): readonly Task[] {
  const [plain, moved, faulty] = ['plain', 'moved', 'faulty'].map((name) => join(folder, `diff-${name}`));
  writeNetwork(plain!, generate(reviewed, seed));
  const reordered = generate(reviewed, seed);
  for (const group of reordered.SecurityGroups) {
    group.IpPermissions?.reverse();
    group.IpPermissionsEgress?.reverse();
  }
  writeNetwork(moved!, reordered);
  writeNetwork(faulty!, generate(reviewed, seed, true));
  const diff = (name: string, after: string, status: number): Task => ({
    name,
    script: 'bin/vpcproof.js',
    args: ['diff', plain!, after, '-f', 'json'],
    status,
  });
  return [
    { name: 'diff floor', script: 'bench/floor.js', args: [plain!], status: 0 },
    diff('diff same', moved!, 0),
    diff('diff', faulty!, 1),
  ];
}

/** Plans as Terraform prints them: one that makes everything, one that makes a little more, and a change of what is there. */
function planTasksOf(folder: string): { tasks: readonly Task[]; resources: number; bytes: number } {
  const write = (
    name: string,
    there: boolean,
    changed: boolean,
  ): { file: string; resources: number; bytes: number } => {
    const { plan, resources } = terraformPlan(seed, { there, changed });
    const file = join(folder, `plan-${name}`, 'plan.json');
    mkdirSync(dirname(file), { recursive: true });
    const text = JSON.stringify(plan);
    writeFileSync(file, text);
    return { file, resources, bytes: Buffer.byteLength(text) };
  };
  const [made, more, change] = [write('made', false, false), write('more', false, true), write('change', true, true)];
  const policies = join(folder, 'policy-plan.yaml');
  writeFileSync(policies, planPolicy);
  const run = (name: string, status: number, ...args: readonly string[]): Task => ({
    name,
    script: 'bin/vpcproof.js',
    args: [...args, '-f', 'json'],
    status,
  });
  return {
    resources: more.resources,
    bytes: more.bytes,
    tasks: [
      { name: 'plan floor', script: 'bench/floor.js', args: [dirname(more.file)], status: 0 },
      run('plan check', 0, 'check', more.file, '-p', policies),
      run('plan change', 1, 'diff', change.file),
      run('plan diff', 1, 'diff', made.file, more.file),
    ],
  };
}

const listed = 10_000;

/** A firewall with that many rules, and one property of it. */
function rulesTasksOf(folder: string): readonly Task[] {
  const network = join(folder, 'rules');
  writeRuledNetwork(join(root, allowList, 'network'), network, suricataRules(random(seed), listed));
  const file = join(folder, 'policy-rules.yaml');
  writeFileSync(file, rulesPolicy);
  return [
    { name: 'rules floor', script: 'bench/floor.js', args: [network], status: 0 },
    { name: 'rules', script: 'bin/vpcproof.js', args: ['check', network, '-p', file, '-f', 'json'], status: 0 },
  ];
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

const row = (what: string, { time, megabytes }: Measured, floor?: Measured): string =>
  `| ${what} | ${seconds(time)} | ${floor === undefined ? '' : `${(time / floor.time).toFixed(1)} ×`} | ${megabytes.toFixed(0)} MB |`;

async function tableOf(size: Size): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'vpcproof-bench-'));
  try {
    const { tasks, bytes } = tasksOf(folder, size);
    const hub = hubTasksOf(folder);
    const plans = planTasksOf(folder);
    const network = join(root, flagship, 'network');
    const all: Task[] = [
      { name: 'flagship floor', script: 'bench/floor.js', args: [network], status: 0 },
      {
        name: 'flagship',
        script: 'bin/vpcproof.js',
        args: ['check', network, '-p', join(root, flagship, 'policy.yaml')],
        status: 0,
      },
      ...tasks,
      ...hub.tasks,
      ...rulesTasksOf(folder),
      ...diffTasksOf(folder),
      ...plans.tasks,
    ];
    const found = await measure(all);
    const of = (name: string): Measured => found.get(name)!;
    const floor = of('floor');
    const extra = (of('several').time - of('holds').time) / (propertyCount - 1);
    const big = `${number(size.interfaces)} interfaces, ${number(size.groups)} groups, ${number(size.rules)} rules`;
    const hubWords = `a hub of ${hubAndSpoke.hub!.vpcs} VPCs, ${number(hubAndSpoke.interfaces)} interfaces, a transit gateway with ${hubAndSpoke.hub!.tables} route tables`;
    return [
      `Medians of ${rounds} cold runs of whole processes, Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}). The floor is what no run can avoid: starting Node, reading the files, \`JSON.parse\`, starting Z3.`,
      '',
      '| what | time | floor | memory |',
      '| --- | ---: | ---: | ---: |',
      row('floor of the flagship scenario', of('flagship floor')),
      row('`check` of the flagship scenario', of('flagship'), of('flagship floor')),
      row(`floor of ${big} (${(bytes / 1e6).toFixed(0)} MB of JSON)`, floor),
      row('one property of it, proved', of('holds'), floor),
      row('one property of it with a fault, refuted', of('violated'), floor),
      `| each further property | ${seconds(extra)} | ${(extra / floor.time).toFixed(2)} × | |`,
      row(`floor of ${hubWords} (${(hub.bytes / 1e6).toFixed(0)} MB of JSON)`, of('hub floor')),
      row('one property between its VPCs, proved', of('hub'), of('hub floor')),
      row(`floor of a firewall with ${number(listed)} Suricata rules`, of('rules floor')),
      row('one property of what it lets through, proved', of('rules'), of('rules floor')),
      row(
        `floor of a network of ${number(reviewed.interfaces)} interfaces and ${number(reviewed.groups)} groups`,
        of('diff floor'),
      ),
      row('`diff` with its rules reordered, proved the same', of('diff same'), of('diff floor')),
      row('`diff` with one rule more, its flows found', of('diff'), of('diff floor')),
      row(
        `floor of a Terraform plan of ${number(plans.resources)} resources (${(plans.bytes / 1e6).toFixed(1)} MB of JSON)`,
        of('plan floor'),
      ),
      row('three properties of what it makes, proved', of('plan check'), of('plan floor')),
      row('`diff` of such a plan that changes what is there, its flows found', of('plan change'), of('plan floor')),
      row('`diff` of two such plans, nothing of them there yet', of('plan diff'), of('plan floor')),
      overheadRow(await certificatesOverhead()),
    ].join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts the table between the README's markers, where it has them. */
function keep(table: string): void {
  const readme = join(root, 'README.md');
  if (!existsSync(readme)) return;
  const [start, end] = ['<!-- bench -->', '<!-- /bench -->'];
  const text = readFileSync(readme, 'utf8');
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < 0) return;
  writeFileSync(readme, `${text.slice(0, from + start.length)}\n\n${table}\n\n${text.slice(to)}`);
}

if (process.argv[2] === 'certificates') console.log(overheadRow(await certificatesOverhead()));
else {
  const table = await tableOf(standard);
  console.log(table);
  keep(table);
}
