import { setTimeout as pause } from "node:timers/promises";

const lookAgainAfterMs = 50;

/**
 * Waits until it is so; never for a time.
 *
 * @param what ends the sentence "waited in vain until …"; asked only then, so that it can say how things stand
 */
export async function until<Found>(
  what: string | (() => string | Promise<string>),
  look: () => Found | undefined | false | Promise<Found | undefined | false>,
  patienceMs = 60_000,
): Promise<Found> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > giveUpAt) {
      throw new Error(`waited in vain until ${typeof what === "string" ? what : await what()}`);
    }
    await pause(lookAgainAfterMs);
  }
}
