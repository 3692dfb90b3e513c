/** A page that needs nothing beside itself: what was asked, the network drawn, the rest folded until it is chosen. */
import type { Topology } from '../../result/topology.ts';
import { type Atlas, atlasOf } from '../svg/atlas.ts';
import { inlinePicture } from '../svg/draw.ts';
import { pathPicture } from '../svg/path.ts';
import { type Plan, topologyPicture } from '../svg/topology.ts';
import { type Names, namesOf } from '../text/names.ts';
import { type Entry, type Showing, type Tone, entryMarkup, showingId } from './entry.ts';
import { type Markup, html, made, nothing } from './markup.ts';
import { script } from './script.ts';
import { mapStyle, style } from './style.ts';

export interface Page {
  readonly title: string;
  readonly tone: Tone;
  /** Below the title: what was asked of what. */
  readonly about: readonly Markup[];
  readonly counts: readonly { readonly count: number; readonly word: string; readonly tone: Tone }[];
  readonly tables: readonly EntryTable[];
  /** After the tables: what all of it rests on, and how to have it again. */
  readonly rest: readonly Section[];
  readonly origin: readonly Markup[];
}

export interface EntryTable {
  readonly title: string;
  readonly head: readonly [verdict: string, entry: string, more: string];
  readonly entries: readonly Entry[];
}

export interface Section {
  readonly title: string;
  readonly body: Markup;
}

/** No page draws more paths than these one by one. */
const mostPictures = 60;

