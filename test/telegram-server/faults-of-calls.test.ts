import { expect, test } from "vitest";
import type { FaultRule } from "../../telegram-server/server.ts";
import { ani, budi, json, openServer, refused } from "./support.ts";

async function openWith(...rules: FaultRule[]) {
  const server = await openServer();
  server.people.start(ani);
  server.people.start(budi);
  server.faults.start({ seed: 1, rules });
  return {
    ...server,
    say: (text: string, to = ani) => server.call("sendMessage", { chat_id: to, text }),
    textsOf: (person: number) => server.people.messages(person).map(({ text }) => text),
  };
}

test("too-many-requests tells how long to wait, and nothing is sent", async () => {
  const { say, textsOf } = await openWith({ kind: "too-many-requests", retryAfterSeconds: 7, next: 1 });
  expect(await say("a")).toEqual({
    ...refused(429, "Too Many Requests: retry after 7"),
    parameters: { retry_after: 7 },
  });
  expect((await say("b")).ok).toBe(true);
  expect(textsOf(ani)).toEqual(["/start", "b"]);
});

test("server-error 500 is the Bot API's own", async () => {
  const { say, textsOf } = await openWith({ kind: "server-error", status: 500 });
  expect(await say("a")).toEqual(refused(500, "Internal Server Error"));
  expect(textsOf(ani)).toEqual(["/start"]);
});

test.each([
  [502, "502 Bad Gateway"],
  [504, "504 Gateway Time-out"],
])("server-error %i is a page of the proxy before it", async (status, title) => {
  const { methodUrl } = await openWith({ kind: "server-error", status });
  const response = await fetch(methodUrl("getMe"));
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toBe("text/html");
  expect(await response.text()).toContain(`<center><h1>${title}</h1></center>`);
});

test("dropped-before cuts the connection, and the call is not carried out", async () => {
  const { say, textsOf } = await openWith({ kind: "dropped-before", next: 1 });
  await expect(say("a")).rejects.toThrow("fetch failed");
  expect(textsOf(ani)).toEqual(["/start"]);
});

test("dropped-after cuts the connection when the call is carried out", async () => {
  const { say, textsOf } = await openWith({ kind: "dropped-after", next: 1 });
  await expect(say("a")).rejects.toThrow("fetch failed");
  expect(textsOf(ani)).toEqual(["/start", "a"]);
});

test("dropped-after cuts the connection also where the call is refused", async () => {
  const { say } = await openWith({ kind: "dropped-after", next: 1 });
  await expect(say("")).rejects.toThrow("fetch failed");
});

test("slow carries out at once and answers late", async () => {
  const { say, textsOf } = await openWith({ kind: "slow", delaySeconds: 0.3 });
  const begun = performance.now();
  const answer = say("a");
  await expect.poll(() => textsOf(ani)).toEqual(["/start", "a"]);
  expect((await answer).ok).toBe(true);
  // Timers may be a millisecond early.
  expect(performance.now() - begun).toBeGreaterThan(295);
});

test("slow is over when the server closes", async () => {
  const { say, textsOf, close } = await openWith({ kind: "slow", delaySeconds: 60 });
  const answer = say("a");
  await expect.poll(() => textsOf(ani)).toEqual(["/start", "a"]);
  await close();
  expect((await answer).ok).toBe(true);
});

test("half-open never answers; the caller gives up", async () => {
  const { methodUrl, textsOf, faults } = await openWith({ kind: "half-open", next: 1 });
  const giveUp = new AbortController();
  const call = fetch(methodUrl("sendMessage"), { ...json({ chat_id: ani, text: "a" }), signal: giveUp.signal });
  await expect.poll(() => faults.record()).toHaveLength(1);
  const first = await Promise.race([call.catch(() => "given up"), fetch(methodUrl("getMe")).then(() => "the next")]);
  expect(first).toBe("the next");
  giveUp.abort();
  await expect(call).rejects.toThrow("abort");
  expect(textsOf(ani)).toEqual(["/start"]);
});

test("half-open is cut when the server closes, at once", async () => {
  const { say, faults, close } = await openWith({ kind: "half-open" });
  const call = say("a");
  const cut = expect(call).rejects.toThrow("fetch failed");
  await expect.poll(() => faults.record()).toHaveLength(1);
  const begun = performance.now();
  await close();
  await cut;
  expect(performance.now() - begun).toBeLessThan(1_500);
});

test("token-changed refuses every call and every file until it ends", async () => {
  const { call, url, people, faults } = await openWith();
  const document = { bytes: Buffer.from("isi"), name: "a.txt", mimeType: "text/plain" };
  const file = people.sendDocument(ani, document).document?.file_id;
  const { result } = await call("getFile", { file_id: file });
  const download = () => fetch(`${url}file/bot4242:TEST-token_of_the_bot/${result.file_path}`);
  faults.start({ rules: [{ kind: "token-changed" }] });
  expect(await call("getMe")).toEqual(refused(401, "Unauthorized"));
  expect((await download()).status).toBe(401);
  faults.end();
  expect((await call("getMe")).ok).toBe(true);
  expect(await (await download()).text()).toBe("isi");
});

test("a rule is for its methods and its chat only", async () => {
  const { call, say } = await openWith({ kind: "server-error", status: 500, methods: ["sendMessage"], chat: budi });
  expect((await call("sendChatAction", { chat_id: budi, action: "typing" })).status).toBe(200);
  expect((await say("a", ani)).status).toBe(200);
  expect((await say("a", budi)).status).toBe(500);
});

test("the fetching of a file is a place of its own", async () => {
  const { call, url, people } = await openWith({ kind: "server-error", status: 500, methods: ["download"] });
  const document = { bytes: Buffer.from("isi"), name: "a.txt", mimeType: "text/plain" };
  const { result } = await call("getFile", { file_id: people.sendDocument(ani, document).document?.file_id });
  expect((await fetch(`${url}file/bot4242:TEST-token_of_the_bot/${result.file_path}`)).status).toBe(500);
});

test("a rule ends by itself after its time", async () => {
  const { call, faults } = await openWith({ kind: "token-changed", forSeconds: 0.1 });
  expect((await call("getMe")).status).toBe(401);
  await expect.poll(() => faults.plan()).toBeUndefined();
  expect((await call("getMe")).status).toBe(200);
});
