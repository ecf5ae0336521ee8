let count = 0;
let present = "";

/** Prints what is about to be done; a failure is told with it. */
export function step(what: string): void {
  count += 1;
  present = what;
  process.stdout.write(`${String(count).padStart(2)}. ${what}\n`);
}

export function presentStep(): string {
  return present;
}
