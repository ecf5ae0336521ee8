import { readMessage } from "./event-message.ts";
import type { Listener } from "./events.ts";

/** Who listens in this process, by topic. */
export class Subscribers {
  #byTopic = new Map<string, Set<Listener>>();
  #onFault: (fault: unknown) => void;

  constructor(onFault: (fault: unknown) => void) {
    this.#onFault = onFault;
  }

  add(topic: string, listener: Listener): () => void {
    const listeners = this.#byTopic.get(topic) ?? new Set();
    this.#byTopic.set(topic, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  receive(text: string): void {
    try {
      const { topic, payload } = readMessage(text);
      this.#call(topic, payload);
    } catch (fault) {
      this.#onFault(fault);
    }
  }

  callAll(): void {
    for (const topic of this.#byTopic.keys()) this.#call(topic, undefined);
  }

  #call(topic: string, payload: unknown): void {
    for (const listener of this.#byTopic.get(topic) ?? [])
      Promise.try(listener, payload).catch((fault) => this.#onFault(fault));
  }
}
