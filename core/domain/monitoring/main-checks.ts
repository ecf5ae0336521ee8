import type { CheckKind } from "./check.ts";

/** By what the way to a target is judged in a time: by what its pings saw then, where it was pinged, else by all. */
export function preferPings<Each>(
  seen: readonly Each[],
  kindOf: (each: Each) => CheckKind | undefined,
): readonly Each[] {
  const ofPings = seen.filter((each) => kindOf(each) === "icmp");
  return ofPings.length > 0 ? ofPings : seen;
}
