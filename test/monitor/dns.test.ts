import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askDns } from "../../monitor/dns.ts";
import { type DnsServer, openDnsServer } from "../support/dns-server.ts";
import { askingOf, never } from "./support/asking.ts";

let server: DnsServer;
beforeAll(async () => {
  server = await openDnsServer();
  server.answers.set("web.test", ["10.1.2.3", "10.1.2.4", "2001:db8::3"]);
  server.answers.set("v4.test", ["10.1.2.3"]);
  server.answers.set("failing.test", "failure");
  server.answers.set("silent.test", "silence");
});
afterAll(() => server.close());

const ask = (name: string, expected: string[], allowed = ["127.0.0.1"], signal = never) =>
  askDns({ kind: "dns", server: server.address, name, expected }, askingOf(allowed, { signal }));

describe("a name server", () => {
  it.each([
    ["web.test", ["10.1.2.4", "10.1.2.3"], null],
    ["web.test", ["10.1.2.3", "10.1.2.4", "2001:DB8:0::3"], null],
    ["web.test", ["2001:db8::3"], null],
    ["web.test", [], null],
    ["v4.test", [], null],
    ["web.test", ["10.1.2.3"], "wrong-answer"],
    ["web.test", ["10.1.2.3", "10.1.2.4", "10.1.2.5"], "wrong-answer"],
    ["v4.test", ["10.1.2.3", "2001:db8::3"], "wrong-answer"],
    ["v4.test", ["2001:db8::3"], "name-unknown"],
    ["nobody.test", [], "name-unknown"],
    ["failing.test", [], "wrong-answer"],
  ])("asked for %s where %j is expected", async (name, expected, problem) => {
    const answer = await ask(name, expected);
    expect(answer).toMatchObject({ problem, isOk: problem === null, sent: 1, received: 1 });
    expect(answer.avgUs).toBeGreaterThan(0);
  });

  it("that is silent is late", async () => {
    expect(await ask("silent.test", [], ["127.0.0.1"], AbortSignal.timeout(50))).toMatchObject({
      ...{ isOk: false, sent: 1, received: 0, problem: "timeout", avgUs: null },
    });
  });

  it("that may not be asked is not", async () => {
    expect(await ask("web.test", [], ["127.0.0.2"])).toMatchObject({ sent: 0, problem: "address-forbidden" });
  });
});

it("the name servers of the monitor are asked where none is named", async () => {
  const asking = askingOf([], { nameServers: [server.address] });
  expect(await askDns({ kind: "dns", server: null, name: "v4.test", expected: ["10.1.2.3"] }, asking)).toMatchObject({
    isOk: true,
  });
});

it.each(["silent.test", "failing.test"])(
  "of the monitor's own name server that does not know of %s nothing is known",
  async (name) => {
    const asking = askingOf([], { nameServers: [server.address], signal: AbortSignal.timeout(50) });
    expect(await askDns({ kind: "dns", server: null, name, expected: [] }, asking)).toMatchObject({
      ...{ isOk: false, sent: 0, problem: "resolver-silent" },
    });
  },
);
