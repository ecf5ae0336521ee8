import { setTimeout as pause } from "node:timers/promises";
import type { CrashPoint } from "../../bot/crash-points.ts";
import type { Database } from "./database.ts";
import type { Draws } from "./draws.ts";
import type { Part } from "./part.ts";
import type { RedisServer } from "./redis.ts";
import type { Post, ServiceManager } from "./service-manager.ts";

const points: readonly CrashPoint[] = ["poll-to-inbox", "inbox-to-action", "action-to-send", "send-to-mark"];
/** For how long a bot is waited for to come to a point; then it is killed where it is. */
const pointWithinMs = 5_000;

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

export type Kill = { at: number; what: KillKind | CrashPoint; victim: string };

export type Victims = {
  manager: ServiceManager;
  database: Database;
  redis: RedisServer | undefined;
  /** From now on the bots hear the other way: by polling, or by the webhook. */
  changeHearing: () => void;
};

/** Kills one after the other by the plan of the seed. */
export class Fire {
  readonly #draws: Draws;
  readonly #victims: Victims;
  readonly #kills: Kill[];

  /** @param kills where they are noted, oldest first */
  constructor(victims: Victims, draws: Draws, kills: Kill[]) {
    this.#victims = victims;
    this.#draws = draws;
    this.#kills = kills;
  }

  /** @param gapMs between two on average */
  async killUntil(isEnough: () => boolean, gapMs: number): Promise<void> {
    while (!isEnough()) {
      await pause(this.#draws.between(0, 2 * gapMs));
      await this.#killNext();
    }
  }

  async #killNext(): Promise<void> {
    const { manager, database, redis } = this.#victims;
    const kind = this.#draws.weighted(weights);
    switch (kind) {
      case "point":
        return this.#killAtPoint();
      case "bot":
      case "worker":
      case "web":
        return this.#kill(kind, this.#draws.pick(manager.of(kind)));
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
        if (await database.killBackend(this.#draws)) this.#note(kind, "postgres");
        return;
      case "redis":
        if (redis === undefined) return;
        redis.kill();
        return this.#note(kind, "redis");
    }
  }

  #kill(what: Kill["what"], { name, present }: Post): void {
    present.kill();
    this.#note(what, name);
  }

  /** Of the bots the one that comes there first. */
  async #killAtPoint(): Promise<void> {
    const at = this.#draws.pick(points);
    const passing = this.#draws.between(1, 6);
    const bots = this.#victims.manager.of("bot").map((post) => ({ post, part: post.present }));
    for (const { part } of bots) part.interrupt({ at, passing, by: "SIGKILL" });
    const over = new AbortController();
    const late = pause(pointWithinMs, undefined, { signal: over.signal }).catch(() => undefined);
    const came = await Promise.race([late, ...bots.map(({ part }) => cameFirst(part))]);
    over.abort();
    for (const { part } of bots) part.interrupt(null);
    for (const { post, part } of bots) {
      if (came === part) this.#note(at, post.name);
    }
    if (came === undefined) this.#kill("point", this.#draws.pick(this.#victims.manager.of("bot")));
  }

  #note(what: Kill["what"], victim: string): void {
    this.#kills.push({ at: Date.now(), what, victim });
  }
}

/** It has ended by that, and what it was told afterwards is of no interest. */
async function cameFirst(part: Part): Promise<Part | undefined> {
  const { point } = await part.ended;
  return point === undefined ? undefined : part;
}
