/** The properties of policies as they are meant before and after a change. */
import { type Result, fail, ok } from '../base/result.ts';
import type { Network } from '../network/network.ts';
import type { Property } from '../policy/property.ts';
import { type PolicyText, propertiesIn } from './check.ts';

/** The properties as they are meant in each network; what is wrong with them in both is said once. */
export async function propertiesOfBoth(
  before: Network,
  after: Network,
  texts: readonly PolicyText[],
  assume: readonly string[],
): Promise<Result<readonly [readonly Property[], readonly Property[]]>> {
  if (texts.length === 0) return ok([[], []]);
  const options = { assume, potential: false };
  const [old, now] = [await propertiesIn(before, texts, options), await propertiesIn(after, texts, options)];
  if (old.ok && now.ok) return ok([old.value, now.value]);
  const problems = [...(old.ok ? [] : old.problems), ...(now.ok ? [] : now.problems)];
  return fail(...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values());
}
