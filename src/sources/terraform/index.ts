/**
 * What `terraform show -json` prints of a plan or a state, in CloudFormation's words. A plan has two sides; of both,
 * only what reachability can depend on is copied, so that no other value of it, sensitive or not, goes any further.
 */
import { fail, ok, type Result } from '../../base/result.ts';
import type { Declaration } from '../declared/resource.ts';
import { declarationOf } from './declaration.ts';
import { documentOf } from './document.ts';
import { sidesOfPlan, sidesOfState } from './sides.ts';

export { isTerraform, refuseBytes, refuseText } from './document.ts';

export interface TerraformDeclarations {
  /** What is there before the plan is applied. Absent of a state. */
  readonly before?: Declaration;
  readonly after: Declaration;
}

/** Refuses, with the command to run, what else Terraform writes; `json` is read, never changed. */
export function readTerraform(file: string, json: unknown): Result<TerraformDeclarations> {
  const document = documentOf(json);
  if (document === undefined)
    return fail({
      code: 'not-terraform',
      file,
      message: 'The file is no plan and no state of `terraform show -json`.',
      hint: 'Run: terraform show -json PLANFILE > plan.json',
    });
  if (document.kind === 'refused') return fail({ ...document.problem, file });
  const { before, after, warnings } =
    document.kind === 'plan' ? sidesOfPlan(document.json) : sidesOfState(document.json);
  const declared = declarationOf(file, after, warnings);
  return ok(before === undefined ? { after: declared } : { before: declarationOf(file, before, []), after: declared });
}
