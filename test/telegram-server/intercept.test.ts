import { expect, test } from "vitest";
import type { Fault, InterceptedCall } from "../../telegram-server/server.ts";
import { ani, openServer } from "./support.ts";

async function openWithFaults(...faults: (Fault | undefined)[]) {
  const calls: InterceptedCall[] = [];
  const server = await openServer({
    async intercept(call) {
      calls.push(call);
      return faults.shift();
    },
  });
  server.people.start(ani);
  return { ...server, calls };
}

test("a fault answers in the place of a call, which is not carried out", async () => {
  const body = {
    ok: false,
    error_code: 429,
    description: "Too Many Requests: retry after 7",
    parameters: { retry_after: 7 },
  };
  const { call, people, calls } = await openWithFaults({ status: 429, body }, { status: 500, body: {} });
  expect(await call("sendMessage", { chat_id: ani, text: "a" })).toEqual({ status: 429, ...body });
  expect((await call("sendMessage", { chat_id: ani, text: "b" })).status).toBe(500);
  expect((await call("sendMessage", { chat_id: ani, text: "c" })).ok).toBe(true);
  expect(people.messages(ani).map(({ text }) => text)).toEqual(["/start", "c"]);
  expect(calls[0]).toEqual({ method: "sendMessage", fields: { chat_id: String(ani), text: "a" }, fileFields: [] });
});

test("a dropped call is not carried out", async () => {
  const { call, people } = await openWithFaults({ drop: true });
  await expect(call("sendMessage", { chat_id: ani, text: "a" })).rejects.toThrow("fetch failed");
  expect(people.messages(ani)).toHaveLength(1);
});

test("a call whose answer is dropped was carried out", async () => {
  const { call, people } = await openWithFaults({ drop: true, carriedOut: true });
  await expect(call("sendMessage", { chat_id: ani, text: "a" })).rejects.toThrow("fetch failed");
  expect(people.messages(ani)).toHaveLength(2);
});
