/** Whom an answer is about that does not say so: told by a wrapper, or by the file's name (`interfaces.md`). */
import type { At } from './fields.ts';

/** The subject beside the content, in the request, or in the file's name; undefined when none of them tells. */
export function subjectOf(at: At<object>, key: string, pattern: RegExp): string | undefined {
  const beside = (at.json as Record<string, unknown>)[key] ?? at.in.request?.[key];
  if (typeof beside === 'string' && beside !== '') return beside;
  return pattern.exec(fileNameOf(at.in.file))?.[0];
}

/** The file's name without its folders. */
export const fileNameOf = (file: string): string =>
  file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);

/** The folders before it. */
export const folderOf = (file: string): string => file.slice(0, file.length - fileNameOf(file).length);
