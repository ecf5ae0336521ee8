import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listStandingAlerts } from "../../core/db/monitoring/monitor-alerts.ts";
import { addressOf } from "../../core/domain/ipam/address.ts";
import type { MonitoringRules } from "../../core/domain/monitoring/monitoring-rules.ts";
import { usualPolicy } from "../../core/domain/monitoring/policy.ts";
import type { State } from "../../core/domain/monitoring/state.ts";
import { PingFault } from "../../monitor/fping.ts";
import { sendBursts } from "../../monitor/icmp.ts";
import { openMonitor } from "../../parts/monitor.ts";
import { startWatcher } from "../../worker/monitoring/watcher.ts";
import { testMonitoring } from "../support/monitoring-rules.ts";
import { openOffice } from "../support/office.ts";
import { withTargets } from "../support/watched.ts";
import { interfaces, type Network, openNetwork } from "./support/network.ts";
import { until } from "./support/until.ts";

let network: Network;
beforeAll(async () => {
  network = openNetwork("mo", 31);
  const all = [network.router, "fd00:249::2", ...network.children];
  // Neighbours find each other first.
  await until("all are there", async () => [...(await burst(...all)).values()].every(({ received }) => received === 5));
});
afterAll(() => network[Symbol.dispose]());

const never = new AbortController().signal;
const burst = (...addresses: string[]) => sendBursts(addresses.map(addressOf), never);
const nobody = "172.31.250.200";

test("bursts go to both families at once, and each address has its own", async () => {
  const [child = ""] = network.children;
  const found = await burst(network.router, "fd00:249::2", child, child, nobody, "fd00:249::9");
  expect([...found.keys()].sort()).toEqual([network.router, child, nobody, "fd00:249::2", "fd00:249::9"].sort());
  for (const address of [network.router, child, "fd00:249::2"]) {
    expect(found.get(address), address).toMatchObject({ sent: 5, received: 5 });
    const { minUs, avgUs, maxUs, jitterUs } = found.get(address) ?? {};
    expect(minUs).toBeGreaterThan(0);
    expect(avgUs).toBeGreaterThanOrEqual(minUs ?? 0);
    expect(maxUs).toBeGreaterThanOrEqual(avgUs ?? 0);
    expect(jitterUs).toBeGreaterThanOrEqual(0);
  }
  const lost = { sent: 5, received: 0, minUs: null, avgUs: null, maxUs: null, jitterUs: null };
  expect([found.get(nobody), found.get("fd00:249::9")]).toEqual([lost, lost]);
});

test("no address at all is asked by no program", async () => {
  expect(await sendBursts([], never, "program-that-is-not-there")).toEqual(new Map());
});

test("an fping that is missing, cannot ask or is ended is a fault which says so", async () => {
  const one = [addressOf(network.router)];
  await expect(sendBursts(one, never, "fping-that-is-not-there")).rejects.toMatchObject({ code: "no-fping" });
  await expect(sendBursts(one, never, "/bin/false")).rejects.toThrow(
    "sending bursts to 1 addresses by /bin/false: it ended by exit code 1",
  );
  const stop = new AbortController();
  const asking = sendBursts(one, stop.signal);
  stop.abort();
  await expect(asking).rejects.toThrow(PingFault);
});

test("a link that loses packets shows how many, and what came back is still measured", async () => {
  const { ofChildren } = interfaces;
  const drop = [
    "INPUT",
    "-i",
    ofChildren,
    "-p",
    "icmp",
    "-m",
    "statistic",
    "--mode",
    "nth",
    "--every",
    "5",
    "--packet",
    "0",
    "-j",
    "DROP",
  ];
  network.at("children", "iptables", "-A", ...drop);
  try {
    const found = [...(await burst(...network.children.slice(0, 10))).values()];
    expect(found.reduce((sum, { sent }) => sum + sent, 0)).toBe(50);
    expect(found.reduce((sum, { received }) => sum + received, 0)).toBe(40);
    expect(found.every(({ received, avgUs }) => received === 0 || avgUs !== null)).toBe(true);
  } finally {
    network.at("children", "iptables", "-D", ...drop);
  }
});

test("a slow link shows in the round trips of who is behind it, and in no other's", async () => {
  const { ofRouter } = interfaces;
  // Three pings are 294 bytes on the wire each fifth of a second, of which it carries 200: they queue.
  network.at(
    "router",
    "tc",
    "qdisc",
    "add",
    "dev",
    ofRouter,
    "root",
    "tbf",
    "rate",
    "8kbit",
    "burst",
    "128",
    "latency",
    "9s",
  );
  try {
    const [child = "", ...more] = network.children.slice(0, 3);
    const found = await burst(network.router, child, ...more);
    expect(found.get(child)).toMatchObject({ sent: 5, received: 5 });
    expect(found.get(child)?.maxUs).toBeGreaterThan(50_000);
    expect(found.get(child)?.jitterUs).toBeGreaterThan(10_000);
    expect(found.get(network.router)?.avgUs).toBeLessThan(50_000);
  } finally {
    network.at("router", "tc", "qdisc", "del", "dev", ofRouter, "root");
  }
});

/** A policy by which tests do not wait long. */
const quick = { ...usualPolicy, intervalSeconds: 3, recheckSeconds: 1 };

type Watched = { policy?: Partial<MonitoringRules>["policy"]; uplink?: string; opensIncidents?: boolean };

