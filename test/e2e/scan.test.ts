import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addressOf, showAddress } from "../../core/domain/ipam/address.ts";
import { PingFault } from "../../monitor/fping.ts";
import { pingAll } from "../../monitor/ping.ts";

/** A network of the test's own, with one host in it: 172.31.254.2, of a /29 that leads nowhere else. */
const namespace = `simpul-scan-${process.pid}`;
const [ours, theirs] = [`sp${process.pid}a`, `sp${process.pid}b`];
const ip = (...words: string[]) => execFileSync("ip", words);

beforeAll(() => {
  ip("netns", "add", namespace);
  ip("link", "add", ours, "type", "veth", "peer", "name", theirs);
  ip("link", "set", theirs, "netns", namespace);
  ip("addr", "add", "172.31.254.1/29", "dev", ours);
  ip("-6", "addr", "add", "fd00:254::1/64", "dev", ours, "nodad");
  ip("link", "set", ours, "up");
  ip("-n", namespace, "addr", "add", "172.31.254.2/29", "dev", theirs);
  ip("-n", namespace, "-6", "addr", "add", "fd00:254::2/64", "dev", theirs, "nodad");
  ip("-n", namespace, "link", "set", theirs, "up");
});
afterAll(() => {
  try {
    ip("link", "del", ours);
  } finally {
    ip("netns", "del", namespace);
  }
});

const never = new AbortController().signal;
const one = [addressOf("172.31.254.2")];
const ask = async (...addresses: string[]) =>
  [...(await pingAll(addresses.map(addressOf), never))]
    .map((each) => (typeof each === "string" ? each : showAddress(each)))
    .sort();

test("addresses of both families are asked at once, and those that are there answer", async () => {
  const hosts = [1, 2, 3, 4, 5, 6].map((host) => `172.31.254.${host}`);
  expect(await ask(...hosts, "fd00:254::2", "fd00:254::3")).toEqual(["172.31.254.1", "172.31.254.2", "fd00:254::2"]);
});

test("where nobody is there, nobody answers", async () => {
  expect(await ask("172.31.254.5")).toEqual([]);
});

test("a machine without fping is told apart from an fping that cannot ask", async () => {
  expect(await pingAll(one, never, "fping-that-is-not-there")).toBe("no-fping");
  // A shell does not know fping's options; a folder cannot be run.
  await expect(pingAll(one, never, "/bin/sh")).rejects.toThrow(/^asking 1 addresses by \/bin\/sh: .*-q/s);
  await expect(pingAll(one, never, "/tmp")).rejects.toThrow(PingFault);
});

test("a scan that is to stop ends its fping", async () => {
  const stop = new AbortController();
  const many = Array.from({ length: 5_000 }, () => addressOf("172.31.254.6"));
  const asking = pingAll(many, stop.signal);
  stop.abort();
  await expect(asking).rejects.toThrow(PingFault);
});
