/** `check` as a page: the verdicts in a table, each with what it demands and the paths that show it does not hold. */
import type { CheckDocument, PropertyResult } from '../../result/document.ts';
import { type Word, titleText, wordOf } from '../text/check.ts';
import { type Names, namesOf } from '../text/names.ts';
import { becauseTexts, emptyNotes } from '../text/because.ts';
import { demandTexts } from '../text/question.ts';
import { repairWords } from '../text/repair.ts';
import { type Entry, type Showing, type Tone, sentText } from './entry.ts';
import { type Markup, code, facts, html, list, name, nothing, sentence } from './markup.ts';
import { pageHtml } from './page.ts';
import { remediesMarkup } from './remedies.ts';
import { editsSection, originLines, restSection, shortened } from './rest.ts';

const tones: Readonly<Record<Word, Tone>> = { holds: 'good', violated: 'bad', undecided: 'unsure', waived: 'unsure' };

/** What does not hold comes first. */
const order: readonly Word[] = ['violated', 'undecided', 'waived', 'holds'];

export function checkHtml(document: CheckDocument): Promise<string> {
  const { results, summary, question, network, edits, topology, tool } = document;
  const { holds, violated, undecided, waived } = summary;
  const names = namesOf(topology);
  const again = ['vpcproof check NETWORK', ...question.policies.map((file) => `-p ${file}`)].join(' ');
  return pageHtml(
    {
      title: titleText(document),
      tone: violated > 0 ? 'bad' : undecided + waived > 0 ? 'unsure' : 'good',
      about: [
        html`${listed(question.policies)} on the network
        ${code(`sha256:${network.sha256.slice(0, 16)}…`)}${edits === undefined ? '' : ', after edits that were never deployed'}`,
      ],
      counts: [
        { count: holds, word: holds === 1 ? 'holds' : 'hold', tone: 'good' },
        { count: violated, word: 'violated', tone: 'bad' },
        { count: undecided, word: 'undecided', tone: 'unsure' },
        ...(waived === 0 ? [] : [{ count: waived, word: 'waived', tone: 'unsure' as const }]),
      ],
      tables: [
        {
          title: 'Properties',
          head: ['Verdict', 'Property', 'Severity'],
          entries: results
            .toSorted((a, b) => order.indexOf(wordOf(a)) - order.indexOf(wordOf(b)))
            .map((each) => entryOf(each, names)),
        },
      ],
      rest: [editsSection(edits, names), restSection(document)],
      origin: originLines({ tool, networks: [['Network', network]] }, edits === undefined ? again : undefined),
    },
    topology,
  );
}

const listed = (files: readonly string[]): Markup =>
  html`${files.map((file, i) => html`${i === 0 ? '' : ', '}${code(file)}`)}`;

function entryOf(result: PropertyResult, names: Names): Entry {
  const { id, title, severity, verdict, question, counterexamples, blockedBy, assertion, findings = [] } = result;
  const word = wordOf(result);
  const members = (of: 'from' | 'to') => question.flatMap((each) => each[of].members);
  return {
    word,
    tone: tones[word],
    title: title ?? id,
    ...(title === null ? {} : { id }),
    aside: severity,
    said: saidOf(result, names),
    showings: showingsOf(result),
    below: html`${remediesMarkup(result.repairs, repairWords, names)}${becauseMarkup(result, names)}${
      findings.length === 0
        ? nothing
        : html`<h4>What was found</h4>
            ${list(
              shortened(
                findings.map(({ resource, says }) => html`${name(names.of(resource))}: ${sentence(names.in(says))}`),
              ),
            )}`
    }${restOf(result, names)}`,
    from: [...members('from'), ...(assertion?.members ?? [])],
    to: verdict === 'holds' || counterexamples.length + blockedBy.length > 0 ? members('to') : [],
  };
}

function saidOf(result: PropertyResult, names: Names): Markup {
  const { verdict, vacuous, reason, waived, assumptions } = result;
  const demands = demandTexts(result, names);
  const narrowings = [...new Set(demands.flatMap(([, narrowing = '']) => (narrowing === '' ? [] : [narrowing])))];
  return html`${demands.map(([said = '']) => html`<p class="demand">${sentence(said)}</p>`)}
  ${narrowings.map((each) => html`<p class="dim">${each}</p>`)}
  ${vacuous ? html`<p class="unsure">There is no such traffic at all, whatever the network does.</p>` : nothing}
  ${waived === null ? nothing : html`<p>${waived.expired ? 'The waiver expired on' : 'Waived until'} ${waived.until}: ${name(waived.reason)}</p>`}
  ${reason === null ? nothing : html`<p>${sentence(names.in(reason))}</p>`}
  ${
    verdict === 'undecided' && assumptions.length > 0
      ? html`<h4>Declared, these settle it</h4>
          ${list(assumptions.map((each) => code(`--assume ${each}`)))}`
      : nothing
  }`;
}

/** What its proof rests on. */
function becauseMarkup(result: PropertyResult, names: Names): Markup {
  const [summary, items] = becauseTexts(result);
  return summary === ''
    ? nothing
    : html`<h4>Why it holds</h4>
        <p>${sentence(names.in(summary))}</p>
        ${list(items.map((item) => sentence(names.in(item))))}`;
}

function showingsOf({ verdict, counterexamples, blockedBy }: PropertyResult): readonly Showing[] {
  if (counterexamples.length === 0)
    return blockedBy.length === 0 ? [] : [{ title: 'What stands in the way', blocks: blockedBy }];
  const perhaps = verdict === 'undecided' ? 'Perhaps: ' : '';
  return counterexamples.map((flow, i) => ({
    title: `${perhaps}${sentText(flow)}`,
    flow,
    blocks: i === 0 ? blockedBy : [],
  }));
}

function restOf(result: PropertyResult, names: Names): Markup {
  const { decidedBy, assumptions, facts: used, imaginary, source, verdict, certificate, timeMs } = result;
  const notes = [...emptyNotes(result), ...result.notes];
  const hosts = imaginary.map((subnet) => html`${name(names.of(subnet))} `);
  return html`${
    notes.length === 0
      ? nothing
      : html`<h4>Notes</h4>
          ${list(notes.map((note) => sentence(names.in(note))))}`
  }
  ${facts([
    [
      'Decided by',
      verdict === 'undecided'
        ? undefined
        : html`${decidedBy === 'z3' ? 'Z3' : 'what the network connects, before the solver'}, in ${timeMs} ms`,
    ],
    ['Assumed', verdict === 'undecided' ? undefined : list(assumptions.map((each) => code(each)))],
    ['Facts', list(used.map(({ fact, value, says }) => html`${code(fact)} ${value}: ${sentence(says)}`))],
    ['Imaginary hosts', hosts.length === 0 ? undefined : html`counted in, in ${hosts}`],
    [
      'Certificate',
      certificate === null ? undefined : html`${code(certificate.file)} ${code(`sha256:${certificate.sha256}`)}`,
    ],
    ['Written in', code(`${source.file}:${source.place}`)],
  ])}`;
}
