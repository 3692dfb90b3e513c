/** `check` as SARIF: a rule for each property, a result for each that does not hold, placed where its flow is decided. */
import type { CodeFlow, Location, ReportingDescriptor, Result, Suppression, ThreadFlow } from 'sarif';
import type { Flow, HopJson } from '../../result/answer.ts';
import type { CheckDocument, PropertyResult } from '../../result/document.ts';
import type { RemediesJson, RemedyJson } from '../../result/repair.ts';
import type { SourceJson } from '../../result/source.ts';
import { flowTitle } from '../text/flow.ts';
import { type Names, namesOf } from '../text/names.ts';
import { demandTexts } from '../text/question.ts';
import { noneText, provedText, repairWords } from '../text/repair.ts';
import { sarifLog } from './log.ts';
import { locationOf, placeless } from './place.ts';

export function checkSarif(document: CheckDocument): string {
  const names = namesOf(document.topology);
  return sarifLog(
    document.tool,
    document.results.map((result) => ruleOf(result, names)),
    document.results.filter(({ verdict }) => verdict !== 'holds').map((result) => resultOf(result, names)),
  );
}

const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;

/** On the scale of CVSS, by which GitHub sorts what it calls security. */
const scores = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' } as const;

function ruleOf(result: PropertyResult, names: Names): ReportingDescriptor {
  const { id, title, severity } = result;
  const demands = demandTexts(result, names);
  const demanded = demands.map(([sentence = '']) => sentence).join(' ');
  const narrowed = [...new Set(demands.map(([, narrowing = '']) => narrowing))].filter((text) => text !== '');
  return {
    id,
    shortDescription: { text: title ?? demanded },
    fullDescription: { text: demanded },
    help: { text: [demanded, ...narrowed].join('\n') },
    defaultConfiguration: { level: levels[severity] },
    properties: { severity, 'security-severity': scores[severity], tags: ['security', 'network'] },
  };
}

function resultOf(result: PropertyResult, names: Names): Result {
  const { id, verdict, severity, counterexamples, source, assumptions, waived, repairs } = result;
  return {
    ruleId: id,
    // What is no failure has no level.
    ...(verdict === 'violated' ? { kind: 'fail', level: levels[severity] } : { kind: 'open', level: 'none' }),
    message: { text: messageOf(result, names) },
    locations: placesOf(result, names),
    relatedLocations: [locationOf(source, undefined, 'The property is demanded here.')],
    ...(counterexamples.length === 0 ? {} : { codeFlows: counterexamples.map((flow) => codeFlow(flow, names)) }),
    partialFingerprints: { 'vpcproof/property/v1': id },
    ...(waived === null ? {} : { suppressions: [suppression(waived)] }),
    properties: {
      verdict,
      assumptions: [...assumptions],
      ...(repairs === undefined ? {} : { repairs: repairs.found.map(repairProperties) }),
    },
  };
}

/**
 * Each edit as `whatif --set` takes it, what to run, and what to write where. These are no `fixes`, which replace text of
 * files: answers of AWS and plans are written by nobody.
 */
const repairProperties = ({ edits, commands, declared, mends }: RemedyJson) => ({
  edits: edits.map(({ edit }) => edit),
  ...(commands === undefined ? {} : { commands }),
  declared,
  mends,
});

function messageOf(result: PropertyResult, names: Names): string {
  const { id, title, verdict, reason, counterexamples, blockedBy, findings = [], assumptions } = result;
  const [flow] = counterexamples;
  const lacking = findings.filter(({ has }) => has !== 'yes').map(({ says }) => says);
  return [
    `${title ?? id}: ${verdict}.`,
    ...(reason === null ? [] : [`${names.in(reason)}.`]),
    ...(flow === undefined
      ? []
      : [
          `${verdict === 'undecided' ? 'Perhaps there is this flow' : 'The flow that shows it'}: ${flowTitle(flow, names)}.`,
        ]),
    ...(blockedBy.length === 0 ? [] : [`Blocked: ${blockedBy.map(({ detail }) => names.in(detail)).join('; ')}.`]),
    ...(lacking.length === 0 ? [] : [`${lacking.map((said) => names.in(said)).join('; ')}.`]),
    ...repairTexts(result.repairs),
    ...(verdict === 'undecided' && assumptions.length > 0
      ? [`Declared, these settle it: ${assumptions.join(', ')}.`]
      : []),
  ].join(' ');
}

/** As people see them beside the code, where nothing is shown of properties. */
function repairTexts(repairs: RemediesJson | undefined): readonly string[] {
  if (repairs === undefined) return [];
  const sets = repairs.found.map(({ edits, declared }) => {
    const written = declared.map(({ address, says }) => ` (in ${address}: ${says})`).join('');
    return `${edits.map(({ edit }) => `\`${edit}\``).join(' with ')}${written}`;
  });
  return sets.length === 0
    ? [`${repairWords.title}: ${noneText(repairs, repairWords)}.`]
    : [`${repairWords.title}, ${provedText}: ${sets.join('; or ')}.`];
}

/**
 * Where the result would be changed: of a flow that arrives the route that sends it, else the first rule that lets it
 * pass; of one that does not, everything that blocks it; of a configuration, what lacks. Without any, the property itself.
 */
function placesOf({ counterexamples, blockedBy, findings = [], source }: PropertyResult, names: Names): Location[] {
  const blocks = blockedBy.flatMap((block) => placed(block, names));
  if (blocks.length > 0) return blocks;
  const lacking = findings.filter(({ has }) => has !== 'yes');
  if (lacking.length > 0)
    return lacking.map(({ resource, says, source: at }) => locationOf(at, resource, names.in(says)));
  const deciding = counterexamples.flatMap(({ hops }) =>
    hops.filter(({ rule, source: at }) => rule !== undefined && at !== undefined),
  );
  const one = deciding.find(({ kind }) => kind === 'route-table') ?? deciding[0];
  const places = one === undefined ? [] : placed(one, names);
  return places.length > 0 ? places : [locationOf(source)];
}

const placed = (
  { source, resource, detail }: { readonly source?: SourceJson; readonly resource: string; readonly detail: string },
  names: Names,
): Location[] => (source === undefined ? [] : [locationOf(source, resource, names.in(detail))]);

function codeFlow(flow: Flow, names: Names): CodeFlow {
  const { hops, return: back = [] } = flow;
  return {
    message: { text: flowTitle(flow, names) },
    threadFlows: [threadFlow('packet', hops, names), ...(back.length === 0 ? [] : [threadFlow('reply', back, names)])],
  };
}

/** A step that stands in no file, such as the internet, is shown where the step before it stands. */
function threadFlow(id: string, hops: readonly HopJson[], names: Names): ThreadFlow {
  let before: SourceJson | undefined;
  return {
    id,
    locations: hops.map(({ resource, kind, rule, detail, source }, index) => {
      before = source ?? before;
      return {
        location:
          source === undefined
            ? placeless(resource, names.in(detail), before)
            : locationOf(source, resource, names.in(detail)),
        kinds: [kind],
        executionOrder: index + 1,
        importance: rule === undefined ? 'important' : 'essential',
      };
    }),
  };
}

const suppression = ({ until, reason, expired }: NonNullable<PropertyResult['waived']>): Suppression => ({
  kind: 'external',
  status: expired ? 'rejected' : 'accepted',
  justification: `${reason} (${expired ? 'until' : 'waived until'} ${until})`,
});
