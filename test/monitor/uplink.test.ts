import { createServer } from "node:net";
import { expect, test } from "vitest";
import { type Address, addressOf, showAddress } from "../../core/domain/ipam/address.ts";
import { burstOf } from "../../core/domain/monitoring/burst.ts";
import { PingFault } from "../../monitor/fping.ts";
import { isReached } from "../../monitor/reach.ts";
import { watchUplink } from "../../monitor/uplink.ts";
import { askingOf, never } from "./support/asking.ts";
import { listen } from "./support/listen.ts";

const options = (sendBursts: (addresses: readonly Address[]) => Promise<Map<string, ReturnType<typeof burstOf>>>) => ({
  ...{ mayAsk: () => true, nameServers: [], onPingFault: () => undefined },
  sendBursts,
});
const cannotPing = options(async () => {
  throw new PingFault("sending bursts");
});

test("many that look together ask once; who looks after a while asks anew", async () => {
  let atMs = 0;
  let asked = 0;
  const silent = options(async (addresses) => {
    asked += 1;
    await new Promise((ready) => setImmediate(ready));
    return new Map(addresses.map((each) => [showAddress(each), burstOf([null])]));
  });
  const uplink = watchUplink([addressOf("192.0.2.1")], silent, () => atMs);
  const looks = Array.from({ length: 30 }, () => uplink.look(true, never));
  expect(new Set(await Promise.all(looks))).toEqual(new Set(["down"]));
  expect(asked).toBe(1);
  atMs = 2_000;
  await uplink.look(true, never);
  expect(asked).toBe(2);
});

test("where no ping can be sent it is asked by a port, whose silence says something only after it was reached", async () => {
  let atMs = 0;
  const there = new Set<string>();
  const uplink = watchUplink(
    ["192.0.2.1", "192.0.2.2"].map(addressOf),
    cannotPing,
    () => atMs,
    async (address) => there.has(address),
  );
  const look = () => {
    atMs += 2_000;
    return uplink.look(true, never);
  };
  expect(await look()).toBe("unknown");
  there.add("192.0.2.2");
  expect(await look()).toBe("up");
  there.clear();
  expect(await look()).toBe("down");
});

test("an address is reached where a port opens or refuses, and not where it may not be asked", async () => {
  const server = createServer((socket) => socket.destroy());
  const port = await listen(server);
  const asking = { ...cannotPing, ...askingOf(["127.0.0.2"]) };
  expect(await isReached("127.0.0.2", asking, never, port)).toBe(true);
  await new Promise((closed) => server.close(closed));
  expect(await isReached("127.0.0.2", asking, never, port)).toBe(true);
  expect(await isReached("127.0.0.3", asking, never, port)).toBe(false);
});
