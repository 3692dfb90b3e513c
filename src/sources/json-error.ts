/** Where and why a text is not JSON (RFC 8259): the first offset that no JSON document could have there. */

export interface JsonError {
  /** Of the first character that does not fit; the text's length when the text ends too early. */
  readonly offset: number;
  /** What could have stood there. */
  readonly expected: string;
}

const space = /[ \t\r\n]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// Control characters must be escaped.
// eslint-disable-next-line no-control-regex -- they are what the pattern excludes
const plain = /[^"\\\u0000-\u001f]*/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The error of a text that `JSON.parse` refuses; undefined when the text is one JSON document. */
export function findJsonError(text: string): JsonError | undefined {
  let at = 0;
  /** The closing brackets still owed, innermost last. */
  const open: ('}' | ']')[] = [];
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return false;
    at = pattern.lastIndex;
    return true;
  };
  const fails = (expected: string): JsonError => ({ offset: at, expected });
  const string = (): boolean => {
    at++;
    do match(plain);
    while (match(escape));
    if (text[at] !== '"') return false;
    at++;
    return true;
  };
  const key = (): JsonError | undefined => {
    match(space);
    if (text[at] !== '"') return fails('a key in double quotes');
    if (!string()) return fails('the rest of a string');
    match(space);
    if (text[at] !== ':') return fails('a colon');
    at++;
    return undefined;
  };
  /** A scalar read whole, or a bracket opened; then the way back up to where the next value stands. */
  for (;;) {
    match(space);
    const first = text[at];
    let complete = true;
    if (first === '{' || first === '[') {
      at++;
      match(space);
      const close = first === '{' ? '}' : ']';
      if (text[at] === close) at++;
      else {
        open.push(close);
        complete = false;
        const bad = close === '}' ? key() : undefined;
        if (bad !== undefined) return bad;
      }
    } else if (first === '"') {
      if (!string()) return fails('the rest of a string');
    } else {
      const word = ['true', 'false', 'null'].find((literal) => text.startsWith(literal, at));
      if (word !== undefined) at += word.length;
      else if (!match(number)) return fails('a value');
    }
    while (complete) {
      match(space);
      const close = open.at(-1);
      if (close === undefined) return at < text.length ? fails('the end of the file') : undefined;
      if (text[at] === close) {
        at++;
        open.pop();
      } else if (text[at] === ',') {
        at++;
        complete = false;
        const bad = close === '}' ? key() : undefined;
        if (bad !== undefined) return bad;
      } else return fails(`a comma or \`${close}\``);
    }
  }
}

/** `line:column`, both from 1. */
export function lineAndColumn(text: string, offset: number): string {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < offset; next = text.indexOf('\n', start)) {
    line++;
    start = next + 1;
  }
  return `${line}:${offset - start + 1}`;
}
