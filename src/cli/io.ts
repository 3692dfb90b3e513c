/** What a run may touch of the world around it. */

export interface Sink {
  readonly isTTY: boolean;
  /** Of a terminal, where it tells. */
  readonly columns?: number;
  readonly write: (text: string) => Promise<void>;
}

export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that names on the command line start from. */
  readonly cwd: string;
}
