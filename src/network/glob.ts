/** Patterns of names, in which `*` stands for any characters, none included. */

/** A test for text that matches the pattern, upper and lower case told apart. */
export function glob(pattern: string): (text: string) => boolean {
  if (!pattern.includes('*')) return (text) => text === pattern;
  const source = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const regex = new RegExp(`^${source.join('.*')}$`, 's');
  return (text) => regex.test(text);
}
