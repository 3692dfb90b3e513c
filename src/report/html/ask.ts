/** `ask` as a page: the question, the answer, the path or what blocks it. */
import type { AskDocument, Asked } from '../../result/document.ts';
import { outcomeText } from '../text/ask.ts';
import { type Names, namesOf } from '../text/names.ts';
import { questionText } from '../text/question.ts';
import { alternativeWords } from '../text/repair.ts';
import { type Entry, type Showing, type Tone, sentText } from './entry.ts';
import { code, html, list, nothing, sentence } from './markup.ts';
import { pageHtml } from './page.ts';
import { remediesMarkup } from './remedies.ts';
import { editsSection, originLines, restSection } from './rest.ts';

const tones: Readonly<Record<Asked['verdict'], Tone>> = { reachable: 'good', unreachable: 'bad', undecided: 'unsure' };

export function askHtml(document: AskDocument): Promise<string> {
  const { question, verdict, topology, tool, network, edits, imaginary, assumptions } = document;
  const names = namesOf(topology);
  const [asked = '', narrowing = ''] = questionText(question, names);
  const undecided = verdict === 'undecided';
  const entry = (of: Asked, title: string, settling: readonly string[]): Entry =>
    entryOf(of, title, settling, document, names);
  const hosts = (imaginary?.subnets ?? []).map((id) => names.of(id)).join(', ');
  return pageHtml(
    {
      title: asked,
      tone: tones[verdict],
      about: [html`<span class="word ${tones[verdict]}">${verdict}</span> ${narrowing}`],
      counts: [],
      tables: [
        {
          title: 'Answer',
          head: ['Verdict', 'Question', 'Decided by'],
          entries: [
            entry(document, asked, undecided ? assumptions : []),
            ...(imaginary === undefined
              ? []
              : [
                  entry(
                    imaginary,
                    `The same for a host launched in ${hosts}, which holds nothing that could`,
                    imaginary.verdict === 'undecided' ? imaginary.assumptions : [],
                  ),
                ]),
          ],
        },
      ],
      rest: [
        editsSection(edits, names),
        restSection(undecided ? { ...document, assumptions: question.assume } : document),
      ],
      origin: originLines({ tool, networks: [['Network', network]] }),
    },
    topology,
  );
}

function entryOf(
  asked: Asked,
  title: string,
  settling: readonly string[],
  { question: { from, to, mode } }: AskDocument,
  names: Names,
): Entry {
  const { verdict, reason, flow, blockedBy = [], alternatives, notes, decidedBy } = asked;
  const showings: readonly Showing[] =
    flow !== undefined
      ? [{ title: `${verdict === 'undecided' ? 'Perhaps: ' : ''}${sentText(flow)}`, flow, blocks: blockedBy }]
      : blockedBy.length > 0
        ? [{ title: 'What stands in the way: all of it would have to change', blocks: blockedBy }]
        : [];
  return {
    word: verdict,
    tone: tones[verdict],
    title,
    aside: verdict === 'undecided' ? '' : decidedBy === 'z3' ? 'Z3' : 'before the solver',
    said: html`<p class="demand">${sentence(names.in(reason ?? outcomeText(verdict, mode)))}</p>
      ${
        settling.length === 0
          ? nothing
          : html`<h4>Declared, these settle it</h4>
              ${list(settling.map((each) => code(`--assume ${each}`)))}`
      }`,
    showings,
    below: html`${remediesMarkup(alternatives, alternativeWords, names)}${
      notes.length === 0
        ? nothing
        : html`<h4>Notes</h4>
            ${list(notes.map((note) => sentence(names.in(note))))}`
    }`,
    from: from.members,
    to: to.members,
  };
}
