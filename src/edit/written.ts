/** Edits together with where they were written, so that what is wrong with them has a place. */
import type { Provenance } from '../network/resource.ts';
import type { Edit } from './edit.ts';
import { formatEdit } from './text.ts';

export interface WrittenEdit {
  readonly edit: Edit;
  /** In one line. */
  readonly text: string;
  readonly source: Provenance;
  /** `line:column` of a field, or of the edit; `column` counts inside the field, from 1. */
  readonly place: (field?: string, column?: number) => string;
}

/** One that this program made: `from` says where it comes from. */
export const madeEdit = (edit: Edit, from: Provenance): WrittenEdit => ({
  edit,
  text: formatEdit(edit),
  source: from,
  place: () => from.place,
});
