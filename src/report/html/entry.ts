/** One result of a page: a row that can be chosen, and below it all that is known of it. */
import type { Block, Flow, HopJson } from '../../result/answer.ts';
import { stops } from '../svg/stations.ts';
import { carriedText } from '../text/carried.ts';
import type { Names } from '../text/names.ts';
import { familyText, packetText } from '../text/path.ts';
import { type Markup, code, facts, html, list, name, nothing, sentence } from './markup.ts';

export type Tone = 'good' | 'bad' | 'unsure' | 'neutral';

const signs: Readonly<Record<Tone, string>> = { good: '✓', bad: '✕', unsure: '?', neutral: '·' };

/** What can be seen in the picture: a path, or what blocks one. */
export interface Showing {
  readonly title: string;
  readonly flow?: Flow;
  /** What the flow stands for, where more is known than its family says in short. */
  readonly standsFor?: string;
  readonly blocks?: readonly Block[];
  /** What is said of it besides, below its steps. */
  readonly more?: Markup;
}

export interface Entry {
  readonly word: string;
  readonly tone: Tone;
  /** What it goes by, and its id where that is another. */
  readonly title: string;
  readonly id?: string;
  /** In the last column. */
  readonly aside: string;
  /** Above the paths: what is demanded, why it is as it is. */
  readonly said: Markup;
  readonly showings: readonly Showing[];
  /** Below them. */
  readonly below: Markup;
  /** The places it speaks of. */
  readonly from: readonly string[];
  readonly to: readonly string[];
}

interface Context {
  readonly number: number;
  readonly lit: ReadonlyMap<Showing, { readonly id: string; readonly ids: readonly string[] }>;
  readonly pictures: ReadonlyMap<Showing, Markup>;
  readonly names: Names;
  /** It is open at the beginning. */
  readonly open: boolean;
  readonly elementOf: ((place: string) => string | undefined) | undefined;
}

export const showingId = (at: number): string => `show-${at}`;

/** Of more places than these, none is marked. */
const mostMarked = 200;

export function entryMarkup(entry: Entry, context: Context): Markup {
  const { word, tone, title, id, aside, said, showings, below } = entry;
  const { number, lit, open, elementOf } = context;
  const details = `details-${number}`;
  const marked = (places: readonly string[]): string =>
    places.length > mostMarked || showings[0]?.flow !== undefined
      ? ''
      : [...new Set(places.flatMap((each) => elementOf?.(each) ?? []))].join(' ');
  const [first] = showings;
  const path = first === undefined ? [] : (lit.get(first)?.ids ?? []);
  return html`<tbody class="entry ${tone}">
    <tr class="row">
      <td>
        <span class="word ${tone}"><span aria-hidden="true">${signs[tone]}</span> ${word}</span>
      </td>
      <th scope="row">
        <button
          type="button"
          class="choose"
          aria-expanded="false"
          aria-controls="${details}"
          data-lit="${path.join(' ')}"
          data-from="${marked(entry.from)}"
          data-to="${marked(entry.to)}"
          data-says="${first === undefined ? 'The places of' : captionOf(first)}: ${title}"
          ${open ? html` data-first` : nothing}
        >
          ${name(title)}</button
        >${id === undefined ? nothing : html`<div class="id">${code(id)}</div>`}
      </th>
      <td class="aside">${aside}</td>
    </tr>
    <tr class="details" id="${details}">
      <td colspan="3">
        ${said}${showings.map((showing) => showingMarkup(showing, showings.length > 1, context))}${below}
      </td>
    </tr>
  </tbody> `;
}

const captionOf = ({ flow }: Showing): string => (flow === undefined ? 'What blocks' : 'The path of');

function showingMarkup(showing: Showing, several: boolean, { lit, pictures, names, elementOf }: Context): Markup {
  const { title, flow, standsFor, blocks = [], more = nothing } = showing;
  const { ids = [], id = '' } = lit.get(showing) ?? {};
  const picture = pictures.get(showing);
  const choose = several
    ? html`<button
        type="button"
        class="quiet path"
        aria-pressed="false"
        data-lit="${ids.join(' ')}"
        data-says="${captionOf(showing)}: ${title}"
      >
        Show this path
      </button>`
    : nothing;
  return html`<section class="showing" aria-labelledby="${id}">
    <h3 id="${id}">${sentence(title)}</h3>
    ${choose} ${flow === undefined ? nothing : flowMarkup(flow, standsFor ?? familyText(flow.family), names, elementOf)}
    ${
      blocks.length === 0
        ? nothing
        : html`<h4>What blocks it</h4>
            ${blockList(blocks, names)}`
    }
    ${more}${picture === undefined ? nothing : html`<div class="print">${picture}</div>`}
  </section>`;
}

export const sentText = ({ packet }: Flow): string =>
  [packetText(packet), carriedText(packet)].filter((part) => part !== '').join(' ');

/** The packet is in the title. */
function flowMarkup(flow: Flow, standsFor: string, names: Names, elementOf: Context['elementOf']): Markup {
  const { from, to, hops, return: back = [] } = flow;
  return html`${facts([
      ['From', name(names.of(from))],
      ['To', name(names.of(to))],
      ['Stands for', html`${standsFor}`],
    ])}
    <h4>The way there</h4>
    ${hopList(hops, 'there', names, elementOf)}
    ${
      back.length === 0
        ? nothing
        : html`<h4>The way back</h4>
            ${hopList(back, 'back', names, elementOf)}`
    }`;
}

export function hopList(
  hops: readonly HopJson[],
  look: 'there' | 'back',
  names: Names,
  elementOf: Context['elementOf'],
): Markup {
  return html`<ol class="hops ${look}">
    ${hops.map((hop, i) => {
      const { resource, action, detail, code: known, source, packet } = hop;
      const before = hops[i - 1]?.packet;
      const changed = before !== undefined && packetText(before) !== packetText(packet);
      const at = elementOf?.(resource);
      return html`<li${stops(hop) ? html` class="stopped"` : nothing}${at === undefined ? nothing : html` data-at="${at}"`}><span class="action">${action}</span> <span class="detail">${sentence(names.in(detail))}${known === undefined ? nothing : html` <span class="known">${known}</span>`}</span>${changed ? html`<span class="now">the packet is now ${code(packetText(packet))}</span>` : nothing}${source === undefined ? nothing : placeMarkup(source)}</li>`;
    })}
  </ol>`;
}

/** The folders are told where it is pointed at, and once at the page's end. */
const placeMarkup = ({ file, place }: { readonly file: string; readonly place: string }): Markup =>
  html`<span class="place" title="${file}"
    >${name(`${file.slice(file.lastIndexOf('/') + 1)} ${place}`.trimEnd())}</span
  >`;

/** What stops a flow: all of it would have to change. */
export const blockList = (blocks: readonly Block[], names: Names): Markup =>
  list(
    blocks.map(
      ({ direction, detail, code: known, source }) =>
        html`${direction === 'return' ? 'the reply: ' : ''}${sentence(names.in(detail))}${known === undefined ? nothing : html` <span class="known">${known}</span>`}${source === undefined ? nothing : placeMarkup(source)}`,
    ),
    'blocks',
  );