export async function pageHtml(page: Page, topology: Topology | undefined): Promise<string> {
  const drawn = topology === undefined || topology.places.length === 0 ? undefined : topology;
  const names = namesOf(topology ?? { places: [], edges: [] });
  const atlas = atlasOf(topology ?? { places: [], edges: [] });
  const entries = page.tables.flatMap((table) => table.entries);
  const showings = entries.flatMap((entry) => entry.showings);
  const plan = drawn === undefined ? undefined : await topologyPicture(atlas, showings, 'map');
  const pictures = drawn === undefined ? new Map<Showing, Markup>() : await pathPictures(showings, atlas);
  const css = `${style}${plan === undefined ? '' : mapStyle(plan.picture.width)}`;
  const [styleHash, scriptHash] = await Promise.all([hashOf(css), hashOf(script)]);
  const policy = `default-src 'none'; style-src '${styleHash}'; script-src '${scriptHash}'; base-uri 'none'; form-action 'none'`;
  const body = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="vpcproof" />
        <title>${page.title}</title>
        ${made(`<style>${css}</style>`)}
      </head>
      <body>
        <a class="skip" href="#results">To the results</a>
        <header class="${page.tone}">
          <h1>${page.title}</h1>
          ${page.about.map((each) => html`<p>${each}</p>`)} ${countsMarkup(page.counts)}
        </header>
        <main class="${plan === undefined ? 'plain' : 'mapped'}">
          ${plan === undefined ? nothing : figureMarkup(plan, entries)}
          <div id="results">
            ${tablesMarkup(page.tables, plan, pictures, names)}
            ${page.rest.map(({ title, body: said }) =>
              said.markup === ''
                ? nothing
                : html`<section class="rest">
                    <h2>${title}</h2>
                    ${said}
                  </section>`,
            )}
          </div>
        </main>
        <footer>${page.origin.map((each) => html`<p>${each}</p>`)}</footer>
        ${made(`<script>${script}</script>`)}
      </body>
    </html> `;
  return body.markup;
}

const hashOf = async (text: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `sha256-${btoa(String.fromCodePoint(...new Uint8Array(digest)))}`;
};

const countsMarkup = (counts: Page['counts']): Markup =>
  counts.length === 0
    ? nothing
    : html`<ul class="counts">
        ${counts.map(({ count, word, tone }) => html`<li class="${count === 0 ? 'none' : tone}"><b>${count}</b> ${word}</li>`)}
      </ul>`;

/** Paths on sheets of their own, for paper: there is no choosing there. */
async function pathPictures(showings: readonly Showing[], atlas: Atlas): Promise<ReadonlyMap<Showing, Markup>> {
  const pictures = new Map<Showing, Markup>();
  for (const [i, showing] of showings.entries()) {
    if (showing.flow === undefined || i >= mostPictures) continue;
    const id = `path-${i}`;
    const picture = await pathPicture(showing.flow, atlas, showing.title, id);
    pictures.set(showing, made(inlinePicture(picture, id)));
  }
  return pictures;
}

function figureMarkup({ picture, left }: Plan, entries: readonly Entry[]): Markup {
  const shows = entries.some(({ showings }) => showings.length > 0);
  const idle = shows ? 'Choose a result to see its path here.' : 'Choose a result to see the places it speaks of here.';
  const few =
    left === 0
      ? nothing
      : html`<p class="few">
          The network is large: ${left} more of its places are not drawn, since no path here touches them.
        </p>`;
  return html`<figure id="map">
    <div class="bar">
      <p id="caption" aria-live="polite" data-idle="${idle}">The network. <span class="screen">${idle}</span></p>
      <button type="button" id="fit" class="quiet" aria-pressed="false">Fit to width</button>
    </div>
    <div class="pane" id="pane" tabindex="0" role="region" aria-label="The network, drawn">
      ${made(inlinePicture(picture, 'network'))}
    </div>
    <figcaption>
      ${few}
      <ul class="legend">
        <li>
          <svg aria-hidden="true" width="30" height="10" class="picture"><path d="M0 5H30" class="wire there" /></svg>
          way there
        </li>
        <li>
          <svg aria-hidden="true" width="30" height="10" class="picture"><path d="M0 5H30" class="wire back" /></svg>
          way back
        </li>
        <li>
          <svg aria-hidden="true" width="18" height="12" class="picture">
            <g class="stop"><rect x="1" y="1" width="16" height="10" rx="3" class="frame" /></g>
          </svg>
          stopped
        </li>
        <li>
          <svg aria-hidden="true" width="18" height="12" class="picture">
            <rect x="1" y="1" width="16" height="10" rx="3" class="key from" />
          </svg>
          from
        </li>
        <li>
          <svg aria-hidden="true" width="18" height="12" class="picture">
            <rect x="1" y="1" width="16" height="10" rx="3" class="key to" />
          </svg>
          to
        </li>
        <li>
          <svg aria-hidden="true" width="30" height="10" class="picture"><path d="M0 5H30" class="wire" /></svg> route
        </li>
        <li>
          <svg aria-hidden="true" width="30" height="10" class="picture">
            <path d="M0 5H30" class="wire attachment" />
          </svg>
          attachment
        </li>
      </ul>
    </figcaption>
  </figure>`;
}

function tablesMarkup(
  tables: readonly EntryTable[],
  plan: Plan | undefined,
  pictures: ReadonlyMap<Showing, Markup>,
  names: Names,
): Markup {
  let at = 0;
  let first = 0;
  const opened = tables.flatMap(({ entries }) => entries).find(({ showings }) => showings.length > 0);
  return html`${tables
    .filter(({ entries }) => entries.length > 0)
    .map(({ title, head, entries }) => {
      const rows = entries.map((entry) => {
        const lit = new Map(
          entry.showings.map((showing, i) => [showing, { ids: plan?.lit[first + i] ?? [], id: showingId(first + i) }]),
        );
        first += entry.showings.length;
        at++;
        return entryMarkup(entry, {
          number: at,
          lit,
          pictures,
          names,
          open: entry === opened,
          elementOf: plan?.elementOf,
        });
      });
      return html`<section>
        <h2>${title}</h2>
        <table class="results">
          <thead>
            <tr>
              ${head.map((each) => html`<th scope="col">${each}</th>`)}
            </tr>
          </thead>
          ${rows}
        </table>
      </section>`;
    })}`;
}
