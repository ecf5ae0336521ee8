import { setTimeout as pause } from "node:timers/promises";
import type { PartName } from "../../parts/parts.ts";
import { type Part, type PartEnding, spawnPart } from "./part.ts";

/** What ended by itself is started again after that, as systemd's RestartSec would have it, only sooner. */
const restartAfterMs = 200;
const spareCount = 2;

/** A place that is always filled: "bot 1", "web 2". */
export type Post = { name: string; part: PartName; present: Part };

export type PartStop = PartEnding & { post: string };

/** Of a part that nobody had killed or stopped. */
export type OwnEnding = PartStop & { words: string };

/** Starts again whatever ends, as systemd would. Some more processes have always loaded their modules. */
export class ServiceManager {
  readonly #mark: Record<string, string>;
  readonly #envOf: (part: PartName) => Record<string, string>;
  readonly #onReady: (post: string, words: string) => void;
  readonly #spares: Part[] = [];
  readonly #posts: Post[] = [];
  readonly #keeping: Promise<void>[] = [];
  #isOpen = true;
  readonly ownEndings: OwnEnding[] = [];

  /**
   * @param envOf asked at every start
   * @param onReady told what a part says when it runs
   */
  constructor(
    mark: Record<string, string>,
    envOf: (part: PartName) => Record<string, string>,
    onReady: (post: string, words: string) => void,
  ) {
    this.#mark = mark;
    this.#envOf = envOf;
    this.#onReady = onReady;
    while (this.#spares.length < spareCount) this.#spares.push(spawnPart(mark));
  }

  get posts(): readonly Post[] {
    return this.#posts;
  }

  of(part: PartName): Post[] {
    return this.#posts.filter((post) => post.part === part);
  }

  /** Fills a new post, and keeps it filled. */
  add(name: string, part: PartName): Post {
    const post: Post = { name, part, present: this.#start(name, part) };
    this.#posts.push(post);
    this.#keeping.push(this.#keep(post));
    return post;
  }

  async #keep(post: Post): Promise<void> {
    for (;;) {
      const ending = await post.present.ended;
      if (!this.#isOpen) return;
      if (!post.present.isExpectedToEnd()) {
        this.ownEndings.push({ ...ending, post: post.name, words: post.present.words() });
        await pause(restartAfterMs);
      }
      if (!this.#isOpen) return;
      post.present = this.#start(post.name, post.part);
    }
  }

  #start(name: string, part: PartName): Part {
    const started = this.#spares.shift() ?? spawnPart(this.#mark);
    this.#spares.push(spawnPart(this.#mark));
    started.run(part, this.#envOf(part));
    void started.ready.then((words) => this.#onReady(name, words));
    return started;
  }

  /** Stops every post cleanly, and starts it again. @returns how they ended */
  async restartAll(): Promise<PartStop[]> {
    const before = await Promise.all(this.#posts.map((post) => runningAt(post)));
    for (const { present } of before) present.stop();
    return Promise.all(before.map(async ({ name, present }) => ({ ...(await present.ended), post: name })));
  }

  /** Stops everything. @returns how the posts ended */
  async close(): Promise<PartStop[]> {
    this.#isOpen = false;
    for (const { present } of this.#posts) present.stop();
    for (const spare of this.#spares) spare.kill();
    await Promise.all([...this.#keeping, ...this.#spares.map(({ ended }) => ended)]);
    return Promise.all(this.#posts.map(async ({ name, present }) => ({ ...(await present.ended), post: name })));
  }
}

/** Once it runs; what was killed just now, or ends while it starts, is followed by another. */
async function runningAt(post: Post): Promise<{ name: string; present: Part }> {
  for (;;) {
    const { name, present } = post;
    await Promise.race([present.ready, present.ended]);
    if (!present.hasEnded()) return { name, present };
    await present.ended;
    while (post.present === present) await pause(10);
  }
}
