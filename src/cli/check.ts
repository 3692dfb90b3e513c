/** `vpcproof check`: prove or disprove every property of the policies. */
import type { Problem } from '../base/problem.ts';
import { type Result, fail, ok, unless } from '../base/result.ts';
import type { Network } from '../network/network.ts';
import type { Property } from '../policy/property.ts';
import { reportsOf } from '../report/formats.ts';
import type { CheckDocument, Summary } from '../result/document.ts';
import { optionReader } from './asking.ts';
import { type Certify, checkDocument, today } from './checking.ts';
import { openProver } from './decide.ts';
import type { Command, Status, Surroundings } from './outcome.ts';
import type { Ruling } from '../repair/index.ts';
import { withRepairs } from './repairing.ts';
import { withEdits } from './publish.ts';
import { readText } from './text-file.ts';

export interface CheckArguments {
  readonly network: string;
  readonly policies: readonly string[];
  readonly assume: readonly string[];
  readonly potential: boolean;
  readonly why: boolean;
  /** Repairs of what is violated are looked for. */
  readonly repair?: boolean;
  readonly timeoutMs: number;
  /** The folder for certificates. */
  readonly certificates?: string;
}

export const check: Command<CheckArguments> = async (args, { engine, io, progress, sha256, located, edits }) => {
  if (args.policies.length === 0)
    return fail({
      code: 'no-policy',
      message: 'No property to check is given.',
      hint: 'Name a policy file: `-p policy.yaml`.',
    });
  engine.warmUp?.();
  await progress(`reading ${args.network}`);
  const network = await engine.loadNetwork([args.network]);
  const policies = await readPolicies(args.policies, io.cwd);
  if (!network.ok || !policies.ok)
    return fail(...(network.ok ? [] : network.problems), ...(policies.ok ? [] : policies.problems));
  const properties = await propertiesIn(network.value, policies.value, args);
  if (!properties.ok) return properties;
  const certify = await certifying(network.value, properties.value, args, { engine, io });
  if (!certify.ok) return certify;
  const prover = openProver(engine, network.value, args.timeoutMs, args);
  try {
    const rulings: Ruling[] = [];
    const total = properties.value.length;
    const checked = await checkDocument(network.value, properties.value, prover, sha256, {
      policies: args.policies,
      today: today(),
      ...certify.value,
      onProperty: (property, index) => progress(`${index} of ${total} properties done, proving ${property.id}`),
      onDecided: (verdict, decisions) => void rulings.push({ verdict, decisions }),
    });
    const repaired = args.repair
      ? await withRepairs(engine, network.value, checked, rulings, (on) => propertiesIn(on, policies.value, args), {
          timeoutMs: args.timeoutMs,
          onProperty: ({ id }) => progress(`repairs of ${id}`),
        })
      : checked;
    const warnings = [...repaired.warnings, ...idle(repaired, args)];
    const document = withEdits({ ...repaired, warnings, results: await located(repaired.results) }, edits);
    return ok({ status: statusOf(document.summary), reports: reportsOf(document) });
  } finally {
    await prover.close();
  }
};

/** What was asked for and spoke of none of the results. */
const idle = (
  { results }: CheckDocument,
  { why, repair }: Pick<CheckArguments, 'why' | 'repair'>,
): readonly string[] => [
  ...(why &&
  !results.some(({ verdict, question }) => verdict === 'holds' && question.some(({ kind }) => kind === 'forbid'))
    ? ['`--why` had nothing to tell: no property that forbids flows holds.']
    : []),
  ...(repair === true && !results.some(({ repairs }) => repairs !== undefined)
    ? ['`--repair` had nothing to mend: no property of flows is violated, but for what is waived.']
    : []),
];

/** How certificates are made and where they go, if they are asked for. */
async function certifying(
  network: Network,
  properties: readonly Property[],
  { certificates, timeoutMs }: CheckArguments,
  { engine, io }: Pick<Surroundings, 'engine' | 'io'>,
): Promise<Result<{ readonly certify?: Certify }>> {
  if (certificates === undefined) return ok({});
  const { certifier } = await import('./certifying.ts');
  const made = await certifier(network, properties, { folder: certificates, cwd: io.cwd, timeoutMs }, engine);
  return made.ok ? ok({ certify: made.value }) : made;
}

const statusOf = ({ violated, undecided }: Summary): Status => (violated > 0 ? 1 : undecided > 0 ? 3 : 0);

/** A policy file as read, before it means anything. */
export interface PolicyText {
  readonly file: string;
  readonly text: string;
}

export async function readPolicies(files: readonly string[], cwd: string): Promise<Result<readonly PolicyText[]>> {
  const texts: PolicyText[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const text = await readText(file, cwd);
    if (text.ok) texts.push({ file, text: text.value });
    else problems.push(...text.problems);
  }
  return unless(problems, () => texts);
}

/** The properties of all files; the problems of all files at once. An id stands in one of them only. */
export async function propertiesIn(
  network: Network,
  policies: readonly PolicyText[],
  { assume, potential }: Pick<CheckArguments, 'assume' | 'potential'>,
): Promise<Result<readonly Property[]>> {
  const [{ readPolicyFile }, { propertiesOf }] = await Promise.all([
    import('../policy/document.ts'),
    import('../policy/meaning.ts'),
  ]);
  const reader = optionReader(network);
  const sides = reader.sides(assume);
  const problems: Problem[] = [...reader.problems];
  const properties: Property[] = [];
  for (const { file, text } of policies) {
    const policy = readPolicyFile(text, file);
    const read = policy.ok ? propertiesOf(network, policy.value, { sides, potential }) : policy;
    if (!read.ok) {
      problems.push(...read.problems);
      continue;
    }
    for (const property of read.value) {
      const other = properties.find(({ id }) => id === property.id);
      if (other !== undefined)
        problems.push({
          code: 'duplicate-id',
          ...property.source,
          message: `\`${property.id}\` is the id of a property in ${other.source.file}.`,
        });
      properties.push(property);
    }
  }
  return unless(problems, () => properties);
}
