import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { listStandingAlerts } from "../../core/db/monitoring/monitor-alerts.ts";
import type { Db } from "../../core/db/tables.ts";
import { type Network, openNetwork } from "../../test/e2e/support/network.ts";
import { until } from "../../test/e2e/support/until.ts";
import { listen } from "../../test/monitor/support/listen.ts";
import type { TestOffice } from "../../test/support/office.ts";
import { Child } from "../load/child.ts";
import { median, type Row } from "../report.ts";
import { openWatchedOffice, patienceMs, untilAllAre, type Wanted, watchAll } from "./office.ts";
import { measureSteady } from "./steady.ts";

const targets = { hanging: 40, behind: 30, others: 289, pages: 20, ports: 20, intervalSeconds: 30 };
/** The gate and what is behind it; then the others, pages and ports, which answer; then pages that hang. */
const count = {
  cut: targets.behind + 1,
  all: targets.behind + 1 + targets.others + targets.pages + targets.ports + targets.hanging,
};
const aims = { messageSeconds: 45, messages: 1 };

type Cut = { messageSeconds: number; certainSeconds: number; messages: number; edits: number };

/**
 * From a cut to the message, by who watches over a real database and network, and what that costs while nothing happens.
 *
 * @param seconds of the costs @param cuts one after the other, at other places of the interval
 */
export async function measureCuts(seconds: number, cuts: number): Promise<Row[]> {
  await using stack = new AsyncDisposableStack();
  const network = stack.use(openNetwork("bc", count.cut));
  const addresses = openAddresses(network);
  const served = await servePages(stack);
  const { office, home } = await openWatchedOffice(stack);
  const [gate] = await watchAll(office, wantedOf(network, addresses, served), new Date());
  if (gate === undefined) throw new Error("measuring: nothing is watched");
  const { config } = office.database;
  const watcher = stack.use(new Child("watcher-process.ts", [JSON.stringify(config), network.router]));
  await untilAllAre(office, { up: count.all - targets.hanging, down: targets.hanging });
  const pinged = [...network.children, ...addresses.answering];
  const steady = await measureSteady({ watcher, office, home, pinged, seconds });
  const found: Cut[] = [];
  for (let number = 0; number < cuts; number++) {
    await pause((number / cuts) * targets.intervalSeconds * 1_000);
    found.push(await cutOnce(office, network, gate.targetId));
  }
  return [...rowsOf(found), ...(await steady.rows())];
}

/** Addresses that the router itself has, and more of them that drop everything in silence: a cut leaves them alone. */
function openAddresses(network: Network) {
  network.at("router", "ip", "link", "set", "lo", "up");
  network.at("router", "ip", "route", "add", "local", "172.30.0.0/16", "dev", "lo");
  network.at("router", "iptables", "-A", "INPUT", "-d", "172.30.255.0/24", "-j", "DROP");
  network.here("route", "add", "172.30.0.0/16", "via", network.router);
  const others = Array.from({ length: targets.others }, (_, index) => index);
  return {
    answering: others.map((index) => `172.30.${Math.floor(index / 200)}.${(index % 200) + 1}`),
    silent: others.slice(0, targets.hanging).map((index) => `172.30.255.${index + 1}`),
  };
}

/** On this side of the network, so that no cut is before it. */
async function servePages(stack: AsyncDisposableStack): Promise<{ host: string; port: number }> {
  const host = "172.31.249.1";
  const server = createServer((_request, response) => response.end("Masuk ke SIMPEG"));
  stack.defer(() => void server.close());
  return { host, port: await listen(server, host) };
}

function wantedOf(
  network: Network,
  { answering, silent }: ReturnType<typeof openAddresses>,
  { host, port }: { host: string; port: number },
): Wanted[] {
  const ping = (address: string) => ({ check: "icmp", address });
  return [
    ...network.children.map((address, index): Wanted => {
      if (index === 0) return { kind: "device", name: "Gerbang", check: ping(address) };
      return { kind: "site", name: `Kantor ${index}`, behind: 0, check: ping(address) };
    }),
    ...answering.map((address): Wanted => ({ kind: "device", name: `Perangkat ${address}`, check: ping(address) })),
    ...Array.from({ length: targets.pages }, (_, index): Wanted => {
      const check = { check: "http", url: `http://${host}:${port}/${index}`, text: "SIMPEG" };
      return { kind: "application", name: `Halaman ${index}`, check };
    }),
    ...Array.from({ length: targets.ports }, (_, index): Wanted => {
      return { kind: "device", name: `Port ${index}`, check: { check: "tcp", host, port: `${port}` } };
    }),
    ...silent.map((address): Wanted => {
      return { kind: "application", name: `Laman ${address}`, check: { check: "http", url: `http://${address}/` } };
    }),
  ];
}

async function cutOnce(office: TestOffice, network: Network, gateId: number): Promise<Cut> {
  const { db } = office;
  await office.deliver();
  const before = await lastInOutbox(db);
  const begin = performance.now();
  const secondsSince = () => (performance.now() - begin) / 1_000;
  network.cut();
  await until("somebody is told", async () => (await toldSince(db, before)).messages > 0, patienceMs);
  const messageSeconds = secondsSince();
  const childrenTold = async () =>
    (await listStandingAlerts(db)).find(({ rootId }) => rootId === gateId)?.children.length;
  const isTold = async () => {
    await office.deliver();
    return (await childrenTold()) === targets.behind;
  };
  await until("all that is behind is told", isTold, patienceMs);
  const certainSeconds = secondsSince();
  // Whatever else would be sent: each check has its turn again.
  await pause(targets.intervalSeconds * 1_000);
  const told = await toldSince(db, before);
  network.restore();
  await untilAllAre(office, { up: count.all - targets.hanging, down: targets.hanging });
  return { messageSeconds, certainSeconds, ...told };
}

async function lastInOutbox(db: Db): Promise<number> {
  const { id } = await db
    .selectFrom("outbox")
    .select(({ fn }) => fn.max("id").as("id"))
    .executeTakeFirstOrThrow();
  return Number(id ?? 0);
}

/** New messages, and edits of one that was sent, of whatever kind. */
async function toldSince(db: Db, id: number): Promise<{ messages: number; edits: number }> {
  const { rows } = await sql<{ messages: number; edits: number }>`
    select count(*) filter (where edits_message_id is null)::int as messages,
      count(*) filter (where edits_message_id is not null)::int as edits
    from outbox where id > ${id}`.execute(db);
  return rows[0] ?? { messages: 0, edits: 0 };
}

function rowsOf(cuts: readonly Cut[]): Row[] {
  const seconds = (of: keyof Cut) => {
    const all = cuts.map((cut) => cut[of]);
    return `${median(all).toFixed(1)} s, at most ${Math.max(...all).toFixed(1)} s`;
  };
  return [
    {
      what: `from the cut of a router with ${targets.behind} children, among ${count.all} targets with ${targets.hanging} pages that hang, to the message`,
      figure: `${seconds("messageSeconds")}, of ${cuts.length}`,
      compared: `until it says all ${targets.behind}: ${seconds("certainSeconds")}; aim: ${aims.messageSeconds} s`,
    },
    {
      what: "messages of it to each who is told, to one more interval after that",
      figure: cuts.map(({ messages }) => messages).join(", "),
      compared: `edits of it: ${cuts.map(({ edits }) => edits).join(", ")}; aim: ${aims.messages}`,
    },
  ];
}
