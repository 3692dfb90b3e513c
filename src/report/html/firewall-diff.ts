/** `diff` of firewall rules as a page: the flows newly passed and newly dropped, with what decided before and after. */
import { formatFamily } from '../../net/address.ts';
import type { FirewallDiffDocument } from '../../result/document.ts';
import type { FirewallDifference, FirewallVerdictJson } from '../../result/firewall.ts';
import { doubtText, sentText } from '../text/firewall.ts';
import { type Names, namesOf } from '../text/names.ts';
import { paint } from '../text/paint.ts';
import type { Entry } from './entry.ts';
import { type Markup, code, facts, html, list, nothing, sentence } from './markup.ts';
import { pageHtml } from './page.ts';
import { originLines, restSection } from './rest.ts';

const titles = {
  same: 'No flow is treated differently',
  different: 'Flows are treated differently',
  undecided: 'Whether flows are treated differently is undecided',
} as const;

export function firewallDiffHtml(document: FirewallDiffDocument): Promise<string> {
  const { question, verdict, opened, closed, undecided, tool, before, after } = document;
  const names = namesOf({ places: [], edges: [] });
  return pageHtml(
    {
      title: titles[verdict],
      tone: verdict === 'same' ? 'good' : verdict === 'different' ? 'bad' : 'unsure',
      about: [html`Firewall rules: ${code(question.after)} against ${code(question.before)}`],
      counts: [
        { count: opened.length, word: 'newly passed', tone: 'bad' },
        { count: closed.length, word: 'newly dropped', tone: 'unsure' },
      ],
      tables: [
        { title: 'Flows', head: ['', 'Flows', 'Family'], entries: differenceEntries({ opened, closed }, names) },
      ],
      rest: [
        { title: 'Undecided', body: list(undecided.map((each) => sentence(doubtText(each, paint(false))))) },
        restSection({ ...document, assumptions: [], facts: [] }),
      ],
      origin: originLines({
        tool,
        networks: [
          ['Before', before],
          ['After', after],
        ],
      }),
    },
    undefined,
  );
}

export const differenceEntries = (
  { opened, closed }: Readonly<Record<'opened' | 'closed', readonly FirewallDifference[]>>,
  names: Names,
): readonly Entry[] => [
  ...opened.map((each) => differenceEntry(each, 'passed now', 'bad', names)),
  ...closed.map((each) => differenceEntry(each, 'dropped now', 'unsure', names)),
];

function differenceEntry(
  { family, says, packet, before, after }: FirewallDifference,
  word: string,
  tone: 'bad' | 'unsure',
  names: Names,
): Entry {
  return {
    word,
    tone,
    title: says,
    aside: formatFamily(family),
    said: facts([
      ['Example', code(sentText(packet))],
      ['Before', verdictMarkup(before, names)],
      ['After', verdictMarkup(after, names)],
    ]),
    showings: [],
    below: nothing,
    from: [],
    to: [],
  };
}

const verdictMarkup = ({ verdict, why }: FirewallVerdictJson, names: Names): Markup =>
  html`it ${verdict === 'passes' ? 'passes' : 'is dropped'}: ${sentence(names.in(why))}`;
