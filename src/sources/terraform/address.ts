/** Terraform's addresses and references taken apart: names, and keys of `count` and `for_each` in brackets. */

/** The index of `count`, or the key of `for_each`. */
export type Key = number | string;

/** `aws_subnet`, `app`, then `{ key: 0 }`, then `id`. */
export type Step = string | { readonly key: Key };

/** The steps of `module.net["a.b"].aws_subnet.app[0].id`; as far as it can be understood. */
export function steps(address: string): readonly Step[] {
  const out: Step[] = [];
  const pattern = /\.?([^.[\]"]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/gy;
  for (let match = pattern.exec(address); match !== null; match = pattern.exec(address)) {
    const [, name, index, quoted] = match;
    if (name !== undefined) out.push(name);
    else if (index !== undefined) out.push({ key: Number(index) });
    else out.push({ key: unquoted(quoted!) });
  }
  return out;
}

/** What stands between the quotes: Terraform escapes as JSON does, and `${` and `%{` by doubling. */
function unquoted(text: string): string {
  const plain = text.replaceAll('$${', '${').replaceAll('%%{', '%{');
  try {
    return JSON.parse(`"${plain}"`) as string;
  } catch {
    return plain;
  }
}

/** The steps of a module's address, one pair a call: `module.a["k"].module.b`. */
export function moduleSteps(address: string): readonly { readonly name: string; readonly key?: Key }[] {
  const out: { name: string; key?: Key }[] = [];
  let named = false;
  for (const step of steps(address)) {
    if (typeof step !== 'string') out.at(-1)!.key = step.key;
    else if (named) out.push({ name: step });
    named = typeof step === 'string' && !named;
  }
  return out;
}
