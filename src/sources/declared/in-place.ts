/** Changes each of a list where it stands: the lists of findings are shared. */
export function replace<T>(all: T[], change: (one: T) => T): void {
  all.splice(0, all.length, ...all.map(change));
}
