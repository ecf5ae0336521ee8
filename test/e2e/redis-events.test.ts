import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { connect } from "../../core/db/database.ts";
import { type Events, openEvents } from "../../core/db/events/events.ts";
import { migrate } from "../../core/db/migrate.ts";
import { openEmbeddedPostgres } from "../../core/db/postgres/embedded-postgres.ts";
import type { Db } from "../../core/db/tables.ts";
import { describeEvents } from "../core/db/events/events-expectations.ts";
import { THROW_AWAY } from "../support/server.ts";
import { temporaryFolder } from "./support/folders.ts";
import { openRedis, type TestRedis } from "./support/redis.ts";

const installation = "0b5c7f6e-one-installation";
let redis: TestRedis;
let db: Db;
const closers = new AsyncDisposableStack();

beforeAll(async () => {
  const folder = closers.use(await temporaryFolder());
  const server = await openEmbeddedPostgres({ home: folder.path, ...THROW_AWAY });
  closers.defer(() => server.stop());
  await migrate(server.config);
  const connection = connect(server.config, { as: "application", max: 4 });
  closers.defer(() => connection.close());
  db = connection.db;
  redis = closers.use(await openRedis());
});

afterAll(() => closers.disposeAsync());

const open = (onFault: (fault: unknown) => void = () => undefined, place = { url: redis.url, installation }) =>
  openEvents({ config: {}, db, onFault, redis: place });

/** With an end of its own. */
async function opened(...options: Parameters<typeof open>): Promise<Events> {
  const events = await open(...options);
  onTestFinished(events.close);
  return events;
}

const connections = async () =>
  String(await redis.client.client("LIST"))
    .trim()
    .split("\n");

describe("over Redis", { concurrent: false }, () => {
  describeEvents({
    open,
    disturb: async () => void (await redis.client.publish(`simpul:${installation}:events`, "not ours")),
    cutConnections: async () => void (await redis.client.call("client", "kill", "type", "pubsub")),
    listeningConnections: async () =>
      (await connections()).filter((line) => line.includes("name=simpul-events")).length,
    async letPass(bucket, seconds) {
      const key = `simpul:${installation}:rate:${bucket}`;
      await redis.client.hincrbyfloat(key, "refilledAt", -seconds);
    },
  });

  test("two installations share one Redis and neither events nor rates", async () => {
    const here = await opened();
    const there = await opened(undefined, { url: redis.url, installation: "another" });
    const listener = vi.fn();
    there.subscribe("ticket", listener);
    const arrived = Promise.withResolvers<void>();
    there.subscribe("last", () => arrived.resolve());
    const rate = { perMinute: 0.001, burst: 1 };

    await here.publish("ticket");
    await there.publish("last");
    await arrived.promise;

    expect(listener).not.toHaveBeenCalled();
    expect(await here.takeToken("shared name", rate)).toBe(true);
    expect(await there.takeToken("shared name", rate)).toBe(true);
    expect(await here.takeToken("shared name", rate)).toBe(false);
  });

  test("a bucket leaves nothing behind when it is full again", async () => {
    const events = await opened();

    await events.takeToken("short", { perMinute: 60, burst: 2 });
    await events.takeToken("long", { perMinute: 0.0001, burst: 2 });

    const livesMs = (bucket: string) => redis.client.pttl(`simpul:${installation}:rate:${bucket}`);
    expect(await livesMs("short")).toBeLessThanOrEqual(1000);
    expect(await livesMs("short")).toBeGreaterThan(0);
    expect(await livesMs("long")).toBeLessThanOrEqual(24 * 60 * 60_000);
  });

  test("while Redis is away events reach this process, rates are counted in Postgres, and that is said once", async () => {
    const onFault = vi.fn<(fault: unknown) => void>();
    const events = await opened(onFault);
    const other = await opened();
    const heard: unknown[] = [];
    events.subscribe("ticket", (payload) => void heard.push(payload));
    const rate = { perMinute: 0.001, burst: 2 };

    await redis.kill();
    await events.publish("ticket", "alone");
    const taken = [];
    for (let n = 0; n < 3; n++) taken.push(await (n === 0 ? other : events).takeToken("away", rate));

    expect(heard).toEqual(["alone"]);
    expect(taken).toEqual([true, true, false]);
    await redis.start();
    await expect.poll(() => heard).toEqual(["alone", undefined]);
    await other.publish("ticket", "again");
    await expect.poll(() => heard).toEqual(["alone", undefined, "again"]);
    expect(await redis.client.exists(`simpul:${installation}:rate:away`)).toBe(0);
    await events.takeToken("away", rate);
    expect(await redis.client.exists(`simpul:${installation}:rate:away`)).toBe(1);
    expect(onFault).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: "RedisAway" }));
  });

  test("a start without Redis goes on, and finds it later", async () => {
    await redis.kill();
    const events = await opened();
    const heard: unknown[] = [];
    events.subscribe("ticket", (payload) => void heard.push(payload));
    await events.publish("ticket", "alone");
    await redis.start();
    const other = await opened();

    await expect
      .poll(async () => {
        await other.publish("ticket", "found");
        return heard;
      })
      .toContain("found");
    expect(heard[0]).toBe("alone");
  });
});

test("a wrong password is told without it, and does not keep anything from going on", async () => {
  await using guarded = await openRedis({ password: "right-secret" });
  const faults: string[] = [];
  const note = (fault: unknown) => void faults.push(String(fault));
  const wrong = await opened(note, { url: guarded.url.replace("right", "wrong"), installation });
  const right = await opened(note, { url: guarded.url, installation });

  expect(await wrong.takeToken("guarded", { perMinute: 1 })).toBe(true);
  expect(await right.takeToken("guarded", { perMinute: 1 })).toBe(true);

  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain("WRONGPASS");
  expect(faults.join()).not.toContain("secret");
  expect(await guarded.client.exists(`simpul:${installation}:rate:guarded`)).toBe(1);
});
