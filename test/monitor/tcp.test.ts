import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { showAddress } from "../../core/domain/ipam/address.ts";
import { prefixOf } from "../../core/domain/ipam/prefix.ts";
import { refusalOfAddress } from "../../core/domain/monitoring/network-guard.ts";
import { lookUp } from "../../monitor/resolve.ts";
import { askTcp } from "../../monitor/tcp.ts";
import { type DnsServer, openDnsServer } from "../support/dns-server.ts";
import { askingOf } from "./support/asking.ts";
import { listen } from "./support/listen.ts";

/** 127.0.0.2 may be asked, 127.0.0.1 may not; the same port is open on both. */
let [open, forbidden]: Server[] = [];
let port: number;
let names: DnsServer;
let connections: string[];

beforeAll(async () => {
  names = await openDnsServer();
  connections = [];
  open = createServer((socket) => socket.end());
  forbidden = createServer(() => connections.push("forbidden"));
  port = await listen(open);
  forbidden.listen(port, "127.0.0.1");
});
afterAll(() => {
  names.close();
  open?.close();
  forbidden?.close();
});

const ask = (address: string, at = port, options = {}) =>
  askTcp({ kind: "tcp", address, port: at }, askingOf(["127.0.0.2"], { nameServers: [names.address], ...options }));

test("a port that takes connections is up, with the time of the handshake", async () => {
  const answer = await ask("127.0.0.2");
  expect(answer).toMatchObject({ isOk: true, sent: 1, received: 1, problem: null, jitterUs: null });
  expect(answer.avgUs).toBeGreaterThan(0);
});

test("a port that takes none refuses", async () => {
  expect(await ask("127.0.0.2", 1)).toMatchObject({
    isOk: false,
    sent: 1,
    received: 0,
    avgUs: null,
    problem: "refused",
  });
});

test("an address that may not be asked is not", async () => {
  for (const address of ["127.0.0.1", "::1", "::ffff:127.0.0.2", "[::ffff:7f00:2]"]) {
    expect(await ask(address), address).toMatchObject({ isOk: false, sent: 0, problem: "address-forbidden" });
  }
  expect(connections).toEqual([]);
});

test("what the profile's networks hold may be asked, but neither loopback nor metadata whatever they hold", () => {
  const everything = ["0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1"].map(prefixOf);
  const asking = askingOf([]);
  const ask = async (address: string) =>
    (
      await askTcp(
        { kind: "tcp", address, port },
        { ...asking, mayAsk: (each) => refusalOfAddress(each, { networks: everything }) === undefined },
      )
    ).problem;
  return Promise.all(
    ["127.0.0.1", "127.9.9.9", "::1", "169.254.169.254", "fd00:ec2::254", "0.0.0.0", "::", "224.0.0.1", "ff02::1"].map(
      async (address) => expect(await ask(address), address).toBe("address-forbidden"),
    ),
  );
});

test("of a name's addresses only those that may be asked are", async () => {
  names.answers.set("both.test", ["127.0.0.1", "127.0.0.2"]);
  names.answers.set("inside.test", ["127.0.0.1", "::1"]);
  expect(await ask("both.test")).toMatchObject({ isOk: true });
  expect(await ask("inside.test")).toMatchObject({ sent: 0, problem: "address-forbidden" });
  expect(connections).toEqual([]);
});

test("a name that leads elsewhere the second time is not asked for a second time", async () => {
  let asked = 0;
  names.answers.set("rebinds.test", ({ type }) => {
    if (type !== "A") return [];
    asked++;
    return asked === 1 ? ["127.0.0.2"] : ["127.0.0.1"];
  });
  expect(await ask("rebinds.test")).toMatchObject({ isOk: true });
  expect(asked).toBe(1);
  expect(await ask("rebinds.test")).toMatchObject({ problem: "address-forbidden" });
  expect(connections).toEqual([]);
});

test.each([
  ["A", "failure"],
  ["AAAA", "failure"],
  ["AAAA", "silence"],
] as const)(
  "a name server that answers %s by %s is taken at its word for the other family",
  async (type, answer) => {
    const addresses = type === "A" ? ["::1"] : ["127.0.0.1"];
    names.answers.set("half.test", (question) => (question.type === type ? answer : addresses));
    const { signal } = new AbortController();
    const found = await lookUp("half.test", [4, 6], { nameServers: [names.address], signal });
    expect(Array.isArray(found) ? found.map(showAddress) : found).toEqual(addresses);
  },
  10_000,
);

test("a name that nobody knows is an outage; of one of which no name server says anything nothing is known", async () => {
  names.answers.set("failing.test", "failure");
  names.answers.set("silent.test", "silence");
  const nothing = { isOk: false, sent: 0, received: 0, problem: "resolver-silent" };
  expect(await ask("nobody.test")).toMatchObject({ isOk: false, sent: 1, problem: "name-unknown" });
  expect(await ask("failing.test")).toMatchObject(nothing);
  expect(await ask("silent.test", port, { signal: AbortSignal.timeout(50) })).toMatchObject(nothing);
  // The name server is waited for no longer than that: its own patience is four seconds.
}, 3_500);
