/** Resources that wait for one another, which CloudFormation refuses to create. */

/** Each set of them once, in the order of the template, from what each waits for. */
export function cycles(waits: ReadonlyMap<string, ReadonlySet<string>>): readonly (readonly string[])[] {
  const found: string[][] = [];
  const number = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const on = new Set<string>();
  // Tarjan's strongly connected components; `path` stands for the calls that have not returned.
  for (const start of waits.keys()) {
    if (number.has(start)) continue;
    const path: { readonly name: string; readonly rest: Iterator<string> }[] = [];
    const enter = (name: string): void => {
      number.set(name, number.size);
      lowest.set(name, number.get(name)!);
      stack.push(name);
      on.add(name);
      path.push({ name, rest: (waits.get(name) ?? new Set<string>())[Symbol.iterator]() });
    };
    const lower = (name: string, to: number): void => {
      lowest.set(name, Math.min(lowest.get(name)!, to));
    };
    enter(start);
    for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
      const { name } = here;
      const next = here.rest.next();
      if (next.done !== true) {
        if (!number.has(next.value)) enter(next.value);
        else if (on.has(next.value)) lower(name, number.get(next.value)!);
        continue;
      }
      path.pop();
      const around = path.at(-1);
      if (around !== undefined) lower(around.name, lowest.get(name)!);
      if (lowest.get(name) !== number.get(name)) continue;
      const members = stack.splice(stack.indexOf(name));
      for (const member of members) on.delete(member);
      if (members.length > 1 || waits.get(name)?.has(name) === true) found.push(members);
    }
  }
  return found;
}
