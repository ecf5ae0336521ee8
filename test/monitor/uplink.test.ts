import { expect, test } from "vitest";
import { addressOf, showAddress } from "../../core/domain/ipam/address.ts";
import { burstOf } from "../../core/domain/monitoring/burst.ts";
import { watchUplink } from "../../monitor/uplink.ts";
import { never } from "./support/asking.ts";

test("many that look together ask once; who looks after a while asks anew", async () => {
  let atMs = 0;
  let asked = 0;
  const options = {
    ...{ mayAsk: () => true, nameServers: [], onPingFault: () => undefined },
    sendBursts: async (addresses: readonly ReturnType<typeof addressOf>[]) => {
      asked += 1;
      await new Promise((ready) => setImmediate(ready));
      return new Map(addresses.map((each) => [showAddress(each), burstOf([null])]));
    },
  };
  const uplink = watchUplink([addressOf("192.0.2.1")], options, () => atMs);
  const looks = Array.from({ length: 30 }, () => uplink.look(true, never));
  expect(new Set(await Promise.all(looks))).toEqual(new Set(["down"]));
  expect(asked).toBe(1);
  atMs = 2_000;
  await uplink.look(true, never);
  expect(asked).toBe(2);
});
