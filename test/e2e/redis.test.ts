import { expect, test } from "vitest";
import { fileTicket } from "./support/filing.ts";
import { temporaryFolder } from "./support/folders.ts";
import { labura } from "./support/labura.ts";
import { type Playground, playgroundAt } from "./support/playground.ts";
import { openRedis } from "./support/redis.ts";
import { npmStart } from "./support/simpul.ts";
import { until } from "./support/until.ts";

const password = "only-for-this-test";

test("over Redis a ticket is worked, also while Redis is killed and after it is back", async () => {
  await using redis = await openRedis({ password });
  await using home = await temporaryFolder();
  await using simpul = npmStart({ env: { SIMPUL_HOME: home.path, REDIS_URL: redis.url } });
  const playground = playgroundAt(await simpul.isReady());
  for (const name of [labura.user, labura.helpDesk, labura.itSupport]) await playground.start(name);
  const listeners = async () => String(await redis.client.client("LIST")).split("name=simpul-events").length - 1;
  expect(await listeners()).toBe(1);

  await fileTicket(playground);
  await redis.kill();
  await issueWorkOrder(playground);
  await redis.start();
  await until("Simpul listens again", async () => (await listeners()) === 1);
  await finish(playground);

  expect(simpul.output()).toContain("Redis       on");
  expect(simpul.output().match(/RedisAway/g)).toHaveLength(1);
  expect(simpul.output()).not.toContain(password);
  simpul.interrupt();
  expect(await simpul.hasEnded()).toEqual({ code: 0, signal: null });
});

async function issueWorkOrder(playground: Playground): Promise<void> {
  await playground.press(labura.helpDesk, "Terbitkan WO");
  await playground.press(labura.helpDesk, "Belum diketahui");
  await playground.press(labura.helpDesk, "Lewati");
  await playground.sees(labura.itSupport, "WO-0001-1");
}

async function finish(playground: Playground): Promise<void> {
  await playground.press(labura.itSupport, "Aplikasi normal");
  await playground.press(labura.itSupport, "Komputer pemohon normal");
  await playground.press(labura.itSupport, "Verifikasi ke pemohon");
  await playground.say(labura.itSupport, "Cache browser dibersihkan");
  await playground.press(labura.user, "Ya, sudah normal");
  await playground.press(labura.helpDesk, "Tutup");
  await playground.press(labura.helpDesk, "Pakai:");
  await playground.sees(labura.user, "Tiket Anda telah selesai");
}
