import { createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Address, addressOf, showAddress } from "../../core/domain/ipam/address.ts";
import { burstOf } from "../../core/domain/monitoring/burst.ts";
import type { CheckSettings } from "../../core/domain/monitoring/check.ts";
import type { Sample } from "../../core/domain/monitoring/sample.ts";
import { PingFault } from "../../monitor/fping.ts";
import type { Recheck } from "../../monitor/hand-over.ts";
import type { Uplink } from "../../monitor/uplink.ts";
import { Watch } from "../../monitor/watch.ts";
import { until } from "../e2e/support/until.ts";
import { listen } from "./support/listen.ts";
import { manualClock, settled } from "./support/manual-clock.ts";

/** Pings are answered by the test at once, or when it lets them be; ports are real ones. */
let time: ReturnType<typeof manualClock>;
let watch: Watch;
let pinged: string[][];
let silent: Set<string>;
let held: (() => void)[] | undefined;
let pingFault: PingFault | undefined;
let handed: { samples: readonly Sample[]; uplink: Uplink }[];
let rechecks: Recheck[];
let isDatabaseAway: boolean;
let faults: string[];
let lateMs: number[];
const uplink = "192.0.2.1";

beforeEach(() => {
  time = manualClock();
  [pinged, silent, held, pingFault] = [[], new Set(), undefined, undefined];
  [handed, rechecks, isDatabaseAway, faults, lateMs] = [[], [], false, [], []];
  watch = new Watch({
    clock: time.clock,
    mayAsk: (address) => showAddress(address) !== "10.9.9.9",
    nameServers: [],
    uplink: [addressOf(uplink)],
    sendBursts: answerPings,
    onPingFault: ({ code }) => faults.push(code),
    onBegin: (ms) => lateMs.push(ms),
    onFault: (fault, doing) => faults.push(`${doing}: ${fault}`),
    onSamples: async (samples, seen) => {
      if (isDatabaseAway) throw new Error("the database is away");
      handed.push({ samples, uplink: seen });
      return rechecks.splice(0);
    },
  });
});
afterEach(async () => {
  held = undefined;
  await watch.stop();
});

async function answerPings(addresses: readonly Address[], signal: AbortSignal) {
  const shown = addresses.map(showAddress);
  pinged.push(shown);
  const isUplink = shown.includes(uplink);
  if (held !== undefined && !isUplink) {
    await new Promise<void>((go) => {
      held?.push(go);
      signal.addEventListener("abort", () => go());
    });
  }
  if (pingFault !== undefined) throw pingFault;
  return new Map(shown.map((each) => [each, burstOf(Array(5).fill(silent.has(each) ? null : 1_000))]));
}

const checkOf = (id: number, settings: CheckSettings, intervalSeconds = 30) => ({
  id,
  targetId: id,
  settings,
  intervalSeconds,
});
const ping = (id: number, address = `10.0.0.${id}`) => checkOf(id, { kind: "icmp", address });
const samples = () => handed.flatMap((each) => each.samples);
const timesOf = (id: number) => samples().filter(({ checkId }) => checkId === id).length;
const targetPings = () => pinged.filter(([first]) => first !== uplink);

