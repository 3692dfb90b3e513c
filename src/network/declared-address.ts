/**
 * Addresses of plans and templates: which of them an address stands for. `aws_subnet.app` is all its instances,
 * `module.net` all that is in the module, `Network` all that is in the nested stack.
 */

/** Steps of an address: `module`, `net["a.b"]`, `aws_subnet`, `app[0]`; a dot or a slash inside brackets parts nothing. */
function stepsOf(address: string): readonly string[] {
  const steps: string[] = [];
  let step = '';
  let inside = false;
  let quoted = false;
  for (let i = 0; i < address.length; i++) {
    const letter = address[i]!;
    if (letter === '\\' && quoted) {
      step += letter + (address[++i] ?? '');
      continue;
    }
    if (letter === '"' && inside) quoted = !quoted;
    else if (letter === '[' && !quoted) inside = true;
    else if (letter === ']' && !quoted) inside = false;
    else if ((letter === '.' || letter === '/') && !inside) {
      steps.push(step);
      step = '';
      continue;
    }
    step += letter;
  }
  return [...steps, step];
}

/** A test for addresses that the one given stands for. */
export function standsForAddress(given: string): (address: string) => boolean {
  const wanted = stepsOf(given);
  const isModule = wanted.at(-2) === 'module' || given.includes('/') || wanted.length === 1;
  return (address) => {
    if (address === given) return true;
    const steps = stepsOf(address);
    if (steps.length < wanted.length || (steps.length > wanted.length && !isModule)) return false;
    // A template's parts are in it by a slash, a module's by a dot.
    if (steps.length > wanted.length && wanted.at(-2) !== 'module' && !address.startsWith(`${given}/`)) return false;
    return wanted.every((step, index) => {
      const own = steps[index]!;
      return own === step || own.startsWith(`${step}[`) || own.startsWith(`${step}#`);
    });
  };
}
