/** Places of the input as SARIF locates them: a file relative to where the program ran, a line where one is known. */
import type { Location, PhysicalLocation } from 'sarif';
import type { SourceJson } from '../../result/source.ts';

/** `id` is the resource or rule that stands there. */
export const locationOf = (source: SourceJson, id?: string, message?: string): Location => ({
  physicalLocation: physical(source),
  ...logical(source.place, id),
  ...(message === undefined ? {} : { message: { text: message } }),
});

/** What stands in no file, shown at `near` where that is given. */
export const placeless = (id: string, message: string, near?: SourceJson): Location => ({
  ...(near === undefined ? {} : { physicalLocation: physical(near) }),
  logicalLocations: [{ name: id, kind: 'resource' }],
  message: { text: message },
});

function physical({ file, place, line }: SourceJson): PhysicalLocation {
  const written = /^(\d+):(\d+)$/.exec(place);
  const region =
    written !== null
      ? { startLine: Number(written[1]), startColumn: Number(written[2]) }
      : line === undefined
        ? undefined
        : { startLine: line };
  return { artifactLocation: { uri: uriOf(file) }, ...(region === undefined ? {} : { region }) };
}

/** The way to it in its file, where that is told by more than a line. */
function logical(place: string, id: string | undefined): Pick<Location, 'logicalLocations'> {
  const named = place === '' || /^\d+:\d+$/.test(place) ? undefined : place;
  if (id === undefined && named === undefined) return {};
  return {
    logicalLocations: [
      {
        ...(id === undefined ? {} : { name: id }),
        ...(named === undefined ? {} : { fullyQualifiedName: named }),
        kind: 'resource',
      },
    ],
  };
}

/** Relative as it was named, else a `file:` URI. */
function uriOf(file: string): string {
  const path = file.replaceAll('\\', '/').replace(/^\.\//, '');
  const escaped = path.split('/').map((part) => encodeURIComponent(part));
  if (/^[a-z]:\//i.test(path)) return `file:///${path.slice(0, 2)}/${escaped.slice(1).join('/')}`;
  return path.startsWith('/') ? `file://${escaped.join('/')}` : escaped.join('/');
}
