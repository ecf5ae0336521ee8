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
    if (!this.#hasRung && !signal.aborted) await this.#ringOrEnd(ms, signal);
    this.#hasRung = false;
  }

  #ringOrEnd(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener("abort", end);
      this.#wake = end;
    });
  }
}
