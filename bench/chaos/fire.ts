import { setTimeout as pause } from "node:timers/promises";
import type { CrashPoint } from "../../bot/crash-points.ts";
import { Draws } from "./draws.ts";
import type { Part } from "./part.ts";
import type { Post } from "./service-manager.ts";
import type { Simpul } from "./simpul.ts";

const points: readonly CrashPoint[] = ["poll-to-inbox", "inbox-to-action", "action-to-send", "send-to-mark"];
/** For how long a bot is waited for to come to a point; then it is killed where it is. */
const pointWithinMs = 5_000;
/** Mostly the next kill waits until somebody has got an answer again, so that there is work to interrupt; not for longer than that. */
const breathWithinMs = 20_000;
const breathless = 0.2;

/** What is killed, and how often beside the others. */
const weights = {
  point: 38,
  bot: 18,
  "both bots": 3,
  worker: 12,
  web: 7,
  postmaster: 7,
  backend: 7,
  redis: 6,
  everything: 1,
  "change of hearing": 1,
};
export type KillKind = keyof typeof weights;

export type Kill = {
  at: number;
  what: KillKind | CrashPoint;
  victim: string;
  /** When the bot next said something to somebody. */
  answeredAt?: number;
};

export type Victims = Omit<Simpul, "home">;

/** Kills one after the other by the plan of the seed. */
export class Fire {
  readonly #seed: number;
  readonly #victims: Victims;
  readonly #kills: Kill[];
  readonly #armed = new WeakSet<Part>();

  /** @param kills where they are noted, oldest first */
  constructor(victims: Victims, seed: number, kills: Kill[]) {
    this.#victims = victims;
    this.#seed = seed;
    this.#kills = kills;
  }

  /** @param gapMs between two on average */
  async killUntil(isEnough: () => boolean, gapMs: number): Promise<void> {
    for (let count = 1; !isEnough(); count++) {
      // Draws of its own, so that how the one before went shifts nothing.
      const draws = new Draws(this.#seed, `kill ${count}`);
      await pause(draws.between(0, 2 * gapMs));
      if (!draws.happens(breathless)) await this.#breathe(isEnough);
      await this.#killNext(draws);
    }
  }

  async #breathe(isEnough: () => boolean): Promise<void> {
    const goOnAt = Date.now() + breathWithinMs;
    const isAnswered = () => this.#kills.every(({ answeredAt }) => answeredAt !== undefined);
    while (!isAnswered() && !isEnough() && Date.now() < goOnAt) await pause(20);
  }

  async #killNext(draws: Draws): Promise<void> {
    const { manager, database, redis } = this.#victims;
    const kind = draws.weighted(weights);
    switch (kind) {
      case "point":
        return this.#killAtPoint(draws);
      case "bot":
      case "worker":
      case "web":
        return this.#kill(kind, draws.pick(manager.of(kind)));
      case "both bots":
        for (const post of manager.of("bot")) this.#kill(kind, post);
        return;
      case "everything":
        for (const post of manager.posts) this.#kill(kind, post);
        return;
      case "change of hearing":
        this.#victims.changeHearing();
        for (const post of manager.of("bot")) this.#kill(kind, post);
        return;
      case "postmaster":
        if (await database.killServer()) this.#note(kind, "postgres");
        return;
      case "backend":
        if (await database.killBackend(draws)) this.#note(kind, "postgres");
        return;
      case "redis":
        if (redis === undefined) return;
        redis.kill();
        return this.#note(kind, "redis");
    }
  }

  #kill(what: Kill["what"], { name, present }: Post): void {
    if (present.kill()) this.#note(what, name);
  }

  /** Of the bots the one that comes there first; sometimes both do. */
  async #killAtPoint(draws: Draws): Promise<void> {
    const at = draws.pick(points);
    const passing = draws.between(1, 6);
    const bots = this.#victims.manager.of("bot");
    const armed = bots.map(({ present }) => present);
    for (const post of bots) this.#noteWhenItCame(post);
    for (const part of armed) void part.interrupt({ at, passing, by: "SIGKILL" });
    const over = new AbortController();
    const late = pause(pointWithinMs, "late" as const, { signal: over.signal }).catch(() => undefined);
    const end = await Promise.race([late, ...armed.map(({ ended }) => ended)]);
    over.abort();
    await Promise.all(armed.map((part) => part.interrupt(null)));
    if (end === "late") this.#kill("bot", draws.pick(bots));
  }

  #noteWhenItCame({ name, present }: Post): void {
    if (this.#armed.has(present)) return;
    this.#armed.add(present);
    void present.ended.then(({ point }) => {
      if (point !== undefined) this.#note(point, name);
    });
  }

  #note(what: Kill["what"], victim: string): void {
    this.#kills.push({ at: Date.now(), what, victim });
  }
}
