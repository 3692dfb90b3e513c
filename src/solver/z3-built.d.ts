/** The module inside the package that Emscripten made; it comes without types. */
declare module 'z3-solver/build/z3-built.js' {
  const initialise: (options: {
    readonly print: (text: string) => void;
    readonly printErr: (text: string) => void;
  }) => Promise<unknown>;
  export default initialise;
}
