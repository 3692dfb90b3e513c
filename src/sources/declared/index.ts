/**
 * From what a plan or a template declares to findings: what AWS makes of it when it is deployed, defaults included. It
 * promises that nothing of the declaration is dropped in silence, and that nothing unknown is taken for known.
 */
import type { Problem } from '../../base/problem.ts';
import type { Findings } from '../../network/build/findings.ts';
import { additionsOutside } from './addition.ts';
import { type Around, nothingAround } from './around.ts';
import { afterAll } from './between.ts';
import { constructs } from './constructs.ts';
import type { Outside } from './outside.ts';
import { type Reading, startReading, topOf } from './reading.ts';
import type { Declaration, DeclaredResource } from './resource.ts';
import { interfaceType } from './kinds.ts';
import { entriesOutside } from './network-acl.ts';
import { routesOutside } from './route-table.ts';
import { rulesOutside } from './security-group.ts';
import { strange } from './strange.ts';

export interface Declared {
  readonly findings: Findings;
  readonly problems: readonly Problem[];
  readonly outside: Outside;
}

/** `around`: what another network tells of what exists already. */
export function declare(declaration: Declaration, around: Around = nothingAround): Declared {
  const reading = startReading(declaration, constructs, around);
  const { findings, problems, outside } = reading;
  findings.warnings.push(...declaration.warnings);
  problems.push(...twice(declaration));
  for (const one of declaration.resources) {
    const construct = constructs.get(one.type);
    if (construct === undefined) continue;
    const at = topOf(reading, one);
    if (one.uncertain !== undefined)
      findings.warnings.push(`\`${one.address}\`: whether it is there is not known (${one.uncertain}).`);
    if (construct.others !== true) passedOver(reading, one, construct.properties);
    construct.read?.(at);
  }
  routesOutside(reading);
  rulesOutside(reading);
  entriesOutside(reading);
  afterAll(reading);
  additionsOutside(reading);
  strange(reading);
  // What AWS makes along with something that is not modelled is not there to lead to.
  for (const [id, type] of reading.derived)
    if (type === interfaceType && !findings.interfaces.has(id)) findings.edges.outside.add(id);
  for (const id of outside.named.keys()) findings.edges.outside.add(id);
  if (reading.openTags.size > 0) findings.warnings.push(openTags([...reading.openTags]));
  // What may be of many things is said once.
  findings.warnings.splice(0, findings.warnings.length, ...new Set(findings.warnings));
  const distinct = [...new Map(problems.map((one) => [JSON.stringify(one), one])).values()];
  return { findings, problems: distinct, outside };
}

const most = 3;

function openTags(addresses: readonly string[]): string {
  const shown = addresses.slice(0, most).map((one) => `\`${one}\``);
  const more = addresses.length > most ? ` and ${addresses.length - most} more` : '';
  return `Tags of ${shown.join(', ')}${more} are not known, or in part: selectors by tag and name do not see those.`;
}

/** An address names one resource. */
const twice = ({ resources }: Declaration): readonly Problem[] => {
  const seen = new Map<string, DeclaredResource>();
  return resources.flatMap((one) => {
    const before = seen.get(one.address);
    seen.set(one.address, one);
    if (before === undefined) return [];
    return {
      code: 'duplicate-address',
      file: one.source.file,
      place: one.source.place,
      message: `\`${one.address}\` is declared here and at ${before.source.place} of ${before.source.file}.`,
      hint: 'Give one plan or template of each stack.',
    };
  });
};

/** Properties that no reader knows are said, in one sentence a resource. */
function passedOver(
  { findings }: Reading,
  { address, properties, type }: DeclaredResource,
  known: readonly string[],
): void {
  const others = Object.keys(properties).filter((key) => key !== 'Adopts' && !known.includes(key));
  if (others.length > 0)
    findings.warnings.push(
      `\`${address}\`: ${others.join(', ')} of ${type} ${others.length === 1 ? 'is' : 'are'} not modelled.`,
    );
}