/** An office whose monitor asks this network. Targets are put under watch before it begins. */
async function openWatched({ policy = quick, uplink = "172.31.249.1", opensIncidents = false }: Watched = {}) {
  const office = await openOffice();
  const monitoring: MonitoringRules = {
    ...{ ...testMonitoring, policy, uplink: [addressOf(uplink)] },
    ...{ opensIncidents, incidentAfterMinutes: 0 },
  };
  const log = pino({ level: "silent" });
  const { put, states } = withTargets(office);
  let watcher: ReturnType<typeof startWatcher> | undefined;
  return {
    ...{ office, put, states },
    begin() {
      watcher = startWatcher({
        ...{ config: office.database.config, db: office.db, log },
        setting: (now) => office.setting(now, { monitoring }),
        monitor: openMonitor({ monitoring }, { dnsResolvers: [], log }),
      });
    },
    count: async (wanted: State) => [...(await states()).values()].filter((state) => state === wanted).length,
    kinds: async () => (await office.takeMail()).map(({ kind }) => kind).filter((kind) => kind !== "ticket-card"),
    async [Symbol.asyncDispose]() {
      network.restore();
      network.restoreOwnLine();
      await watcher?.stop();
      await office.close();
    },
  };
}

test("a cut before thirty children is one message and one ticket, while they are down, and all come back", async () => {
  await using watched = await openWatched({ opensIncidents: true });
  const { office, put, states, count, kinds } = watched;
  const [gate = "", ...children] = network.children.slice(0, 31).reverse();
  const { targetId } = await put("Gerbang", { address: gate });
  for (const [index, address] of children.entries()) {
    await put(`Kantor ${index}`, { kind: "site", behind: targetId, address });
  }
  const router = await put("Router", { address: network.router });
  const entriesOfTickets = async () =>
    (await office.db.selectFrom("entry").select("kind").orderBy("id").execute()).map(({ kind }) => kind);
  watched.begin();
  await until("all answer", async () => (await count("up")) === 32);
  network.cut();
  await until("all but the router are down", async () => (await count("down")) === 31);
  expect((await states()).get(router.targetId)).toBe("up");
  await until("the cause is certain", async () => (await listStandingAlerts(office.db))[0]?.children.length === 30);
  expect(await listStandingAlerts(office.db)).toMatchObject([{ rootId: targetId, kind: "down" }]);
  await until("it has a ticket", async () => (await entriesOfTickets()).length > 0);
  expect(await kinds()).toEqual(["outage-told"]);
  network.restore();
  await until("all are back", async () => (await count("up")) === 32);
  await until("nothing stands", async () => (await listStandingAlerts(office.db)).length === 0);
  await until("the ticket says so", async () => (await entriesOfTickets()).length > 1);
  expect(await entriesOfTickets()).toEqual(["filed", "restored"]);
  expect(await kinds()).toEqual(["outage-over"]);
});

test("while our own line is cut all is unknown, nobody is told and nothing is anybody's outage", async () => {
  await using watched = await openWatched({ uplink: network.router });
  const { office, put, count, kinds } = watched;
  const { targetId } = await put("Gerbang", { address: network.router });
  for (const [index, address] of network.children.slice(0, 2).entries()) {
    await put(`Kantor ${index}`, { kind: "site", behind: targetId, address });
  }
  const countAll = async (table: "outage" | "monitor_alert") => {
    const { rows } = await sql<{ all: number }>`select count(*)::int as all from ${sql.table(table)}`.execute(
      office.db,
    );
    return rows[0]?.all;
  };
  watched.begin();
  await until("all answer", async () => (await count("up")) === 3);
  network.cutOwnLine();
  await until("all are unknown", async () => (await count("unknown")) === 3);
  const { missesUntilDown } = quick;
  await until("each was asked more often than it takes to be down", async () => {
    const { rows } = await sql<{ times: number }>`
      select count(*)::int as times from monitor_sample where problem = 'cannot-ask' group by check_id`.execute(
      office.db,
    );
    return rows.length === 3 && rows.every(({ times }) => times > missesUntilDown);
  });
  expect(await count("unknown")).toBe(3);
  expect(await office.db.selectFrom("monitor_look").select("uplink").execute()).toEqual([{ uplink: "down" }]);
  network.restoreOwnLine();
  await until("all answer again", async () => (await count("up")) === 3);
  expect(await Promise.all([countAll("outage"), countAll("monitor_alert")])).toEqual([0, 0]);
  expect(await kinds()).toEqual([]);
});

test("a link that is cut and restored again and again is one message, which is edited", async () => {
  const { missesUntilDown, successesUntilUp, flapChanges } = {
    missesUntilDown: 1,
    successesUntilUp: 1,
    flapChanges: 2,
  };
  await using watched = await openWatched({ policy: { ...quick, missesUntilDown, successesUntilUp, flapChanges } });
  const { office, put, states } = watched;
  const [child = ""] = network.children;
  const { targetId } = await put("Link Dinkes", { address: child });
  const is = (wanted: State) => until(`it is ${wanted}`, async () => (await states()).get(targetId) === wanted);
  watched.begin();
  await is("up");
  network.cut();
  await is("down");
  await until("it is told", async () => (await office.deliver()).length === 1);
  for (let time = 0; time < 3; time += 1) {
    network.restore();
    await is("up");
    network.cut();
    await is("down");
  }
  expect(await listStandingAlerts(office.db)).toMatchObject([{ rootId: targetId, kind: "flapping" }]);
  expect(await office.db.selectFrom("monitor_alert").select("kind").execute()).toEqual([{ kind: "flapping" }]);
  expect(await office.takeMail()).toMatchObject([{ kind: "outage-told", edits: expect.any(Number) }]);
});
