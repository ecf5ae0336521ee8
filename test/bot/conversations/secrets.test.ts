import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Fault } from "../../../telegram-server/server.ts";
import { openRoutes } from "../../../web/server.ts";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { complaintAtItSupport } from "./complaints.ts";

let desk: TestDesk;
let fault: Fault | undefined;
const lines: string[] = [];
const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });

beforeAll(async () => {
  desk = await openDesk({ log, intercept: async ({ method }) => (method === "sendMessage" ? fault : undefined) });
});
afterAll(() => desk.close());

test("log and metrics have neither token, codes nor password, and no word of anybody", async () => {
  await desk.link("user", "helpDesk", "itSupport", "administrator");
  const ticketId = await complaintAtItSupport(desk, { description: "Kata-rahasia-warga sejak pagi" });
  await desk.press("helpDesk", "Balas ke pemohon");
  await desk.tell("helpDesk", "Balasan-rahasia-petugas");
  fault = { status: 502, body: { ok: false, error_code: 502, description: "Bad Gateway" } };
  desk.say("user", "/menu");
  await expect.poll(() => lines.join("")).toContain("502");
  fault = undefined;
  desk.say("user", "/start kode-yang-ditebak");
  await desk.sees("user", "Kode itu tidak dikenal");
  const app = openRoutes({ db: desk.db, lifecycle: () => "running", lastPollAt: () => new Date(), log });
  const metrics = await (await app.request("/metrics")).text();

  const told = lines.join("") + metrics;

  const buttons = desk.fromBot("helpDesk").flatMap(desk.buttonsOf);
  const tokens = buttons.flatMap(({ callback_data }) => callback_data?.split(".")[0] ?? []);
  const codes = desk.codes.map(({ code }) => code);
  const secrets = [...tokens, ...codes, "a-token-that-only-this-test-knows", "kode-yang-ditebak"];
  const words = ["Kata-rahasia-warga", "Balasan-rahasia-petugas", "Siti Aminah", "Dewi Lestari"];
  expect(secrets.length).toBeGreaterThan(20);
  expect([...secrets, ...words].filter((each) => told.includes(each))).toEqual([]);
  expect(ticketId).toBeGreaterThan(0);
});
