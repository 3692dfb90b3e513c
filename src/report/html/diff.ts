/** `diff` of networks as a page: flows opened and closed, each with its path and what stops it on the other side. */
import type { ChangedPlaces, Otherwise, PropertyChange } from '../../result/change.ts';
import type { FirewallDiffDocument, NetworkDiffDocument } from '../../result/document.ts';
import { differenceEntries } from './firewall-diff.ts';
import { plural, some } from '../text/layout.ts';
import { type Names, namesOf } from '../text/names.ts';
import { answerText, familyWords, questionText } from '../text/network-diff.ts';
import { paint } from '../text/paint.ts';
import { type Entry, type Showing, type Tone, blockList, sentText } from './entry.ts';
import { type Markup, code, html, list, name, nothing, sentence } from './markup.ts';
import { pageHtml } from './page.ts';
import { originLines, restSection } from './rest.ts';

const tones: Readonly<Record<FirewallDiffDocument['verdict'], Tone>> = {
  same: 'good',
  different: 'bad',
  undecided: 'unsure',
};

const titles: Readonly<Record<FirewallDiffDocument['verdict'], string>> = {
  same: 'No change in reachability',
  different: 'Reachability changes',
  undecided: 'Whether reachability changes is undecided',
};

/** How many places a title names. */
const shown = 4;

export function networkDiffHtml(document: NetworkDiffDocument): Promise<string> {
  const { verdict, opened, closed, omitted, undecided, firewalls, properties, topology, question, tool } = document;
  const names = namesOf(topology);
  const count = (all: readonly ChangedPlaces[], more: number) =>
    all.reduce((sum, { flows }) => sum + flows.length, more);
  return pageHtml(
    {
      title: titles[verdict],
      tone: tones[verdict],
      about: [html`${questionText(document)}`, html`${answerText(document, paint(false))}`],
      counts: [
        { count: count(opened, omitted.opened), word: 'opened', tone: 'bad' },
        { count: count(closed, omitted.closed), word: 'closed', tone: 'unsure' },
        ...(undecided.length === 0 ? [] : [{ count: undecided.length, word: 'undecided', tone: 'unsure' as const }]),
      ],
      tables: [
        {
          title: 'Properties',
          head: ['Change', 'Property', ''],
          entries: properties.map((each) => propertyEntry(each, names)),
        },
        {
          title: 'Opened',
          head: ['', 'Between', 'Families'],
          entries: opened.map((each) => changeEntry(each, 'opened', names)),
        },
        {
          title: 'Closed',
          head: ['', 'Between', 'Families'],
          entries: closed.map((each) => changeEntry(each, 'closed', names)),
        },
        {
          title: 'Flows that firewall policies treat differently',
          head: ['', 'Flows', ''],
          entries: differenceEntries(firewalls, names),
        },
      ],
      rest: [
        {
          title: 'Not shown',
          body:
            omitted.opened + omitted.closed === 0
              ? nothing
              : html`<p>
                  ${plural(omitted.opened, 'family', 'families')} more opened, ${omitted.closed} more closed;
                  ${code('--max-families')} shows them.
                </p>`,
        },
        {
          title: 'Undecided',
          body: list([
            ...undecided.map(
              ({ code: side, from, to, reason, unknowns }) =>
                html`whether
                flows${from.length === 0 ? '' : ` from ${placesText(from, names)} to ${placesText(to, names)}`} are
                ${side}:
                ${sentence(names.in(reason))}${unknowns.length === 0 ? nothing : html`; on ${unknowns.map((each) => html`${code(each)} `)}they are`}`,
            ),
            ...firewalls.undecided.map(({ reason }) => sentence(reason)),
          ]),
        },
        restSection({ ...document, assumptions: question.assume, facts: [] }),
      ],
      origin: originLines({
        tool,
        networks: [
          ['Before', document.before],
          ['After', document.after],
        ],
      }),
    },
    topology,
  );
}

const placesText = (ids: readonly string[], names: Names): string =>
  some(
    ids.map((id) => names.of(id)),
    shown,
  ).join(', ');

function changeEntry({ from, to, flows }: ChangedPlaces, word: 'opened' | 'closed', names: Names): Entry {
  return {
    word,
    tone: word === 'opened' ? 'bad' : 'unsure',
    title: `from ${placesText(from, names)} to ${placesText(to, names)}`,
    aside: String(flows.length),
    said: nothing,
    showings: flows.map(({ flow, otherwise, assumptions }): Showing => ({
      title: familyWords(flow.family),
      flow,
      more: html`${assumptions.length === 0 ? nothing : html`<p>if ${assumptions.map((each) => html`${code(each)} `)}</p>`}
        <h4>${word === 'opened' ? 'Before' : 'After'}</h4>
        ${otherwiseMarkup(otherwise, names)}`,
    })),
    below: nothing,
    from,
    to,
  };
}

function otherwiseMarkup({ blockedBy, deliveredTo, reason }: Otherwise, names: Names): Markup {
  if (reason !== undefined) return html`<p>${sentence(names.in(reason))}</p>`;
  if (deliveredTo !== undefined) return html`<p>It is delivered to ${name(names.of(deliveredTo))}.</p>`;
  return blockedBy.length === 0 ? html`<p>It is not delivered.</p>` : blockList(blockedBy, names);
}

function propertyEntry(
  { id, title, before, after, change, counterexamples, blockedBy, reason }: PropertyChange,
  names: Names,
): Entry {
  return {
    word: change === 'none' ? after : change,
    tone: after === 'holds' ? 'good' : after === 'violated' ? 'bad' : 'unsure',
    title: title ?? id,
    ...(title === null ? {} : { id }),
    aside: '',
    said: html`<p>
      ${before === after ? `${after}, before and after` : `${before} before, ${after} after`}${reason === null ? nothing : html`: ${sentence(names.in(reason))}`}
    </p>`,
    showings:
      counterexamples.length > 0
        ? counterexamples.map((flow, i) => ({ title: sentText(flow), flow, blocks: i === 0 ? blockedBy : [] }))
        : blockedBy.length > 0
          ? [{ title: 'What stands in the way', blocks: blockedBy }]
          : [],
    below: nothing,
    from: [],
    to: [],
  };
}
