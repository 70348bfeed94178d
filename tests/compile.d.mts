/** Compiles the package into `dist/`; true when every step succeeded. */
export function compile(): boolean;
