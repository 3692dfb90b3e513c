/** The policy of an endpoint: it decides which requests pass, by principal, action and resource, and stops no packet (semantics 9.10). */

/** Whether it lets every request pass, as the one does that AWS gives an endpoint for which none is written. */
export function admitsEverything(policy: string | undefined): boolean {
  if (policy === undefined) return true;
  const statements = statementsOf(policy);
  return statements.some((one) => isOpen(one)) && !statements.some(({ Effect: effect }) => effect !== 'Allow');
}

type Statement = Readonly<Record<string, unknown>>;

/** None where it is no policy at all: then nothing tells that it lets anything pass. */
function statementsOf(policy: string): readonly Statement[] {
  try {
    const document: unknown = JSON.parse(policy);
    const statement = isRecord(document) ? document['Statement'] : undefined;
    return [statement].flat().filter((one) => isRecord(one));
  } catch {
    return [];
  }
}

const isOpen = ({ Effect: effect, Principal: principal, Action: action, Resource: resource, ...rest }: Statement) =>
  effect === 'Allow' &&
  isAny(isRecord(principal) ? principal['AWS'] : principal) &&
  isAny(action) &&
  isAny(resource) &&
  Object.keys(rest).every((key) => key === 'Sid');

const isAny = (value: unknown): boolean => [value].flat().includes('*');

const isRecord = (value: unknown): value is Statement =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
