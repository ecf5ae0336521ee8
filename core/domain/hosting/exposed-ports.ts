import type { HostingRuntime } from "./hosting-rules.ts";

/** From the first to the last of them. */
type Ports = { first: number; last: number };

/**
 * On which an image says that it answers; nothing is known where it names none, or more than is kept of them.
 *
 * @param listed "8080/tcp, 9000-9010/tcp, 53/udp", as the check of the image keeps it
 * @returns those of TCP, as they are written: "8080", "9000-9010"
 */
export function exposedPorts(listed: string): string[] {
  if (listed.endsWith("…")) return [];
  return listed.split(", ").flatMap((each) => /^(\d{1,5}(?:-\d{1,5})?)(?:\/tcp)?$/.exec(each)?.[1] ?? []);
}

/**
 * Whether an image says that it answers on that port, or nothing against it. It binds nobody: what an image is made of may say other
 * ports. What is told by the profile which command to run is told the port by it.
 *
 * @param exposed what it says; empty: nothing is known
 */
export function mayAnswerAt(
  exposed: readonly string[],
  port: number,
  { made, command }: Pick<HostingRuntime, "made" | "command">,
): boolean {
  if (exposed.length === 0 || made !== undefined || command !== undefined) return true;
  return exposed.map(spanOf).some(({ first, last }) => first <= port && port <= last);
}

function spanOf(written: string): Ports {
  const [first = 0, last = first] = written.split("-").map(Number);
  return { first, last };
}