describe("a watch", () => {
  it("asks each check once in its interval, those of three seconds together", async () => {
    const ids = Array.from({ length: 100 }, (_, index) => index + 1);
    watch.replace(ids.map((id) => ping(id)));
    await time.go(61);
    // Those whose third turn is in the next second were asked with the others.
    for (const id of ids) expect([2, 3], `${id}`).toContain(timesOf(id));
    expect(samples().length).toBeLessThan(210);
    for (const ms of lateMs) expect(ms > -2_200 && ms <= 800, `${ms}`).toBe(true);
    expect(watch.countLate()).toBe(0);
    expect(targetPings().length).toBeLessThanOrEqual(21);
    expect(samples()[0]).toMatchObject({ isOk: true, sent: 5, received: 5, avgUs: 1_000, jitterUs: 0, problem: null });
  });

  it("asks none twice at once, and others while one hangs", async () => {
    held = [];
    watch.replace([ping(1)]);
    await time.go(90);
    expect(pinged).toEqual([["10.0.0.1"]]);
    const [hanging] = held.splice(0);
    held = undefined;
    watch.replace([ping(1), ping(2)]);
    await time.go(60);
    expect([timesOf(1), timesOf(2)]).toEqual([0, 2]);
    hanging?.();
    await settled();
    expect(timesOf(1), "handed on when its burst is over").toBe(1);
    await time.go(31);
    expect(timesOf(1)).toBeGreaterThan(1);
  });

  it("asks again soon when it is told to", async () => {
    silent.add("10.0.0.1");
    watch.replace([ping(1), ping(2)]);
    rechecks = [{ checkId: 1, inSeconds: 3 }];
    await time.go(31);
    const [first] = samples().filter(({ checkId }) => checkId === 1);
    expect(first).toMatchObject({ isOk: false, sent: 5, received: 0, problem: "no-answer" });
    await time.go(5);
    expect(timesOf(1)).toBeGreaterThanOrEqual(2);
  });

  it("stamps by the wall and waits by the other clock", async () => {
    watch.replace([ping(1)]);
    await time.go(31);
    time.jump(-3_600_000);
    await time.go(30);
    time.jump(7_200_000);
    await time.go(30);
    expect(timesOf(1)).toBe(3);
    const [one, other] = samples().map(({ at }) => at.getTime());
    expect((other ?? 0) - (one ?? 0)).toBe(30_000 - 3_600_000);
  });

  it("forgets what is watched no more, and leaves heartbeats to come", async () => {
    held = [];
    watch.replace([ping(1), checkOf(2, { kind: "heartbeat", everySeconds: 60, graceSeconds: 10 })]);
    await time.go(31);
    watch.replace([]);
    for (const go of held) go();
    await time.go(31);
    expect(samples()).toEqual([]);
    expect(pinged.length).toBe(1);
    expect(faults).toEqual([]);
  });

  it("says of an address that may not be asked that it was not", async () => {
    watch.replace([ping(1, "10.9.9.9")]);
    await time.go(31);
    expect(samples()[0]).toMatchObject({ isOk: false, sent: 0, problem: "address-forbidden" });
    expect(pinged.flat()).not.toContain("10.9.9.9");
  });

  it("without fping says so, and goes on with the rest", async () => {
    pingFault = new PingFault("asking", { code: "no-fping" });
    const server = createServer((socket) => socket.end());
    const port = await listen(server);
    watch.replace([ping(1), checkOf(2, { kind: "tcp", address: "127.0.0.2", port })]);
    await time.go(31);
    await until("the port was asked", async () => {
      await time.go(1);
      return timesOf(2) > 0;
    });
    expect(samples().find(({ checkId }) => checkId === 1)).toMatchObject({ sent: 0, problem: "cannot-ask" });
    expect(samples().find(({ checkId }) => checkId === 2)).toMatchObject({ isOk: true });
    expect(new Set(faults)).toEqual(new Set(["no-fping"]));
    server.close();
  });
});

describe("samples", () => {
  it("wait while nobody takes them, and come in their order", async () => {
    isDatabaseAway = true;
    watch.replace([ping(1)]);
    await time.go(91);
    expect(samples()).toEqual([]);
    expect(faults[0]).toMatch(/^handing over 1 samples: Error: the database is away/);
    isDatabaseAway = false;
    await time.go(3);
    expect(timesOf(1)).toBe(3);
    const stamps = samples().map(({ at }) => at.getTime());
    expect(stamps).toEqual(stamps.toSorted((one, other) => one - other));
  });

  it("that were found before the end are handed over at the end", async () => {
    watch.replace([ping(1)]);
    isDatabaseAway = true;
    await time.go(31);
    isDatabaseAway = false;
    await watch.stop();
    expect(timesOf(1)).toBe(1);
  });
});

