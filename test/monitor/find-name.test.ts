import { afterAll, beforeAll, expect, it } from "vitest";
import type { CheckSettings } from "../../core/domain/monitoring/check.ts";
import { findName } from "../../monitor/find-name.ts";
import { type DnsServer, openDnsServer } from "../support/dns-server.ts";
import { askingOf } from "./support/asking.ts";

let server: DnsServer;
beforeAll(async () => {
  server = await openDnsServer();
  server.answers.set("inside.test", ["10.1.2.3"]);
  server.answers.set("outside.test", ["10.9.9.9"]);
  server.answers.set("failing.test", "failure");
  server.answers.set("silent.test", "silence");
});
afterAll(() => server.close());

const page = (url: string): CheckSettings => ({ kind: "http", url, status: null, text: null });
const answerOf = (name: string, of: string | null = null): CheckSettings => ({
  ...{ kind: "dns", server: of, name, expected: [] },
});

it.each<[string, CheckSettings]>([
  ["found", { kind: "icmp", address: "inside.test" }],
  ["name-unknown", { kind: "icmp", address: "nobody.test" }],
  ["name-unknown", { kind: "tcp", address: "nobody.test", port: 80 }],
  ["name-unknown", page("https://nobody.test:8443/masuk")],
  ["address-forbidden", page("http://outside.test/")],
  ["resolver-silent", { kind: "icmp", address: "silent.test" }],
  ["resolver-silent", { kind: "icmp", address: "failing.test" }],
  ["found", answerOf("outside.test")],
  ["name-unknown", answerOf("nobody.test")],
  ["resolver-silent", answerOf("failing.test")],
  // What is asked is no name of ours to find.
  ["found", answerOf("nobody.test", "10.1.0.53")],
  ["found", page("http://[fd00::1]/")],
  ["found", { kind: "icmp", address: "10.9.9.9" }],
  ["found", { kind: "heartbeat", everySeconds: 60, graceSeconds: 60 }],
])("%s: %j", async (expected, settings) => {
  const asking = askingOf(["10.1.2.3"], { nameServers: [server.address], signal: AbortSignal.timeout(100) });
  expect(await findName(settings, asking)).toBe(expected);
});
