import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addressOf, showAddress } from "../../core/domain/ipam/address.ts";
import { PingFault, pingAll } from "../../monitor/ping.ts";

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
  ip("link", "del", ours);
  ip("netns", "del", namespace);
});

const ask = async (...addresses: string[]) => (await pingAll(addresses.map(addressOf)))?.map(showAddress).sort();

test("addresses of both families are asked at once, and those that are there answer", async () => {
  const hosts = [1, 2, 3, 4, 5, 6].map((host) => `172.31.254.${host}`);
  expect(await ask(...hosts, "fd00:254::2", "fd00:254::3")).toEqual(["172.31.254.1", "172.31.254.2", "fd00:254::2"]);
});

test("where nobody is there, nobody answers", async () => {
  expect(await ask("172.31.254.5")).toEqual([]);
});

test("a machine without fping is told apart from an fping that cannot ask", async () => {
  expect(await pingAll([addressOf("172.31.254.2")], "fping-that-is-not-there")).toBeUndefined();
  // A shell does not know fping's options.
  await expect(pingAll([addressOf("172.31.254.2")], "/bin/sh")).rejects.toThrow(/^asking 1 addresses by fping: .*-q/s);
  await expect(pingAll([addressOf("172.31.254.2")], "/bin/sh")).rejects.toThrow(PingFault);
});
