import { wait } from "../core/db/wait.ts";

/** Wakes the one who sleeps. A ring while nobody sleeps is kept for the next sleep, so that none is missed. */
export class Alarm {
  #hasRung = false;
  #wake = () => {};

  ring(): void {
    this.#hasRung = true;
    this.#wake();
  }

  /** Until a ring, the signal's abort or the end of that time, whichever comes first. */
  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    const ring = new AbortController();
    this.#wake = () => ring.abort();
    if (!this.#hasRung) await wait(ms, AbortSignal.any([signal, ring.signal]));
    this.#hasRung = false;
  }
}
