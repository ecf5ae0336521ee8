import type { SeenFrom } from "./hosting-failure.ts";

/** What a machine saw when it asked for an application by its name, from both sides (R13). */
export type Seen = { intranet: SeenFrom; internet: SeenFrom };

/** From where it is reached, as the desk reports it; undefined: the machine could not ask from the internet, so somebody has to. */
export function reachableFrom({ intranet, internet }: Seen): "intranet-and-internet" | "intranet-only" | undefined {
  if (intranet !== "passed" || internet === "not-tested") return undefined;
  return internet === "passed" ? "intranet-and-internet" : "intranet-only";
}
