/** The documents of one account's network as those of another's, in another Region. */
import { account, region } from './identity.ts';
import type { Document } from './aws.ts';

export interface Home {
  readonly account: string;
  readonly region: string;
}

/** Whose the documents are that are written in few words. */
export const here: Home = { account, region };

/** In a folder of its own; names of zones and their ids are the Region's. `foreign`: accounts as the words have them, and whose they are. */
export function inAccount(
  documents: readonly Document[],
  home: Home,
  foreign: ReadonlyMap<string, Home> = new Map(),
): readonly Document[] {
  return documents.map(({ file, json }) => {
    let text = JSON.stringify(json).replaceAll(account, home.account).replaceAll(region, home.region);
    if (home.region !== region) text = text.replaceAll('"use1-', `"${zonePrefix(home.region)}-`);
    for (const [word, other] of foreign) text = text.replaceAll(word, other.account);
    return { file: `${home.account}/${home.region}/${file}`, json: JSON.parse(text) as unknown };
  });
}

/** `eu-west-1`: `euw1`. */
const zonePrefix = (of: string): string => of.replace(/^([a-z]+)-([a-z])[a-z]*-(\d+)$/, '$1$2$3');
