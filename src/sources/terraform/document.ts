/** What of Terraform's a JSON document is, told by its content; and what to run where it is something else of Terraform's. */
import type { Problem } from '../../base/problem.ts';
import { isList, isObject, type JsonObject, textIn } from './json.ts';

export type Document =
  | { readonly kind: 'plan'; readonly json: JsonObject }
  | { readonly kind: 'state'; readonly json: JsonObject }
  | { readonly kind: 'refused'; readonly problem: Omit<Problem, 'file'> };

/** Whether it is a plan or a state of `terraform show -json`, or something that Terraform writes instead. */
export const isTerraform = (json: unknown): boolean => documentOf(json) !== undefined;

/** Undefined where it is nothing of Terraform's. */
export function documentOf(json: unknown): Document | undefined {
  if (isList(json)) return json.length > 0 && json.every(isMessage) ? refused(messages) : undefined;
  if (!isObject(json)) return undefined;
  if (isMessage(json)) return refused(messages);
  if (isRawState(json)) return refused(rawState);
  const version = textIn(json, 'format_version');
  if (version === undefined) return undefined;
  const plan = ['planned_values', 'resource_changes', 'output_changes', 'configuration', 'prior_state'];
  const isPlan = plan.some((key) => key in json);
  const isState = 'values' in json || 'terraform_version' in json;
  if (!isPlan && !isState) return undefined;
  if (!/^(0\.[12]|1\.\d+)$/.test(version)) return refused(unknownFormat(version));
  if (json.errored === true) return refused(errored);
  return { kind: isPlan ? 'plan' : 'state', json };
}

/** A line of `terraform plan -json`. */
const isMessage = (json: unknown): boolean => isObject(json) && '@level' in json && '@message' in json;

/** `terraform.tfstate` itself. */
const isRawState = (json: JsonObject): boolean =>
  typeof json.version === 'number' && 'serial' in json && 'lineage' in json;

/**
 * The problem with a text that is no JSON document but that Terraform wrote: the messages of `terraform plan -json`,
 * or what `terraform plan` prints for people. Undefined where it is neither.
 */
export function refuseText(file: string, text: string): Problem | undefined {
  const [first = ''] = text.trimStart().split('\n', 1);
  if (first.startsWith('{"@level":')) return { ...messages, file };
  if (/^(Terraform used the selected providers|Terraform will perform the following actions)/m.test(text))
    return { ...forPeople, file };
  return undefined;
}

/** The problem with a file of bytes that `terraform plan -out` wrote, which is a ZIP archive; undefined where it is none. */
export const refuseBytes = (file: string, bytes: Uint8Array): Problem | undefined =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && holds(bytes, 'tfplan') ? { ...binary(file), file } : undefined;

function holds(bytes: Uint8Array, name: string): boolean {
  const start = String.fromCharCode(...bytes.subarray(0, 1024));
  const end = String.fromCharCode(...bytes.subarray(Math.max(0, bytes.length - 4096)));
  return start.includes(name) || end.includes(name);
}

const refused = (problem: Omit<Problem, 'file'>): Document => ({ kind: 'refused', problem });

const showPlan =
  'Save the plan with `terraform plan -out=PLANFILE`, then run: terraform show -json PLANFILE > plan.json';

const messages = {
  code: 'terraform-messages',
  message: 'The file holds the messages of `terraform plan -json` (one a line), not the plan.',
  hint: showPlan,
};

const forPeople = {
  code: 'terraform-text',
  message: 'The file holds what `terraform plan` prints for people, not the plan.',
  hint: showPlan,
};

const binary = (file: string) => ({
  code: 'terraform-binary-plan',
  message: 'The file is a plan as `terraform plan -out` writes it, which only Terraform reads.',
  hint: `Run: terraform show -json ${file} > plan.json`,
});

const rawState = {
  code: 'terraform-raw-state',
  message: 'The file is a state as Terraform stores it (`terraform.tfstate`), whose form is its own.',
  hint: 'Run in the folder of the configuration: terraform show -json > state.json',
};

const errored = {
  code: 'terraform-errored-plan',
  message: 'The plan ended with an error, so it is not whole.',
  hint: 'Correct what `terraform plan` reports, and plan again.',
};

const unknownFormat = (version: string) => ({
  code: 'terraform-format-version',
  place: '/format_version',
  message: `The format version \`${version}\` is not one that is read here: 0.1 to 1.2.`,
  hint: 'Write the file with Terraform 0.12 or newer, or with OpenTofu.',
});