describe("the monitor's own uplink", () => {
  it("is looked at when somebody does not answer, and only then", async () => {
    watch.replace([ping(1)]);
    await time.go(61);
    const looksAtFirst = pinged.flat().filter((each) => each === uplink).length;
    expect(looksAtFirst).toBe(1);
    silent.add("10.0.0.1");
    await time.go(30);
    expect(pinged.flat().filter((each) => each === uplink).length).toBe(2);
    expect(handed.at(-1)).toMatchObject({ uplink: "up", samples: [{ isOk: false }] });
  });

  it("that is cut is told with the misses, and again when it is back", async () => {
    watch.replace([ping(1)]);
    await time.go(31);
    silent = new Set(["10.0.0.1", uplink]);
    await time.go(30);
    expect(handed.at(-1)).toMatchObject({ uplink: "down", samples: [{ isOk: false }] });
    silent = new Set([uplink]);
    await time.go(30);
    expect(handed.at(-1)).toMatchObject({ uplink: "down", samples: [{ isOk: true }] });
    silent.clear();
    await time.go(30);
    expect(handed.at(-1)).toMatchObject({ uplink: "up", samples: [{ isOk: true }] });
  });

  it("of the time of the misses is told with them, however long they waited", async () => {
    watch.replace([ping(1)]);
    await time.go(31);
    isDatabaseAway = true;
    silent = new Set(["10.0.0.1", uplink]);
    await time.go(60);
    silent.clear();
    await time.go(30);
    isDatabaseAway = false;
    handed = [];
    await time.go(2);
    expect(handed.map((each) => [each.uplink, ...each.samples.map(({ isOk }) => isOk)])).toEqual([
      ["down", false, false],
      ["up", true],
    ]);
  });

  it("is not in question where nobody was asked", async () => {
    watch.replace([ping(1)]);
    await time.go(31);
    watch.replace([ping(1), checkOf(2, { kind: "tcp", address: "10.9.9.9", port: 443 })]);
    await time.go(31);
    expect(handed.flatMap((each) => each.samples)).toContainEqual(
      expect.objectContaining({ checkId: 2, problem: "address-forbidden", sent: 0 }),
    );
    expect(pinged.flat().filter((each) => each === uplink)).toHaveLength(1);
  });
});

describe("a target that hangs", () => {
  it("keeps the 257th port waiting, and no ping; how long is told when it begins, and it counts as late", async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket.on("error", () => undefined)));
    const port = await listen(server);
    const page = { kind: "http", url: `http://127.0.0.2:${port}/`, status: 200, text: null } as const;
    watch.replace(Array.from({ length: 257 }, (_, index) => checkOf(index + 1, page)));
    await time.go(31);
    await until("256 are asked", () => sockets.length === 256);
    const begun = lateMs.length;
    watch.replace([...Array.from({ length: 257 }, (_, index) => checkOf(index + 1, page)), ping(300, "10.0.0.1")]);
    await time.go(34);
    expect(timesOf(300)).toBe(1);
    expect([begun, sockets.length, watch.countLate()]).toEqual([256, 256, 0]);
    sockets[0]?.destroy();
    await until("the next is asked", () => sockets.length === 257);
    expect(lateMs.at(-1)).toBeGreaterThan(30_000);
    expect(watch.countLate()).toBe(1);
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it("ends with the monitor, and says nothing then", async () => {
    const sockets: Socket[] = [];
    const server: Server = createServer((socket) => sockets.push(socket.resume()));
    const port = await listen(server);
    watch.replace([checkOf(1, { kind: "http", url: `http://127.0.0.2:${port}/`, status: 200, text: null }), ping(2)]);
    await time.go(31);
    await until("it is asked", () => sockets.length > 0);
    await watch.stop();
    await until("it is left alone", () => sockets.every(({ destroyed, readableEnded }) => destroyed || readableEnded));
    expect(timesOf(1)).toBe(0);
    expect(timesOf(2)).toBe(1);
    server.close();
    // Its own patience is ten seconds.
  }, 8_000);
});
